"""Groups of fewer than five people: hidden, and not to be worked out from what is shown."""

from __future__ import annotations

import pytest

from tejido.directory.tests.factories import SchoolFactory
from tejido.insights.policies import Eyes
from tejido.insights.selectors import values_of
from tejido.insights.tests.factories import insight, met, teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def sectors(cast):
    """Twelve in public schools, three in private ones, eight in church schools; all came once."""
    people = []
    for sector, number in (("public", 12), ("private", 3), ("church", 8)):
        school = SchoolFactory(sector=sector)
        people += [teacher(cast.node, school=school) for _ in range(number)]
    met(cast.node, people, ago=10)
    return insight(cast.node)


def cells(stored, eyes):
    detail = values_of(stored, eyes)["equity"].detail["attributes"]["sector"]
    return {cell["key"]: cell for cell in detail}


def test_a_small_group_is_hidden_with_a_second_one_that_would_give_it_away(sectors):
    shown = cells(sectors, Eyes(ties=True, team=True))
    assert shown["private"]["because"] == "rests on fewer than five people"
    assert shown["church"]["because"] == "hidden so that a smaller group cannot be worked out"
    for name in ("private", "church"):
        assert all(shown[name][key] is None for key in ("people", "active", "rate", "value"))
    assert shown["public"]["people"] == 12


def test_who_runs_the_community_sees_them_all(sectors):
    shown = cells(sectors, Eyes(ties=True, team=True, small_groups=True))
    assert [shown[name]["people"] for name in ("public", "private", "church")] == [12, 3, 8]


def test_no_stored_edition_for_others_holds_a_small_cell(sectors):
    for value in values_of(sectors, Eyes(ties=True, team=True)).values():
        for cell in cells_in(value.detail):
            assert cell["people"] is None or cell["people"] == 0 or cell["people"] >= 5, value.indicator


def cells_in(thing):
    """Every cell of a breakdown: what has a key and a number of people."""
    if isinstance(thing, dict):
        if {"key", "people", "because"} <= thing.keys():
            yield thing
        for inner in thing.values():
            yield from cells_in(inner)
    elif isinstance(thing, list):
        for inner in thing:
            yield from cells_in(inner)
