"""Workbooks: XLSX, ODS and XLS. The archive is looked at first, then read in a process of its own."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tejido.foundation.tables import refusals, unpack_book
from tejido.foundation.tables.archives import check_archive, kind_of_archive
from tejido.foundation.tables.limits import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PATIENCE = 120  # seconds on a busy machine; the reader itself gets fewer


@dataclass(frozen=True, slots=True)
class BookSource:
    """One sheet of a workbook, laid out as CSV in a file that goes when this does."""

    name: str
    sheet: str
    sheets: tuple[str, ...]  # those with data
    laid_out: IO[bytes]

    def records(self) -> Iterator[list[str]]:
        """Its rows as text, from the first row of the sheet."""
        with Path(self.laid_out.name).open(encoding="utf-8", newline="") as lines:
            yield from csv.reader(lines)


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
    laid_out = tempfile.NamedTemporaryFile(prefix="tejido-sheet-", suffix=".csv")  # noqa: SIM115 - BookSource keeps it
    said = _unpack(name, data, sheet, limits, laid_out)
    if "refused" in said:
        raise _refused(name, said, sheet, limits)
    return BookSource(name, said["sheet"], tuple(said["sheets"]), laid_out)


def _unpack(name: str, data: bytes, sheet: str | None, limits: Limits, out: Any) -> dict[str, Any]:
    # -I: neither the environment nor the folder decide what the script imports.
    command = [sys.executable, "-I", unpack_book.__file__, sheet or "", str(limits.columns)]
    try:
        ran = subprocess.run(
            command, input=data, stdout=out, stderr=subprocess.PIPE, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise refusals.zip_bomb(name) from error
    if ran.returncode < 0 or b"MemoryError" in ran.stderr:  # killed by its limits: it swelled
        raise refusals.zip_bomb(name)
    if ran.returncode:
        raise refusals.broken_book(name)
    said: dict[str, Any] = json.loads(ran.stderr.rpartition(b"\n")[2])
    return said


def _refused(name: str, said: dict[str, Any], sheet: str | None, limits: Limits) -> Exception:
    if said["refused"] == "unknown_sheet":
        return refusals.unknown_sheet(name, sheet or "", said["sheets"])
    if said["refused"] == "too_many_columns":
        return refusals.too_many_columns(name, limits.columns)
    plain = {"protected_book": refusals.protected_book, "empty_file": refusals.empty_file}
    return plain.get(said["refused"], refusals.broken_book)(name)


def _other_archive(name: str, data: bytes) -> Exception:
    head = data[:4_000]
    if b"word/" in head or b"ppt/" in head:
        return refusals.not_a_table(name, "Word/PowerPoint")
    return refusals.broken_book(name) if b"xl/" in head else refusals.not_a_table(name, "ZIP")
