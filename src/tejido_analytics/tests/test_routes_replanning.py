"""A plan after a change: what has to move moves, everything else stays where it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tejido_analytics.routes.checking import faults
from tejido_analytics.routes.model import Due, Effort, Team
from tejido_analytics.routes.planning import plan_visits
from tejido_analytics.routes.replanning import replan
from tejido_analytics.tests.test_routes import MAY, MONDAY, accompaniment, accompaniments, at_equator, school

QUICK = Effort(steps=0.02)
TEAMS = (at_equator("near"), Team("far", 0.5, 10.0))
GIVEN = accompaniment(*(school(f"s{n}", 20 + 4 * n, visits=2) for n in range(10)), teams=TEAMS)
PLAN = plan_visits(GIVEN, QUICK)


def test_without_a_change_everything_stays():
    after = replan(GIVEN, PLAN.visits, MAY.first)
    assert (after.kept, after.moved, after.added, after.lost) == (20, 0, 0, 0)
    assert after.plan.visits == PLAN.visits


def test_a_team_that_is_ill_has_only_its_own_visits_moved():
    ill = frozenset(day for day in MAY.days() if day < MONDAY + dt.timedelta(days=14))
    team = PLAN.visits[0].team
    teams = tuple(replace(each, away=ill) if each.team == team else each for each in TEAMS)
    changed = replace(GIVEN, teams=teams)
    after = replan(changed, PLAN.visits, MAY.first)
    struck = sum(visit.team == team and visit.date in ill for visit in PLAN.visits)
    assert struck > 0
    assert after.lost == 0
    assert after.moved == struck
    assert faults(changed, after.plan) == []


def test_nobody_sleeps_away_for_a_visit_that_a_day_of_its_own_could_make():
    """Four visits of two hours fill a day; a fifth goes to another day, not into a night beside the base."""
    given = accompaniment(*(school(f"s{n}", 3) for n in range(9)), teams=(at_equator("near"),))
    plan = plan_visits(given, QUICK)
    first = plan.visits[0]
    changed = replace(given, closures={first.school: frozenset({first.date})})
    full = max(len([v for v in plan.visits if v.date == day]) for day in {v.date for v in plan.visits})
    after = replan(changed, plan.visits, MAY.first)
    assert full == 4
    assert (after.moved, after.lost) == (1, 0)
    assert sum(load.nights for load in after.plan.loads) == 0


def test_every_visit_that_moved_is_told_with_what_it_was():
    visit = PLAN.visits[0]
    changed = replace(GIVEN, closures={visit.school: frozenset({visit.date})})
    ((was, now),) = replan(changed, PLAN.visits, MAY.first).moves
    assert was == visit
    assert (now.school, now.skill) == (visit.school, visit.skill)
    assert now.date != visit.date


def test_a_school_that_closes_moves_alone():
    visit = PLAN.visits[0]
    changed = replace(GIVEN, closures={visit.school: frozenset({visit.date})})
    after = replan(changed, PLAN.visits, MAY.first)
    assert (after.moved, after.kept) == (1, 19)
    assert faults(changed, after.plan) == []


def test_what_was_done_stays_done_and_what_fell_through_is_due_again():
    today = MONDAY + dt.timedelta(days=14)
    before = [visit for visit in PLAN.visits if visit.date < today]
    after = replan(GIVEN, PLAN.visits, today, undone=before[:1])
    assert after.plan.due == 20 - len(before) + 1
    assert min(visit.date for visit in after.plan.visits) >= today
    again = [visit for visit in after.plan.visits if visit.school == before[0].school]
    assert len(again) == 2 - sum(visit.school == before[0].school for visit in before[1:])
    assert after.moved == 0 and after.added == 1


def test_a_new_school_is_added_and_nothing_else_moves():
    changed = replace(GIVEN, dues=(*GIVEN.dues, Due("new", 0.2, 10.0)))
    after = replan(changed, PLAN.visits, MAY.first)
    assert (after.added, after.moved, after.lost) == (1, 0, 0)


@settings(max_examples=25, deadline=None)
@given(accompaniments(), st.frozensets(st.sampled_from(MAY.days()), max_size=6))
def test_a_mended_plan_breaks_no_rule_whatever_changed(given_, more_holidays):
    plan = plan_visits(given_, Effort(steps=0.01))
    season = replace(given_.season, holidays=given_.season.holidays | more_holidays)
    changed = replace(given_, season=season)
    if not season.days():
        return
    after = replan(changed, plan.visits, season.first)
    assert faults(changed, after.plan) == []
    assert after.kept + after.moved + after.lost == plan.done
