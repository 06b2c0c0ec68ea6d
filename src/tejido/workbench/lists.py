"""The lists of the workbench: a table from disk into rows, and results back onto disk. Nothing of Tejido's database."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.fields import Cells, Field, FieldedTable, no_column
from tejido.foundation.tables.formulas import safe_cell
from tejido.foundation.tables.reading import Table, read_table
from tejido.foundation.tables.values import decimal_mark, parse_number


def open_list(path: Path, kind: str, fields: Mapping[str, Field]) -> FieldedTable:
    """The table at `path` (CSV, XLSX, ODS, XLS) by the names of `fields`.

    Raises Refusal: those of `read_table`, column_missing, and no_rows where there are only headings.
    """
    table = FieldedTable(kind, read_table(path), fields)
    if not table.table.row_count:
        raise Refusal(
            "no_rows",
            _("«%(file)s» has headings but no rows below them. Put one line for each record.")
            % {"file": path.name},
        )
    return table


def rows_of(path: Path, kind: str, fields: Mapping[str, Field]) -> list[tuple[int, Cells]]:
    """(row number, cells) of the whole list; for lists that fit in memory. Raises as `open_list`."""
    return list(open_list(path, kind, fields).rows())


def all_columns(path: Path) -> tuple[Table, dict[str, list[str]]]:
    """Every column of a table under the heading it has, for commands whose columns are the person's own."""
    table = read_table(path)
    columns: dict[str, list[str]] = {heading: [] for heading in table.headers}
    for row in table.rows():
        for heading, cell in zip(table.headers, row.cells, strict=True):
            columns[heading].append(cell)
    return table, columns


def numbers_in(table: Table, heading: str, cells: Sequence[str]) -> list[float | None]:
    """Cells as numbers, empty ones as None; decimal commas understood from the column as a whole.

    Raises Refusal not_a_number, which names the first cell that is neither.
    """
    mark = decimal_mark(list(cells))
    values: list[float | None] = []
    for cell in cells:
        value = parse_number(cell, mark) if cell else None
        if cell and value is None:
            raise Refusal(
                "not_a_number",
                _(
                    "«%(file)s», column «%(column)s»: «%(cell)s» is not a number. Write a number, or leave the cell empty."
                )
                % {"file": table.name, "column": heading, "cell": cell},
            )
        values.append(value)
    return values


def column_named(table: Table, columns: Mapping[str, list[str]], heading: str) -> list[str]:
    """The cells under `heading`, as written in the file. Raises Refusal column_missing."""
    if heading not in columns:
        raise no_column(table, heading)
    return columns[heading]


def write_list(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a CSV (UTF-8, commas). Text that a spreadsheet program would run as a formula is made harmless."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        for row in rows:
            writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])


def as_json(result: Mapping[str, Any]) -> str:
    """`result` as JSON for other programs: one object, UTF-8, dates in ISO 8601."""
    return json.dumps(result, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if hasattr(value, "tolist"):  # numpy's numbers and arrays
        return value.tolist()
    raise TypeError(f"{type(value).__name__} has no place in a result")
