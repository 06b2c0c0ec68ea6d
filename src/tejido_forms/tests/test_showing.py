from __future__ import annotations

import pytest

from tejido_forms.answers import begin
from tejido_forms.judging import judge
from tejido_forms.pages import Field, Section, page, spoken, take
from tejido_forms.rendering import ENGINE_REASONS, REASONS, showing
from tejido_forms.tests.forms_in_words import TICKET, form, noon, survey

RULED = "type | name | label | relevant | constraint | required | calculation | appearance"
CASES = [
    (["text | a | A | | | yes | | |"], "light", set()),
    (["note | a | A | | | | | |"], "light", set()),
    (["text | a | A | | | | | |", "text | b | B | ${a} = '1' | | | | |"], "script", {"relevance"}),
    (["integer | a | A | | . > 1 | | | |"], "script", {"rule"}),
    (["text | a | A | | | | | |", "text | b | B | | | ${a} = '1' | | |"], "script", {"rule"}),
    (["integer | a | A | | | | | |", "calculate | b | | | | | ${a} + 1 | |"], "light", set()),
    (
        [
            "integer | a | A | | | | | |",
            "calculate | b | | | | | ${a} + 1 | |",
            "text | c | C | ${b} > 3 | | | | |",
        ],
        "script",
        {"relevance", "calculation"},
    ),
    (["text | a | A | | | | | |", "note | b | You said ${a} | | | | | |"], "engine", {"value_in_text"}),
    (["geopoint | a | A | | | | | |"], "engine", {"place"}),
    (["barcode | a | A | | | | | |"], "engine", {"barcode"}),
    (["image | a | A | | | | | signature |"], "engine", {"drawing"}),
    (["image | a | A | | | | | |"], "light", set()),
    (["text | a | A | | | | | ex:org.app.some(x=1) |"], "engine", {"other_app"}),
    (
        ["begin_repeat | r | R | | | | | |", "text | a | A | | | | | |", "end_repeat | | | | | | | |"],
        "engine",
        {"repeat"},
    ),
]


@pytest.mark.parametrize(("rows", "way", "codes"), CASES)
def test_a_form_is_shown_in_the_lightest_way_that_shows_all_of_it(rows: list[str], way: str, codes: set[str]):
    shown = showing(survey(*rows, columns=RULED))

    assert (shown.way, {reason.code for reason in shown.reasons}) == (way, codes)


def test_choices_that_depend_on_an_answer_need_the_engine_and_lists_alone_do_not():
    choices = (
        "\n| choices |\n| | list_name | name | label | town |\n| | s | s1 | S1 | t1 |\n| | t | t1 | T1 | |\n"
    )
    head = "| survey |\n| | type | name | label | choice_filter |\n| | select_one t | t | Town | |\n"

    assert showing(form(head + "| | select_one s | s | School | |" + choices)).way == "light"
    filtered = showing(form(head + "| | select_one s | s | School | town = ${t} |" + choices))
    assert (filtered.way, [reason.code for reason in filtered.reasons]) == ("engine", ["filtered_choices"])
    by_list_alone = form(head + "| | select_one s | s | School | town = 't1' |" + choices)
    assert showing(by_list_alone).way == "light"
    (_town, school) = page(begin(by_list_alone), noon(by_list_alone)).fields()
    assert [option.value for option in school.options] == ["s1"]


def test_every_reason_of_the_engine_is_a_known_reason():
    assert set(REASONS) >= ENGINE_REASONS


def test_a_page_speaks_the_language_asked_for_and_shows_what_was_answered():
    definition = form(TICKET)
    answer = begin(definition)
    assert take(answer, {"mood": ["sad"], "why": ["  lluvia\r\nfría \x00"], "minutes": ["12"]}) == []

    shown = page(answer, noon(definition), "English (en)")

    mood, why, minutes = shown.fields()
    assert (mood.kind, mood.required, mood.label) == ("one", True, "How do you leave today?")
    assert [(one.value, one.label, one.chosen) for one in mood.options] == [
        ("glad", "Glad", False),
        ("sad", "Sad", True),
    ]
    assert why.value == "lluvia\nfría"
    assert why.relevant.split() == ["/data/mood", "=", "'sad'"]
    assert (minutes.kind, minutes.constraint) == ("integer", ". >= 0 and . <= 600")
    assert judge(answer, noon(definition), settle=True).flags == ()


def test_what_a_page_may_not_write_is_told_and_not_written():
    definition = survey(
        "integer | a | A | |",
        "calculate | b | | 1 + 1 |",
        "note | n | N | |",
        columns="type | name | label | calculation",
    )
    answer = begin(definition)

    strange = take(
        answer, {"b": ["9"], "n": ["x"], "meta/instanceID": ["x"], "a[2]": ["1"], "../a": ["1"], "": ["1"]}
    )

    assert strange == ["b", "n", "meta/instanceID", "a[2]", "../a", ""]
    assert {answer.text(element) for element, _node in answer.leaves()} == {""}


def test_several_ticks_become_one_answer_and_none_empties_it():
    definition = form(
        "| survey |\n| | type | name | label |\n| | select_multiple t | a | A |\n| choices |\n| | list_name | name | label |\n| | t | x | X |\n| | t | y | Y |"
    )
    answer = begin(definition)

    take(answer, {"a": ["y", "x", "x", ""]})
    assert answer.text(answer.at("/data/a")[0]) == "y x"
    take(answer, {"a": [""]})
    assert answer.text(answer.at("/data/a")[0]) == ""


def test_groups_and_rows_of_repeats_are_sections_with_names_of_their_own():
    definition = survey(
        "begin_group | g | G",
        "text | a | A",
        "begin_repeat | r | R",
        "text | b | B",
        "end_repeat | |",
        "end_group | |",
    )

    (group,) = page(begin(definition), noon(definition)).parts

    assert isinstance(group, Section) and group.name == "g"
    first, repeat = group.parts
    assert isinstance(first, Field) and first.name == "g/a"
    assert isinstance(repeat, Section) and (repeat.repeat, repeat.name) == (1, "g/r[1]")
    assert isinstance(repeat.parts[0], Field) and repeat.parts[0].name == "g/r[1]/b"


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["en-GB", "es"], "English (en)"),
        (["es-CO"], "Español (es)"),
        (["pt-BR"], "Español (es)"),
        ([], "Español (es)"),
    ],
)
def test_the_language_of_the_form_that_fits_the_reader_best(wanted: list[str], language: str):
    assert spoken(form(TICKET), wanted) == language
