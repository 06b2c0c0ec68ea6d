"""Where to meet: how far people would have to go to each of several venues, and who would be left out.

Distances are great circles from the school where somebody works (`place.haversine_km`), not roads: they compare venues, they
promise no travelling time. The mean says what all pay together (the 1-median of location theory: Hakimi, Optimum Locations of
Switching Centers, Operations Research 12, 1964); the farthest tenth says what the worst placed pay (the 1-centre, softened so that
one remote school does not decide alone).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import Any

from tejido_analytics.place import haversine_km, place_of

Point = tuple[float | None, float | None]


def distance_km(one: Point, other: Point) -> float | None:
    """Km from `one` point to the `other`, both in degrees WGS84; None where either is not known.

    >>> distance_km((4.6, -74.1), (None, None)) is None
    True
    >>> round(distance_km((0.5, 0), (90, 0)))
    9952
    """
    a, b = place_of(*one), place_of(*other)
    return None if a is None or b is None else float(haversine_km(*a, *b))


@dataclass(frozen=True, slots=True)
class Reach:
    """What one venue asks of people. Distances in km, one way; None where nobody's place is known.

    farthest_tenth: mean of the farthest tenth (at least one person); nearest_for: people for whom no other venue is nearer;
    beyond: who would have to go farther than the limit, farthest first; mean_if_they_join_online: the mean of the others.
    n: people whose place is known; unknown: those whose is not.
    """

    venue: str
    n: int
    unknown: int
    mean: float | None = None
    median: float | None = None
    farthest_tenth: float | None = None
    nearest_for: int = 0
    beyond: tuple[Any, ...] = field(default=())
    mean_if_they_join_online: float | None = None


def compare(homes: Mapping[Any, Point], venues: Mapping[str, Point], *, too_far_km: float) -> list[Reach]:
    """Venues from the least to the most travelling, with what each asks of people; those whose place is not known are left out.

    homes: person -> degrees WGS84 of where they come from; venues: key -> the same. Ties of the nearest count for each.

    >>> homes = {"ana": (0.1, 0), "eva": (0.2, 0), "ivo": (1.0, 0), "luz": (None, None)}
    >>> best, other = compare(homes, {"town": (0.1, 0.0), "far": (1.0, 0.0)}, too_far_km=50)
    >>> best.venue, best.n, best.unknown, best.nearest_for, best.beyond
    ('town', 3, 1, 2, ('ivo',))
    >>> [round(value, 1) for value in (best.mean, best.median, best.farthest_tenth, best.mean_if_they_join_online)]
    [37.1, 11.1, 100.1, 5.6]
    """
    people = {person: point for person, point in homes.items() if place_of(*point)}
    known = {key: point for key, point in venues.items() if place_of(*point)}
    unknown = len(homes) - len(people)
    away = {key: _distances(people, point) for key, point in known.items()}
    nearest = {person: min(far[person] for far in away.values()) for person in people} if away else {}
    found = [_reach(key, far, nearest, too_far_km, unknown) for key, far in away.items()]
    return sorted(found, key=lambda reach: (reach.mean if reach.mean is not None else math.inf, reach.venue))


def _distances(people: Mapping[Any, Point], venue: Point) -> dict[Any, float]:
    if not people:
        return {}
    lats, lons = zip(*people.values(), strict=True)
    return dict(zip(people, map(float, haversine_km(lats, lons, *venue)), strict=True))  # type: ignore[arg-type]


def _reach(
    venue: str, far: Mapping[Hashable, float], nearest: Mapping[Hashable, float], limit: float, unknown: int
) -> Reach:
    if not far:
        return Reach(venue, 0, unknown)
    down = sorted(far, key=lambda person: -far[person])
    tenth = down[: math.ceil(len(down) / 10)]
    within = [km for km in far.values() if km <= limit]
    return Reach(
        venue,
        len(far),
        unknown,
        fmean(far.values()),
        median(far.values()),
        fmean(far[person] for person in tenth),
        sum(km <= nearest[person] for person, km in far.items()),
        tuple(person for person in down if far[person] > limit),
        fmean(within) if within else None,
    )
