"""Standardised differences."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.stats import t

from tejido_analytics.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Standard:
    """By what a difference is divided. spread: standard deviation, > 0. freedom: degrees of freedom behind it, > 1.

    loss: factor of the second part of the variance, 1/(2n)·2(1 - r) for linked people, 1/(2(n₁ + n₂)) else.
    """

    spread: float
    freedom: float
    loss: float


def hedges_g(difference: Estimate, error: float, standard: Standard, freedom: float) -> Estimate:
    """Hedges' g: the difference in standard deviations, made smaller by J = 1 - 3/(4·df - 1); n as of the difference.

    difference: in units of the scale, with a value. error: its standard error. freedom: degrees of freedom of the
    interval g ± t·√V, V = J²((error/spread)² + d²·loss). Where people are not clustered that is the variance of
    Borenstein, Hedges, Higgins & Rothstein (2009), formulas 4.20 and 4.28; with groups `error` carries the clustering.
    Raises ValueError where the difference has no value.

    >>> change = Estimate(3.0, None, None, 100)
    >>> g = hedges_g(change, 5.0249 * (2 / 50) ** 0.5, Standard(5.0249, 98, 1 / 200), 98)
    >>> round(g.value, 4), round(g.detail["variance"], 4)
    (0.5924, 0.0411)
    """
    if difference.value is None:
        raise ValueError("a difference without a value has no standardised one")
    if standard.spread <= 0:
        raise ValueError("a difference is divided by a standard deviation above 0")
    correction = 1 - 3 / (4 * standard.freedom - 1)
    d = difference.value / standard.spread
    variance = correction**2 * ((error / standard.spread) ** 2 + d**2 * standard.loss)
    reach = float(t.ppf(0.975, freedom)) * math.sqrt(variance)
    g = correction * d
    detail = {"d": d, "variance": variance, "standard_deviation": standard.spread, "correction": correction}
    return Estimate(g, g - reach, g + reach, difference.n, method=difference.method, detail=detail)
