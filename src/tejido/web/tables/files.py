"""A table as a file: CSV streamed row by row, XLSX written to disk row by row. Nothing in it is ever a formula."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_IN_A_CELL = 32_767  # characters, a limit of spreadsheets
# Spreadsheets take a text that begins so for a formula (OWASP, CSV injection); plain phone numbers are no danger.
DANGEROUS = re.compile(r"^[=+\-@\t\r\n|%]")
HARMLESS = re.compile(r"^[+\-]?[\d .,()]+$")


class _Line:
    """What csv.writer writes into: gives each line back."""

    def write(self, line: str) -> str:
        return line


def safe_text(text: str) -> str:
    """`text`, with an apostrophe before it where a spreadsheet would take it for a formula.

    >>> safe_text("=1+1"), safe_text("+56 9 8765 4321"), safe_text("Ana")
    ("'=1+1", '+56 9 8765 4321', 'Ana')
    """
    if DANGEROUS.match(text) and not HARMLESS.match(text):
        return "'" + text
    return text


def plain(value: Any) -> str | int | float:
    """A value as a file holds it: numbers as numbers, dates as ISO 8601, truth as 1 and 0, text made safe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")  # as the page shows it
    if isinstance(value, date | time):
        return value.isoformat()
    return safe_text(str(value))


def _named(key: str, ending: str) -> str:
    return f"{key}-{datetime.now(UTC):%Y-%m-%d}.{ending}"


def as_csv(key: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Comma-separated, UTF-8 with the mark that spreadsheets look for; streamed, so of any length."""
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow([safe_text(header) for header in headers])
        for row in rows:
            yield writer.writerow([plain(value) for value in row])

    return StreamingHttpResponse(
        lines(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_named(key, "csv")}"'},
    )


def as_xlsx(key: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """A workbook of one sheet, first row fixed, dates as dates. Memory does not grow with the rows."""
    import xlsxwriter  # slow to load

    out = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for column, header in enumerate(headers):
        sheet.write_string(0, column, header, bold)
        sheet.set_column(column, column, max(12, min(40, len(header) + 4)))
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, day, moment)
    book.close()
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=_named(key, "xlsx"), content_type=XLSX)


def _write(sheet: Any, row: int, column: int, value: Any, day: Any, moment: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        local = timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
        sheet.write_datetime(row, column, local, moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    else:
        shown = plain(value)
        if isinstance(shown, str):
            # A cell of type string is never a formula, so that no apostrophe is needed here.
            sheet.write_string(
                row, column, (str(value) if not isinstance(value, time) else shown)[:MOST_IN_A_CELL]
            )
        else:
            sheet.write_number(row, column, shown)
