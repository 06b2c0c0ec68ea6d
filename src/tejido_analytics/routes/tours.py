"""A tour: one team leaves its base, visits schools in order, and is back on the same day or some days later.

The timetable of an order is made by filling days: the next stretch (the way to a school, the visit, the way home) is
taken today if it still fits, else tomorrow after a night where the team is. Ways and visits are not broken by a night,
only a way longer than a whole day is. For a given order no timetable needs fewer days (next fit is optimal where the
order is fixed).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Halt:
    """One visit of a tour. day: 0 on the first; arrives, leaves: minutes since the day began; km from the place before."""

    line: int
    day: int
    arrives: float
    leaves: float
    km: float


@dataclass(frozen=True, slots=True)
class Tour:
    """The timetable of one order. minutes, km: per day; `len(minutes)` days, `len(minutes) - 1` nights."""

    halts: tuple[Halt, ...]
    minutes: tuple[float, ...]
    km: tuple[float, ...]

    @property
    def days(self) -> int:
        return len(self.minutes)


def timetable(
    km: NDArray[np.float64],
    minutes: NDArray[np.float64],
    places: Sequence[int],
    lines: Sequence[tuple[int, float]],
    day_minutes: float,
) -> Tour:
    """When a team that starts at `places[0]` is where, visiting `places[1:]` and coming back.

    km, minutes: (n, n) between places. lines: (line, minutes of its visit), one for each of `places[1:]`.
    day_minutes: longest day. Raises ValueError where a single visit is longer than that.

    >>> way = np.array([[0.0, 300.0], [300.0, 0.0]])
    >>> tour = timetable(way, way, [0, 1], [(7, 120.0)], 600.0)
    >>> tour.minutes, tour.halts[0].arrives  # there and with the visit, a night, and back
    ((420.0, 300.0), 300.0)
    """
    spent, driven = [0.0], [0.0]
    halts: list[Halt] = []
    for start, end, visit in zip(places, [*places[1:], places[0]], [*lines, None], strict=True):
        _drive(spent, driven, float(minutes[start, end]), float(km[start, end]), day_minutes)
        if visit is None:
            break
        line, needed = visit
        if needed > day_minutes:
            raise ValueError(f"a visit of {needed} minutes is longer than a day of {day_minutes}")
        if spent[-1] + needed > day_minutes + 1e-9:
            spent.append(0.0)
            driven.append(0.0)
        halts.append(Halt(line, len(spent) - 1, spent[-1], spent[-1] + needed, float(km[start, end])))
        spent[-1] += needed
    return Tour(tuple(halts), tuple(spent), tuple(driven))


def _drive(spent: list[float], driven: list[float], minutes: float, km: float, day_minutes: float) -> None:
    """Put one way into the days: today where it fits, else tomorrow, in pieces where it is longer than a day."""
    if spent[-1] + minutes > day_minutes + 1e-9 and spent[-1] > 0:
        spent.append(0.0)
        driven.append(0.0)
    speed = km / minutes if minutes else 0.0
    while minutes > day_minutes + 1e-9:
        spent[-1] += day_minutes
        driven[-1] += day_minutes * speed
        minutes, km = minutes - day_minutes, km - day_minutes * speed
        spent.append(0.0)
        driven.append(0.0)
    spent[-1] += minutes
    driven[-1] += km


def days_needed(there: float, visit: float, back: float, day_minutes: float) -> int:
    """Days of a tour to one school alone; 0 where the visit itself is longer than a day.

    >>> days_needed(200, 120, 200, 600), days_needed(300, 120, 300, 600), days_needed(600, 600, 600, 600)
    (1, 2, 3)
    """
    if visit > day_minutes:
        return 0
    way = np.array([[0.0, there], [back, 0.0]])
    return timetable(way, way, [0, 1], [(0, visit)], day_minutes).days
