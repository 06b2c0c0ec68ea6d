"""Workbooks: XLSX, ODS and XLS, read with calamine after the archive was found harmless."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

from tejido.foundation.tables import refusals
from tejido.foundation.tables.archives import check_archive, kind_of_archive
from tejido.foundation.tables.limits import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class BookSource:
    """One sheet of a workbook. `records()` gives its rows as text, from the first row of the sheet."""

    name: str
    sheet: str
    sheets: tuple[str, ...]  # those with data
    grid: Any  # calamine's sheet, held outside Python's heap

    def records(self) -> Iterator[list[str]]:
        left = [""] * (self.grid.start[1] if self.grid.start else 0)
        for row in self.grid.iter_rows():
            yield left + [cell_text(cell) for cell in row]


def is_book(data: bytes) -> bool:
    """Whether the bytes begin as a workbook does, or as an archive that a person may have taken for one."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", OLE))


def open_book(name: str, data: bytes, sheet: str | None, limits: Limits) -> BookSource:
    """Open `sheet`, or the first sheet with data. Raises Refusal for archives, passwords, damage, hostile sizes."""
    if data.startswith(b"PK"):
        if not kind_of_archive(data):
            raise _other_archive(name, data)
        check_archive(name, data, limits)
    elif ENCRYPTED in data:
        raise refusals.protected_book(name)
    book = _calamine(name, data)
    try:
        return _choose(name, book, sheet)
    finally:
        book.close()


def _other_archive(name: str, data: bytes) -> Exception:
    head = data[:4_000]
    if b"word/" in head or b"ppt/" in head or b"mimetype" in head:
        return refusals.not_a_table(name, "Word/PowerPoint")
    return refusals.not_a_table(name, "ZIP") if b"xl/" not in head else refusals.broken_book(name)


def _calamine(name: str, data: bytes) -> Any:
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError as error:
        raise refusals.protected_book(name) from error
    except calamine.CalamineError as error:
        raise refusals.broken_book(name) from error
    except BaseException as error:  # a panic of the reader is no Exception
        raise _panic(name, error) from error


def _panic(name: str, error: BaseException) -> BaseException:
    return refusals.broken_book(name) if type(error).__name__ == "PanicException" else error


def _choose(name: str, book: Any, sheet: str | None) -> BookSource:
    wanted: Any = None
    filled: list[str] = []
    for title in book.sheet_names:
        try:
            grid = book.get_sheet_by_name(title)
        except (calamine.CalamineError, TypeError):  # a chart sheet, or one whose part is missing
            continue
        except BaseException as error:  # a panic of the reader is no Exception
            raise _panic(name, error) from error
        if grid.start is None:
            continue
        filled.append(title)
        if wanted is None and sheet in (None, title):
            wanted = grid
    if sheet is not None and wanted is None and sheet not in book.sheet_names:
        raise refusals.unknown_sheet(name, sheet, list(book.sheet_names))
    if wanted is None:
        raise refusals.empty_file(name)
    return BookSource(name, wanted.name, tuple(filled), wanted)


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
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
