"""Mixed models with the group (school, node, workshop) as random intercept, by restricted maximum likelihood.

Own code: with one or two cells for each group the likelihood is short, and optimisers of general programs stop now and
then at a variance of 0 with a standard error in the millions. statsmodels is the program to compare with in the tests.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.stats import t

from tejido_analytics import reasons
from tejido_analytics.estimate import Estimate, unknown

_STARTS = (0.3, 1.0, 3.0)  # roots of the ratios of variances from which the search sets out


def mixed_mean(values: np.ndarray, place: np.ndarray) -> Estimate:
    """The mean μ of y = μ + u(group) + e, with a t interval on groups - 1 degrees of freedom; n = values.

    values: float[n] (for linked people: after - before). place: int[n], the position of each one's group.
    detail: groups, standard_error, between and within (variances of u and e). Few groups make normal intervals far too
    narrow (with ten, 8 % of true nulls are rejected at 5 %); t on groups - 1 keeps the 5 %.
    None below two groups, where no group has two people, and where nothing varies.
    Laird & Ware (1982); restricted likelihood of Patterson & Thompson (1971). O(n).

    >>> found = mixed_mean(np.array([1, 2, 3, 4, 2, 3.0]), np.array([0, 0, 1, 1, 2, 2]))
    >>> round(found.value, 3), found.detail["groups"]
    (2.5, 3)
    """
    groups = np.unique(place)
    if len(groups) < 2:
        return unknown(reasons.FEWER_THAN_TWO_GROUPS, len(values))
    return _estimate(_cells([(np.asarray(values, float), place)], groups))


def mixed_change(before: tuple[np.ndarray, np.ndarray], after: tuple[np.ndarray, np.ndarray]) -> Estimate:
    """β of y = μ + β·after + u(group) + w(group, occasion) + e, for people who cannot be linked; n = values.

    before, after: (values float[n], place int[n] of each one's group; the same number is the same group). Groups that
    are in only one of the two are left out. w lets groups change by different amounts; without it the interval would be
    too narrow. t on groups - 1 degrees of freedom. detail: as `mixed_mean`, and `changes`, the variance of w.
    None below two groups in both, where no group has two people on an occasion, and where nothing varies.

    >>> place = np.array([0, 0, 1, 1, 2, 2])
    >>> found = mixed_change((np.array([1, 2, 3, 4, 2, 3.0]), place), (np.array([2, 3, 4, 6, 3, 3.0]), place))
    >>> round(found.value, 3)
    1.0
    """
    groups = np.intersect1d(before[1], after[1])
    inside = []
    for values, place in (before, after):
        kept = np.isin(place, groups)
        inside.append((np.asarray(values, float)[kept], np.asarray(place)[kept]))
    if len(groups) < 2:
        return unknown(reasons.FEWER_THAN_TWO_GROUPS, sum(len(values) for values, _place in inside))
    return _estimate(_cells(inside, groups))


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """What the likelihood needs. mean, size: float[groups, occasions]. within: squares inside cells. n: values."""

    mean: np.ndarray
    size: np.ndarray
    within: float
    n: int

    @property
    def design(self) -> np.ndarray:
        """float[occasions, coefficients]: a constant, and where there are two occasions a step."""
        occasions = self.mean.shape[1]
        return np.tril(np.ones((occasions, occasions)))


def _cells(sides: list[tuple[np.ndarray, np.ndarray]], groups: np.ndarray) -> _Cells:
    means, sizes, within = [], [], 0.0
    for values, place in sides:
        at = np.searchsorted(groups, place)
        size = np.bincount(at, minlength=len(groups)).astype(np.float64)
        mean = np.bincount(at, values, len(groups)) / size
        within += float(((values - mean[at]) ** 2).sum())
        means.append(mean)
        sizes.append(size)
    number = sum(len(values) for values, _place in sides)
    return _Cells(np.column_stack(means), np.column_stack(sizes), within, number)


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """At given ratios of variances: the restricted likelihood (times -2, constants left out), and what follows."""

    lost: float
    coefficients: np.ndarray
    covariance: np.ndarray
    scale: float


def _fit(cells: _Cells, between: float, changes: float) -> _Fit:
    """between, changes: variances of u and w as multiples of that of e."""
    x = cells.design
    weight = 1 / (1 / cells.size + changes)  # float[groups, occasions]
    total = weight.sum(axis=1)
    pull = between / (1 + between * total)
    along, aside = weight @ x, (weight * cells.mean).sum(axis=1)
    inner = x.T @ (weight.sum(axis=0)[:, None] * x) - (along * pull[:, None]).T @ along
    right = x.T @ (weight * cells.mean).sum(axis=0) - along.T @ (pull * aside)
    coefficients = np.linalg.solve(inner, right)
    left = cells.mean - x @ coefficients
    squares = float((weight * left**2).sum() - (pull * (weight * left).sum(axis=1) ** 2).sum())
    free = cells.n - x.shape[1]
    scale = (cells.within + squares) / free
    spread = float(np.log1p(between * total).sum() - np.log(weight).sum())
    lost = free * math.log(scale) + spread + float(np.linalg.slogdet(inner)[1])
    return _Fit(lost, coefficients, scale * np.linalg.inv(inner), scale)


def _estimate(cells: _Cells) -> Estimate:
    groups, occasions = cells.mean.shape
    if cells.n == groups * occasions:
        return unknown(reasons.NO_GROUP_OF_TWO, cells.n)
    if cells.within <= 1e-12 * max(1.0, float((cells.mean**2).sum())):
        return unknown(reasons.NO_SPREAD, cells.n)

    def lost(roots: np.ndarray) -> float:
        return _fit(cells, *_ratios(roots)).lost

    number = 1 if occasions == 1 else 2
    found = [
        minimize(lost, np.full(number, start), method="BFGS", options={"gtol": 1e-8}) for start in _STARTS
    ]
    best = min(found, key=lambda one: float(one.fun))
    between, changes = _ratios(best.x)
    fit = _fit(cells, between, changes)
    value, error = float(fit.coefficients[-1]), math.sqrt(float(fit.covariance[-1, -1]))
    reach = float(t.ppf(0.975, groups - 1)) * error
    detail = {
        "groups": groups,
        "standard_error": error,
        "between": between * fit.scale,
        "within": fit.scale,
    }
    if occasions > 1:
        detail["changes"] = changes * fit.scale
    method = "mixed model, t(groups - 1)"
    return Estimate(value, value - reach, value + reach, cells.n, method=method, detail=detail)


def _ratios(roots: np.ndarray) -> tuple[float, float]:
    """Ratios of variances, never negative, as squares of what the search moves freely."""
    squares = np.minimum(np.asarray(roots) ** 2, 1e8)
    return float(squares[0]), float(squares[1]) if len(squares) > 1 else 0.0
