"""A plan mended after a change, with as little moved as can be: a team is ill, a school closes, a visit fell through.

What stands before `today` is done and stays. Of the rest every outing stays as it is where it still keeps the rules;
from the others only the visits that stand in the way are taken out. What is then missing is inserted singly where it
costs least, so nothing moves that need not.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from tejido_analytics.routes.board import Board
from tejido_analytics.routes.ground import ground_of
from tejido_analytics.routes.insertion import insert
from tejido_analytics.routes.model import Accompaniment, Visit, VisitPlan
from tejido_analytics.routes.reach import reach_of
from tejido_analytics.routes.summary import plan_of, reasons_for


@dataclass(frozen=True, slots=True)
class Replan:
    """plan: the new one from `today` on (its `due` is what was still due). kept: visits with the team and date they had;
    moved: visits that have another team or date; added: visits that had no place before; lost: that have none now.
    done: the visits before today that were made. moves: (as it was, as it is) of every visit that moved, by old date."""

    plan: VisitPlan
    kept: int
    moved: int
    added: int
    lost: int
    done: tuple[Visit, ...] = ()
    moves: tuple[tuple[Visit, Visit], ...] = ()


def replan(
    given: Accompaniment, old: Iterable[Visit], today: dt.date, undone: Iterable[Visit] = ()
) -> Replan:
    """The plan from `today` on after a change that `given` already tells: teams away, closures, schools, rules.

    old: the plan there was. undone: visits of it before today that were not made; they are due again. Visits to schools or
    by teams that `given` no longer has are dropped. Raises CannotPlan as `plan_visits`.

    >>> from tejido_analytics.routes.model import Due, Season, Team
    >>> from tejido_analytics.routes.planning import plan_visits
    >>> may = Season(dt.date(2025, 5, 5), dt.date(2025, 5, 16))
    >>> teams = (Team("north", 4.7, -74.0), Team("south", 4.5, -74.0))
    >>> given = Accompaniment((Due("s1", 4.6, -74.1, visits=2), Due("s2", 4.7, -74.1)), teams, may)
    >>> plan = plan_visits(given)
    >>> closed = replace(given, closures={"s2": frozenset({visit.date for visit in plan.visits if visit.school == "s2"})})
    >>> after = replan(closed, plan.visits, may.first)
    >>> after.kept, after.moved, after.lost
    (2, 1, 0)
    """
    missed = set(undone)
    lines = {(due.school, due.skill): number for number, due in enumerate(given.dues)}
    rows = [visit for visit in old if (visit.school, visit.skill) in lines]
    done = [visit for visit in rows if visit.date < today and visit not in missed]
    ahead = [visit for visit in rows if visit.date >= today]
    still = _still_due(given, done, today)
    ground = ground_of(still)
    earlier: dict[int, list[int]] = defaultdict(list)
    for visit in done:
        earlier[int(ground.school[lines[visit.school, visit.skill]])].append(visit.date.toordinal())
    reach = reach_of(ground, dict(earlier))
    board = Board(ground, dict(earlier))
    owed = Counter({int(line): int(reach.owed[line]) for line in np.flatnonzero(reach.owed)})
    _keep(board, ahead, lines, owed)
    teams = {team.team: number for number, team in enumerate(ground.teams)}
    homes = {lines[visit.school, visit.skill]: teams.get(visit.team) for visit in rows}
    left: Counter[int] = Counter()
    for line in sorted(owed, key=lambda each: (reach.reachable[each].sum(), each)):
        for _visit in range(owed[line]):
            left[line] += insert(board, reach, line, homes.get(line), steady=True) is None
    needed = np.array([float(board.out[team]) for team in range(len(teams))])
    plan = plan_of(board, [*reach.left, *reasons_for(board, reach, left, needed)])
    return _counted(plan, ahead, done)


def _still_due(given: Accompaniment, done: list[Visit], today: dt.date) -> Accompaniment:
    """The same from today on: visits made are no longer due, and days out already had are no longer there."""
    made = Counter((visit.school, visit.skill) for visit in done)
    out: dict[str, set[dt.date]] = defaultdict(set)
    for visit in done:
        out[visit.team].add(visit.date)
    return replace(
        given,
        dues=tuple(
            replace(due, visits=max(0, due.visits - made[due.school, due.skill])) for due in given.dues
        ),
        teams=tuple(
            replace(
                team,
                max_days=None if team.max_days is None else max(0, team.max_days - len(out[team.team])),
            )
            for team in given.teams
        ),
        season=replace(given.season, first=max(today, given.season.first)),
    )


def _keep(board: Board, ahead: list[Visit], lines: dict[tuple[str, str], int], owed: Counter[int]) -> None:
    """Put the outings of the old plan on the board as far as the rules allow; `owed` is reduced by what stands."""
    ground = board.ground
    teams = {team.team: number for number, team in enumerate(ground.teams)}
    days = {day: number for number, day in enumerate(ground.days)}
    for team, first, visits in _trips(ahead):
        if team not in teams or first not in days:
            continue
        order: list[int] = []
        for visit in visits:
            line = lines[visit.school, visit.skill]
            if owed[line] > order.count(line) and ground.place[line] >= 0:
                order.append(line)
        for line in _allowed(board, teams[team], days[first], order):
            owed[line] -= 1


def _allowed(board: Board, team: int, day: int, order: list[int]) -> list[int]:
    """Put what can stay of a trip on its day; what stays."""
    ground = board.ground
    order = [line for line in order if ground.lines[line].minutes <= ground.rules.day_minutes]
    while order:
        if board.allows(team, day, order):
            board.put(team, day, order)
            return order
        without = [[each for each in order if each != line] for line in order]
        order = next((less for less in without if less and board.allows(team, day, less)), order[:-1])
    return []


def _trips(visits: list[Visit]) -> list[tuple[str, dt.date, list[Visit]]]:
    """(team, first day, visits in order) of every trip; a night away ties a day to the next."""
    trips: list[tuple[str, dt.date, list[Visit]]] = []
    for visit in sorted(visits, key=lambda each: (each.team, each.date, each.order)):
        if trips and trips[-1][0] == visit.team:
            before = trips[-1][2][-1]
            if before.date == visit.date or before.sleeps:
                trips[-1][2].append(visit)
                continue
        trips.append((visit.team, visit.date, [visit]))
    return trips


def _counted(plan: VisitPlan, ahead: list[Visit], done: list[Visit]) -> Replan:
    before = Counter((visit.school, visit.skill) for visit in ahead)
    after = Counter((visit.school, visit.skill) for visit in plan.visits)
    exact = Counter((visit.school, visit.skill, visit.team, visit.date) for visit in ahead)
    same = exact & Counter((visit.school, visit.skill, visit.team, visit.date) for visit in plan.visits)
    kept, met = sum(same.values()), sum((before & after).values())
    added, lost = sum((after - before).values()), sum((before - after).values())
    return Replan(plan, kept, met - kept, added, lost, tuple(done), _moves(plan, ahead))


def _moves(plan: VisitPlan, ahead: list[Visit]) -> tuple[tuple[Visit, Visit], ...]:
    """Pairs of what left and what came, for each school and skill in the order of dates."""
    left, came = _but_for(ahead, plan.visits), _but_for(plan.visits, ahead)
    pairs = [pair for line, visits in left.items() for pair in zip(visits, came.get(line, ()), strict=False)]
    return tuple(sorted(pairs, key=lambda pair: (pair[0].date, pair[0].team, pair[0].order)))


def _but_for(visits: Iterable[Visit], others: Iterable[Visit]) -> dict[tuple[str, str], list[Visit]]:
    """(school, skill) -> its visits, by date, that have no other of the same team and date."""
    same = Counter((visit.school, visit.skill, visit.team, visit.date) for visit in others)
    found: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    for visit in sorted(visits, key=lambda each: (each.date, each.team, each.order)):
        key = (visit.school, visit.skill, visit.team, visit.date)
        same[key] -= 1
        if same[key] < 0:
            found[visit.school, visit.skill].append(visit)
    return found
