"""Intraclass correlations: how much people of one group resemble each other, how far raters can stand in for another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import f

from tejido_analytics import reasons
from tejido_analytics.estimate import Estimate, unknown


def icc_of_groups(values: np.ndarray, groups: Sequence[str]) -> tuple[Estimate, Estimate]:
    """(ICC(1), ICC(2)): the share of variance that lies between groups, and the reliability of group means; n = people.

    values: float[people], nan where missing. groups: a label for each person, "" where not known; both are left out.
    ICC(1) = (B - W) / (B + (m - 1) W), ICC(2) = (B - W) / B, with mean squares between and within, m = people / groups.
    Both may be below 0: the groups are then more alike than chance makes them. Interval: from the F distribution,
    exact for groups of one size, close to it else. detail: groups, mean_size, f, p.
    None below two groups, where no group has two people, and where nothing varies.
    Bliese (2000), as in R's multilevel; McGraw & Wong (1996). O(people).

    >>> one, two = icc_of_groups(np.array([1, 2, 5, 6.0]), ["a", "a", "b", "b"])
    >>> round(one.value, 3), round(two.value, 3)
    (0.939, 0.969)
    """
    y, place, sizes = in_groups(values, groups)
    n, number = len(y), len(sizes)
    if number < 2:
        return (unknown(reasons.FEWER_THAN_TWO_GROUPS, n),) * 2
    if n == number:
        return (unknown(reasons.NO_GROUP_OF_TWO, n),) * 2
    mean = np.bincount(place, y) / sizes
    between = float((sizes * (mean - y.mean()) ** 2).sum()) / (number - 1)
    within = float(((y - mean[place]) ** 2).sum()) / (n - number)
    if within <= 1e-14 * max(1.0, float(y.var())):
        return (unknown(reasons.NO_SPREAD, n),) * 2
    size, ratio = n / number, between / within
    first, second = number - 1, n - number
    low, high = ratio / float(f.ppf(0.975, first, second)), ratio * float(f.ppf(0.975, second, first))
    p = float(f.sf(ratio, first, second))
    detail = {"groups": number, "mean_size": size, "f": ratio, "p": p}

    def estimate(value: float, ends: tuple[float, float]) -> Estimate:
        return Estimate(value, *ends, n, method="F", detail=detail)

    if ratio <= 0:
        return estimate(-1 / (size - 1), (-1 / (size - 1), _one(high, size))), unknown(reasons.NO_SPREAD, n)
    return (
        estimate(_one(ratio, size), (_one(low, size), _one(high, size))),
        estimate(1 - 1 / ratio, (1 - 1 / low, 1 - 1 / high)),
    )


def in_groups(values: np.ndarray, groups: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(values that are known, the position of each one's group, people of each group), groups by their label.

    Raises ValueError where the two have different lengths.

    >>> y, place, sizes = in_groups(np.array([3, np.nan, 4, 5.0]), ["b", "a", "", "b"])
    >>> y.tolist(), place.tolist(), sizes.tolist()
    ([3.0, 5.0], [0, 0], [2])
    """
    y, label = np.asarray(values, dtype=np.float64), np.asarray(groups, dtype=object)
    if y.shape != label.shape or y.ndim != 1:
        raise ValueError("every value needs the label of its group")
    known = ~np.isnan(y) & np.array([bool(one) for one in groups], dtype=bool)
    _labels, place, sizes = np.unique(label[known].astype(str), return_inverse=True, return_counts=True)
    return y[known], place, sizes


@dataclass(frozen=True, slots=True)
class RaterForms:
    """The six forms of Shrout & Fleiss (1979): of one rater, or of the mean of all k (`mean_…`).

    any_raters: each target was rated by others, ICC(1,·). random_raters: by the same ones, who stand for others,
    absolute agreement, ICC(2,·). these_raters: by the same ones, who stand for themselves, consistency, ICC(3,·).
    """

    any_raters: Estimate
    random_raters: Estimate
    these_raters: Estimate
    mean_any_raters: Estimate
    mean_random_raters: Estimate
    mean_these_raters: Estimate


def icc_of_raters(ratings: np.ndarray) -> RaterForms:
    """All six forms, with 95 % intervals from the F distribution; n = targets.

    ratings: float[targets, raters]; targets that somebody did not rate are left out.
    None below two targets or raters, and where the raters leave no differences.
    Shrout & Fleiss (1979); intervals of McGraw & Wong (1996). O(targets · raters).
    Raises ValueError where the ratings are no table.

    >>> ratings = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7.0]])
    >>> round(icc_of_raters(ratings).random_raters.value, 2)
    0.29
    """
    x = np.asarray(ratings, dtype=np.float64)
    if x.ndim != 2:
        raise ValueError("ratings are an array of targets × raters")
    x = x[~np.isnan(x).any(axis=1)]
    n, k = x.shape
    if n < 2 or k < 2:
        return RaterForms(*(unknown(reasons.TOO_FEW_TO_SAY, n),) * 6)
    rows, columns, middle = x.mean(axis=1), x.mean(axis=0), float(x.mean())
    targets = k * float(((rows - middle) ** 2).sum()) / (n - 1)
    raters = n * float(((columns - middle) ** 2).sum()) / (k - 1)
    error = float(((x - rows[:, None] - columns[None, :] + middle) ** 2).sum()) / ((n - 1) * (k - 1))
    within = float(((x - rows[:, None]) ** 2).sum()) / (n * (k - 1))
    if min(error, targets) <= 1e-14:
        return RaterForms(*(unknown(reasons.NO_SPREAD, n),) * 6)
    one = _by_f(targets / within, (n - 1, n * (k - 1)), (n, k))
    three = _by_f(targets / error, (n - 1, (n - 1) * (k - 1)), (n, k))
    two = _random((targets, raters, error), (n, k))
    return RaterForms(one[0], two[0], three[0], one[1], two[1], three[1])


def _one(ratio: float, size: float) -> float:
    return (ratio - 1) / (ratio + size - 1)


def _by_f(ratio: float, freedom: tuple[int, int], shape: tuple[int, int]) -> tuple[Estimate, Estimate]:
    n, k = shape
    low = ratio / float(f.ppf(0.975, *freedom))
    high = ratio * float(f.ppf(0.975, freedom[1], freedom[0]))
    single = Estimate(_one(ratio, k), _one(low, k), _one(high, k), n, method="F")
    return single, Estimate(1 - 1 / ratio, 1 - 1 / low, 1 - 1 / high, n, method="F")


def _random(squares: tuple[float, float, float], shape: tuple[int, int]) -> tuple[Estimate, Estimate]:
    (targets, raters, error), (n, k) = squares, shape
    value = (targets - error) / (targets + (k - 1) * error + k * (raters - error) / n)
    mean = (targets - error) / (targets + (raters - error) / n)
    ratio = raters / error
    part = n * (1 + (k - 1) * value) - k * value
    above = (k - 1) * (n - 1) * (k * value * ratio + part) ** 2
    freedom = above / ((n - 1) * k**2 * value**2 * ratio**2 + part**2)
    wide, narrow = float(f.ppf(0.975, n - 1, freedom)), float(f.ppf(0.975, freedom, n - 1))
    rest = k * raters + (k * n - k - n) * error
    low = n * (targets - wide * error) / (wide * rest + n * targets)
    high = n * (narrow * targets - error) / (rest + n * narrow * targets)
    mean_low, mean_high = (end * k / (1 + end * (k - 1)) for end in (low, high))
    return Estimate(value, low, high, n, method="F"), Estimate(mean, mean_low, mean_high, n, method="F")
