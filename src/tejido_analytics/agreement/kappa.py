"""Cohen's kappa of two raters, plain and weighted."""

from __future__ import annotations

import numpy as np
from scipy.stats import norm

from tejido_analytics import reasons
from tejido_analytics.agreement.ratings import checked
from tejido_analytics.estimate import Estimate, unknown


def table_of(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(the values that occur, rising; float[values, values] how often the first gave the row and the second the column).

    first, second: float[units]; units that one of the two did not rate are left out. Raises ValueError for two lengths.

    >>> table_of(np.array([1, 2, 2]), np.array([1, 2, 1]))[1].tolist()
    [[1.0, 0.0], [1.0, 1.0]]
    """
    if np.shape(first) != np.shape(second):
        raise ValueError("both raters need a place for every unit")
    both = checked(np.column_stack([first, second]))
    both = both[~np.isnan(both).any(axis=1)]
    values, place = np.unique(both, return_inverse=True)
    place = place.reshape(both.shape)
    table = np.zeros((len(values), len(values)))
    np.add.at(table, (place[:, 0], place[:, 1]), 1.0)
    return values, table


def kappa(table: np.ndarray, weights: str | np.ndarray = "none", *, n: int | None = None) -> Estimate:
    """(observed - expected agreement) / (1 - expected), the expected one from the margins of the table. n = units.

    table: float[k, k], units by the category of the first (rows) and the second rater (columns); shares will do if the
    number of units is given as `n`. weights: "none", "linear" (1 - |i-j|/(k-1)), "quadratic" (1 - (i-j)²/(k-1)²), or
    float[k, k] of disagreements, 0 on the diagonal, as in Cohen (1968).
    Interval: ± 1.96 large-sample standard errors (Fleiss, Cohen & Everitt 1969). None below two categories and where
    both raters used one and the same category. Cohen (1960, 1968). O(k²).
    Raises ValueError where the table is not square, or the weights do not fit it.

    >>> round(kappa(np.array([[20, 5], [10, 15.0]])).value, 3)
    0.4
    """
    p = np.asarray(table, dtype=np.float64)
    if p.ndim != 2 or p.shape[0] != p.shape[1] or (p < 0).any():
        raise ValueError("a table of agreement is square and holds no negative number")
    units = round(p.sum()) if n is None else n
    if len(p) < 2:
        return unknown(reasons.FEWER_THAN_TWO_CATEGORIES, units)
    if p.sum() <= 0:
        return unknown(reasons.NO_UNIT_RATED_TWICE, 0)
    p = p / p.sum()
    w = _weights(weights, len(p))
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, expected = float((w * p).sum()), float(rows @ w @ columns)
    if expected >= 1 - 1e-12:
        return unknown(reasons.ONE_VALUE_ONLY, units)
    value = (observed - expected) / (1 - expected)
    per_row, per_column = w @ columns, rows @ w
    middle = w * (1 - expected) - (per_row[:, None] + per_column[None, :]) * (1 - observed)
    variance = float((p * middle**2).sum()) - (observed * expected - 2 * expected + observed) ** 2
    error = float(np.sqrt(max(variance, 0.0) / units)) / (1 - expected) ** 2
    reach = float(norm.ppf(0.975)) * error
    detail = {"observed": observed, "expected": expected, "standard_error": error}
    return Estimate(
        value, value - reach, min(1.0, value + reach), units, method="large sample", detail=detail
    )


def _weights(weights: str | np.ndarray, k: int) -> np.ndarray:
    step = np.abs(np.arange(k)[:, None] - np.arange(k)[None, :]).astype(np.float64)
    if isinstance(weights, str):
        known = {
            "none": np.eye(k),
            "linear": 1 - step / (k - 1),
            "quadratic": 1 - (step / (k - 1)) ** 2,
        }
        if weights not in known:
            raise ValueError(f"{weights} is none of the weights none, linear, quadratic")
        return np.asarray(known[weights])
    apart = np.asarray(weights, dtype=np.float64)
    if apart.shape != (k, k) or np.diag(apart).any() or (apart < 0).any() or not apart.any():
        raise ValueError(f"disagreement weights are {k} × {k}, 0 on the diagonal and nowhere negative")
    return np.asarray(1 - apart / apart.max())
