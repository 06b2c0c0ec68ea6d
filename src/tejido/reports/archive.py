"""The data behind a report, as CSV files in one archive."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from tejido.foundation.tables.formulas import safe_cell
from tejido.reports.models import Report

INDICATORS = ("id", "family", "value", "unit", "n", "numerator", "denominator", "previous", "because")


def _csv(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte-order mark, so that a spreadsheet shows the accents."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(headers)
    writer.writerows(
        ["" if cell is None else safe_cell(cell) if isinstance(cell, str) else cell for cell in row]
        for row in rows
    )
    return stream.getvalue().encode("utf-8-sig")


def as_zip(report: Report) -> bytes:
    """indicators.csv, and a file for each table that the report shows. No names beyond those in the report."""
    found = report.data["indicators"]
    indicators = [
        [name, *(values.get(column) for column in INDICATORS[1:])] for name, values in found.items()
    ]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("indicators.csv", _csv(INDICATORS, indicators))
        number = 0
        for section in report.document["sections"]:
            for block in section["blocks"]:
                if block["kind"] == "table":
                    number += 1
                    archive.writestr(f"table-{number:02d}.csv", _csv(block["headers"], block["rows"]))
    return buffer.getvalue()
