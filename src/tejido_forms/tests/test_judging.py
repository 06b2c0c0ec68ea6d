"""Answers are judged as their form wants it, pruned where a page could not, and cut into rows."""

from __future__ import annotations

import datetime as dt

import pytest

from tejido_forms.answers import begin, lay, write
from tejido_forms.judging import judge, scene_for
from tejido_forms.pages import take
from tejido_forms.rows import blanks, rows, why_blank
from tejido_forms.tests.forms_in_words import TICKET, form, noon, sent, survey

REPEATED = [
    "begin_repeat | r | R | | |",
    "integer | n | N | | . < 10 |",
    "text | t | T | ${n} > 5 | |",
    "end_repeat | | | | |",
]


def flags(inside: str, definition=None) -> list[tuple[str, str, str]]:
    definition = definition or form(TICKET)
    judged = judge(lay(definition, sent(definition, inside)), noon(definition))
    return [(one.code, one.path, one.repeat) for one in judged.flags]


@pytest.mark.parametrize(
    ("inside", "flag"),
    [
        ("<mood/>", ("required", "/data/mood", "")),
        ("<mood>angry</mood>", ("unknown_choice", "/data/mood", "")),
        ("<mood>glad</mood><why>x</why>", ("not_relevant", "/data/why", "")),
        ("<mood>glad</mood><minutes>700</minutes>", ("constraint", "/data/minutes", "")),
        ("<mood>glad</mood><minutes>soon</minutes>", ("wrong_type", "/data/minutes", "")),
        ("<mood>glad</mood><extra>1</extra>", ("unknown_node", "/data/extra", "")),
    ],
)
def test_what_does_not_fit_is_flagged_and_named(inside: str, flag: tuple[str, str, str]):
    assert flags(inside) == [flag]


def test_a_flag_says_which_row_of_a_repeat():
    definition = survey(*REPEATED, columns="type | name | label | relevant | constraint")

    assert flags("<r><n>3</n><t/></r><r><n>12</n><t>x</t></r>", definition) == [
        ("constraint", "/data/r/n", "2")
    ]


def test_what_a_page_without_a_script_sent_too_much_is_left_out_and_not_flagged():
    definition = form(TICKET)
    answer = begin(definition)
    take(answer, {"mood": ["glad"], "why": ["lluvia"], "minutes": ["5"]})

    judged = judge(answer, noon(definition), settle=True)
    kept = write(answer, skip=judged.irrelevant)

    assert judged.flags == ()
    assert b"lluvia" not in kept and b"<why" not in kept
    assert [(row.path, row.text) for row in rows(answer, judged)] == [
        ("/data/mood", "glad"),
        ("/data/minutes", "5"),
    ]


def test_calculations_and_relevance_settle_together():
    definition = survey(
        "integer | a | A | | |",
        "calculate | twice | | | ${a} * 2 |",
        "text | why | Why | ${twice} > 10 | |",
        "calculate | said | | | if(${why} = '', 'no', 'yes') |",
        columns="type | name | label | relevant | calculation",
    )
    answer = begin(definition)
    take(answer, {"a": ["3"], "why": ["because"]})
    judge(answer, noon(definition), settle=True)

    assert [answer.text(answer.at(f"/data/{name}")[0]) for name in ("twice", "said")] == ["6", "no"]


def test_dates_are_compared_as_days_and_kept_as_they_were_written():
    definition = survey(
        "date | d | D | | . <= today() |", "calculate | s | | concat('on ', ${d}) | |",
        columns="type | name | label | calculation | constraint",
    )  # fmt: skip
    tomorrow = lay(definition, sent(definition, "<d>2026-03-05</d><s/>"))
    today = lay(definition, sent(definition, "<d>2026-03-04</d><s/>"))

    assert [one.code for one in judge(tomorrow, noon(definition)).flags] == ["constraint"]
    judged = judge(today, noon(definition), settle=True)
    assert judged.flags == ()
    first, second = rows(today, judged)
    assert (first.text, first.day, first.number) == ("2026-03-04", dt.date(2026, 3, 4), 20516.0)
    assert second.text == "on 2026-03-04"


def test_several_choices_are_rows_in_their_order_and_blanks_say_why():
    definition = form(TICKET)
    answer = lay(definition, sent(definition, "<mood>glad</mood><why/><minutes/>"))
    judged = judge(answer, noon(definition))

    assert list(blanks(answer, judged)) == [
        ("/data/why", "", "not_relevant"),
        ("/data/minutes", "", "left_empty"),
    ]
    assert (why_blank(definition, "/data/old"), why_blank(definition, "/data/why")) == (
        "not_in_version",
        None,
    )
    many = form(
        "| survey |\n| | type | name | label |\n| | select_multiple m | m | M |\n| choices |\n| | list_name | name | label |\n| | m | x | X |\n| | m | y | Y |"
    )
    answer = lay(many, sent(many, "<m>y x</m>"))
    assert [(row.position, row.text) for row in rows(answer, judge(answer, noon(many)))] == [
        (1, "y"),
        (2, "x"),
    ]


def test_an_answer_without_an_id_gets_one_from_its_content_and_one_with_an_id_keeps_it():
    definition = form(TICKET)
    bare, other = (lay(definition, sent(definition, f"<mood>{mood}</mood>")) for mood in ("glad", "sad"))
    named = lay(definition, sent(definition, "<mood>glad</mood><meta><instanceID>uuid:1</instanceID></meta>"))

    assert bare.id_is_made and bare.instance_id.startswith("hash:") and bare.instance_id != other.instance_id
    assert lay(definition, sent(definition, "<mood>glad</mood>")).instance_id == bare.instance_id
    assert (named.instance_id, named.id_is_made) == ("uuid:1", False)
    assert lay(definition, write(named)).instance_id == "uuid:1"


def test_chance_is_the_same_for_the_same_seed():
    definition = form(TICKET)

    one, same, other = (
        scene_for(definition, noon(definition).now, seed=seed).random() for seed in ("a", "a", "b")
    )
    assert one == same != other
