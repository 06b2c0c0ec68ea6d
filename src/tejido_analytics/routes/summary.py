"""From the board to the plan that is handed out: visits with their times, loads of teams, reasons for what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.routes import causes
from tejido_analytics.routes.board import FREE, Board, Trip
from tejido_analytics.routes.model import Load, Outing, Unplaced, Visit, VisitPlan
from tejido_analytics.routes.reach import Reach


def visits_of(board: Board, trip: Trip) -> list[Visit]:
    """The visits of one trip, with date and times."""
    ground = board.ground
    last = {halt.day: halt for halt in trip.tour.halts}
    order: Counter[int] = Counter()
    found = []
    for halt in trip.tour.halts:
        due = ground.lines[halt.line]
        order[halt.day] += 1
        starts = ground.rules.starts_at
        found.append(
            Visit(
                ground.teams[trip.team].team,
                ground.days[trip.day + halt.day],
                order[halt.day],
                due.school,
                due.skill,
                starts + round(halt.arrives),
                starts + round(halt.leaves),
                round(halt.km, 2),
                sleeps=last[halt.day] is halt and halt.day < trip.tour.days - 1,
            )
        )
    return found


def outings_of(board: Board, trip: Trip) -> list[Outing]:
    """The days of one trip."""
    ground = board.ground
    return [
        Outing(
            ground.teams[trip.team].team,
            ground.days[trip.day + day],
            sum(halt.day == day for halt in trip.tour.halts),
            round(trip.tour.km[day], 2),
            round(trip.tour.minutes[day]),
            away=day < trip.tour.days - 1,
        )
        for day in range(trip.tour.days)
    ]


def plan_of(board: Board, unplaced: Sequence[Unplaced]) -> VisitPlan:
    """The plan on the board. unplaced: what it leaves out, with reasons."""
    trips = sorted(board.trips.values(), key=lambda trip: (trip.day, trip.team))
    loads = [_load(board, team) for team in range(len(board.ground.teams))]
    used = [load.days / load.available for load in loads if load.available]
    mean = sum(used) / len(used) if used else 0.0
    visits = sorted(
        (visit for trip in trips for visit in visits_of(board, trip)),
        key=lambda visit: (visit.date, visit.team, visit.order),
    )
    outings = sorted(
        (outing for trip in trips for outing in outings_of(board, trip)),
        key=lambda outing: (outing.date, outing.team),
    )
    return VisitPlan(
        visits=tuple(visits),
        outings=tuple(outings),
        loads=tuple(loads),
        unplaced=tuple(unplaced),
        due=sum(due.visits for due in board.ground.lines),
        km=sum(load.km for load in loads),
        hours=sum(load.hours for load in loads),
        cost=sum(board.cost(trip) for trip in trips),
        evenness=max(used) / mean if mean else None,
    )


def _load(board: Board, team: int) -> Load:
    trips = [trip for trip in board.trips.values() if trip.team == team]
    ground = board.ground
    return Load(
        ground.teams[team].team,
        days=sum(trip.tour.days for trip in trips),
        available=int(ground.limit[team]),
        visits=sum(len(trip.order) for trip in trips),
        schools=len({int(ground.school[line]) for trip in trips for line in trip.order}),
        km=sum(sum(trip.tour.km) for trip in trips),
        hours=sum(sum(trip.tour.minutes) for trip in trips) / 60,
        nights=sum(trip.tour.days - 1 for trip in trips),
    )


def reasons_for(
    board: Board, reach: Reach, left: Counter[int], needed: NDArray[np.float64]
) -> list[Unplaced]:
    """Why visits found no place although each could be made. left: line -> visits; needed: (teams,) days out that the
    visits of each team would have taken."""
    return [_reason(board, reach, line, count, needed) for line, count in sorted(left.items()) if count]


def _reason(board: Board, reach: Reach, line: int, count: int, needed: NDArray[np.float64]) -> Unplaced:
    ground = board.ground
    due = ground.lines[line]
    teams = np.flatnonzero(reach.reachable[line])
    spent = [int(team) for team in teams if _is_spent(board, int(team))]
    if len(spent) == len(teams) == 1:
        team = spent[0]
        numbers = {
            "team": ground.teams[team].team,
            "route_days": _route_days(board, needed, [team]),
            "available": int(ground.limit[team]),
        }
        return Unplaced(due.school, due.skill, count, causes.NO_TEAM_DAYS_OF_ONE, numbers)
    if len(spent) == len(teams):
        numbers = {
            "teams": len(teams),
            "route_days": _route_days(board, needed, spent),
            "available": int(ground.limit[spent].sum()),
        }
        return Unplaced(due.school, due.skill, count, causes.NO_TEAM_DAYS, numbers)
    school = int(ground.school[line])
    opened = ground.opened[school]
    idle = ((board.busy[teams] == FREE) & ground.going[teams]).any(axis=0)
    return Unplaced(
        due.school,
        due.skill,
        count,
        causes.NO_COMMON_DAY,
        {"open_days": int(opened.sum()), "free_days": int((opened & idle).sum())},
    )


def _is_spent(board: Board, team: int) -> bool:
    ground = board.ground
    return bool(
        board.out[team] >= ground.limit[team] or not ((board.busy[team] == FREE) & ground.going[team]).any()
    )


def _route_days(board: Board, needed: NDArray[np.float64], teams: Sequence[int]) -> int:
    """Days out that everything would take: as reckoned before, and more than there are."""
    reckoned = int(np.ceil(needed[list(teams)].sum()))
    return max(reckoned, int(board.out[list(teams)].sum()) + 1)
