"""Definitions and reasons: exact, there for everything that is computed, and in three languages."""

from __future__ import annotations

import pytest
from django.utils import translation

from tejido.insights.definitions import DEFINITIONS, FAMILIES, LATER, TIE
from tejido.insights.forms import GROUPING_WORDS
from tejido.insights.models import AttentionItem, IndicatorValue
from tejido.insights.policies import Eyes
from tejido.insights.selectors import GROUPINGS, say, unit_of
from tejido.insights.selectors.details import Called, details_of
from tejido.insights.words import BECAUSE, LEFT_OUT, Count, because, left_out
from tejido_analytics import catalogue, reasons, signals

KINDS = {
    "count": {"count"},
    "share": {"share"},
    "index": {"mixing", "spread"},
    "weight": {"strength"},
    "km": {"km"},
    "ratio": {"ratio"},
    "rating": {"rating"},
}


def test_every_indicator_that_is_computed_is_defined_and_no_other():
    assert DEFINITIONS.keys() == catalogue.DEFINITIONS.keys()


@pytest.mark.parametrize("name", DEFINITIONS)
def test_an_indicator_reads_as_the_kind_of_number_that_it_is(name):
    assert DEFINITIONS[name].kind in KINDS[catalogue.DEFINITIONS[name].unit]


def test_every_reason_and_everything_left_out_has_words():
    assert BECAUSE.keys() == reasons.REASONS
    assert LEFT_OUT.keys() == reasons.MISSING - {reasons.NOTHING_BEFORE}


def test_a_reason_of_a_newer_library_is_no_riddle():
    assert because("a phrase of tomorrow") == "There is too little data to say."
    assert left_out({"a phrase of tomorrow": 3, reasons.VISITORS: 1}) == [
        "1 guest who came without being a member"
    ]
    assert left_out({reasons.NOTHING_BEFORE: 1})[0].startswith("everything before this period")


def test_signals_are_those_of_the_library_in_its_order():
    assert tuple(AttentionItem.Signal.values) == (AttentionItem.Signal.LEADERLESS, *signals.CODES)
    assert set(GROUPING_WORDS) == set(GROUPINGS)


def texts():
    yield TIE
    for family in (*FAMILIES, *LATER):
        yield from (family.title, family.question)
        for one in family.indicators:
            yield from (one.title, one.question, one.exactly)
        for one in family.awaited:
            yield from (one.title, one.waits_for)
    yield from BECAUSE.values()


@pytest.mark.parametrize("language", ["es", "pt-br"])
def test_definitions_and_reasons_are_translated(language):
    english = [str(text) for text in texts()]
    with translation.override(language):
        same = {text for text, meant in zip(map(str, texts()), english, strict=True) if text == meant}
    assert not same


@pytest.mark.parametrize("language", ["en", "es", "pt-br"])
@pytest.mark.parametrize("name", DEFINITIONS)
def test_what_a_number_rests_on_reads_well_for_one_and_for_many(language, name):
    basis = DEFINITIONS[name].basis
    with translation.override(language):
        for many in (1, 2):
            said = str(basis % {"n": Count(many), "numerator": Count(1), "denominator": Count(many)})
            assert str(many) in said
            assert "%" not in said


def test_large_numbers_are_written_as_the_language_writes_them():
    with translation.override("en"):
        assert str(Count(15585)) == "15,585"
    with translation.override("pt-br"):
        assert str(Count(15585)) == "15.585"


VALUES = [
    ("share", 0.5, "50%"),
    ("share", 0.034, "3.4%"),
    ("share", 0.0, "0%"),
    ("count", 1729.0, "1,729"),
    ("mixing", -0.164, "−0.16"),
    ("mixing", 0.134, "+0.13"),
    ("mixing", -0.001, "0.00"),
    ("spread", 0.607, "0.61"),
    ("km", 16.74, "16.7"),
    ("ratio", 0.878, "0.88"),
]


@pytest.mark.parametrize(("kind", "value", "said"), VALUES)
def test_values_are_said_with_as_many_digits_as_they_deserve(kind, value, said):
    assert say(kind, value) == said
    assert unit_of("share") == ""


CURVE = {"ended": ["7", "9"], "low": 0.25, "high": 0.8, "median": 222, "curve": []}


@pytest.mark.parametrize(("team", "named"), [(True, True), (False, False)])
def test_what_became_of_schools_is_told_with_its_interval_and_to_the_team_by_name(team, named):
    called = Called({}, {7: "Liceo Río", 9: "Colegio Sol"}, {}, {})
    value = IndicatorValue(indicator="school_survival", detail=CURVE)
    found = details_of(value, called, Eyes(team=team))
    assert found.lines[:2] == [
        "The share may really lie anywhere from 25% to 80% (95 per cent interval).",
        "Half of them fell silent within 7 months.",
    ]
    assert (found.lines[2:] == ["Fell silent after a member left: Colegio Sol, Liceo Río"]) is named
