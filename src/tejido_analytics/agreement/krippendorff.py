"""Krippendorff's alpha: any number of raters, missing ratings, four levels of measurement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from tejido_analytics import reasons
from tejido_analytics.agreement.ratings import checked, counts_of, pairable
from tejido_analytics.estimate import Estimate, unknown

LEVELS: Final = ("nominal", "ordinal", "interval", "ratio")
_BATCH = 100  # resamples worked on at once; part of what a seed means

# float[resamples, units] of how often each unit counts -> (observed, expected) disagreement, float[resamples] each
_Disagreement = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


def alpha(ratings: np.ndarray, level: str, *, seed: int = 1, resamples: int = 1000) -> Estimate:
    """1 - observed / expected disagreement; 1 is perfect, 0 what chance gives. n = ratings that can be paired.

    ratings: float[units, raters], nan where missing; units with fewer than two ratings do not count. level: nominal,
    ordinal, interval or ratio (δ² = [c≠k], (distance of mid-ranks)², (c-k)², ((c-k)/(c+k))²; ratio needs values ≥ 0).
    Interval: 2.5 and 97.5 % of `resamples` draws of units with replacement, the same for the same seed; none below two
    units. detail: units, raters, ratings_left_out, resamples_without_value (all ratings alike), values.
    None where no unit has two ratings or all ratings are alike. O(ratings + resamples·units).
    Krippendorff, Computing Krippendorff's alpha-reliability (2011); Content Analysis (2019), ch. 12.
    Raises ValueError for another level, and for negative values at level ratio.

    >>> alpha(np.array([[1, 1], [2, 2], [1, 2], [2, 2.0]]), "nominal").value
    0.5333333333333333
    """
    if level not in LEVELS:
        raise ValueError(f"{level} is none of the levels nominal, ordinal, interval, ratio")
    ratings = checked(ratings)
    told = pairable(ratings)
    used, given = int((~np.isnan(told)).sum()), int((~np.isnan(ratings)).sum())
    if not len(told):
        return unknown(reasons.NO_UNIT_RATED_TWICE, 0)
    if level == "ratio" and np.nanmin(told) < 0:
        raise ValueError("at the level ratio no rating is below 0")
    values, counts = counts_of(told)
    if len(values) < 2:
        return unknown(reasons.ONE_VALUE_ONLY, used)
    disagreement = _disagreement(level, values, counts)
    value = float(_alpha(counts, disagreement, np.ones((1, len(told))))[0])
    detail = {
        "units": len(told),
        "raters": int((~np.isnan(ratings)).any(axis=0).sum()),
        "ratings_left_out": given - used,
        "values": values.tolist(),
    }
    drawn = _resampled(counts, disagreement, seed, resamples) if len(told) > 1 and resamples else np.empty(0)
    sound = drawn[~np.isnan(drawn)]
    detail["resamples_without_value"] = len(drawn) - len(sound)
    if len(sound) * 2 < len(drawn) or not len(sound):
        return Estimate(value, None, None, used, detail=detail)
    low, high = np.quantile(sound, [0.025, 0.975])
    return Estimate(value, float(low), float(high), used, method="bootstrap of units", detail=detail)


def _alpha(counts: csr_array, disagreement: _Disagreement, weight: np.ndarray) -> np.ndarray:
    ratings = weight @ np.asarray(counts.sum(axis=1)).ravel()
    observed, expected = disagreement(weight)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = 1 - (ratings - 1) * observed / expected
    return np.where(expected > 0, found, np.nan)


def _resampled(counts: csr_array, disagreement: _Disagreement, seed: int, resamples: int) -> np.ndarray:
    draw = np.random.default_rng(seed)
    units = counts.shape[0]
    parts = []
    for start in range(0, resamples, _BATCH):
        size = min(_BATCH, resamples - start)
        weight = draw.multinomial(units, np.full(units, 1 / units), size=size).astype(np.float64)
        parts.append(_alpha(counts, disagreement, weight))
    return np.concatenate(parts)


def _disagreement(level: str, values: np.ndarray, counts: csr_array) -> _Disagreement:
    made = np.asarray(counts.sum(axis=1)).ravel()  # ratings of each unit
    if level == "nominal":
        within = (made**2 - np.asarray((counts * counts).sum(axis=1)).ravel()) / (made - 1)
        return lambda weight: (weight @ within, _all_pairs_but_alike(weight @ counts))
    if level == "ratio":
        difference = _ratio(values)
        inside = np.asarray((counts * (counts @ difference)).sum(axis=1)).ravel() / (made - 1)
        return lambda weight: (weight @ inside, _quadratic(weight @ counts, difference))
    if level == "interval":
        return lambda weight: _of_squares(weight, (made, counts), np.tile(values, (len(weight), 1)))
    return lambda weight: _of_squares(weight, (made, counts), _mid_ranks(weight @ counts))


def _all_pairs_but_alike(totals: np.ndarray) -> np.ndarray:
    return np.asarray(totals.sum(axis=1) ** 2 - (totals**2).sum(axis=1))


def _quadratic(totals: np.ndarray, difference: np.ndarray) -> np.ndarray:
    return np.asarray(((totals @ difference) * totals).sum(axis=1))


def _ratio(values: np.ndarray) -> np.ndarray:
    total = values[:, None] + values[None, :]
    apart = np.abs(values[:, None] - values[None, :])
    return np.asarray(np.where(total > 0, apart / np.where(total > 0, total, 1), 0) ** 2)


def _mid_ranks(totals: np.ndarray) -> np.ndarray:
    """Krippendorff's ordinal difference of c and k is the distance of these places in the row of all ratings."""
    return np.asarray(totals.cumsum(axis=1) - totals / 2)


def _of_squares(
    weight: np.ndarray, made: tuple[np.ndarray, csr_array], place: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Disagreement as squared distance of places on a line, float[resamples, values]; no table of pairs is needed."""
    ratings, counts = made
    place = place - place.mean(axis=1, keepdims=True)  # smaller squares, less rounding
    if (place == place[0]).all():
        place = place[:1]
    first, second = counts @ place.T, counts @ (place**2).T
    within = 2 * (ratings[:, None] * second - first**2) / (ratings - 1)[:, None]
    observed = (weight * within.T).sum(axis=1)
    total = weight @ ratings
    sums, squares = (weight * first.T).sum(axis=1), (weight * second.T).sum(axis=1)
    expected = 2 * (total * squares - sums**2)
    return observed, np.where(expected > 1e-9 * total * squares, expected, 0.0)
