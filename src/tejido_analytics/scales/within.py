"""Agreement inside groups: whether the people of a school or a node see it alike, so that its mean stands for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tejido_analytics import reasons
from tejido_analytics.estimate import Estimate, unknown
from tejido_analytics.scales.scoring import as_answers


@dataclass(frozen=True, slots=True)
class GroupAgreement:
    """mean: over the groups, with n = groups. groups: (label, people, value) by label, only groups that have a value."""

    mean: Estimate
    groups: tuple[tuple[str, int, float], ...]


def r_wg(
    values: np.ndarray, groups: Sequence[str], alternatives: int, *, seed: int = 1, resamples: int = 1000
) -> GroupAgreement:
    """1 - variance inside the group / variance if everybody answered at random, at least 0; for one item or score.

    values: float[people], nan where missing. groups: a label for each person, "" where not known. alternatives: how
    many answers can be given, A; at random means (A² - 1)/12, all equally likely. Groups of one have no value.
    Interval of the mean: 2.5 and 97.5 % over resampled groups, the same for the same seed; none below two groups.
    James, Demaree & Wolf (1984). O(people + resamples · groups).

    >>> r_wg(np.array([4, 4, 5, 1, 5.0]), ["a", "a", "a", "b", "b"], 5).groups
    (('a', 3, 0.8333333333333333), ('b', 2, 0.0))
    """
    answers = np.asarray(values, dtype=np.float64)
    return r_wg_j(answers.reshape(-1, 1), groups, alternatives, seed=seed, resamples=resamples)


def r_wg_j(
    answers: np.ndarray, groups: Sequence[str], alternatives: int, *, seed: int = 1, resamples: int = 1000
) -> GroupAgreement:
    """The same for J parallel items: J(1 - v) / (J(1 - v) + v), v = mean item variance / variance at random, 0 if v > 1.

    answers: float[people, items]; of a person who left one out, the others count. Else as `r_wg`.
    James, Demaree & Wolf (1984); as in R's multilevel.
    groups: the group of each person. alternatives: answers that an item offers. seed, resamples: of the interval.
    Raises ValueError without a group for everybody, or below two alternatives.

    >>> round(r_wg_j(np.array([[4, 5], [4, 4], [5, 4.0]]), ["a", "a", "a"], 5).mean.value, 3)
    0.909
    """
    given = as_answers(answers)
    if len(groups) != len(given):
        raise ValueError("every person needs the label of a group")
    if alternatives < 2:
        raise ValueError("there are at least two answers to choose from")
    random = (alternatives**2 - 1) / 12
    label = np.array([str(one) for one in groups], dtype=object)
    found = []
    for name in sorted({one for one in label if one}):
        inside = given[label == name]
        value = _agreement(inside, random)
        if value is not None:
            found.append((name, int((~np.isnan(inside)).any(axis=1).sum()), value))
    return GroupAgreement(_mean([value for _name, _n, value in found], seed, resamples), tuple(found))


def _agreement(answers: np.ndarray, random: float) -> float | None:
    told = answers[:, (~np.isnan(answers)).sum(axis=0) > 1]
    if told.shape[1] < answers.shape[1]:
        return None
    share = min(1.0, float(np.nanvar(told, axis=0, ddof=1).mean()) / random)
    items = told.shape[1]
    return float(items * (1 - share) / (items * (1 - share) + share))


def _mean(values: list[float], seed: int, resamples: int) -> Estimate:
    if not values:
        return unknown(reasons.NO_GROUP_OF_TWO)
    found, n = np.array(values), len(values)
    if n < 2 or not resamples:
        return Estimate(float(found.mean()), None, None, n)
    drawn = found[np.random.default_rng(seed).integers(0, n, (resamples, n))].mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Estimate(float(found.mean()), float(low), float(high), n, method="bootstrap of groups")
