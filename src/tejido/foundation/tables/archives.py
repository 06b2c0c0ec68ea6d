"""Whether a zip archive (XLSX, ODS) may be unpacked: the directory is asked, then the bytes themselves.

The directory of an archive may lie about sizes, and a sheet of a few bytes may claim a cell in the last corner of
the grid, for which a reader would lay out all cells before it. Both are found here before any reader sees the file.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from tejido.foundation.tables import refusals
from tejido.foundation.tables.limits import MEGABYTE, Limits

CHUNK = 1 << 18
OVERLAP = 400
ROWS_ABOVE = 100  # titles above the headings that the limit of rows does not count
# Whatever could be a place far out, however it is written: columns from K… with two letters, six digits and more, text
# in another alphabet than UTF-8. Most sheets have none; the others are parsed.
_FAR = re.compile(
    rb"\br\s*=\s*[\"'](?:\s|[A-Za-z]{3}|[K-Zk-z][A-Za-z]|[A-Za-z]{0,2}(?:[2-9]\d{5}|\d{7})|[^\"'<>]{0,99}&)|\A[\xfe\xff]|\0"
)
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_CELLS = {f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"}


def kind_of_archive(data: bytes) -> str:
    """ "xlsx", "ods" or "" by what is inside, whatever the file is called."""
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
    is_sheet = re.fullmatch(r"xl/worksheets/[^/]+\.xml", member.filename, re.IGNORECASE) is not None
    ods = _GridOfOds(name, limits) if member.filename == "content.xml" else None
    is_far, kept = False, b""
    for piece in _unpacked(data, member):
        if ods is not None:
            ods.feed(piece)
        if is_sheet and not is_far:
            is_far = _FAR.search(kept + piece) is not None
            kept = piece[-OVERLAP:]
        yield len(piece)
    if ods is not None:
        ods.close()
    if is_far:  # seldom: most sheets are settled by the quick look
        xlsx = _GridOfXlsx(name, limits)
        for piece in _unpacked(data, member):
            xlsx.feed(piece)
        xlsx.close()


def _parser(
    start: Callable[[str, dict[str, str]], None], doctype: Callable[..., None]
) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype  # entities could multiply; no spreadsheet program writes any
    return parser


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
    """Refuses a sheet that has a value beyond the permitted rows and columns. Cells that are only coloured are none."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self.row = self.column = 0
        self.parser = _parser(self._start, self._doctype)

    def feed(self, piece: bytes) -> None:
        self.parser.Parse(piece, False)

    def close(self) -> None:
        self.parser.Parse(b"", True)

    def _doctype(self, *_parts: object) -> None:
        raise refusals.broken_book(self.name)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        part = tag.rpartition(" ")[2]
        if part == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif part == "c":
            self._move_to(attributes.get("r", ""))
        elif part in {"v", "is", "f", "t"}:
            if self.column > self.limits.columns:
                raise refusals.too_many_columns(self.name, self.limits.columns)
            if self.row > self.limits.rows + ROWS_ABOVE:
                raise refusals.too_many_rows(self.name, self.limits.rows)

    def _move_to(self, place: str) -> None:
        letters = place.rstrip("0123456789")
        if not letters:
            self.column += 1
            return
        self.column = 0
        for letter in letters.upper():
            self.column = self.column * 26 + ord(letter) - 64
        self.row = int(place[len(letters) :] or self.row)


class _GridOfOds:
    """Refuses repeated cells and rows with content whose number would fill the memory."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self.row_times = self.column = self.rows = 0
        self.in_cell = self.row_has_value = False
        self.parser = _parser(self._start, self._doctype)
        self.parser.EndElementHandler = self._end

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
        elif tag in _CELLS:
            self.in_cell = True
            self.column += int(attributes.get(f"{_TABLE} number-columns-repeated", 1))
            if any(key.startswith(_OFFICE) or key == f"{_TABLE} formula" for key in attributes):
                self._value()
        elif self.in_cell:
            self._value()

    def _value(self) -> None:
        self.row_has_value = True
        if self.column > self.limits.columns:
            raise refusals.too_many_columns(self.name, self.limits.columns)

    def _end(self, tag: str) -> None:
        if tag in _CELLS:
            self.in_cell = False
        if tag != f"{_TABLE} table-row":
            return
        self.rows += self.row_times
        if self.row_has_value and self.rows > self.limits.rows + ROWS_ABOVE:
            raise refusals.too_many_rows(self.name, self.limits.rows)
