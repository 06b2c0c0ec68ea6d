"""Plans of visits: what a coordinator relies on, first as stories, then for any input at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido_analytics.routes import causes
from tejido_analytics.routes.causes import CannotPlan
from tejido_analytics.routes.checking import faults
from tejido_analytics.routes.ground import ground_of
from tejido_analytics.routes.model import Accompaniment, Due, Effort, Rules, Season, Team, VisitPlan
from tejido_analytics.routes.planning import plan_visits
from tejido_analytics.routes.rounds import even_patterns, patterns_of, windows
from tejido_analytics.routes.tours import timetable
from tejido_analytics.routes.travel import Travel, ways

MONDAY = dt.date(2025, 5, 5)
MAY = Season(MONDAY, dt.date(2025, 5, 30))  # four whole weeks
QUICK = Effort(steps=0.05)
CROW = Travel(factor=1.0, speed_kmh=60.0)  # a kilometre takes a minute
KM = 1 / 111.19492664455873  # degrees of latitude in a kilometre


def school(key: str, north_km: float, **more: object) -> Due:
    return Due(key, north_km * KM, 10.0, **more)  # type: ignore[arg-type]


def at_equator(team: str = "north", **more: object) -> Team:
    return Team(team, 0.0, 10.0, **more)  # type: ignore[arg-type]


def accompaniment(*dues: Due, teams: tuple[Team, ...] = (), **more: object) -> Accompaniment:
    return Accompaniment(dues, teams or (at_equator(),), more.pop("season", MAY), travel=CROW, **more)  # type: ignore[arg-type]


def why(plan: VisitPlan) -> list[tuple[str, int, str]]:
    return [(row.school, row.count, row.because) for row in plan.unplaced]


def test_two_near_schools_are_visited_on_one_day_and_the_times_add_up():
    plan = plan_visits(accompaniment(school("a", 60), school("b", 90)), QUICK)
    assert {visit.date for visit in plan.visits} == {plan.visits[0].date}
    first, second = plan.visits
    assert {first.school, second.school} == {"a", "b"}
    assert plan.km == pytest.approx(180, abs=0.1)
    assert plan.hours == pytest.approx((180 + 240) / 60, abs=0.01)
    assert plan.cost == pytest.approx(180 + 300, abs=0.1)
    assert first.leaves - first.arrives == 120
    assert first.arrives == 7 * 60 + round(first.km)  # a minute a kilometre


def test_visits_of_a_school_are_spread_over_the_season_and_keep_their_distance():
    plan = plan_visits(accompaniment(school("a", 30, visits=4), school("b", 40, visits=2)), QUICK)
    dates = sorted(visit.date for visit in plan.visits if visit.school == "a")
    assert [(later - earlier).days for earlier, later in pairwise(dates)] == [7, 7, 7]
    assert plan.coverage == 1.0


def test_more_visits_than_fit_into_the_season_are_said_with_their_numbers():
    plan = plan_visits(accompaniment(school("a", 30, visits=4), rules=Rules(min_days=14)), QUICK)
    assert plan.done == 2
    assert why(plan) == [("a", 2, causes.SPACING)]
    assert plan.unplaced[0].numbers == {"fit": 2, "due": 4, "min_days": 14}


def test_nobody_goes_on_holidays_closed_days_or_days_away():
    first_week = frozenset(MONDAY + dt.timedelta(days=day) for day in range(5))
    second = frozenset(day + dt.timedelta(days=7) for day in first_week)
    third = frozenset(day + dt.timedelta(days=14) for day in first_week)
    given_ = accompaniment(
        school("a", 30),
        teams=(at_equator(away=third),),
        season=replace(MAY, holidays=first_week),
        closures={"a": second},
    )
    assert plan_visits(given_, QUICK).visits[0].date >= MONDAY + dt.timedelta(days=21)


def test_a_visit_that_asks_for_a_skill_is_made_by_a_team_that_has_it():
    teams = (at_equator("near"), Team("far", 1.0, 10.0, skills=frozenset({"inclusion"})))
    due = (school("a", 10), school("a", 10, skill="inclusion"))
    plan = plan_visits(accompaniment(*due, teams=teams), QUICK)
    assert {visit.team for visit in plan.visits if visit.skill} == {"far"}
    assert plan.done == 2
    assert abs((plan.visits[0].date - plan.visits[1].date).days) >= 7  # it is one school all the same


def test_a_skill_that_nobody_has_leaves_only_that_visit_out():
    plan = plan_visits(accompaniment(school("a", 10), school("b", 10, skill="maths")), QUICK)
    assert why(plan) == [("b", 1, causes.NO_SKILL)]
    assert plan.unplaced[0].numbers == {"skill": "maths"}


def test_a_school_beyond_a_days_reach_is_visited_with_a_night_away():
    plan = plan_visits(accompaniment(school("a", 300), school("b", 310)), QUICK)
    assert plan.done == 2
    assert [(outing.away, outing.visits) for outing in plan.outings] == [(True, 2), (False, 0)]
    assert plan.loads[0].nights == 1
    assert (plan.outings[1].date - plan.outings[0].date).days == 1
    assert plan.visits[-1].sleeps


def test_without_nights_such_a_school_is_out_of_reach_and_the_numbers_say_so():
    plan = plan_visits(accompaniment(school("a", 300), school("b", 10), rules=Rules(nights=0)), QUICK)
    assert why(plan) == [("a", 1, causes.OUT_OF_REACH)]
    assert plan.unplaced[0].numbers == {"minutes": 720, "days": 2, "days_allowed": 1}


def test_a_team_that_would_need_more_days_than_it_has_is_named_with_both_figures():
    dues = [school(f"s{number}", 200 + number) for number in range(5)]  # one a day: 400 km and two hours
    plan = plan_visits(accompaniment(*dues, teams=(at_equator(max_days=3),)), QUICK)
    assert (plan.done, plan.due) == (3, 5)
    assert {row.because for row in plan.unplaced} == {causes.NO_TEAM_DAYS_OF_ONE}
    assert plan.unplaced[0].numbers == {"team": "north", "route_days": 5, "available": 3}


def test_a_school_without_coordinates_a_closed_one_and_an_endless_visit_are_each_said():
    every = frozenset(MAY.days())
    plan = plan_visits(
        accompaniment(
            Due("nowhere", None, None),
            school("closed", 10),
            school("long", 10, minutes=700),
            school("fine", 10),
            closures={"closed": every},
        ),
        QUICK,
    )
    assert why(plan) == [
        ("nowhere", 1, causes.NO_PLACE),
        ("closed", 1, causes.CLOSED),
        ("long", 1, causes.TOO_LONG),
    ]


def test_loads_are_even_by_days_out_although_one_base_is_nearer_to_all():
    dues = [school(f"s{number}", 150 + 2 * number) for number in range(12)]
    teams = (at_equator("near"), Team("far", -0.3, 10.0))
    free = plan_visits(accompaniment(*dues, teams=teams, rules=Rules(balance=100)), QUICK)
    fair = plan_visits(accompaniment(*dues, teams=teams, rules=Rules(balance=1.0)), QUICK)
    assert [load.visits for load in free.loads] == [12, 0]
    assert fair.evenness == pytest.approx(1.0)
    assert fair.cost > free.cost  # the price of fairness


def test_one_seed_gives_one_plan_whatever_the_clock_says():
    dues = [school(f"s{number}", 10 * number, visits=1 + number % 3) for number in range(1, 12)]
    assert plan_visits(accompaniment(*dues), QUICK) == plan_visits(accompaniment(*dues), QUICK)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"dues": ()}, causes.NO_SCHOOLS),
        ({"teams": ()}, causes.NO_TEAMS),
        ({"season": Season(dt.date(2025, 5, 10), dt.date(2025, 5, 11))}, causes.NO_WORKING_DAYS),
        ({"season": Season(dt.date(2025, 5, 10), dt.date(2025, 5, 1))}, causes.WRONG_SEASON),
        ({"teams": (at_equator(), at_equator())}, causes.SAME_TEAM_TWICE),
        (
            {"teams": (at_equator("a", members=("ana",)), at_equator("b", members=("ana",)))},
            causes.PERSON_IN_TWO_TEAMS,
        ),
        ({"teams": (Team("a", None, None),)}, causes.TEAM_WITHOUT_PLACE),
        ({"dues": (school("a", 1), school("a", 1))}, causes.SAME_LINE_TWICE),
        ({"dues": (school("a", 1, visits=-1),)}, causes.WRONG_NUMBER),
        ({"rules": Rules(min_days=0)}, causes.WRONG_NUMBER),
    ],
)
def test_an_input_that_allows_no_plan_is_refused_with_its_code(change, code):
    with pytest.raises(CannotPlan) as refused:
        plan_visits(replace(accompaniment(school("a", 1)), **change))
    assert refused.value.code == code
    assert code in causes.IMPOSSIBLE


def test_a_measured_way_counts_in_both_directions_unless_both_were_measured():
    keys, places = ["a", "b", "c"], [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0)]
    measured = {("a", "b"): (5.0, 9.0), ("a", "c"): (7.0, 8.0), ("c", "a"): (70.0, 80.0)}
    km, minutes = ways(keys, places, Travel(measured=measured))
    assert (km[0, 1], km[1, 0], minutes[1, 0]) == (5.0, 5.0, 9.0)
    assert (km[0, 2], km[2, 0]) == (7.0, 70.0)
    assert km[1, 2] == pytest.approx(157.2 * 1.3, rel=0.01)  # not measured: by the coordinates
    with pytest.raises(ValueError, match="above 0"):
        ways(keys, places, Travel(factor=0))


def test_a_way_longer_than_a_day_is_broken_and_nothing_else_is():
    way = np.array([[0.0, 700.0], [700.0, 0.0]])
    tour = timetable(way, way, [0, 1], [(0, 550.0)], 600.0)
    assert tour.minutes == (600.0, 100.0, 550.0, 600.0, 100.0)
    assert tour.halts[0].day == 2


def test_rounds_have_equal_length_and_patterns_are_even():
    assert [len(window) for window in windows(23, 5)] == [5, 5, 4, 5, 4]
    assert even_patterns(3, 3) == [(0, 1, 2)]
    assert even_patterns(1, 3) == [(0,), (1,), (2,)]
    assert all(max(pattern) < 10 for pattern in even_patterns(4, 10))
    assert len(even_patterns(1, 40)) == 8


def test_lines_of_one_school_never_meet_in_one_round():
    ground = ground_of(accompaniment(school("a", 1, visits=3), school("a", 1, visits=1, skill="x")))
    number, patterns = patterns_of(ground, np.array([3, 1]))
    assert number == 4
    assert sorted(patterns[0][0] + patterns[1][0]) == [0, 1, 2, 3]


def test_the_checker_sees_what_is_wrong():
    given_ = accompaniment(school("a", 30, visits=2), closures={"a": frozenset({dt.date(2025, 5, 8)})})
    plan = plan_visits(given_, QUICK)
    first, second = plan.visits

    def with_second(**change: object) -> list[str]:
        return faults(given_, replace(plan, visits=(first, replace(second, **change))))

    assert faults(given_, plan) == []
    assert any("closed" in fault for fault in with_second(date=dt.date(2025, 5, 8)))
    assert any("no working day" in fault for fault in with_second(date=dt.date(2025, 5, 11)))
    assert any("again" in fault for fault in with_second(date=first.date + dt.timedelta(days=1)))
    assert any("accounted" in fault for fault in faults(given_, replace(plan, visits=(first,))))
    assert any("shorter" in fault for fault in with_second(leaves=second.arrives + 5))
    long = tuple(replace(outing, minutes=601) for outing in plan.outings)
    assert any("601" in fault for fault in faults(given_, replace(plan, outings=long)))
    away = tuple(replace(outing, away=True) for outing in plan.outings)
    assert any("nowhere" in fault for fault in faults(given_, replace(plan, outings=away)))
    assert faults(replace(given_, teams=(at_equator(max_days=1),)), plan) == ["north is out on 2 days of 1"]


PLACES = st.tuples(st.floats(-3.5, 3.5), st.floats(8, 12))
SOME_DAYS = st.frozensets(st.sampled_from(MAY.days()), max_size=8)


@st.composite
def accompaniments(draw: st.DrawFn) -> Accompaniment:
    dues = []
    for number in range(draw(st.integers(1, 9))):
        lat, lon = draw(PLACES)
        for skill in draw(st.sampled_from([("",), ("maths",), ("", "maths"), ("nobody",)])):
            visits, minutes = draw(st.integers(0, 4)), draw(st.sampled_from([60, 120, 240]))
            dues.append(Due(f"s{number}", lat, lon, visits, minutes, skill))
    teams = tuple(
        Team(
            f"t{number}",
            *draw(PLACES),
            skills=draw(st.sampled_from([frozenset(), frozenset({"maths"})])),
            max_days=draw(st.sampled_from([None, 0, 3, 9])),
            away=draw(SOME_DAYS),
        )
        for number in range(draw(st.integers(1, 3)))
    )
    closures = draw(st.dictionaries(st.sampled_from([f"s{number}" for number in range(9)]), SOME_DAYS))
    rules = Rules(min_days=draw(st.sampled_from([1, 3, 7, 14])), nights=draw(st.sampled_from([0, 1, 2])))
    season = replace(MAY, holidays=draw(SOME_DAYS))
    return Accompaniment(tuple(dues), teams, season, closures, rules, CROW)


@settings(max_examples=60, deadline=None)
@given(accompaniments())
def test_no_plan_breaks_a_rule_and_every_visit_is_placed_or_has_its_reason(given_):
    plan = plan_visits(given_, Effort(steps=0.01))
    assert faults(given_, plan) == []
    assert {row.because for row in plan.unplaced} <= causes.UNPLACED
    assert plan.due == plan.done + sum(row.count for row in plan.unplaced)
    assert plan.km == pytest.approx(sum(outing.km for outing in plan.outings), abs=0.1)
