"""What strangers can bring does no harm: it is refused, quickly, with a clear answer."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from tejido_forms.answers import MOST_ROWS_OF_A_REPEAT, attachments, begin, lay
from tejido_forms.books import MOST_UNPACKED
from tejido_forms.judging import judge
from tejido_forms.lists import list_from_file
from tejido_forms.patterns import matches
from tejido_forms.problems import AnswerRefused, FormRefused
from tejido_forms.reading import read_form
from tejido_forms.reading_apart import read_form_apart
from tejido_forms.tests.forms_in_words import TICKET, form, noon, sent, survey
from tejido_forms.tests.test_reading import as_xlsx
from tejido_forms.xml import UnsafeXml, parse

BILLION = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><data>&c;</data>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><data><why>&f;</why></data>'
BOMB_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def with_sheet(inside: str) -> bytes:
    """The workbook of the tests, its first sheet replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            content = old.read(part)
            new.writestr(
                part.filename, BOMB_SHEET.format(inside) if part.filename.endswith("sheet1.xml") else content
            )
    return out.getvalue()


def codes(file: bytes, read=read_form) -> list[str]:
    with pytest.raises(FormRefused) as refused:
        read(file)
    return [one.code for one in refused.value.problems]


def test_a_spreadsheet_that_unpacks_to_more_than_it_may_is_refused_before_it_is_read():
    bomb = with_sheet("<row/>" * (MOST_UNPACKED // 5))

    assert len(bomb) < 100_000
    assert codes(bomb) == ["too_large"]


def test_a_million_rows_are_refused_in_time():
    started = time.process_time()

    assert codes(with_sheet("".join(f'<row r="{n}"/>' for n in range(1, 1_000_001)))) in (
        ["too_large"],
        ["no_survey"],
    )
    many = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 300_001))
    assert codes(with_sheet(many)) == ["too_many_rows"]
    assert time.process_time() - started < 20


def test_one_cell_at_the_end_of_the_world_does_not_take_the_memory_of_the_house():
    far = with_sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )

    assert codes(far, read_form_apart)[0] in {"took_too_much", "too_many_rows"}


def test_a_zip_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/passwd", "x")

    assert codes(out.getvalue()) == ["broken_book"]


@pytest.mark.parametrize("xml", [BILLION, OUTSIDE, BILLION.decode().encode("utf-16")])
def test_entities_are_never_opened_in_forms_nor_in_answers(xml: bytes):
    with pytest.raises(AnswerRefused, match="forbidden_xml"):
        lay(form(TICKET), xml)
    if xml.startswith(b"<"):
        assert codes(xml) == ["forbidden_xml"]


def test_depth_and_size_of_xml_are_bounded():
    with pytest.raises(UnsafeXml, match="too_deep"):
        parse(b"<a>" * 201 + b"</a>" * 201)
    with pytest.raises(UnsafeXml, match="too_deep"):
        parse(b"<a>" * 5000 + b"</a>" * 5000)
    with pytest.raises(UnsafeXml, match="too_large"):
        parse(b"<a>" + b"x" * (2 * 1024 * 1024) + b"</a>")
    assert parse(b"<a>" * 150 + b"</a>" * 150).tag == "a"


def test_an_answer_to_another_form_is_refused_and_one_that_is_no_xml_too():
    with pytest.raises(AnswerRefused, match="other_form"):
        lay(form(TICKET), b"<other/>")
    with pytest.raises(AnswerRefused, match="not_xml"):
        lay(form(TICKET), b"\x00\x01")


def test_a_repeat_without_end_is_cut():
    definition = survey("begin_repeat | r | R", "text | a | A", "end_repeat | |")

    answer = lay(definition, sent(definition, "<r><a>x</a></r>" * (MOST_ROWS_OF_A_REPEAT + 50)))

    assert len(answer.at("/data/r")) == MOST_ROWS_OF_A_REPEAT


def test_a_pattern_that_would_run_for_years_is_stopped():
    definition = survey("text | a | A | regex(., '^(a+)+$')", columns="type | name | label | constraint")
    answer = begin(definition)
    answer.put(answer.at("/data/a")[0], "a" * 60 + "!")
    started = time.perf_counter()

    flags = judge(answer, noon(definition)).flags

    assert [flag.code for flag in flags] in (["cannot_judge"], ["constraint"])
    assert time.perf_counter() - started < 3
    with pytest.raises(TimeoutError):
        matches("a" * 40 + "!", "^(a|a)+(b|a)+(c|a)+$")


def test_what_people_type_is_never_read_as_an_expression():
    definition = form(TICKET)
    typed = "${minutes} /data/minutes ' or '1'='1 &lt;output value=\"/data/minutes\"/&gt;"

    answer = lay(definition, sent(definition, f"<mood>sad</mood><why>{typed}</why><minutes>5</minutes>"))

    assert answer.text(answer.at("/data/why")[0]).startswith("${minutes} /data/minutes ' or")
    assert judge(answer, noon(definition)).flags == ()


def test_only_plain_names_of_files_belong_to_an_answer():
    definition = survey(
        "image | a | A", "begin_repeat | r | R", "image | b | B", "end_repeat | |", "text | t | T"
    )
    inside = (
        "<a>photo 1.jpg</a><r><b>../../x.jpg</b></r><r><b>b.jpg</b></r><r><b>.htaccess</b></r><t>c.jpg</t>"
    )

    assert attachments(lay(definition, sent(definition, inside))) == ("photo 1.jpg", "b.jpg")


def test_lists_that_cannot_be_read_are_empty_lists():
    for name, content in (
        ("a.xml", OUTSIDE),
        ("a.geojson", b"[1"),
        ("a.csv", b"\xff\xfe\x00"),
        ("a.geojson", b"[]"),
    ):
        assert list(list_from_file(name, content).iter("item")) == []
