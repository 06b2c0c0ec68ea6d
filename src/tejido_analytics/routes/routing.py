"""One round: each school of a set visited once, by some of the teams, as cheaply as can be found; no dates yet.

Nights away are ours: to the solver a tour of two or three days is a vehicle with a longer shift and a higher cost,
and its timetable is made afterwards (`tours.timetable`). What does not fit its days then is handed back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.routes.ground import Ground
from tejido_analytics.routes.reach import Reach
from tejido_analytics.routes.solver import Limit, Stop, Vehicles, solve
from tejido_analytics.routes.tours import timetable

WASTE = 60  # minutes of a day that a tour with nights leaves empty, because ways and visits are not broken


@dataclass(frozen=True, slots=True)
class Going:
    """A tour without a date: who, and which lines in which order. days: it takes."""

    team: int
    order: tuple[int, ...]
    days: int


def routes_for(
    ground: Ground,
    reach: Reach,
    lines: Sequence[int],
    caps: NDArray[np.int64],
    limit: Limit,
) -> tuple[list[Going], list[int]]:
    """Tours that visit each of `lines` once, and the lines that found no place in any.

    caps: (teams,) days out that each team has for this round; a team with 0 stays at home. Costs are those of the
    rules: kilometres + day_km for a day out + night_km for a night. Teams keep to lines they can reach.
    """
    teams = [int(team) for team in np.flatnonzero(caps > 0)]
    ours = [line for line in lines if reach.reachable[line, teams].any()]
    vehicles, owners = _vehicles(ground, reach, ours, caps, teams)
    stops = [
        Stop(int(ground.place[line]), ground.lines[line].minutes, load)
        for line, load in zip(ours, _loads(ground, reach, ours, teams), strict=True)
    ]
    fitted = [_with_room(kind, owners[number], stops, ours, reach) for number, kind in enumerate(vehicles)]
    routes, _unserved = solve(ground.km, ground.minutes, stops, fitted, limit)
    going: list[Going] = []
    for route in routes:
        tour = _fitting(ground, owners[route.vehicles], [ours[stop] for stop in route.stops])
        if tour is not None:
            going.append(tour)
    served = {line for tour in going for line in tour.order}
    return going, [line for line in lines if line not in served]


def _vehicles(
    ground: Ground, reach: Reach, lines: Sequence[int], caps: NDArray[np.int64], teams: Sequence[int]
) -> tuple[list[Vehicles], list[int]]:
    """Day trips for every team; tours of more days for teams that have a school which needs them, and for all of
    the lengths up to that."""
    rules = ground.rules
    vehicles: list[Vehicles] = []
    owners: list[int] = []
    alone = reach.days[list(lines)] if lines else np.zeros((0, len(caps)), dtype=np.int64)
    nearest = np.where(alone > 0, alone, 99).min(axis=1) if alone.size else np.zeros(0)
    far = bool((nearest > 1).any())
    for team in teams:
        for days in range(1, 2 + rules.nights if far else 2):
            minutes = rules.day_minutes * days - WASTE * (days - 1)
            cost = rules.day_km * days + rules.night_km * (days - 1)
            vehicles.append(Vehicles(team, int(caps[team]) // days, float(minutes), cost))
            owners.append(team)
    return vehicles, owners


def _kinds(reach: Reach, lines: Sequence[int], teams: Sequence[int]) -> list[tuple[bool, ...]]:
    """The different sets of teams that may serve a line, other than all of them: each is a dimension of load."""
    sets = {tuple(bool(flag) for flag in reach.reachable[line, teams]) for line in lines}
    return sorted(kind for kind in sets if not all(kind))


def _loads(ground: Ground, reach: Reach, lines: Sequence[int], teams: Sequence[int]) -> list[tuple[int, ...]]:
    kinds = _kinds(reach, lines, teams)
    return [
        tuple(int(tuple(bool(flag) for flag in reach.reachable[line, teams]) == kind) for kind in kinds)
        for line in lines
    ]


def _with_room(
    kind: Vehicles, team: int, stops: Sequence[Stop], lines: Sequence[int], reach: Reach
) -> Vehicles:
    """The vehicle with room for what its team may serve, and none for what it may not: skills as load."""
    dimensions = len(stops[0].load) if stops else 0
    room = []
    for dimension in range(dimensions):
        sample = next(line for line, stop in zip(lines, stops, strict=True) if stop.load[dimension])
        room.append(len(stops) if reach.reachable[sample, team] else 0)
    return Vehicles(kind.base, kind.count, kind.minutes, kind.cost, tuple(room))


def _fitting(ground: Ground, team: int, order: list[int]) -> Going | None:
    """The tour as far as it fits the days allowed; what is cut off its end finds a place later."""
    while order:
        places = [team, *(int(ground.place[line]) for line in order)]
        visits = [(line, float(ground.lines[line].minutes)) for line in order]
        tour = timetable(ground.km, ground.minutes, places, visits, float(ground.rules.day_minutes))
        if tour.days <= 1 + ground.rules.nights:
            return Going(team, tuple(order), tour.days)
        order = order[:-1]
    return None
