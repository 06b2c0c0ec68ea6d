"""Single visits put where they cost least: into a day that somebody is out already, or on a day of its own.

This is how visits that no round could take find a place, and how a plan is mended after a change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from tejido_analytics.routes.board import FREE, Board
from tejido_analytics.routes.reach import Reach
from tejido_analytics.routes.solver import length

STRANGER_KM = 40.0  # what it is worth that a school keeps its team
CROWDED_KM = 60.0  # what it is worth that two visits of a school are not at their least distance
SHORT = 6  # up to so many visits every order is tried


@dataclass(frozen=True, slots=True)
class Place:
    """One way to make a visit: which team, the first day, the order of the tour, the trip that it replaces."""

    cost: float
    team: int
    day: int
    order: tuple[int, ...]
    instead: int


def insert(
    board: Board, reach: Reach, line: int, home: int | None = None, *, steady: bool = False
) -> int | None:
    """Put one visit of a line where it costs least; the trip's number, or None where no rule-keeping place is left.

    steady: no other visit gets another day. home: the team that knows the school, preferred by `STRANGER_KM`. Orders of up to six visits are made the best.
    """
    best: Place | None = None
    for place in places_for(board, reach, line, home):
        if best is not None and place.cost >= best.cost - 1e-9:
            continue
        if steady and not _keeps_days(board, place):
            continue
        if board.allows(place.team, place.day, place.order, place.instead):
            best = place
    if best is None:
        return None
    if best.instead != FREE:
        board.take(best.instead)
    short = board.tour(best.team, best.order).days == 1
    order = best_order(board, best.team, best.day, best.order) if short or not steady else best.order
    return board.put(best.team, best.day, order)


def _keeps_days(board: Board, place: Place) -> bool:
    """Whether the visits of the trip that is replaced stay on their days."""
    if place.instead == FREE:
        return True
    before = {(halt.line, halt.day) for halt in board.trips[place.instead].tour.halts}
    return before <= {(halt.line, halt.day) for halt in board.tour(place.team, place.order).halts}


def places_for(board: Board, reach: Reach, line: int, home: int | None) -> Iterator[Place]:
    """Every place for a visit, with its cost, rules not yet looked at beyond the cheap ones."""
    ground = board.ground
    school = int(ground.school[line])
    days = [int(day) for day in ground.open_days(line)]
    fit = {day for day in days if board.rested(school, int(ground.ordinals[day]))}
    lonely = _lonely(board, school)
    for team in range(len(ground.teams)):
        if not reach.reachable[line, team]:
            continue
        stranger = STRANGER_KM if home is not None and team != home else 0.0
        days_alone = int(reach.days[line, team])
        alone = board.tour(team, (line,))
        new = sum(alone.km) + ground.rules.day_km * days_alone + ground.rules.night_km * (days_alone - 1)
        for day in sorted(fit):
            number = int(board.busy[team, day])
            if number == FREE and days_alone == 1:
                yield Place(new + stranger + lonely(day), team, day, (line,), FREE)
            elif number != FREE and line not in board.trips[number].order:
                yield from _into(board, number, line, stranger + lonely(day))
        if days_alone > 1:
            for start in range(len(ground.days)):
                yield Place(new + stranger + lonely(start), team, start, (line,), FREE)


def _into(board: Board, number: int, line: int, extra: float) -> Iterator[Place]:
    """The ways to take the visit along on a trip; a trip with nights yields the same ways on each of its days."""
    ground, trip = board.ground, board.trips[number]
    places = [trip.team, *(int(ground.place[each]) for each in trip.order), trip.team]
    here, km = int(ground.place[line]), ground.km
    for at in range(len(places) - 1):
        added = km[places[at], here] + km[here, places[at + 1]] - km[places[at], places[at + 1]]
        order = (*trip.order[:at], line, *trip.order[at:])
        minutes = ground.minutes[places[at], here] + ground.minutes[here, places[at + 1]]
        minutes += ground.lines[line].minutes - ground.minutes[places[at], places[at + 1]]
        longer = 0.0
        if trip.tour.days > 1 or sum(trip.tour.minutes) + minutes > ground.rules.day_minutes:
            more = board.tour(trip.team, order).days - trip.tour.days
            longer = more * (ground.rules.day_km + ground.rules.night_km)
        yield Place(float(added) + longer + extra, trip.team, trip.day, order, number)


def _lonely(board: Board, school: int) -> Callable[[int], float]:
    """Day -> what it costs that another visit of the school is near."""
    ordinals = board.ground.ordinals
    seen = np.array(board.seen.get(school, ()), dtype=np.int64)
    least = board.ground.rules.min_days

    def cost(day: int) -> float:
        if not seen.size:
            return 0.0
        return CROWDED_KM * least / max(least, int(np.abs(seen - ordinals[day]).min()))

    return cost


def best_order(board: Board, team: int, day: int, order: tuple[int, ...]) -> tuple[int, ...]:
    """The shortest order of a tour that the rules allow on that day, for up to six visits; longer ones as they are."""
    if len(order) > SHORT or len(order) < 2:
        return order
    km, place = board.ground.km, board.ground.place

    def driven(way: tuple[int, ...]) -> float:
        return length(km, team, [int(place[line]) for line in way])

    best, least = order, driven(order)
    for other in permutations(order):
        if (other[0] <= other[-1] or len(other) < 3) and (
            driven(other) < least - 1e-9
            and board.tour(team, other).days <= board.tour(team, best).days
            and board.allows(team, day, other)
        ):
            best, least = other, driven(other)
    return best
