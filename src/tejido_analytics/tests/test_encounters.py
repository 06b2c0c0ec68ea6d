"""Who met whom: the smallest recorded group, its weight, its fading, and what makes no encounter."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido_analytics.activity import Activity
from tejido_analytics.network.encounters import encounters, met_network, met_ties
from tejido_analytics.options import Options
from tejido_analytics.tables import Attendance, Gathering, Person, Tables
from tejido_analytics.tests.samples import came, crowd, day


def test_thirty_in_a_room_met_and_thirty_one_did_not() -> None:
    tables = came(room=(day(5), crowd(30)), hall=(day(5, 2), crowd(31, "q")))
    found = encounters(Activity(tables), day(12))
    assert [group.gathering for group in found.groups] == ["room"]
    assert found.halls == ("hall",)
    assert found.missing()["larger gatherings without tables"] == 1


def test_a_hall_of_two_hundred_with_tables_makes_ties_at_the_tables_only() -> None:
    seats = [Attendance(f"p{n:03}", "hall", round=1, table=n // 5) for n in range(200)]
    tables = Tables(gatherings=[Gathering("hall", day(5))], attendance=seats)
    network = met_network(Activity(tables), day(5))
    assert network.ties == 40 * 10
    assert set(network.weight.tolist()) == {0.25}
    assert ("p000", "p004") in network.pairs()
    assert ("p004", "p005") not in network.pairs()


def test_two_rounds_at_other_tables_are_two_encounters_on_one_day() -> None:
    seats = [("ana", 1, "a"), ("eva", 1, "a"), ("luz", 1, "b"), ("zoe", 1, "b")]
    seats += [("ana", 2, "a"), ("eva", 2, "a"), ("luz", 2, "a"), ("zoe", 2, "b")]
    rows = [Attendance(person, "g", round=turn, table=table) for person, turn, table in seats]
    network = met_network(Activity(Tables(gatherings=[Gathering("g", day(5))], attendance=rows)), day(5))
    ties = {(row["source"], row["target"]): (row["weight"], row["count"]) for row in network.rows()}
    assert ties == {
        ("ana", "eva"): (1.5, 2),
        ("ana", "luz"): (0.5, 1),
        ("eva", "luz"): (0.5, 1),
        ("luz", "zoe"): (1.0, 1),
    }


def test_whoever_sat_at_no_table_where_tables_were_recorded_met_nobody_and_is_counted() -> None:
    rows = [Attendance("ana", "g", table=1), Attendance("eva", "g", table=1), Attendance("luz", "g")]
    found = encounters(Activity(Tables(gatherings=[Gathering("g", day(5))], attendance=rows)), day(5))
    assert [group.people for group in found.groups] == [{"ana", "eva"}]
    assert found.without_table == 1


def test_an_encounter_counts_half_after_a_year_and_still_counts_from_before_the_period() -> None:
    activity = Activity(came(g=(day(5), "ana eva")))
    until = day(5) + dt.timedelta(days=730)
    assert met_network(activity, until).weight.tolist() == [0.25]
    found = encounters(activity, until)
    assert met_ties(found, until, {"ana", "eva"}, half_life_days=730).weight.tolist() == [0.5]


def test_gatherings_after_the_last_day_are_not_yet_encounters() -> None:
    activity = Activity(came(g=(day(5), "ana eva"), later=(day(6), "ana luz")))
    assert met_network(activity, day(5, 31)).pairs() == {("ana", "eva")}


@pytest.mark.parametrize(("together", "stands"), [(11, True), (12, False)])
def test_a_tie_stands_from_a_tenth(together: int, *, stands: bool) -> None:
    network = met_network(Activity(came(g=(day(5), crowd(together)))), day(5))
    assert bool(network.ties) is stands


def test_six_sixtieths_are_a_tenth_whatever_the_binary_fractions_say() -> None:
    assert sum([1 / 60] * 6) < 0.1
    rooms = {f"g{n}": (day(5), "ana eva " + crowd(59, f"r{n}x")) for n in range(6)}
    activity = Activity(came(**rooms))
    assert met_network(activity, day(5), Options(hall_limit=61)).pairs() == {("ana", "eva")}
    everything = met_ties(encounters(activity, day(5), hall_limit=61), day(5), activity.consenting)
    assert everything.standing(0.1).pairs() == {("ana", "eva")}
    assert everything.standing(0.1001).ties == 0


def test_without_consent_a_person_makes_the_room_fuller_and_gets_no_tie() -> None:
    tables = came(g=(day(5), "ana eva luz"))
    tables = Tables(
        people=[Person("ana"), Person("eva"), Person("luz", consent=False)],
        gatherings=tables.gatherings,
        attendance=tables.attendance,
    )
    network = met_network(Activity(tables), day(5))
    assert network.people == ("ana", "eva")
    assert network.weight.tolist() == [0.5]


def test_rows_repeated_by_mistake_change_nothing() -> None:
    tables = came(g=(day(5), "ana eva luz"), h=(day(6), "ana eva"))
    twice = Tables(gatherings=[*tables.gatherings, *tables.gatherings], attendance=[*tables.attendance] * 3)
    once, again = (list(met_network(Activity(one), day(6)).rows()) for one in (tables, twice))
    assert once == again
    assert len(once) == 3


def test_cancelled_gatherings_and_absences_make_no_tie() -> None:
    tables = Tables(
        gatherings=[Gathering("g", day(5), state="cancelled"), Gathering("h", day(5), state="held")],
        attendance=[
            Attendance("ana", "g"),
            Attendance("eva", "g"),
            Attendance("ana", "h"),
            Attendance("eva", "h", "excused"),
            Attendance("luz", "h", "absent"),
        ],
    )
    assert met_network(Activity(tables), day(5)).ties == 0


names = st.sampled_from([f"p{n}" for n in range(12)])
rooms = st.lists(st.tuples(st.integers(0, 700), st.sets(names, min_size=1)), max_size=9)


@given(rooms, st.sets(names))
@settings(max_examples=120, deadline=None)
def test_weights_days_and_counts_equal_a_plain_sum_over_pairs(
    gatherings: list[tuple[int, set[str]]], silent: set[str]
) -> None:
    start, until = dt.date(2023, 1, 1), dt.date(2024, 12, 31)
    tables = Tables(
        people=[Person(f"p{n}", consent=f"p{n}" not in silent) for n in range(12)],
        gatherings=[Gathering(f"g{n}", start + dt.timedelta(days=d)) for n, (d, _p) in enumerate(gatherings)],
        attendance=[Attendance(p, f"g{n}") for n, (_d, people) in enumerate(gatherings) for p in people],
    )
    expected: dict[tuple[str, str], list[tuple[dt.date, float]]] = {}
    for offset, people in gatherings:
        when = start + dt.timedelta(days=offset)
        for pair in combinations(sorted(people), 2):
            if not silent & set(pair):
                fading = 2 ** (-(until - when).days / 365)
                expected.setdefault(pair, []).append((when, fading / (len(people) - 1)))
    found = met_ties(encounters(Activity(tables), until), until, {f"p{n}" for n in range(12)} - silent)
    rows = {(row["source"], row["target"]): row for row in found.rows()}
    assert rows.keys() == expected.keys()
    for pair, meetings in expected.items():
        assert rows[pair]["weight"] == pytest.approx(sum(weight for _when, weight in meetings), abs=1e-12)
        assert rows[pair]["count"] == len(meetings)
        assert rows[pair]["first"] == min(when for when, _weight in meetings)
        assert rows[pair]["last"] == max(when for when, _weight in meetings)
