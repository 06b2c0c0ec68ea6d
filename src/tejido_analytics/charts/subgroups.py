"""Several readings at a time: a chart of their means, and one of their spread (x̄ and s)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from tejido_analytics.charts.limits import Floats, Stretch, between_limits, parts
from tejido_analytics.charts.model import Chart, Options

_NO_BOUNDS, _FROM_ZERO = (-np.inf, np.inf), (0.0, np.inf)


@dataclass(frozen=True, slots=True, eq=False)
class XbarS:
    """Two charts of the same subgroups. groups: their names, in order. sizes: int[g], readings in each.

    means: kind "xbar", values float[g]. spreads: kind "s", values float[g], nan where a subgroup has one reading.
    """

    groups: tuple[Hashable, ...]
    sizes: np.ndarray
    means: Chart
    spreads: Chart


def xbar_s(values: np.ndarray, groups: Sequence[Hashable], options: Options | None = None) -> XbarS:
    """Means and standard deviations of subgroups, each between limits of three standard deviations.

    values: float[n], nan where a reading is missing. groups: n names; readings of one name are a subgroup, in the order in
    which names first occur. `options.phases` and `options.baseline` count subgroups; `screen` and `prime` say nothing here.
    Centre of the means: x̿ = Σ nᵢx̄ᵢ / Σ nᵢ. Centre of the spreads: s̄, the mean of the sᵢ where all subgroups are of one
    size, else √(Σ (nᵢ-1)sᵢ² / Σ (nᵢ-1)). Limits: x̿ ± 3·s̄/(c₄·√nᵢ); s̄ ± 3·s̄·√(1-c₄²)/c₄, not below 0; c₄ of nᵢ, the mean of
    the standard deviation of nᵢ normal values (`c4`). A subgroup of one reading has no limits; where there are no others the
    means have a centre only, and the spreads have nothing.
    Raises ValueError where names and values do not fit, a reading is infinite, a phase has no reading, or there is none at all.
    Montgomery, Introduction to Statistical Quality Control (2009), §6.3.1 and §6.3.2. O(n).

    >>> both = xbar_s(np.array([4.0, 6, 5, 7, 3, 5]), ["mon", "mon", "tue", "tue", "wed", "wed"])
    >>> both.groups, both.means.values.tolist(), both.means.phases[0].centre
    (('mon', 'tue', 'wed'), [5.0, 6.0, 4.0], 5.0)
    >>> both.means.upper.round(2).tolist(), both.spreads.lower.tolist()
    ([8.76, 8.76, 8.76], [0.0, 0.0, 0.0])
    """
    options = options or Options()
    names, at, y = _subgroups(values, groups)
    known = ~np.isnan(y)
    sizes = np.bincount(at[known], minlength=len(names))
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.bincount(at[known], weights=y[known], minlength=len(names)) / sizes
        squares = np.bincount(at[known], weights=(y[known] - means[at[known]]) ** 2, minlength=len(names))
        spreads = np.where(sizes > 1, np.sqrt(squares / (sizes - 1)), np.nan)
    of_means, of_spreads = [], []
    unbiased = c4(sizes)
    for start, end, base in parts(len(names), options):
        middle, spread = _middle(means[base], sizes[base]), _spread(spreads[base], sizes[base])
        with np.errstate(invalid="ignore", divide="ignore"):
            of_one = spread / unbiased
            of_means.append(Stretch(start, end, middle, of_one / np.sqrt(sizes)))
            of_spreads.append(Stretch(start, end, spread, of_one * np.sqrt(1 - unbiased**2)))
    return XbarS(
        names,
        sizes,
        between_limits("xbar", means, of_means, _NO_BOUNDS, options),
        between_limits("s", spreads, of_spreads, _FROM_ZERO, options),
    )


def c4(sizes: np.ndarray) -> Floats:
    """What the standard deviation of n normal values is on average, in true ones: √(2/(n-1))·Γ(n/2)/Γ((n-1)/2).

    sizes: int[g]; nan below two values, which have no standard deviation.

    >>> c4(np.array([2, 5, 25])).round(4).tolist()
    [0.7979, 0.94, 0.9896]
    """
    from scipy.special import gammaln  # slow to load, as in `runs`

    n = np.asarray(sizes, dtype=np.float64)
    several = np.maximum(n, 2)
    found = np.sqrt(2 / (several - 1)) * np.exp(gammaln(several / 2) - gammaln((several - 1) / 2))
    return np.where(n > 1, found, np.nan)


def _subgroups(
    values: np.ndarray, groups: Sequence[Hashable]
) -> tuple[tuple[Hashable, ...], np.ndarray, Floats]:
    """(names in order, which of them each reading belongs to as int[n], readings as float[n])."""
    y = np.asarray(values, dtype=np.float64)
    if y.ndim != 1 or len(y) != len(groups):
        raise ValueError("readings and the names of their subgroups are two rows of one length")
    if not len(y) or np.isnan(y).all():
        raise ValueError("a chart needs readings, at least one of them a number")
    if np.isinf(y).any():
        raise ValueError("readings are finite numbers, or nan where one is missing")
    number: dict[Hashable, int] = {}
    at = np.array([number.setdefault(name, len(number)) for name in groups], dtype=np.int64)
    return tuple(number), at, y


def _middle(means: np.ndarray, sizes: np.ndarray) -> float:
    known = sizes > 0
    if not known.any():
        raise ValueError("a phase or a baseline has no reading")
    return float((means[known] * sizes[known]).sum() / sizes[known].sum())


def _spread(spreads: np.ndarray, sizes: np.ndarray) -> float:
    """The mean of the standard deviations, pooled where sizes differ; nan where no subgroup has two readings."""
    known = sizes > 1
    if not known.any():
        return float("nan")
    s, free = spreads[known], sizes[known] - 1
    if np.ptp(free) == 0:
        return float(s.mean())
    return float(np.sqrt((free * s**2).sum() / free.sum()))
