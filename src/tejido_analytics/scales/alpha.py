"""Cronbach's alpha, and what each item does for it."""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import f, norm

from tejido_analytics import reasons
from tejido_analytics.estimate import Estimate, unknown
from tejido_analytics.scales.moments import covariances, kept
from tejido_analytics.scales.scoring import as_answers

_LEAST_PEOPLE = 3


def cronbach(answers: np.ndarray, *, missing: str = "pairwise") -> Estimate:
    """k/(k-1) · (1 - Σ variances / Σ all covariances): how far k items measure one thing; n = people.

    answers: float[people, items], nan where missing, items already turned round. missing: "pairwise" (each covariance
    from those who answered both, as R's psych does) or "complete" (only people without a gap).
    Interval: Feldt's (1965), 1 - (1-α)·F quantiles with n-1 and (n-1)(k-1) degrees of freedom; exact for parallel items
    and normal answers, close to it else. detail: standardised (alpha of correlations), mean_correlation, items,
    if_dropped (alpha without each item). None below two items or three people, and where the sum does not vary.
    Cronbach (1951). O(people · items²).

    >>> round(cronbach(np.array([[1, 2, 1], [2, 2, 3], [4, 5, 4], [5, 4, 5.0]])).value, 3)
    0.946
    """
    given = kept(as_answers(answers), missing)
    n, k = given.shape
    if k < 2:
        return unknown(reasons.FEWER_THAN_TWO_ITEMS, n)
    if n < _LEAST_PEOPLE:
        return unknown(reasons.TOO_FEW_TO_SAY, n)
    c = covariances(given)
    value = _alpha(c)
    if value is None:
        return unknown(reasons.NO_SPREAD, n)
    r = _as_correlations(c)
    dropped = [_alpha(np.delete(np.delete(c, item, 0), item, 1)) if k > 2 else None for item in range(k)]
    low, high = _feldt(value, n, k)
    detail = {
        "items": k,
        "standardised": None if np.isnan(r).any() else _alpha(r),
        "mean_correlation": None if np.isnan(r).any() else float((r.sum() - k) / (k * (k - 1))),
        "if_dropped": dropped,
        "complete": int((~np.isnan(given)).all(axis=1).sum()),
    }
    return Estimate(value, low, high, n, method="Feldt", detail=detail)


def item_rest(answers: np.ndarray, *, missing: str = "pairwise") -> tuple[Estimate, ...]:
    """For each item, the correlation with the sum of the others; n = people who answered the item.

    answers, missing: as in `cronbach`. From the covariances: (Σⱼ cᵢⱼ - cᵢᵢ) / √(cᵢᵢ · variance of the others' sum).
    Interval: Fisher's z, ± 1.96/√(n-3). None below two items or four people, or where nothing varies.
    Nunnally & Bernstein (1994), ch. 8.

    >>> [round(one.value, 3) for one in item_rest(np.array([[1, 2, 1], [2, 2, 3], [4, 5, 4], [5, 4, 5.0]]))]
    [0.974, 0.81, 0.899]
    """
    given = kept(as_answers(answers), missing)
    n, k = given.shape
    told = (~np.isnan(given)).sum(axis=0).tolist()
    if k < 2:
        return tuple(unknown(reasons.FEWER_THAN_TWO_ITEMS, told[item]) for item in range(k))
    c = covariances(given) if n > 1 else np.full((k, k), np.nan)
    own, row = np.diag(c), c.sum(axis=0)
    rest = c.sum() - 2 * row + own
    found = []
    for item in range(k):
        size = told[item]
        if size <= _LEAST_PEOPLE or np.isnan(c).any():
            found.append(unknown(reasons.TOO_FEW_TO_SAY, size))
        elif own[item] <= 1e-12 or rest[item] <= 1e-12:
            found.append(unknown(reasons.NO_SPREAD, size))
        else:
            r = float((row[item] - own[item]) / math.sqrt(own[item] * rest[item]))
            found.append(_fisher(min(1.0, max(-1.0, r)), size))
    return tuple(found)


def _alpha(c: np.ndarray) -> float | None:
    total, k = float(c.sum()), len(c)
    if np.isnan(c).any() or total <= 1e-12 or k < 2:
        return None
    return k / (k - 1) * (1 - float(np.trace(c)) / total)


def _as_correlations(c: np.ndarray) -> np.ndarray:
    spread = np.sqrt(np.diag(c))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(c / np.outer(spread, spread))


def _feldt(value: float, n: int, k: int) -> tuple[float, float]:
    first, second = n - 1, (n - 1) * (k - 1)
    low = 1 - (1 - value) * float(f.ppf(0.975, first, second))
    high = 1 - (1 - value) * float(f.ppf(0.025, first, second))
    return low, high


def _fisher(r: float, n: int) -> Estimate:
    if abs(r) >= 1 - 1e-12:
        return Estimate(r, r, r, n, method="Fisher z")
    z, reach = math.atanh(r), float(norm.ppf(0.975)) / math.sqrt(n - 3)
    return Estimate(r, math.tanh(z - reach), math.tanh(z + reach), n, method="Fisher z")
