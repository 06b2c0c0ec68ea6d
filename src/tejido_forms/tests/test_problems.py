"""Every problem of a form can come up, and says where it is."""

from __future__ import annotations

import pytest

from tejido_forms.opening import opened
from tejido_forms.problems import FORM_PROBLEMS, REMEDIES, FormRefused, Problem
from tejido_forms.reading import read_form
from tejido_forms.reading_apart import read_form_apart

HEAD = "| survey |\n| | type | name | label | relevant | calculation | constraint |\n"
CHOICES = "| choices |\n| | list_name | name | label |\n"
XFORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>'
    "<instance>{}</instance></model></h:head><h:body>{}</h:body></h:html>"
)
ASKED = '<input ref="/data/a"><label>A</label></input>'
LONG = "".join(f"| | text | q{n} | {'x' * 4000} | | | |\n" for n in range(1900))

# file, code, sheet, row, column: as the author sees them
REFUSED = [
    (b"good morning", "not_a_form", "", 0, ""),
    (b"x" * (10 * 1024 * 1024 + 1), "too_large", "", 0, ""),
    (HEAD + "| | text | a | A | | | |\n" * 2001, "too_many_rows", "survey", 0, ""),
    ("| survey |\n|" + "| type " + "".join(f"| c{n} " for n in range(201)) + "|\n", "too_many_columns", "survey", 0, ""),
    ("| questions |\n| | type | name | label |\n| | text | a | A |\n", "no_survey", "", 0, ""),
    (b"PK\x03\x04 and no more", "broken_book", "", 0, ""),
    (b"\xd0\xcf\x11\xe0 and no more", "broken_book", "", 0, ""),
    ("| survey |\n| | type | name | label | Label |\n| | text | a | A | B |\n", "duplicate_heading", "survey", 1, "Label"),
    (HEAD + "| | caseid | a | A | | | |\n", "unknown_type", "survey", 2, ""),
    (HEAD + "| | text | a | A | | | |\n| | audit | my_audit | | | | |\n", "not_understood", "survey", 3, ""),
    (HEAD + "| | text | a | A | | | |\n| | text | a | A | | | |\n", "double_name", "survey", 3, ""),
    (HEAD + "| | select_one nobody | a | A | | | |\n", "unknown_list", "survey", 2, ""),
    (HEAD + "| | select_one nobody | a | A | | | |\n| choices |\n| | list_name | name | label |\n| | x | x | X |\n", "unknown_list", "survey", 2, ""),
    (HEAD + "| | select_one x | a | A | | | |\n" + CHOICES + "| | x | x | X |\n| | x | x | Y |\n", "double_choice", "choices", 3, ""),
    (HEAD + "| | select_one x | a | A | | | |\n" + CHOICES + "| | x | | X |\n", "no_name", "choices", 2, ""),
    (HEAD + "| | select_multiple x | a | A | | | |\n" + CHOICES + "| | x | o | X |\n| | x | a b | X |\n", "choice_with_blank", "choices", 3, ""),
    (HEAD + "| | txet | a | A | | | |\n", "unknown_type", "survey", 2, ""),
    (HEAD + "| | text | a | A | ${zz} = 1 | | |\n", "unknown_reference", "survey", 2, ""),
    (HEAD + "| | text | a | A | | | |\n| | end_group | | | | | |\n", "unmatched", "survey", 3, ""),
    (HEAD + "| | begin_repeat | g | G | | | |\n| | text | a | A | | | |\n", "unmatched", "survey", 2, ""),
    (HEAD + "| | text | | A | | | |\n", "no_name", "survey", 2, ""),
    (HEAD + "| | text | 1 a | A | | | |\n", "bad_name", "survey", 2, ""),
    (HEAD + "| | text | a | A | | | |\n| | text | b | | | | |\n", "no_label", "survey", 3, ""),
    (HEAD + "| | | a | A | | | |\n", "no_type", "survey", 2, ""),
    (b"<h:html", "broken_xml", "", 0, ""),
    (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "forbidden_xml", "", 0, ""),
    (b"<a>" * 240 + b"</a>" * 240, "too_deep", "", 0, ""),
    (b"<data id='f'><a>1</a></data>", "not_an_xform", "", 0, ""),
    (XFORM.format("<data><a/></data>", ASKED).replace(' xmlns="http://www.w3.org/2002/xforms"', ""), "no_form_id", "", 0, ""),
    (XFORM.format("<data id='f'><a/></data>", ""), "no_questions", "", 0, ""),
    (HEAD + "| | text | a | A | | | |\n| | calculate | b | | | device-info() | |\n", "unknown_function", "survey", 3, "calculate"),
    (HEAD + "| | text | a | A | | | 'x |\n", "wrong_expression", "survey", 2, "constraint"),
    (HEAD + "| | text | a | A | /data/nobody = 1 | | |\n", "unknown_path", "survey", 2, "relevant"),
    (HEAD + "| | text | a | A | ${b} = 1 | | |\n| | text | b | B | ${a} = 1 | | |\n", "circular", "survey", 2, "relevant"),
    (HEAD + "| | text | a | A | | | regex(., '[a') |\n", "forbidden_regex", "survey", 2, "constraint"),
]  # fmt: skip
WARNED = [
    (HEAD + "| | text | a | A | | | regex(., '[a-z]+') |\n", "regex_part", "survey", 2),
    (HEAD + "| | text | t | T | | | |\n| | select_one_from_file schools.csv | a | A | | | |\n", "missing_file", "survey", 3),
    (HEAD + "| | text | t | T | | | |\n| | image | a | A | | | |\n| | image | b | B | | | |\n", "large_pictures", "survey", 3),
    (
        ("| survey |\n| | type | name | label::A (en) | label::B (es) |\n| | select_one x or_other | a | A | B |\n"
        "| choices |\n| | list_name | name | label::A (en) | label::B (es) |\n| | x | x | X | X |\n"),
        "converter_warning", "", 0,
    ),
    ("| survey |\n| | type | name | label::Spanish |\n| | text | a | A |\n", "language_without_code", "", 0),
]  # fmt: skip


