"""What must not come in: each file gets one clear sentence, quickly, and little memory."""

from __future__ import annotations

import io
import os
import random
import struct
import time
import tracemalloc
import zipfile
import zlib

import pytest

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.limits import Limits
from tejido.foundation.tables.reading import read_table
from tejido.foundation.tables.tests.samples import ods, ods_row, replaced, xlsx, zipped

SMALL = Limits(rows=50, columns=10, cell_characters=100)
BOOK = xlsx({"A": [["Nombre", "Correo"], ["Ana", "a@x.org"]]})
SHEET = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET_END = b"</sheetData></worksheet>"

PROMISE = (
    b'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'count="4294967295" uniqueCount="4294967295"><si><t>Nombre</t></si></sst>'
)


def sheet_with(rows: bytes) -> bytes:
    return replaced(BOOK, "xl/worksheets/sheet1.xml", SHEET + rows + SHEET_END)


def nonsense(kind: str) -> bytes:
    chance = random.Random(7)
    if kind == "bytes":
        return chance.randbytes(10_000_000)
    if kind == "letters":
        return bytes(chance.choices(b"abcdefghijklmnopqrstuvwxyz", k=10_000_000))
    return bytes(chance.choices(range(128, 256), k=10_000_000))


def lying_archive() -> bytes:
    """A sheet of 300 MB whose directory and header say that it has 20 bytes."""
    inflated = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(inflated.compress(b"<row/>" * 1_000_000) for _ in range(50)) + inflated.flush()
    name = b"xl/worksheets/sheet1.xml"
    sizes = struct.pack("<III", zlib.crc32(b"<row/>" * 3), len(packed), 20)
    local = (
        b"PK\x03\x04"
        + struct.pack("<HHHHH", 20, 0, 8, 0, 0)
        + sizes
        + struct.pack("<HH", len(name), 0)
        + name
    )
    central = (
        b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
        + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    )  # fmt: skip
    book = b"xl/workbook.xml"
    local_2 = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0, 0, 0, 0, len(book), 0) + book
    central_2 = (
        b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(book), 0, 0, 0, 0, 0, len(local + packed))
        + book
    )  # fmt: skip
    body = local + packed + local_2
    directory = central + central_2
    return (
        body + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 2, 2, len(directory), len(body), 0)
    )


