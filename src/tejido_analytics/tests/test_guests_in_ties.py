"""Recorded ties of people without a membership: whoever is on the list is in the network; whoever left is not."""

from __future__ import annotations

import datetime as dt

import pytest

from tejido_analytics.options import Options
from tejido_analytics.panorama import panorama
from tejido_analytics.tables import Membership, Period, Person, Tables, Tie

YEAR = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))


def seen(**more):
    people = [Person(name) for name in ("ana", "eva", "luz", "sol")]
    ties = [Tie("ana", "eva", "advice"), Tie("eva", "ana", "advice"), Tie("luz", "ana", "advice")]
    return panorama(Tables(people=people, ties=ties, **more), YEAR, options=Options(suppress=False))


def test_without_memberships_everybody_counts_those_without_ties_too():
    found = seen()
    assert found.network.people == ("ana", "eva", "luz", "sol")
    assert found.indicators["isolates_share"].value == 0.25


def test_where_memberships_are_known_guests_are_in_it_by_their_ties_alone():
    found = seen(memberships=[Membership("ana")])
    assert found.network.people == ("ana", "eva", "luz")
    assert found.indicators["reciprocity"].value == pytest.approx(2 / 3)


def test_who_has_left_is_out_of_it_even_where_a_tie_has_no_date():
    gone = Membership("luz", dt.date(2020, 1, 1), dt.date(2022, 1, 1))
    found = seen(memberships=[Membership("ana"), gone])
    assert found.network.people == ("ana", "eva")
    assert found.indicators["reciprocity"].value == 1.0
