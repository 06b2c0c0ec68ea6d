"""Turns one sheet of a workbook into CSV, in a process of its own with little memory and time.

Run by books.py as a script: the reader is written in a compiled language, and a hostile workbook can make it ask for
100 GB and take its whole process down. Here it takes down only this one. Knows nothing of the house on purpose.

    python unpack_book.py SHEET WIDEST < book.xlsx > sheet.csv        (SHEET "": the first with data)

On stderr one line of JSON: {"sheet": …, "sheets": [those with data]} or {"refused": code, …}.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date, datetime, time
from typing import Any

MEMORY = 1 << 30  # bytes of address space
SECONDS = 60  # of processor


def cell_text(value: object) -> str:
    """A cell as the text a person means: 5001 not 5001.0, dates as 2024-03-01, yes and no as 1 and 0.

    >>> [cell_text(v) for v in (5001.0, 0.1, True, date(2024, 3, 1), datetime(2024, 3, 1, 9, 30), "Ana ")]
    ['5001', '0.1', '1', '2024-03-01', '2024-03-01 09:30', 'Ana ']
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)


def _bounded() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _sheets(book: Any, calamine: Any) -> dict[str, Any]:
    """The sheets with data by name, in order."""
    filled = {}
    for title in book.sheet_names:
        try:
            grid = book.get_sheet_by_name(title)
        except (calamine.CalamineError, TypeError):  # a chart sheet, or one whose part is missing
            continue
        if grid.start is not None:
            filled[title] = grid
    return filled


def unpack(wanted: str, widest: int) -> dict[str, Any]:
    """Write the sheet to stdout; what to say of it, or why it was refused."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        filled = _sheets(book, calamine)
    except calamine.PasswordError:
        return {"refused": "protected_book"}
    except calamine.CalamineError:
        return {"refused": "broken_book"}
    if wanted and wanted not in book.sheet_names:
        return {"refused": "unknown_sheet", "sheets": list(book.sheet_names)}
    title = wanted or next(iter(filled), "")
    if title not in filled:
        return {"refused": "empty_file"}
    grid = filled[title]
    if grid.width > widest:
        return {"refused": "too_many_columns"}
    out = csv.writer(io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="replace", newline=""))
    left = [""] * grid.start[1]
    for row in grid.iter_rows():
        out.writerow(left + [cell_text(cell) for cell in row])
    return {"sheet": title, "sheets": list(filled)}


if __name__ == "__main__":
    _bounded()
    sys.stderr.write("\n" + json.dumps(unpack(sys.argv[1], int(sys.argv[2]))))
