"""The plan while it is being made: which team is out on which day, and what every rule still allows.

Every change goes through `Board.put` and `Board.take`, and `Board.allows` is the only judge, so that whatever order
the steps of the search come in, no rule is ever broken.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.routes.ground import Ground
from tejido_analytics.routes.tours import Tour, timetable

FREE = -1


@dataclass(frozen=True, slots=True)
class Trip:
    """A tour that has its date. day: index of its first working day."""

    team: int
    day: int
    order: tuple[int, ...]
    tour: Tour


class Board:
    """Trips on the calendar of every team. Not for callers: `planning` and `replanning` hand out plans.

    earlier: school number -> day numbers (ordinals) of visits already made, which count for the distance in days.
    spent: days out that each team has already had.
    """

    def __init__(
        self,
        ground: Ground,
        earlier: dict[int, list[int]] | None = None,
        spent: NDArray[np.int64] | None = None,
    ) -> None:
        self.ground = ground
        self.trips: dict[int, Trip] = {}
        self.busy = np.full(ground.going.shape, FREE, dtype=np.int64)
        self.out = np.zeros(len(ground.teams), dtype=np.int64) if spent is None else spent.copy()
        self.seen: dict[int, list[int]] = {school: sorted(days) for school, days in (earlier or {}).items()}
        self._next = 0
        self._tours: dict[tuple[int, tuple[int, ...]], Tour] = {}

    def tour(self, team: int, order: Sequence[int]) -> Tour:
        """The timetable of a team that visits these lines in this order."""
        key = (team, tuple(order))
        if key not in self._tours:
            ground = self.ground
            places = [team, *(int(ground.place[line]) for line in order)]
            lines = [(line, float(ground.lines[line].minutes)) for line in order]
            self._tours[key] = timetable(
                ground.km, ground.minutes, places, lines, float(ground.rules.day_minutes)
            )
        return self._tours[key]

    def rested(self, school: int, ordinal: int, without: int = 0) -> bool:
        """Whether a visit on this day keeps the least distance to every other of the school.

        without: the ordinal of a visit that is about to be taken away, 0 for none.
        """
        days = [day for day in self.seen.get(school, ()) if day != without]
        at = bisect_left(days, ordinal)
        least = self.ground.rules.min_days
        return (at == 0 or ordinal - days[at - 1] >= least) and (
            at == len(days) or days[at] - ordinal >= least
        )

    def open_for(self, team: int, day: int, length: int, instead: int = FREE) -> bool:
        """Whether the team can be out on `length` days in a row from here. instead: a trip that would be taken away."""
        ground = self.ground
        if (
            day + length > len(ground.days)
            or ground.ordinals[day + length - 1] - ground.ordinals[day] != length - 1
        ):
            return False
        block = self.busy[team, day : day + length]
        if not (
            ground.going[team, day : day + length].all() and ((block == FREE) | (block == instead)).all()
        ):
            return False
        before = self.trips[instead].tour.days if instead != FREE else 0
        return bool(self.out[team] - before + length <= ground.limit[team])

    def allows(self, team: int, day: int, order: Sequence[int], instead: int = FREE) -> bool:
        """Whether the tour could begin on this day, every rule kept. instead: a trip of the team that it replaces."""
        ground = self.ground
        if not all(ground.able[line, team] for line in order):
            return False
        tour = self.tour(team, order)
        if tour.days > 1 + ground.rules.nights or not self.open_for(team, day, tour.days, instead):
            return False
        replaced = self._dates(self.trips[instead]) if instead != FREE else {}
        met: set[int] = set()
        for halt in tour.halts:
            school = int(ground.school[halt.line])
            ordinal = int(ground.ordinals[day + halt.day])
            if school in met or not ground.opened[school, day + halt.day]:
                return False
            met.add(school)
            if not self.rested(school, ordinal, replaced.get(school, 0)):
                return False
        return True

    def _dates(self, trip: Trip) -> dict[int, int]:
        ground = self.ground
        return {
            int(ground.school[halt.line]): int(ground.ordinals[trip.day + halt.day])
            for halt in trip.tour.halts
        }

    def put(self, team: int, day: int, order: Sequence[int]) -> int:
        """Set a tour on its days; its number. Raises ValueError where a rule forbids it."""
        if not self.allows(team, day, order):
            raise ValueError("a rule forbids this tour on this day")
        trip = Trip(team, day, tuple(order), self.tour(team, order))
        number, self._next = self._next, self._next + 1
        self.trips[number] = trip
        self.busy[team, day : day + trip.tour.days] = number
        self.out[team] += trip.tour.days
        for school, ordinal in self._dates(trip).items():
            insort(self.seen.setdefault(school, []), ordinal)
        return number

    def take(self, number: int) -> Trip:
        """Take a tour off the calendar."""
        trip = self.trips.pop(number)
        self.busy[trip.team, trip.day : trip.day + trip.tour.days] = FREE
        self.out[trip.team] -= trip.tour.days
        for school, ordinal in self._dates(trip).items():
            self.seen[school].remove(ordinal)
        return trip

    def cost(self, trip: Trip) -> float:
        """What a trip costs, in kilometres: driven + day_km a day out + night_km a night away."""
        rules = self.ground.rules
        days = trip.tour.days
        return sum(trip.tour.km) + rules.day_km * days + rules.night_km * (days - 1)
