"""Whether a zip archive (XLSX, ODS) may be unpacked: the directory is asked, then the bytes themselves.

The directory of an archive may lie about sizes, and a sheet of a few bytes may claim a cell in the last corner of
the grid, for which a reader would lay out all cells before it. Both are found here before any reader sees the file.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from tejido.foundation.tables import refusals
from tejido.foundation.tables.limits import MEGABYTE, Limits

CHUNK = 1 << 18
OVERLAP = 400
_CELL_WITH_VALUE = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*[^/>]>\s*<(?:v|is|f)\b')
_FAR_CELL = re.compile(rb'r="(?:[A-Z]{3}\d+|[K-Z][A-Z]\d+|[A-Z]{1,2}\d{6,7})"')
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


def kind_of_archive(data: bytes) -> str:
    """"xlsx", "ods" or "" by what is inside, whatever the file is called."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "content.xml" in names:
                return "ods"
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ""
    return ""


def check_archive(name: str, data: bytes, limits: Limits) -> None:
    """Raises Refusal("zip_bomb"), ("too_many_rows"), ("too_many_columns") or ("broken_book")."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_directory(name, members, len(data), limits)
            unpacked = 0
            for member in members:
                for size in _checked_member(name, data, member, limits):
                    unpacked += size
                    _refuse_swelling(name, unpacked, len(data), limits)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, ValueError, NotImplementedError) as error:
        raise refusals.broken_book(name) from error


def _check_directory(name: str, members: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    if len(members) > limits.archive_members:
        raise refusals.zip_bomb(name)
    if any(member.flag_bits & 1 for member in members):
        raise refusals.protected_book(name)
    _refuse_swelling(name, sum(member.file_size for member in members), packed, limits)


def _refuse_swelling(name: str, unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > limits.unpacked_bytes or (unpacked > 10 * MEGABYTE and unpacked > limits.ratio * packed):
        raise refusals.zip_bomb(name)


def _checked_member(name: str, data: bytes, member: zipfile.ZipInfo, limits: Limits) -> Iterator[int]:
    """Unpack a member piece by piece, keep nothing, and look into sheets on the way. Yields the sizes of the pieces."""
    look: _GridOfXlsx | _GridOfOds | None = None
    if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member.filename):
        look = _GridOfXlsx(name, limits)
    elif member.filename == "content.xml":
        look = _GridOfOds(name, limits)
    for piece in _unpacked(data, member):
        if look is not None:
            look.feed(piece)
        yield len(piece)
    if look is not None:
        look.close()


def _unpacked(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The true content of a member, to its own end, not to the size that the directory claims."""
    start = member.header_offset
    if data[start : start + 4] != b"PK\x03\x04":
        raise zipfile.BadZipFile(member.filename)
    start += 30 + int.from_bytes(data[start + 26 : start + 28], "little")
    start += int.from_bytes(data[member.header_offset + 28 : member.header_offset + 30], "little")
    packed = memoryview(data)[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(member.compress_type)
    inflater = zlib.decompressobj(-15)
    rest: bytes | memoryview = packed
    while len(rest) and not inflater.eof:
        piece = inflater.decompress(rest, CHUNK)
        if not piece and not inflater.unconsumed_tail:
            break
        rest = inflater.unconsumed_tail
        yield piece
    while not inflater.eof and (piece := inflater.flush(CHUNK)):
        yield piece


class _GridOfXlsx:
    """Refuses a sheet that has a value beyond the permitted rows and columns."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits, self.kept = name, limits, b""

    def feed(self, piece: bytes) -> None:
        window = self.kept + piece
        if _FAR_CELL.search(window):
            for column, row in _CELL_WITH_VALUE.findall(window):
                self._check(column, int(row))
        self.kept = window[-OVERLAP:]

    def _check(self, letters: bytes, row: int) -> None:
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        if column > self.limits.columns:
            raise refusals.too_many_columns(self.name, self.limits.columns)
        if row > self.limits.rows + 100:
            raise refusals.too_many_rows(self.name, self.limits.rows)

    def close(self) -> None:
        self.kept = b""


class _GridOfOds:
    """Refuses repeated cells and rows with content whose number would fill the memory."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self.row_times = self.column = self.rows = 0
        self.row_has_value = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, piece: bytes) -> None:
        self.parser.Parse(piece, False)

    def close(self) -> None:
        self.parser.Parse(b"", True)

    def _doctype(self, *_parts: object) -> None:
        raise refusals.broken_book(self.name)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_TABLE} table":
            self.rows = 0
        elif tag == f"{_TABLE} table-row":
            self.row_times = int(attributes.get(f"{_TABLE} number-rows-repeated", 1))
            self.column, self.row_has_value = 0, False
        elif tag == f"{_TABLE} table-cell":
            self.column += int(attributes.get(f"{_TABLE} number-columns-repeated", 1))
            if f"{_OFFICE} value-type" in attributes:
                self.row_has_value = True
                if self.column > self.limits.columns:
                    raise refusals.too_many_columns(self.name, self.limits.columns)

    def _end(self, tag: str) -> None:
        if tag != f"{_TABLE} table-row":
            return
        self.rows += self.row_times
        if self.row_has_value and self.rows > self.limits.rows + 100:
            raise refusals.too_many_rows(self.name, self.limits.rows)
