"""Geographic functions of forms: points are "lat lon altitude accuracy", traces and shapes points joined by ";"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

RADIUS: Final = 6_378_100.0  # metres, as JavaRosa's GeoUtils


def points(texts: Sequence[str]) -> list[tuple[float, float]]:
    """(latitude, longitude) in degrees of every text that holds a point.

    >>> points(["4.6 -74.1 0 0", "", "x"])
    [(4.6, -74.1)]
    """
    found = []
    for text in texts:
        parts = text.split()
        try:
            lat, lon = float(parts[0]), float(parts[1])
        except (IndexError, ValueError):
            continue
        if abs(lat) <= 90 and abs(lon) <= 180:
            found.append((lat, lon))
    return found


def distance(texts: Sequence[str]) -> float:
    """Metres along the points, great circle (haversine); 0 for fewer than two.

    >>> round(distance(["0 0 0 0", "0 1 0 0"]))
    111319
    """
    where = points(texts)
    return sum(_between(a, b) for a, b in pairwise(where))


def _between(a: tuple[float, float], b: tuple[float, float]) -> float:
    lat_a, lat_b = math.radians(a[0]), math.radians(b[0])
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(half)))


def area(texts: Sequence[str]) -> float:
    """Square metres inside the points, on a plane that touches the sphere at the first one; 0 for fewer than three.

    Source: JavaRosa, GeoUtils.calculateAreaOfGPSPolygonOnEarthInSquareMeters. Good to 1 in 10 000 for what people walk around.

    >>> round(area(["0 0 0 0", "0 1 0 0", "1 1 0 0", "1 0 0 0"]) / 1e6)
    12391
    """
    where = points(texts)
    if len(where) < 3:
        return 0.0
    degree, (lat_0, lon_0) = math.radians(RADIUS), where[0]
    flat = [
        ((lon - lon_0) * degree * math.cos(math.radians(lat)), (lat - lat_0) * degree) for lat, lon in where
    ]
    twice = sum(x_a * y_b - y_a * x_b for (x_a, y_a), (x_b, y_b) in pairwise([*flat, flat[0]]))
    return abs(twice) / 2


def within(point: str, shape: str) -> bool:
    """Whether a point lies inside a shape (even-odd rule in degrees).

    >>> within("0.5 0.5", "0 0;0 1;1 1;1 0;0 0"), within("2 2", "0 0;0 1;1 1;1 0;0 0")
    (True, False)
    """
    where, ring = points([point]), points(shape.split(";"))
    if not where or len(ring) < 3:
        return False
    (lat, lon), inside = where[0], False
    for (lat_a, lon_a), (lat_b, lon_b) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (lat_a > lat) != (lat_b > lat) and lon < (lon_b - lon_a) * (lat - lat_a) / (lat_b - lat_a) + lon_a:
            inside = not inside
    return inside
