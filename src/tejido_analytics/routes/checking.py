"""Does a plan keep the rules? An independent reading of plan and input that shares nothing with the search."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from itertools import pairwise

from tejido_analytics.routes.model import Accompaniment, Visit, VisitPlan


def faults(given: Accompaniment, plan: VisitPlan) -> list[str]:
    """Every rule that the plan breaks, as a sentence for programmers; empty where it keeps them all.

    Looks at: working days, closures, days away, skills, distance in days, length of days, order of times, most days
    out, nights, and that every visit due is placed or accounted for. Ways are taken from the plan as given.

    >>> import datetime as dt
    >>> from tejido_analytics.routes.model import Due, Season, Team
    >>> from tejido_analytics.routes.planning import plan_visits
    >>> may = Season(dt.date(2025, 5, 5), dt.date(2025, 5, 16))
    >>> given = Accompaniment((Due("s1", 4.6, -74.1, visits=2),), (Team("north", 4.7, -74.0),), may)
    >>> faults(given, plan_visits(given))
    []
    """
    return [*_calendar(given, plan), *_schools(given, plan), *_teams(given, plan), *_accounts(given, plan)]


def _calendar(given: Accompaniment, plan: VisitPlan) -> list[str]:
    days = set(given.season.days())
    teams = {team.team: team for team in given.teams}
    found = []
    for visit in plan.visits:
        if visit.date not in days:
            found.append(f"{visit.school} on {visit.date}, which is no working day")
        if visit.date in given.closures.get(visit.school, ()):
            found.append(f"{visit.school} on {visit.date}, when it is closed")
        if visit.skill and visit.skill not in teams[visit.team].skills:
            found.append(f"{visit.team} lacks {visit.skill} for {visit.school}")
    for outing in plan.outings:
        if outing.date not in days or outing.date in teams[outing.team].away:
            found.append(f"{outing.team} cannot go on {outing.date}")
        if outing.minutes > given.rules.day_minutes:
            found.append(f"{outing.team} is out for {outing.minutes} minutes on {outing.date}")
    return found


def _schools(given: Accompaniment, plan: VisitPlan) -> list[str]:
    dates: dict[str, list[dt.date]] = defaultdict(list)
    for visit in plan.visits:
        dates[visit.school].append(visit.date)
    return [
        f"{school} on {before} and again on {after}"
        for school, each in dates.items()
        for before, after in pairwise(sorted(each))
        if (after - before).days < given.rules.min_days
    ]


def _teams(given: Accompaniment, plan: VisitPlan) -> list[str]:
    found = []
    minutes = {(due.school, due.skill): due.minutes for due in given.dues}
    by_day: dict[tuple[str, dt.date], list[Visit]] = defaultdict(list)
    for visit in plan.visits:
        by_day[visit.team, visit.date].append(visit)
    outings = {(outing.team, outing.date): outing for outing in plan.outings}
    if len(outings) != len(plan.outings):
        found.append("a team is out twice on one day")
    for key, visits in by_day.items():
        if [visit.order for visit in visits] != list(range(1, len(visits) + 1)) or key not in outings:
            found.append(f"{key}: the order of visits has gaps, or the day is not among the outings")
        for visit in visits:
            if visit.leaves - visit.arrives < minutes[visit.school, visit.skill] - 1:
                found.append(f"{visit.school} on {visit.date}: shorter than it is due")
        if any(after.arrives < before.leaves for before, after in pairwise(visits)):
            found.append(f"{key}: two visits at once")
    for team in given.teams:
        days = sorted(outing.date for outing in plan.outings if outing.team == team.team)
        if team.max_days is not None and len(days) > team.max_days:
            found.append(f"{team.team} is out on {len(days)} days of {team.max_days}")
        found += _nights(given, team.team, [outings[team.team, day].away for day in days], days)
    return found


def _nights(given: Accompaniment, team: str, away: list[bool], days: list[dt.date]) -> list[str]:
    """Nights away are followed by the next day of the same tour, and no more of them than allowed."""
    found, row = [], 0
    for number, (sleeps, day) in enumerate(zip(away, days, strict=True)):
        row = row + 1 if sleeps else 0
        if sleeps and (number + 1 == len(days) or (days[number + 1] - day).days != 1):
            found.append(f"{team} sleeps away on {day} and is nowhere the next day")
        if row > given.rules.nights:
            found.append(f"{team} sleeps away for {row} nights until {day}")
    return found


def _accounts(given: Accompaniment, plan: VisitPlan) -> list[str]:
    """Every visit due is either in the plan or among the unplaced, and none is in both or in neither."""
    owed = Counter({(due.school, due.skill): due.visits for due in given.dues})
    told = Counter((visit.school, visit.skill) for visit in plan.visits)
    for row in plan.unplaced:
        told[row.school, row.skill] += row.count
    return [
        f"{line}: {owed[line]} due, {told[line]} accounted for"
        for line in owed | told
        if owed[line] != told[line]
    ]
