"""The whole at once: every indicator by name, whatever is missing; never NaN, never another result for another order."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido_analytics import reasons
from tejido_analytics.catalogue import DEFINITIONS
from tejido_analytics.options import Options
from tejido_analytics.panorama import Panorama, panorama, period_before
from tejido_analytics.tables import (
    Attendance,
    Contribution,
    Gathering,
    Invitation,
    Lead,
    Membership,
    Period,
    Person,
    Post,
    School,
    Segment,
    Tables,
    Ticket,
    Tie,
)
from tejido_analytics.tests.samples import YEAR, came, crowd, day, shuffled


def plain(value: Any) -> bool:
    """Only what can be written to a file: dicts, lists, strings, finite numbers, dates, None."""
    if isinstance(value, dict):
        return all(isinstance(key, str | int) and plain(one) for key, one in value.items())
    if isinstance(value, list | tuple):
        return all(plain(one) for one in value)
    if isinstance(value, bool | int | str | dt.date) or value is None:
        return True
    return type(value) is float and math.isfinite(value)


def check(seen: Panorama) -> Panorama:
    """What holds of every panorama."""
    assert list(seen.indicators) == list(DEFINITIONS)
    for indicator in seen.indicators.values():
        assert (indicator.value is None) == bool(indicator.because), indicator
        assert (indicator.previous is None) == bool(indicator.previous_because), indicator
        assert {indicator.because, indicator.previous_because} <= reasons.REASONS | {""}, indicator
        assert indicator.missing.keys() <= reasons.MISSING, indicator
        assert plain(indicator.value), indicator
        assert plain(dict(indicator.detail)), indicator
        assert plain([indicator.numerator, indicator.denominator, indicator.n, indicator.previous])
        if indicator.value is not None and indicator.unit == "share":
            assert 0 <= indicator.value <= 1, indicator
        if indicator.value is not None and indicator.unit == "count":
            assert indicator.value == int(indicator.value) >= 0, indicator
    assert [node.id for node in seen.nodes] == list(seen.network.people)
    for node in seen.nodes:
        assert plain(list(dataclasses.astuple(node)))
        assert 0 <= node.x <= 1
        assert 0 <= node.y <= 1
    for signal in seen.signals:
        assert plain(dict(signal.evidence))
    return seen


def test_nothing_at_all_is_said_for_each_indicator() -> None:
    seen = check(panorama(Tables(), YEAR))
    assert all(indicator.value is None for indicator in seen.indicators.values())
    assert seen.network.size == 0
    assert seen.signals == ()


def test_one_person_at_one_gathering() -> None:
    seen = check(panorama(came(g=(day(5), "ana")), YEAR)).indicators
    assert seen["active_members"].value == 1
    assert seen["density"].because == reasons.TOO_FEW_PEOPLE
    assert seen["isolates_share"].value == 1
    assert seen["largest_component"].value == 1
    assert seen["retention"].because == reasons.NOBODY_ACTIVE_BEFORE


def test_a_hall_of_two_hundred_counts_people_and_keeps_silent_about_ties() -> None:
    seen = check(panorama(came(hall=(day(5), crowd(200))), YEAR)).indicators
    assert seen["active_members"].value == 200
    for name in (
        "density",
        "mean_strength",
        "isolates_share",
        "communities",
        "bridging_district",
        "tie_change",
    ):
        assert seen[name].because == reasons.NO_SMALL_GROUPS
        assert seen[name].missing == {reasons.HALLS: 1}


def test_everybody_without_consent_is_counted_and_nobody_is_drawn() -> None:
    tables = dataclasses.replace(
        came(g=(day(5), "ana eva luz")),
        people=[Person(n, school="s", consent=False) for n in ("ana", "eva", "luz")],
    )
    seen = check(panorama(tables, YEAR))
    assert seen.indicators["active_members"].value == 3
    assert seen.indicators["schools_reached"].value == 1
    assert seen.indicators["density"].because == reasons.NO_CONSENT
    assert seen.indicators["density"].missing == {reasons.PEOPLE_WITHOUT_CONSENT: 3}
    assert seen.nodes == ()
    everything = repr((seen.indicators, list(seen.signals)))
    assert not any(f"'{name}'" in everything for name in ("ana", "eva", "luz"))


def test_people_only_or_ties_only_give_what_follows_from_them() -> None:
    people = [Person("ana", wants=("drama",)), Person("eva", offers=("drama",))]
    only_people = check(panorama(Tables(people=people), YEAR)).indicators
    assert only_people["skills_cover"].value == 1
    assert only_people["active_members"].because == reasons.NO_GATHERINGS
    ties = [Tie("ana", "eva", "replied"), Tie("eva", "ana", "replied"), Tie("eva", "luz", "replied")]
    seen = check(panorama(Tables(ties=ties), YEAR))
    assert seen.kinds == ("replied",)
    assert seen.indicators["reciprocity"].value == pytest.approx(2 / 3)
    assert seen.indicators["density"].value == pytest.approx(2 / 3)
    assert seen.network.weight.tolist() == [2, 1]


def test_asked_for_kinds_are_laid_over_each_other() -> None:
    tables = dataclasses.replace(
        came(g=(day(5), "ana eva luz")), ties=[Tie("ana", "eva", "advice", weight=2)]
    )
    met = panorama(tables, YEAR, options=Options(layout=False))
    both = panorama(tables, YEAR, options=Options(layout=False, kinds=("met", "advice")))
    assert (met.kinds, both.kinds) == (("met",), ("advice", "met"))
    assert both.network.weight[0] == pytest.approx(met.network.weight[0] + 2)


def test_the_network_is_over_active_members_and_change_over_all_standing_ties() -> None:
    tables = came(before=(day(12, year=2023), "ana eva"), now=(day(3), "ana luz"))
    seen = panorama(tables, YEAR)
    assert seen.network.people == ("ana", "luz")
    change = seen.indicators["tie_change"]
    assert change.value == 1
    assert (change.detail["kept"], change.detail["new"], change.detail["lost"]) == (1, 1, 0)


def test_who_moved_between_core_and_edge_stands_beside_the_core() -> None:
    """A star around Ana becomes a star around Eva; Zoe comes new."""
    first = {
        f"a{n}": (day(11, n, 2023), f"ana {who}") for n, who in enumerate(("eva", "luz", "noa", "pia"), 1)
    }
    second = {
        f"b{n}": (day(12, n), f"eva {who}") for n, who in enumerate(("ana", "luz", "noa", "pia", "zoe"), 1)
    }
    seen = panorama(came(**first, **second), YEAR, options=Options(layout=False, half_life_days=60))
    core = seen.indicators["core_periphery"]
    assert (core.value, core.previous) == (pytest.approx(1), pytest.approx(1))
    assert core.detail["people"] == ["eva"]
    assert (core.detail["inward"], core.detail["outward"]) == (["eva"], ["ana"])
    assert (core.detail["came"], core.detail["went"]) == ([], [])


def test_a_core_with_nothing_before_it_tells_of_no_moves() -> None:
    star = {f"a{n}": (day(5, n), f"ana {who}") for n, who in enumerate(("eva", "luz", "noa"), 1)}
    core = panorama(came(**star), YEAR, options=Options(layout=False)).indicators["core_periphery"]
    assert core.detail["people"] == ["ana"]
    assert "inward" not in core.detail
    assert core.previous_because


def test_the_year_before_is_computed_beside_and_may_be_the_community_s_own() -> None:
    tables = came(before=(day(10, year=2023), "ana eva"), now=(day(5), "ana luz zoe"))
    seen = panorama(tables, YEAR)
    assert seen.previous == Period(dt.date(2022, 12, 31), dt.date(2023, 12, 31))
    assert (seen.indicators["active_members"].value, seen.indicators["active_members"].previous) == (3, 2)
    spring = Period(dt.date(2023, 2, 1), dt.date(2023, 6, 30))
    own = panorama(tables, YEAR, options=Options(periods=(spring, YEAR)))
    assert own.previous == spring == period_before(YEAR, Options(periods=(YEAR, spring)))
    assert own.indicators["active_members"].previous_because == reasons.NO_GATHERINGS_IN_PERIOD
    with pytest.raises(ValueError, match="has to end before"):
        panorama(tables, YEAR, previous=YEAR)


def test_districts_of_few_people_are_hidden_from_all_but_the_coordinators() -> None:
    names = crowd(12).split()
    people = [Person(one, district="north" if n < 9 else "south") for n, one in enumerate(names)]
    tables = dataclasses.replace(
        came(**{f"g{n}": (day(12), " ".join(names[n : n + 4])) for n in range(9)}), people=people
    )
    for suppress, people_shown in ((True, [None, None]), (False, [9, 3])):
        found = panorama(tables, YEAR, options=Options(suppress=suppress, layout=False))
        cells = found.indicators["bridging_district"].detail["groups"]
        assert [cell["people"] for cell in cells] == people_shown
        assert (cells[1]["value"] is None) is suppress


def test_earlier_positions_steady_the_picture() -> None:
    tables = came(a=(day(3), crowd(9)), b=(day(4), crowd(5, "q")), c=(day(5), "p000 q000"))
    seen = panorama(tables, YEAR)
    start = {node.id: (node.x, node.y) for node in seen.nodes}
    again = panorama(tables, YEAR, options=Options(positions=start))
    moved = [math.dist(start[node.id], (node.x, node.y)) for node in again.nodes]
    assert max(moved) < 0.1


def test_unknown_words_and_impossible_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown gathering state: 'maybe'"):
        Tables(gatherings=[Gathering("g", day(5), state="maybe")])
    with pytest.raises(ValueError, match="weight of a tie"):
        Tables(ties=[Tie("a", "b", weight=0)])
    with pytest.raises(ValueError, match="cannot be empty"):
        Tables(people=[Person("")])
    with pytest.raises(ValueError, match="cannot be empty"):
        Tables(segments=[Segment("", "g", "social", 5)])
    with pytest.raises(ValueError, match="unknown kind of what is led: 'choir'"):
        Tables(leads=[Lead("ana", "choir", "x")])
    for wrong in (
        Ticket("t", "g", -1),
        Ticket("t", "g", 1, {"a": {6: 1}}),
        Ticket("t", "g", 1, {"a": {3: -1}}),
    ):
        with pytest.raises(ValueError, match="ratings from 1 to 5"):
            Tables(tickets=[wrong])
    with pytest.raises(ValueError, match="cannot end"):
        Period(day(5), day(4))


ids = st.sampled_from([f"p{n}" for n in range(9)])
gatherings = st.sampled_from([f"g{n}" for n in range(7)])
schools = st.sampled_from(["", "s0", "s1", "s2"])
days = st.dates(dt.date(2022, 6, 1), dt.date(2025, 2, 1))
maybe_day = st.none() | days
degree = st.none() | st.floats(-80, 80)
worlds = st.builds(
    Tables,
    people=st.lists(
        st.builds(
            Person,
            id=ids,
            school=schools,
            district=st.sampled_from(["", "north", "south"]),
            sector=st.sampled_from(["", "public", "private"]),
            role=st.sampled_from(["", "teacher", "principal"]),
            leader=st.none() | st.booleans(),
            consent=st.booleans(),
            offers=st.sampled_from([(), ("drama",)]),
            wants=st.sampled_from([(), ("drama", "chess")]),
            attributes=st.sampled_from([{}, {"gender": "woman"}, {"gender": "man"}]),
        ),
        max_size=12,
    ),
    memberships=st.lists(st.builds(Membership, ids, maybe_day, maybe_day, st.booleans()), max_size=9),
    posts=st.lists(st.builds(Post, ids, schools, maybe_day, maybe_day), max_size=5),
    gatherings=st.lists(
        st.builds(
            Gathering,
            id=gatherings,
            date=days,
            lat=degree,
            lon=degree,
            state=st.sampled_from(["", "planned", "held", "cancelled"]),
            kind=st.sampled_from(["", "node"]),
            modality=st.sampled_from(["", "online"]),
        ),
        max_size=9,
    ),
    attendance=st.lists(
        st.builds(
            Attendance,
            ids,
            gatherings,
            st.sampled_from(["on_site", "online", "absent", "excused"]),
            st.none(),
            st.sampled_from([None, 1, 2]),
            st.sampled_from([None, None, "a", "b"]),
        ),
        max_size=60,
    ),
    invitations=st.lists(st.builds(Invitation, ids, gatherings), max_size=12),
    ties=st.lists(
        st.builds(
            Tie, ids, ids, st.sampled_from(["advice", "worked"]), st.sampled_from([0.5, 1.0]), maybe_day
        ),
        max_size=9,
    ),
    schools=st.lists(
        st.builds(
            School,
            id=st.sampled_from(["s0", "s1", "s2"]),
            lat=degree,
            lon=degree,
            rural=st.none() | st.booleans(),
            territory=st.sampled_from(["", "t0", "t1"]),
        ),
        max_size=4,
    ),
    schools_are_register=st.booleans(),
    segments=st.lists(
        st.builds(
            Segment,
            id=st.sampled_from([f"m{n}" for n in range(12)]),
            gathering=gatherings,
            kind=st.sampled_from(["presentation", "hands_on", "social"]),
            minutes=st.integers(0, 90),
            actual=st.none() | st.integers(0, 90),
            leaders=st.lists(ids, max_size=3).map(tuple),
            guest=st.sampled_from(["", "", "Paz", "paz "]),
            organisation=st.sampled_from(["", "", "museum"]),
        ),
        max_size=14,
    ),
    leads=st.lists(
        st.builds(
            Lead,
            ids,
            st.sampled_from(["node", "cycle", "visit"]),
            st.sampled_from("xy"),
            maybe_day,
            maybe_day,
        ),
        max_size=5,
    ),
    contributions=st.lists(
        st.builds(
            Contribution,
            st.sampled_from(["museum", "bank"]),
            st.just("") | gatherings,
            maybe_day,
            st.sampled_from(["", "venue"]),
        ),
        max_size=4,
    ),
    tickets=st.lists(
        st.builds(
            Ticket,
            id=st.sampled_from([f"t{n}" for n in range(9)]),
            gathering=gatherings,
            answers=st.integers(0, 12),
            ratings=st.sampled_from(
                [{}, {"a": {}}, {"a": {1: 3, 5: 2}}, {"a": {2.5: 5}, "b": {4: 7, 1: 0}}, {"b": {3: 1}}]
            ),
        ),
        max_size=9,
    ),
)


@given(worlds, st.booleans(), st.integers(0, 99))
@settings(max_examples=150, deadline=None)
def test_any_tables_in_any_order_give_one_panorama_and_stay_as_they_were(
    tables: Tables, suppress: bool, order: int
) -> None:
    options = Options(permutations=19, suppress=suppress)
    before = copy.deepcopy(tables)
    seen = check(panorama(tables, YEAR, options=options))
    assert tables == before
    again = panorama(shuffled(tables, [order]), YEAR, options=options)
    assert again.indicators == seen.indicators
    assert again.nodes == seen.nodes
    assert again.signals == seen.signals
    assert list(again.network.rows()) == list(seen.network.rows())


@given(worlds)
@settings(max_examples=80, deadline=None)
def test_who_withholds_consent_is_named_nowhere(tables: Tables) -> None:
    silent = {row.id for row in tables.people if not row.consent}
    seen = panorama(tables, YEAR, options=Options(permutations=0, suppress=False, layout=False))
    assert not silent & set(seen.network.people)

    def words(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set().union(*map(words, value.keys()), *map(words, value.values()))
        if isinstance(value, list | tuple):
            return set().union(*map(words, value))
        return {value} if isinstance(value, str) else set()

    for indicator in seen.indicators.values():
        assert not silent & words(dict(indicator.detail)), indicator
    for signal in seen.signals:
        assert signal.subject not in silent
        assert not silent & words(dict(signal.evidence))


def test_ties_without_dates_do_not_pretend_to_last() -> None:
    undated = Tables(ties=[Tie("ana", "eva", "advice"), Tie("eva", "ana", "advice")])
    assert panorama(undated, YEAR).indicators["tie_change"].because == reasons.NO_DATES_OF_TIES
    dated = Tables(ties=[Tie("ana", "eva", "advice", date=day(5))])
    assert panorama(dated, YEAR).indicators["tie_change"].because == reasons.NO_TIES_BEFORE
