"""Ways between places: kilometres and minutes, from coordinates or from a table that somebody measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.place import haversine_km

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Travel:
    """How ways are known.

    factor: road kilometres for one kilometre as the crow flies. 1.3 fits the roads of most countries (Ballou, Rahardja
        & Sakai, Selected country circuity factors for road travel distance estimation, 2002: 1.2 to 1.6; mountains
        need more).
    speed_kmh: on the road, door to door.
    measured: (from, to) -> (km, minutes) for pairs of keys (schools and teams); a way that is known in one direction
        only holds for both, and what is missing is estimated from the coordinates.

    >>> Travel(measured={("north", "s1"): (12.0, 20.0)}).factor
    1.3
    """

    factor: float = 1.3
    speed_kmh: float = 50.0
    measured: Mapping[tuple[str, str], tuple[float, float]] = field(default_factory=dict, repr=False)


def ways(
    keys: Sequence[str], places: Iterable[tuple[float, float]], travel: Travel | None = None
) -> tuple[Matrix, Matrix]:
    """(kilometres, minutes) between every two places: two arrays (n, n), zero on the diagonal.

    keys: of the places, for `travel.measured`; places: (lat, lon) in degrees. Minutes = km / speed.
    Raises ValueError where factor or speed is not above 0, or a measured way is negative.

    >>> km, minutes = ways(["a", "b"], [(0.0, 0.0), (0.0, 1.0)], Travel(factor=1.0, speed_kmh=60.0))
    >>> round(float(km[0, 1]), 1), round(float(minutes[1, 0]), 1)
    (111.2, 111.2)
    """
    travel = travel or Travel()
    if travel.factor <= 0 or travel.speed_kmh <= 0:
        raise ValueError("the factor and the speed of travel are above 0")
    points = np.array(list(places), dtype=np.float64).reshape(-1, 2)
    lat, lon = points[:, 0], points[:, 1]
    km = haversine_km(lat[:, None], lon[:, None], lat[None, :], lon[None, :]) * travel.factor
    np.fill_diagonal(km, 0.0)
    minutes = km * (60.0 / travel.speed_kmh)
    where = {key: number for number, key in enumerate(keys)}
    for (start, end), (length, duration) in travel.measured.items():
        if length < 0 or duration < 0:
            raise ValueError(f"the way from {start} to {end} is negative")
        if start in where and end in where and start != end:
            for a, b in ((start, end), (end, start)):
                if (a, b) == (start, end) or (a, b) not in travel.measured:
                    km[where[a], where[b]], minutes[where[a], where[b]] = length, duration
    return km, minutes
