"""The other coefficients of agreement beyond chance, for any number of raters, with weights and missing ratings."""

from __future__ import annotations

from typing import Final

import numpy as np

from tejido_analytics import reasons
from tejido_analytics.agreement.ratings import checked, counts_of
from tejido_analytics.estimate import Estimate, unknown

COEFFICIENTS: Final = ("percent", "fleiss", "gwet", "brennan-prediger", "conger")
WEIGHTS: Final = ("none", "ordinal", "linear", "quadratic")


def coefficient(name: str, ratings: np.ndarray, weights: str = "none") -> Estimate:
    """Agreement of `ratings` by one of `COEFFICIENTS`; n = units with two ratings or more.

    ratings: float[units, raters], nan where missing. weights: none, ordinal (1 - C(steps+1, 2) / C(k, 2)), linear,
    quadratic (both by the distance of the values). All but percent are (a - e) / (1 - e), a = the mean over units of
    the weighted share of pairs that agree, and e by chance: fleiss, from how often each value is used by all; gwet
    (AC1, with weights AC2), from how far the use of values is from even; brennan-prediger, as if all were equally
    likely; conger, from each rater's own use. Interval: jackknife over units, ± 1.96 standard errors; none below
    three units. None where no unit has two ratings, or only one value occurs.
    Gwet, Handbook of Inter-Rater Reliability (2014), ch. 2-4; Fleiss (1971); Brennan & Prediger (1981); Conger (1980).
    Raises ValueError for another name or weighting, and where the ratings are no table.

    >>> ratings = np.array([[1, 1], [2, 2], [1, 2], [2, 2.0]])
    >>> [coefficient(name, ratings).value for name in ("percent", "brennan-prediger")]
    [0.75, 0.5]
    """
    if name not in COEFFICIENTS or weights not in WEIGHTS:
        raise ValueError(f"{name} with weights {weights} is not known")
    ratings = checked(ratings)
    told = ratings[(~np.isnan(ratings)).any(axis=1)]
    twice = int(((~np.isnan(told)).sum(axis=1) >= 2).sum())
    if not twice:
        return unknown(reasons.NO_UNIT_RATED_TWICE, 0)
    values = np.unique(told[~np.isnan(told)])
    if len(values) < 2:
        return unknown(reasons.ONE_VALUE_ONLY, twice)
    w = _weights(weights, values)
    value = _coefficient(name, told, w, values)
    if value is None:
        return unknown(reasons.ONE_VALUE_ONLY, twice)
    error = _jackknife(name, told, w, values) if twice >= 3 else None
    if error is None:
        return Estimate(value, None, None, twice)
    low, high = value - 1.96 * error, min(1.0, value + 1.96 * error)
    return Estimate(value, low, high, twice, method="jackknife", detail={"standard_error": error})


def _coefficient(name: str, ratings: np.ndarray, w: np.ndarray, values: np.ndarray) -> float | None:
    found, sparse = counts_of(ratings)
    counts = np.zeros((len(ratings), len(values)))
    counts[:, np.searchsorted(values, found)] = sparse.toarray()
    made = counts.sum(axis=1)
    twice = made >= 2
    if not twice.any():
        return None
    pairs = (counts * (counts @ w - 1)).sum(axis=1)[twice] / (made * (made - 1))[twice]
    agreed = float(pairs.mean())
    if name == "percent":
        return agreed
    expected = _expected(name, _use_of_each(ratings, values), (counts, made), w)
    return None if expected >= 1 - 1e-12 else (agreed - expected) / (1 - expected)


def _expected(name: str, own: np.ndarray, made: tuple[np.ndarray, np.ndarray], w: np.ndarray) -> float:
    counts, of_unit = made
    k = len(w)
    if name == "brennan-prediger":
        return float(w.sum()) / k**2
    use = (counts / of_unit[:, None]).mean(axis=0)
    if name == "fleiss":
        return float(use @ w @ use)
    if name == "gwet":
        return float(w.sum() / (k * (k - 1)) * (use * (1 - use)).sum())
    mean = own.mean(axis=0)
    raters = len(own)
    spread = (own.T @ own - raters * np.outer(mean, mean)) / max(raters - 1, 1)
    return float((w * (np.outer(mean, mean) - spread / raters)).sum())


def _use_of_each(ratings: np.ndarray, values: np.ndarray) -> np.ndarray:
    """float[raters, values]: how often each rater used each value, as a share of her ratings."""
    own = np.array([(ratings[:, [rater]] == values).sum(axis=0) for rater in range(ratings.shape[1])], float)
    own = own[own.sum(axis=1) > 0]
    return np.asarray(own / own.sum(axis=1, keepdims=True))


def _jackknife(name: str, ratings: np.ndarray, w: np.ndarray, values: np.ndarray) -> float | None:
    n = len(ratings)
    left = [_coefficient(name, np.delete(ratings, unit, axis=0), w, values) for unit in range(n)]
    sound = np.array([one for one in left if one is not None])
    if len(sound) < n:
        return None
    return float(np.sqrt((n - 1) / n * ((sound - sound.mean()) ** 2).sum()))


def _weights(weights: str, values: np.ndarray) -> np.ndarray:
    k = len(values)
    if weights == "none":
        return np.eye(k)
    if weights == "ordinal":
        steps = np.abs(np.arange(k)[:, None] - np.arange(k)[None, :]) + 1
        return np.asarray(1 - (steps * (steps - 1) / 2) / (k * (k - 1) / 2))
    apart = np.abs(values[:, None] - values[None, :]) / (values[-1] - values[0])
    return np.asarray(1 - (apart if weights == "linear" else apart**2))
