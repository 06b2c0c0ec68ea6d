"""Change from before to after, whether people can be linked or only their groups."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t

from tejido_analytics import reasons
from tejido_analytics.effects.mixed import mixed_change, mixed_mean
from tejido_analytics.effects.sizes import Standard, hedges_g
from tejido_analytics.estimate import Estimate, unknown

BY_PEOPLE, BY_GROUPS, BY_NOTHING = "people", "groups", "nothing"


@dataclass(frozen=True, slots=True)
class Options:
    """least: linked people (or answers on each side, where people are not linked) below which nothing is said.

    least_groups: groups below which the interval is called a hint. mixed: whether to fit the mixed model as well.
    """

    least: int = 10
    least_groups: int = 8
    mixed: bool = True


@dataclass(frozen=True, slots=True)
class Side:
    """Before or after: answers that were used, their mean and standard deviation; None where nothing is said."""

    n: int
    mean: float | None
    deviation: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """linked_by: people, groups or nothing. groups: how many groups the interval rests on, 0 where none are known.

    difference: after - before, in units of the scale. g: the same in standard deviations. mixed: the difference from a
    mixed model with the group as random intercept. left_out: answers that could not be used. cautions: of
    `reasons.CAUTIONS`.
    """

    linked_by: str
    before: Side
    after: Side
    groups: int
    difference: Estimate
    g: Estimate
    mixed: Estimate
    left_out: int
    cautions: tuple[str, ...]


def change_of_people(
    before: np.ndarray, after: np.ndarray, groups: Sequence[str] | None = None, options: Options | None = None
) -> Change:
    """The change of people who answered both times.

    before, after: float[people], the same person in the same place, nan where she did not answer. groups: a label for
    each, "" where not known (such people are left out, as groups are known for others); None where nobody knows.
    difference: mean of after - before. Interval: t on n - 1 without groups; with groups cluster-robust,
    √(G/(G-1)·Σ(Σ residuals of a group)²)/n, t on G - 1. g: by √((s²before + s²after)/2).
    Below `options.least` linked people the values are None, "too few answers to say", and n is there all the same.
    Borenstein et al. (2009), ch. 4; Cameron & Miller (2015) for clusters. O(n), and one fit of a mixed model.

    >>> before, after = np.arange(12.0), np.arange(12.0) + [1, 2] * 6
    >>> found = change_of_people(before, after)
    >>> found.difference.value, found.before.n, found.cautions[0][:30]
    (1.5, 12, 'people of one group resemble e')
    """
    options = options or Options()
    first, second, label = _same_length(before, after, groups)
    given = ~np.isnan(first) | ~np.isnan(second)
    linked = ~np.isnan(first) & ~np.isnan(second) & (label != "")
    x, y = first[linked], second[linked]
    left_out = int((~np.isnan(first)).sum() + (~np.isnan(second)).sum() - 2 * linked.sum())
    place = np.unique(label[linked], return_inverse=True)[1] if groups is not None else None
    number = int(place.max()) + 1 if place is not None and len(place) else 0
    cautions = _cautions(groups is not None, number, (left_out, 2 * int(given.sum())), options)
    if len(x) < options.least:
        because = reasons.TOO_FEW_TO_SAY if len(x) else reasons.NOT_LINKED
        return _none(BY_PEOPLE, (len(x), len(x)), because, (number, left_out))
    change = y - x
    error, freedom = _error_of_mean(change, place, number)
    difference = _with_t(float(change.mean()), error, freedom, len(x))
    share = float(np.corrcoef(x, y)[0, 1]) if min(x.std(), y.std()) > 0 else 0.0
    spread = math.sqrt((x.var(ddof=1) + y.var(ddof=1)) / 2)
    standard = Standard(spread, len(x) - 1, (1 - share) / len(x))
    g = hedges_g(difference, error, standard, freedom) if spread > 0 else unknown(reasons.NO_SPREAD, len(x))
    mixed = _mixed(options, number, lambda: mixed_mean(change, place if place is not None else np.zeros(0)))
    return Change(BY_PEOPLE, _side(x), _side(y), number, difference, g, mixed, left_out, cautions)


def change_of_groups(
    before: tuple[np.ndarray, Sequence[str] | None],
    after: tuple[np.ndarray, Sequence[str] | None],
    options: Options | None = None,
) -> Change:
    """The change where people are not linked, but their groups (schools, workshops) are.

    before, after: (float[n] values, a label for each or None). Groups that are in only one of the two are left out.
    difference: the mean over groups of (mean after - mean before), each group the same weight; t on G - 1.
    mixed: weighs groups by what they tell. g: by √((s²before + s²after)/2) of the people used.
    With None for the labels: two separate samples, Welch's t, and the caution that groups are not known.
    Below `options.least` usable answers on a side, or two groups, the values are None with the reason.
    Sources: as `change_of_people`; Welch (1947).

    >>> y, place = np.arange(12.0), list("aaabbbcccddd")
    >>> found = change_of_groups((y, place), (y + 1, place))
    >>> found.difference.value, found.groups, found.cautions[0][:23]
    (1.0, 4, 'fewer than eight groups')
    """
    options = options or Options()
    if before[1] is None or after[1] is None:
        return _of_strangers(before[0], after[0], options)
    first, at_first = _known(before[0], before[1])
    second, at_second = _known(after[0], after[1])
    both = sorted(set(at_first.tolist()) & set(at_second.tolist()))
    x, x_place = _within(first, at_first, both)
    y, y_place = _within(second, at_second, both)
    given = int(
        (~np.isnan(np.asarray(before[0], float))).sum() + (~np.isnan(np.asarray(after[0], float))).sum()
    )
    left_out, number = given - len(x) - len(y), len(both)
    cautions = _cautions(True, number, (left_out, given), options)
    if number < 2 or min(len(x), len(y)) < options.least:
        because = (
            reasons.NO_GROUP_IN_BOTH
            if not number
            else reasons.FEWER_THAN_TWO_GROUPS
            if number < 2
            else reasons.TOO_FEW_TO_SAY
        )
        return _none(BY_GROUPS, (len(x), len(y)), because, (number, left_out))
    change = _means(y, y_place, number) - _means(x, x_place, number)
    error = float(change.std(ddof=1)) / math.sqrt(number)
    difference = _with_t(float(change.mean()), error, number - 1, len(x) + len(y))
    g = _g_of_two(difference, error, (x, y), number - 1)
    mixed = _mixed(options, number, lambda: mixed_change((x, x_place), (y, y_place)))
    return Change(BY_GROUPS, _side(x), _side(y), number, difference, g, mixed, left_out, cautions)


def _of_strangers(before: np.ndarray, after: np.ndarray, options: Options) -> Change:
    x, y = (np.asarray(side, dtype=np.float64) for side in (before, after))
    x, y = x[~np.isnan(x)], y[~np.isnan(y)]
    if min(len(x), len(y)) < options.least:
        return _none(BY_NOTHING, (len(x), len(y)), reasons.TOO_FEW_TO_SAY, (0, 0))
    parts = (x.var(ddof=1) / len(x), y.var(ddof=1) / len(y))
    error = math.sqrt(sum(parts))
    low = sum(part**2 / (n - 1) for part, n in zip(parts, (len(x), len(y)), strict=True))
    freedom = sum(parts) ** 2 / low if low > 0 else len(x) + len(y) - 2
    difference = _with_t(float(y.mean() - x.mean()), error, freedom, len(x) + len(y))
    g = _g_of_two(difference, error, (x, y), freedom)
    none = unknown(reasons.FEWER_THAN_TWO_GROUPS, len(x) + len(y))
    return Change(BY_NOTHING, _side(x), _side(y), 0, difference, g, none, 0, (reasons.GROUPS_NOT_KNOWN,))


def _same_length(
    before: np.ndarray, after: np.ndarray, groups: Sequence[str] | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    label = np.array(["all"] * len(first) if groups is None else [str(one) for one in groups], dtype=object)
    if first.ndim != 1 or not first.shape == second.shape == label.shape:
        raise ValueError("before, after and groups have one place for each person")
    return first, second, label


def _known(values: np.ndarray, labels: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    y, label = np.asarray(values, dtype=np.float64), np.array([str(one) for one in labels], dtype=object)
    if y.shape != label.shape or y.ndim != 1:
        raise ValueError("every value needs the label of its group")
    known = ~np.isnan(y) & (label != "")
    return y[known], label[known]


def _within(values: np.ndarray, labels: np.ndarray, groups: list[str]) -> tuple[np.ndarray, np.ndarray]:
    number = {group: at for at, group in enumerate(groups)}
    place = np.array([number.get(label, -1) for label in labels], dtype=np.int64)
    return values[place >= 0], place[place >= 0]


def _means(values: np.ndarray, place: np.ndarray, groups: int) -> np.ndarray:
    return np.asarray(np.bincount(place, values, groups) / np.bincount(place, minlength=groups))


def _error_of_mean(values: np.ndarray, place: np.ndarray | None, groups: int) -> tuple[float, float]:
    """(standard error, degrees of freedom) of the mean; cluster-robust where there are two groups or more."""
    n = len(values)
    if place is None or groups < 2:
        return float(values.std(ddof=1)) / math.sqrt(n), n - 1
    sums = np.bincount(place, values - values.mean(), groups)
    return math.sqrt(groups / (groups - 1) * float((sums**2).sum())) / n, groups - 1


def _with_t(value: float, error: float, freedom: float, n: int) -> Estimate:
    reach = float(t.ppf(0.975, freedom)) * error
    detail = {"standard_error": error, "degrees_of_freedom": freedom}
    return Estimate(value, value - reach, value + reach, n, method="t", detail=detail)


def _g_of_two(
    difference: Estimate, error: float, sides: tuple[np.ndarray, np.ndarray], freedom: float
) -> Estimate:
    x, y = sides
    spread = math.sqrt((x.var(ddof=1) + y.var(ddof=1)) / 2)
    if spread <= 0:
        return unknown(reasons.NO_SPREAD, difference.n)
    number = len(x) + len(y)
    return hedges_g(difference, error, Standard(spread, number - 2, 1 / (2 * number)), freedom)


def _mixed(options: Options, groups: int, fit: Callable[[], Estimate]) -> Estimate:
    if groups < 2:
        return unknown(reasons.FEWER_THAN_TWO_GROUPS)
    return fit() if options.mixed else unknown(reasons.NOT_ASKED_FOR)


def _cautions(known: bool, groups: int, answers: tuple[int, int], options: Options) -> tuple[str, ...]:
    left_out, given = answers
    found = []
    if not known or groups < 2:
        found.append(reasons.GROUPS_NOT_KNOWN)
    elif groups < options.least_groups:
        found.append(reasons.FEW_GROUPS)
    if left_out * 5 > given:
        found.append(reasons.MANY_LEFT_OUT)
    return tuple(found)


def _side(values: np.ndarray) -> Side:
    return Side(len(values), float(values.mean()), float(values.std(ddof=1)))


def _none(linked_by: str, sizes: tuple[int, int], because: str, rest: tuple[int, int]) -> Change:
    groups, left_out = rest
    none = unknown(because, sizes[0] if linked_by == BY_PEOPLE else sum(sizes))
    first, second = (Side(n, None, None) for n in sizes)
    return Change(linked_by, first, second, groups, none, none, none, left_out, ())
