"""Easting and northing of the British National Grid as latitude and longitude.

Source: Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes B and C: the projection back to
OSGB36 on the Airy 1830 ellipsoid, then the seven-parameter Helmert transformation to WGS 84, good to about 5 metres.
"""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, pi, radians, sin, sqrt, tan

AIRY = (6_377_563.396, 6_356_256.909)  # semi-axes in metres
WGS84 = (6_378_137.000, 6_356_752.3142)
SCALE = 0.9996012717
ORIGIN = (radians(49), radians(-2))
FALSE_EASTING, FALSE_NORTHING = 400_000.0, -100_000.0
SHIFT = (446.448, -125.157, 542.060)  # metres, OSGB36 to WGS 84
TURN = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
STRETCH = 1 - 20.4894e-6


def to_wgs84(easting: float, northing: float) -> tuple[float, float]:
    """(latitude, longitude) in degrees of a place on the grid, given in metres.

    >>> tuple(round(value, 4) for value in to_wgs84(651409.903, 313177.270))
    (52.658, 1.7161)
    """
    return _helmert(*to_osgb36(easting, northing))


def to_osgb36(easting: float, northing: float) -> tuple[float, float]:
    """(latitude, longitude) in radians on the Airy ellipsoid. The guide's example: 52°39'27.2531"N 1°43'4.5177"E.

    >>> tuple(round(degrees(value), 6) for value in to_osgb36(651409.903, 313177.270))
    (52.65757, 1.717922)
    """
    a, b = AIRY
    e2 = 1 - b**2 / a**2
    latitude = ORIGIN[0]
    while True:
        rest = northing - FALSE_NORTHING - _arc(latitude)
        latitude += rest / (a * SCALE)
        if abs(rest) < 1e-5:
            break
    s2 = 1 - e2 * sin(latitude) ** 2
    nu, rho = a * SCALE / sqrt(s2), a * SCALE * (1 - e2) / s2**1.5
    eta2, t, sec = nu / rho - 1, tan(latitude), 1 / cos(latitude)
    vii = t / (2 * rho * nu)
    viii = t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
    ix = t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    x = sec / nu
    xi = sec / (6 * nu**3) * (nu / rho + 2 * t**2)
    xii = sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    xiia = sec / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6)
    de = easting - FALSE_EASTING
    return (
        latitude - vii * de**2 + viii * de**4 - ix * de**6,
        ORIGIN[1] + x * de - xi * de**3 + xii * de**5 - xiia * de**7,
    )


def _arc(latitude: float) -> float:
    """Metres of the meridian from the origin to `latitude`."""
    a, b = AIRY
    n = (a - b) / (a + b)
    minus, plus = latitude - ORIGIN[0], latitude + ORIGIN[0]
    return b * SCALE * (
        (1 + n + 1.25 * n**2 + 1.25 * n**3) * minus
        - (3 * n + 3 * n**2 + 2.625 * n**3) * sin(minus) * cos(plus)
        + (1.875 * n**2 + 1.875 * n**3) * sin(2 * minus) * cos(2 * plus)
        - 35 / 24 * n**3 * sin(3 * minus) * cos(3 * plus)
    )  # fmt: skip


def _helmert(latitude: float, longitude: float) -> tuple[float, float]:
    a, b = AIRY
    e2 = 1 - b**2 / a**2
    nu = a / sqrt(1 - e2 * sin(latitude) ** 2)
    x, y, z = (
        nu * cos(latitude) * cos(longitude),
        nu * cos(latitude) * sin(longitude),
        (1 - e2) * nu * sin(latitude),
    )
    rx, ry, rz = TURN
    x, y, z = (
        SHIFT[0] + STRETCH * x - rz * y + ry * z,
        SHIFT[1] + rz * x + STRETCH * y - rx * z,
        SHIFT[2] - ry * x + rx * y + STRETCH * z,
    )
    return _geographic(x, y, z)


def _geographic(x: float, y: float, z: float) -> tuple[float, float]:
    a, b = WGS84
    e2 = 1 - b**2 / a**2
    flat = hypot(x, y)
    latitude, before = atan2(z, flat * (1 - e2)), 2 * pi
    while abs(latitude - before) > 1e-12:
        before = latitude
        nu = a / sqrt(1 - e2 * sin(latitude) ** 2)
        latitude = atan2(z + e2 * nu * sin(latitude), flat)
    return degrees(latitude), degrees(atan2(y, x))