CASES = {
    "nothing at all": (b"", "empty_file"),
    "blanks and line ends": (b"\xef\xbb\xbf \r\n\r\n ", "empty_file"),
    "separators and nothing else": (b";;;\r\n;;;\r\n", "empty_file"),
    "headings and no row": (b"Nombre;Correo\r\n;\r\n", "empty_file"),
    "a workbook without content": (xlsx({"A": [], "B": []}), "empty_file"),
    "a photograph": (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40, "not_a_table"),
    "a PDF": (b"%PDF-1.7\n1 0 obj", "not_a_table"),
    "a web page": (b"<!DOCTYPE html><html><table><tr><td>Ana</td></tr></table></html>", "not_a_table"),
    "an archive of photographs": (zipped({"a.jpg": b"\xff\xd8" * 100}), "not_a_table"),
    "a text document": (zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<x/>"}), "not_a_table"),
    "half a workbook": (BOOK[: len(BOOK) // 2], "broken_book"),
    "a workbook of nonsense": (replaced(BOOK, "xl/workbook.xml", b"<x"), "broken_book"),
    "a promise of four thousand million texts": (replaced(BOOK, "xl/sharedStrings.xml", PROMISE), "zip_bomb"),
    "a cell in the last corner, written oddly": (
        sheet_with(b"<row><c\n r = 'A1'><v>1</v></c></row><row r='7'><c t='n' r='XFD1048576' ><v>1</v></c></row>"),
        "too_many_columns",
    ),
    "a cell in the last corner, written secretly": (
        sheet_with(b'<row r="1"><c r="A1"><v>1</v></c><c r="&#88;FD1048576"><v>1</v></c></row>'),
        "too_many_columns",
    ),
    "a sheet in another alphabet": (
        replaced(BOOK, "xl/worksheets/sheet1.xml", (SHEET + b'<row r="1"><c r="XFD9"><v>1</v></c></row>' + SHEET_END)
                 .decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        "too_many_columns",
    ),
    "a workbook with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "protected_book"),
    "an old workbook of nonsense": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000), "broken_book"),
    "a cell in the last corner": (
        sheet_with(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "too_many_columns",
    ),
    "a cell in the last row": (
        sheet_with(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        "too_many_rows",
    ),
    "a row repeated a million times": (ods(ods_row("Nombre") + ods_row("Ana", times=1_000_000)), "too_many_rows"),
    "entities that multiply": (
        zipped({"content.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'}),
        "broken_book",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_file_that_is_no_list_gets_a_sentence_and_nothing_more(case: str):
    data, code = CASES[case]
    with pytest.raises(Refusal) as refused:
        read_table(data, "lista.xlsx")
    assert refused.value.code == code
    assert "«lista.xlsx»" in refused.value.message
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("kind", ["bytes", "letters", "accents"])
def test_ten_megabytes_of_nonsense_are_refused_within_seconds(kind: str):
    data = nonsense(kind)
    before = time.process_time()
    with pytest.raises(Refusal) as refused:
        read_table(data, "lista.csv")
    assert refused.value.code in {"not_a_table", "cell_too_long"}
    assert time.process_time() - before < 5


def test_an_archive_that_swells_is_refused_before_it_does():
    bomb = replaced(BOOK, "xl/worksheets/sheet1.xml", SHEET + b"<row/>" * 60_000_000 + SHEET_END)
    assert len(bomb) < 2_000_000
    tracemalloc.start()
    with pytest.raises(Refusal) as refused:
        read_table(bomb, "lista.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.code == "zip_bomb"
    assert peak < 20_000_000, "refused from the directory, nothing was unpacked"


def test_an_archive_that_lies_about_its_size_is_found_out_while_it_is_unpacked():
    bomb = lying_archive()
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        assert sum(member.file_size for member in archive.infolist()) == 20
    tracemalloc.start()
    with pytest.raises(Refusal) as refused:
        read_table(bomb, "lista.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.code == "zip_bomb"
    assert peak < 20_000_000


def test_an_archive_with_thousands_of_parts_is_refused():
    with pytest.raises(Refusal) as refused:
        read_table(zipped({"xl/workbook.xml": b"", **{f"p{i}": b"" for i in range(2_100)}}), "lista.xlsx")
    assert refused.value.code == "zip_bomb"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Nombre;Correo\n" + b"Ana;a@x.org\n" * 51, "too_many_rows"),
        (b";".join(b"c%d" % i for i in range(11)) + b"\n" + b"1;" * 10 + b"1\n", "too_many_columns"),
        (b"Nombre;Correo\nAna;" + b"x" * 101 + b"\n", "cell_too_long"),
        (xlsx({"A": [["Nombre"], *[["Ana"]] * 51]}), "too_many_rows"),
    ],
)
def test_a_list_beyond_the_limits_is_refused_whole(data: bytes, code: str):
    with pytest.raises(Refusal) as refused:
        read_table(data, "lista.csv", limits=SMALL)
    assert refused.value.code == code


def test_a_file_beyond_the_limit_is_not_even_opened(tmp_path):
    large = tmp_path / "grande.csv"
    with large.open("wb") as out:
        os.truncate(out.fileno(), 25_000_000)
    with pytest.raises(Refusal) as refused:
        read_table(large)
    assert (refused.value.code, refused.value.detail["limit"]) == ("too_large", 20_000_000)


def test_a_missing_file_and_a_missing_sheet_are_named(tmp_path):
    with pytest.raises(Refusal) as refused:
        read_table(tmp_path / "nada.csv")
    assert refused.value.code == "missing_file"
    with pytest.raises(Refusal) as refused:
        read_table(BOOK, "lista.xlsx", sheet="Marzo")
    assert refused.value.code == "unknown_sheet"
    assert "Marzo" in refused.value.message


def test_formatting_down_to_the_last_row_is_no_reason_to_refuse():
    styled = b"".join(b'<row r="%d"><c r="XFD%d" s="1"/></row>' % (n, n) for n in (2, 500_000, 1_048_576))
    book = sheet_with(b'<row r="1"><c r="A1" t="inlineStr"><is><t>Nombre</t></is></c></row>'
                      b'<row r="2"><c r="A2" t="inlineStr"><is><t>Ana</t></is></c></row>' + styled)  # fmt: skip
    assert read_table(book, "lista.xlsx").row_count == 1


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read_in_seconds_and_little_memory():
    lines = [
        f"{i};María José Peña {i};m{i}@escuela.edu.co;Institución Educativa {i % 900};Bogotá"
        for i in range(100_000)
    ]
    data = ("Código;Nombre;Correo;Colegio;Municipio\n" + "\n".join(lines)).encode()
    tracemalloc.start()
    table = read_table(data, "grande.csv")
    rows = sum(1 for _row in table.rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == 100_000
    assert peak < 60_000_000
