"""Read a file that a person brings as a table of text: CSV, XLSX, ODS or XLS.

Nothing is written and nothing is calculated. What cannot be a list is refused with a sentence; what can be read but
should be looked at is said in `Table.problems`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tejido.foundation.tables import refusals
from tejido.foundation.tables.books import BookSource, is_book, open_book
from tejido.foundation.tables.encodings import mended
from tejido.foundation.tables.formulas import looks_like_formula, plain_cell
from tejido.foundation.tables.limits import STANDARD, Limits
from tejido.foundation.tables.problems import Problem
from tejido.foundation.tables.shape import LOOK_AT, column_letters, find_header, name_columns
from tejido.foundation.tables.texts import TextSource, open_text
from tejido.foundation.tables.vocabulary import is_known_heading

SHOWN = 10  # rows or cells that a sentence names


class Row(NamedTuple):
    """number: as the spreadsheet program shows it, from 1. cells: one text for each heading, trimmed."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was looked through once from end to end: `rows()` can be read again and again and will not fail.

    headers: all different, none empty. header_row: number of the row with the headings, 0 where there is none.
    row_count: rows with content below the headings. encoding and separator are "" for workbooks, sheet for CSV.
    """

    name: str
    headers: tuple[str, ...]
    row_count: int
    encoding: str
    separator: str
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    problems: tuple[Problem, ...]
    _source: TextSource | BookSource = field(repr=False)
    _columns: tuple[int, ...] = field(repr=False)

    def rows(self) -> Iterator[Row]:
        """Rows with content, one at a time, in the order of the file. Memory does not grow with their number."""
        for number, record in enumerate(self._source.records(), start=1):
            if number <= self.header_row:
                continue
            cells = tuple(clean(record[index]) if index < len(record) else "" for index in self._columns)
            if any(cells):
                yield Row(number, cells)


def read_table(
    source: Path | str | bytes,
    name: str = "",
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    limits: Limits = STANDARD,
) -> Table:
    """The table in `source`, a path or the bytes of a file.

    name: what the person calls the file. sheet: of a workbook; the first with data if not given.
    header_row: number of the row with the headings as the spreadsheet shows it (0: there is none); found if not given.
    Raises Refusal: missing_file, empty_file, too_large, not_a_table, zip_bomb, broken_book, protected_book,
    unknown_sheet, too_many_rows, too_many_columns, cell_too_long.
    """
    name, data = _load(source, name, limits)
    opened: TextSource | BookSource
    opened = open_book(name, data, sheet, limits) if is_book(data) else open_text(name, data, limits)
    if header_row is None:
        header_row = _find_header_row(name, opened)
    look = _look_through(name, opened, header_row, limits)
    if not look.row_count:
        raise refusals.empty_file(name)
    return _table(name, opened, header_row, look)


def _load(source: Path | str | bytes, name: str, limits: Limits) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        data = source
    else:
        path = Path(source)
        name = name or path.name
        if not path.is_file():
            raise refusals.missing_file(str(path))
        if path.stat().st_size > limits.file_bytes:
            raise refusals.too_large(name, path.stat().st_size, limits.file_bytes)
        data = path.read_bytes()
    if len(data) > limits.file_bytes:
        raise refusals.too_large(name, len(data), limits.file_bytes)
    if not data[:1_000_000].strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0;,|\"'"):
        raise refusals.empty_file(name)
    return name, data


def _find_header_row(name: str, source: TextSource | BookSource) -> int:
    top: list[list[str]] = []
    numbers: list[int] = []
    for number, record in enumerate(source.records(), start=1):
        if any(cell.strip() for cell in record):
            top.append(record)
            numbers.append(number)
        if len(top) == LOOK_AT:
            break
    if not top:
        raise refusals.empty_file(name)
    found = find_header(top, is_known_heading)
    return 0 if found is None else numbers[found]


def clean(cell: str) -> str:
    """A cell as people read it: outer blanks and odd spaces gone, the garble of two encodings and guards undone."""
    text = cell.strip(" \t\r\n\u00a0\ufeff\u200b")
    if not text:
        return ""
    if "\u00a0" in text or "\u200b" in text:
        text = text.replace("\u00a0", " ").replace("\u200b", "")
    if "Ã" in text or "Â" in text:
        text = mended(text) or text
    return plain_cell(text) if text[0] == "'" else text


@dataclass(slots=True)
class _Look:
    """What one walk through all rows found."""

    header: list[str] = field(default_factory=list)
    above: int = 0
    row_count: int = 0
    width: int = 0
    filled: set[int] = field(default_factory=set)
    long: list[int] = field(default_factory=list)
    long_count: int = 0
    short: list[int] = field(default_factory=list)
    short_count: int = 0
    formulas: list[str] = field(default_factory=list)
    formula_count: int = 0
    lost: list[str] = field(default_factory=list)
    lost_count: int = 0
    mended_count: int = 0
    mended_example: tuple[str, str] = ("", "")
    swallowed: tuple[int, int] | None = None


def _look_through(name: str, source: TextSource | BookSource, header_row: int, limits: Limits) -> _Look:
    look = _Look()
    for number, record in enumerate(source.records(), start=1):
        if max(map(len, record), default=0) > limits.cell_characters:
            raise refusals.cell_too_long(name, number, limits.cell_characters)
        _count_columns(name, record, limits)
        if number < header_row:
            look.above += int(any(cell.strip() for cell in record))
        elif number == header_row:
            look.header = [clean(cell) for cell in record]
        elif any(cell and not cell.isspace() for cell in record):
            look.row_count += 1
            if look.row_count > limits.rows:
                raise refusals.too_many_rows(name, limits.rows)
            _look_at_row(look, number, record)
    return look


def _count_columns(name: str, record: list[str], limits: Limits) -> None:
    if len(record) > limits.columns and _last(record) > limits.columns:
        raise refusals.too_many_columns(name, limits.columns)


def _last(record: list[str]) -> int:
    """Number of cells up to the last with content."""
    count = len(record)
    while count and not record[count - 1].strip():
        count -= 1
    return count


def _look_at_row(look: _Look, number: int, record: list[str]) -> None:
    last = _last(record)
    look.width = max(look.width, last)
    if look.header and last > len(look.header):
        look.long_count += 1
        if len(look.long) < SHOWN:
            look.long.append(number)
    elif len(record) < len(look.header):
        look.short_count += 1
        if len(look.short) < SHOWN:
            look.short.append(number)
    for index in range(last):
        text = record[index]
        if not text or text.isspace():
            continue
        look.filled.add(index)
        if text.isalnum() and text.isascii():
            continue
        _look_at_cell(look, number, index, text)


def _look_at_cell(look: _Look, number: int, index: int, text: str) -> None:
    if text[0] in "=+-@'" and looks_like_formula(text.strip("'")):
        look.formula_count += 1
        if len(look.formulas) < SHOWN:
            look.formulas.append(f"{column_letters(index)}{number}")
    if "\ufffd" in text:
        look.lost_count += 1
        if len(look.lost) < SHOWN:
            look.lost.append(f"{column_letters(index)}{number}")
    if ("Ã" in text or "Â" in text) and (better := mended(text)) is not None:
        look.mended_count += 1
        look.mended_example = look.mended_example if look.mended_count > 1 else (text, better)
    if look.swallowed is None and "\n" in text and (lines := text.count("\n") + 1) > 10:
        look.swallowed = (number, lines)


def _table(name: str, source: TextSource | BookSource, header_row: int, look: _Look) -> Table:
    text = source if isinstance(source, TextSource) else None
    book = source if isinstance(source, BookSource) else None
    width = max(_last(look.header), look.width)
    headings, repeated, unnamed = name_columns(look.header[:width], width)
    kept = tuple(index for index in range(width) if index not in unnamed or index in look.filled)
    problems = [
        *(text.problems if text else ()),
        *_sheet_problems(book),
        *_heading_problems(look, header_row, repeated, [index for index in unnamed if index in look.filled]),
        *_cell_problems(look, is_text=text is not None),
    ]
    return Table(
        name=name,
        headers=tuple(headings[index] for index in kept),
        row_count=look.row_count,
        encoding=text.encoding if text else "",
        separator=text.separator if text else "",
        sheet=book.sheet if book else "",
        sheets=book.sheets if book else (),
        header_row=header_row,
        problems=tuple(problems),
        _source=source,
        _columns=kept,
    )


def _sheet_problems(book: BookSource | None) -> Iterator[Problem]:
    if book and len(book.sheets) > 1:
        yield Problem("several_sheets", {"sheets": list(book.sheets), "sheet": book.sheet})


def _heading_problems(
    look: _Look, header_row: int, repeated: list[str], unnamed: list[int]
) -> Iterator[Problem]:
    if look.above:
        yield Problem("rows_skipped_above", {"count": look.above})
    if header_row == 0:
        yield Problem("no_header")
    elif unnamed:
        yield Problem("unnamed_columns", {"columns": [column_letters(index) for index in unnamed]})
    if repeated:
        yield Problem("duplicated_headers", {"headings": repeated})


def _cell_problems(look: _Look, *, is_text: bool) -> Iterator[Problem]:
    # Some programs leave out empty cells at the end of every row; a few short rows among whole ones are broken.
    short = look.short_count if look.short_count <= 0.2 * look.row_count else 0
    if look.long_count + short:
        rows = sorted(look.long + (look.short if short else []))[:SHOWN]
        yield Problem("ragged_rows", {"count": look.long_count + short, "rows": rows})
    if look.formula_count:
        yield Problem("formula_text", {"count": look.formula_count, "cells": look.formulas})
    if look.lost_count:
        yield Problem("broken_letters", {"count": look.lost_count, "cells": look.lost})
    if look.mended_count:
        before, after = look.mended_example
        yield Problem("twice_encoded", {"count": look.mended_count, "before": before, "after": after})
    if look.swallowed and is_text:
        yield Problem("swallowed_lines", {"row": look.swallowed[0], "lines": look.swallowed[1]})