def as_bytes(file: str | bytes) -> bytes:
    return file if isinstance(file, bytes) else file.encode()


@pytest.mark.parametrize(("file", "code", "sheet", "row", "column"), REFUSED, ids=[f"{one[1]}-{n}" for n, one in enumerate(REFUSED)])  # fmt: skip
def test_a_form_is_refused_with_code_sheet_row_and_column(file, code: str, sheet: str, row: int, column: str):
    with pytest.raises(FormRefused) as refused:
        read_form(as_bytes(file))

    first = next(one for one in refused.value.problems if one.code == code)
    where = (first.sheet, first.row, first.column)
    is_xml = as_bytes(file).startswith(b"<")
    assert where == (sheet, row, column) or (is_xml and first.row == 0)


@pytest.mark.parametrize(("file", "code", "sheet", "row"), WARNED, ids=[one[1] for one in WARNED])
def test_a_form_that_works_still_says_what_its_author_should_know(file: str, code: str, sheet: str, row: int):
    problem = next(one for one in read_form(file.encode()).problems if one.code == code)

    assert problem.weight == "warning"
    assert (problem.sheet, problem.row) == (sheet, row)


def test_reading_that_takes_too_much_memory_is_stopped():
    with pytest.raises(FormRefused) as refused:
        read_form_apart((HEAD + LONG).encode(), memory=60 * 1024 * 1024)

    assert [one.code for one in refused.value.problems] == ["took_too_much"]


@pytest.mark.slow
def test_reading_that_takes_too_long_is_stopped():
    with pytest.raises(FormRefused) as refused:
        read_form_apart((HEAD + LONG).encode(), seconds=1)

    assert [(one.code, one.detail["limit"]) for one in refused.value.problems] == [("took_too_long", 1)]


def test_every_code_comes_up_in_a_test_and_has_a_remedy():
    with pytest.raises(FormRefused) as refused:
        opened((HEAD + "| | text | a | A | 1 = 1 | | |\n").encode())
    by_hand = {one.code for one in refused.value.problems} | {"took_too_much", "took_too_long"}

    assert {one[1] for one in REFUSED} | {one[1] for one in WARNED} | by_hand == set(FORM_PROBLEMS)
    assert set(REMEDIES) == set(FORM_PROBLEMS)


def test_a_problem_without_a_known_code_cannot_be_made():
    with pytest.raises(ValueError, match="no known problem"):
        Problem("odd")
