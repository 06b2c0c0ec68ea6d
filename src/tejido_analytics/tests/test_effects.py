"""Before and after: published worked examples, balanced designs counted by hand, and honesty about small samples."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import t, ttest_ind, ttest_rel
from statsmodels.regression.mixed_linear_model import MixedLM

from tejido_analytics import reasons
from tejido_analytics.effects import (
    Options,
    Standard,
    change_of_groups,
    change_of_people,
    hedges_g,
    mixed_change,
    mixed_mean,
)
from tejido_analytics.estimate import Estimate
from tejido_analytics.tests.real import folder, rows

QUICK = Options(mixed=False)
_ = np.nan


def with_moments(mean: float, deviation: float, n: int, seed: int) -> np.ndarray:
    drawn = np.random.default_rng(seed).normal(size=n)
    return mean + deviation * (drawn - drawn.mean()) / drawn.std(ddof=1)


def test_the_published_example_of_two_groups_has_its_g_and_variance():
    """Borenstein et al. (2009), p. 26: means 103 and 100, deviations 5.5 and 4.5, 50 in each: g .5924, variance .0411."""
    found = change_of_groups((with_moments(100, 4.5, 50, 1), None), (with_moments(103, 5.5, 50, 2), None))
    assert found.linked_by == "nothing"
    assert found.g.detail["d"] == pytest.approx(0.5970, abs=5e-5)
    assert found.g.value == pytest.approx(0.5924, abs=5e-5)
    assert found.g.detail["variance"] == pytest.approx(0.0411, abs=5e-5)
    assert found.cautions == (reasons.GROUPS_NOT_KNOWN,)


def test_the_published_example_of_the_same_people_has_its_g_and_variance():
    """Borenstein et al. (2009), p. 29: difference 3, its deviation 5.5, r = .7, n = 50: d .4225, g .4160, variance .0127."""
    common, other = with_moments(0, 1, 50, 3), with_moments(0, 1, 50, 4)
    other -= common * (common @ other) / (common @ common)
    other /= other.std(ddof=1)
    spread = 5.5 / math.sqrt(2 * (1 - 0.7))
    before, after = 100 + spread * common, 103 + spread * (0.7 * common + math.sqrt(1 - 0.49) * other)
    found = change_of_people(before, after)
    assert found.g.detail["d"] == pytest.approx(0.4225, abs=5e-5)
    assert found.g.value == pytest.approx(0.4160, abs=5e-5)
    assert found.g.detail["variance"] == pytest.approx(0.0127, abs=5e-5)


def test_without_groups_the_intervals_are_those_of_student_and_welch():
    before, after = with_moments(3, 1, 30, 5), with_moments(3.4, 1.4, 30, 6)
    paired, apart = change_of_people(before, after), change_of_groups((before, None), (after, None))
    same = ttest_rel(after, before).confidence_interval()
    assert (paired.difference.low, paired.difference.high) == (
        pytest.approx(same.low),
        pytest.approx(same.high),
    )
    other = ttest_ind(after, before, equal_var=False).confidence_interval()
    assert (apart.difference.low, apart.difference.high) == (
        pytest.approx(other.low),
        pytest.approx(other.high),
    )


def balanced(groups: int, size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Values with large differences between groups of one size, and each one's group."""
    draw = np.random.default_rng(seed)
    place = np.repeat(np.arange(groups), size)
    return draw.normal(size=groups)[place] + draw.normal(size=groups * size), place


def test_in_a_balanced_design_the_mixed_model_is_the_analysis_of_variance():
    """One-way, balanced: the mean, its error √(mean square between / N), both variances (Searle et al. 1992, §3.8)."""
    values, place = balanced(12, 6, 7)
    means = values.reshape(12, 6).mean(axis=1)
    between = 6 * float(means.var(ddof=1))
    within = float(values.reshape(12, 6).var(axis=1, ddof=1).mean())
    found = mixed_mean(values, place)
    assert found.value == pytest.approx(values.mean(), abs=1e-9)
    assert found.detail["standard_error"] == pytest.approx(math.sqrt(between / 72), rel=1e-6)
    assert found.detail["within"] == pytest.approx(within, rel=1e-6)
    assert found.detail["between"] == pytest.approx((between - within) / 6, rel=1e-5)
    assert found.high - found.value == pytest.approx(t.ppf(0.975, 11) * math.sqrt(between / 72), rel=1e-6)


def test_people_who_cannot_be_linked_are_compared_school_by_school():
    """Balanced: the mixed model's change and error are those of the schools' differences of means."""
    draw = np.random.default_rng(11)
    place = np.repeat(np.arange(10), 8)
    school, change = 2 * draw.normal(size=10), 0.5 + draw.normal(size=10)
    before = school[place] + draw.normal(size=80)
    after = (school + change)[place] + draw.normal(size=80)
    by_school = after.reshape(10, 8).mean(axis=1) - before.reshape(10, 8).mean(axis=1)
    error = float(by_school.std(ddof=1)) / math.sqrt(10)
    labels = [f"school {at}" for at in place]
    found = change_of_groups((before, labels), (after, labels))
    assert found.difference.value == pytest.approx(by_school.mean())
    assert found.difference.detail["standard_error"] == pytest.approx(error)
    assert found.mixed.value == pytest.approx(by_school.mean(), abs=1e-9)
    assert found.mixed.detail["standard_error"] == pytest.approx(error, rel=1e-6)
    assert (found.groups, found.cautions, found.left_out) == (10, (), 0)


def dense(values: np.ndarray, place: np.ndarray) -> tuple[float, float, np.ndarray]:
    """(mean, standard error, variances) from the restricted likelihood with the whole covariance matrix written out."""
    z, x = (place[:, None] == np.unique(place)).astype(float), np.ones((len(values), 1))

    def at(logs: np.ndarray) -> tuple[float, float, float]:
        between, within = np.exp(logs)
        inverse = np.linalg.inv(within * np.eye(len(values)) + between * z @ z.T)
        inner = float((x.T @ inverse @ x)[0, 0])
        mean = float((x.T @ inverse @ values)[0]) / inner
        left = values - mean
        lost = -np.linalg.slogdet(inverse)[1] + math.log(inner) + left @ inverse @ left
        return lost, mean, 1 / math.sqrt(inner)

    options = {"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000}
    best = minimize(lambda logs: at(logs)[0], [0.0, 0.0], method="Nelder-Mead", options=options)
    return *at(best.x)[1:], np.exp(best.x)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_groups_of_many_sizes_have_the_estimates_of_the_whole_likelihood_and_of_statsmodels(seed):
    draw = np.random.default_rng(seed)
    place = np.repeat(np.arange(15), draw.integers(1, 12, 15))
    values = 2 + draw.normal(size=15)[place] + 1.5 * draw.normal(size=len(place))
    found = mixed_mean(values, place)
    mean, error, (between, within) = dense(values, place)
    assert (found.value, found.detail["standard_error"]) == (
        pytest.approx(mean, abs=1e-6),
        pytest.approx(error, rel=1e-6),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = MixedLM(values, np.ones((len(values), 1)), groups=place).fit(reml=True, method=["cg"])
    for ours, direct, theirs in (
        (found.detail["between"], between, float(other.cov_re[0, 0])),
        (found.detail["within"], within, other.scale),
        (found.value, mean, other.fe_params[0]),
    ):
        assert ours == pytest.approx(direct, rel=1e-4)
        assert ours == pytest.approx(theirs, rel=1e-3)


def test_where_groups_do_not_differ_the_mixed_model_is_the_plain_mean():
    values = np.tile([1.0, 2, 3, 4, 5], 8)
    found = mixed_mean(values, np.repeat(np.arange(8), 5))
    assert found.detail["between"] == pytest.approx(0, abs=1e-9)
    assert found.detail["standard_error"] == pytest.approx(values.std(ddof=1) / math.sqrt(40))


def test_clusters_widen_the_interval_of_linked_people_as_the_formula_says():
    change, place = balanced(9, 5, 13)
    before = with_moments(3, 1, 45, 14)
    labels = [f"g{at}" for at in place]
    alone, grouped = (change_of_people(before, before + change, each, QUICK) for each in (None, labels))
    sums = (change - change.mean()).reshape(9, 5).sum(axis=1)
    error = math.sqrt(9 / 8 * float((sums**2).sum())) / 45
    assert grouped.difference.detail["standard_error"] == pytest.approx(error)
    assert grouped.difference.value == alone.difference.value
    assert grouped.difference.spread > 1.5 * alone.difference.spread
    assert grouped.g.spread > alone.g.spread


def test_ten_districts_without_a_change_seldom_show_one():
    """Nominal 5 %: the t on groups - 1 keeps it where a plain t of people does not (a third of the time it errs)."""
    plain = honest = 0
    for seed in range(300):
        change, place = balanced(10, 12, 100 + seed)
        labels = [str(at) for at in place]
        before = np.zeros(120)
        for known, errors in ((None, "plain"), (labels, "honest")):
            found = change_of_people(before, before + change, known, QUICK).difference
            wrong = not found.low <= 0 <= found.high
            plain += wrong and errors == "plain"
            honest += wrong and errors == "honest"
    assert honest / 300 < 0.08
    assert plain / 300 > 0.3


def test_too_few_to_say_is_said_with_the_number():
    few = change_of_people(np.arange(9.0), np.arange(9.0) + 1)
    assert (few.difference.value, few.difference.because, few.difference.n) == (
        None,
        reasons.TOO_FEW_TO_SAY,
        9,
    )
    assert few.before.mean is None
    nobody = change_of_people(np.array([1.0, _]), np.array([_, 2.0]))
    assert nobody.g.because == reasons.NOT_LINKED
    y, a, b = np.arange(20.0), ["a"] * 20, ["b"] * 20
    assert change_of_groups((y, a), (y, b)).difference.because == reasons.NO_GROUP_IN_BOTH
    assert change_of_groups((y, a), (y, a)).difference.because == reasons.FEWER_THAN_TWO_GROUPS
    assert change_of_groups((y[:9], None), (y, None)).difference.because == reasons.TOO_FEW_TO_SAY


def test_fewer_than_eight_schools_get_numbers_and_a_caution():
    values, place = balanced(7, 4, 3)
    labels = [str(at) for at in place]
    seven = change_of_people(np.zeros(28), values, labels, QUICK)
    assert seven.cautions == (reasons.FEW_GROUPS,)
    assert seven.difference.low is not None
    values, place = balanced(8, 4, 3)
    assert change_of_people(np.zeros(32), values, [str(at) for at in place], QUICK).cautions == ()


def test_who_answered_once_is_left_out_and_counted():
    before = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, _, _, _])
    after = np.array([2.0, 3, 4, 5, 6, 7, 8, 9, 10, 11, _, 5, 5, 5])
    found = change_of_people(before, after)
    assert (found.before.n, found.left_out, found.difference.value) == (10, 4, 1.0)
    many = change_of_people(np.append(before, [_] * 5), np.append(after, [5.0] * 5))
    assert reasons.MANY_LEFT_OUT in many.cautions


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.1, 9), st.floats(-5, 5), st.randoms(use_true_random=False))
def test_units_and_order_change_what_they_must_and_nothing_else(seed, scale, shift, chance):
    draw = np.random.default_rng(seed)
    before, place = draw.normal(size=24), np.repeat(np.arange(8), 3)
    after = before + draw.normal(size=24)
    labels = [f"n{at}" for at in place]
    order = list(range(24))
    chance.shuffle(order)
    here = change_of_people(before, after, labels, QUICK)
    there = change_of_people(
        (scale * before + shift)[order], (scale * after + shift)[order], [labels[at] for at in order], QUICK
    )
    assert there.difference.value == pytest.approx(scale * here.difference.value, abs=1e-9)
    assert there.difference.low == pytest.approx(scale * here.difference.low, abs=1e-9)
    assert (there.g.value, there.g.high) == (pytest.approx(here.g.value), pytest.approx(here.g.high))
    back = change_of_people(after, before, labels, QUICK)
    assert back.g.value == pytest.approx(-here.g.value)


AGREEMENT = {"Strongly disagree": 1, "Disagree": 2, "Neutral": 3, "Agree": 4, "Strongly agree": 5}


@pytest.mark.real_data
def test_learners_who_are_linked_by_their_workshop_alone():
    def side(name: str) -> tuple[np.ndarray, list[str]]:
        found = rows(folder("carpentries-prepost") / name)
        values = [AGREEMENT.get(row["skill_write_program"], np.nan) for row in found]
        return np.array(values, dtype=float), [row["slug_auto"] for row in found]

    before = side("20181002-pre-skill_pre-no-open.csv")
    after = side("20181002-post-skills-no-open.csv")
    found = change_of_groups(before, after)
    both = set.intersection(
        *({one for value, one in zip(*side_, strict=True) if value == value} for side_ in (before, after))
    )
    assert found.groups == len(both) == 11
    assert (found.before.n, found.after.n) == tuple(
        sum(label in both and not np.isnan(value) for value, label in zip(*side_, strict=True))
        for side_ in (before, after)
    )
    assert 0 < found.difference.low < found.mixed.value < found.difference.high
    assert found.g.low > 0
    assert reasons.MANY_LEFT_OUT in found.cautions


@pytest.mark.real_data
def test_soldiers_who_are_linked_by_their_number_and_their_company():
    found = [row for row in rows(folder("climate-multilevel-bliese") / "univbct.csv") if row["TIME"] == "0"]

    def column(name: str) -> np.ndarray:
        return np.array([float(row[name]) if row[name] != "NA" else np.nan for row in found])

    first, second = column("JOBSAT1"), column("JOBSAT2")
    change = change_of_people(first, second, [f"{row['BTN']} {row['COMPANY']}" for row in found])
    both = ~np.isnan(first) & ~np.isnan(second)
    assert change.before.n == both.sum() > 400
    assert change.difference.value == pytest.approx(float((second - first)[both].mean()))
    assert change.mixed.low < change.difference.value < change.mixed.high


def test_mistakes_of_the_caller_are_named_and_what_cannot_be_fitted_is_said():
    y = np.arange(12.0)
    for call in (
        lambda: change_of_people(y, y[1:]),
        lambda: change_of_people(y, y, ["a"]),
        lambda: change_of_groups((y, ["a"]), (y, ["a"])),
        lambda: hedges_g(Estimate(1.0, None, None, 5), 1.0, Standard(0.0, 4, 0.1), 4),
    ):
        with pytest.raises(ValueError, match=r"\w+ \w+"):
            call()
    assert mixed_mean(y, np.arange(12)).because == reasons.NO_GROUP_OF_TWO
    assert mixed_mean(np.ones(9), np.repeat([0, 1, 2], 3)).because == reasons.NO_SPREAD
    assert mixed_mean(y, np.zeros(12)).because == reasons.FEWER_THAN_TWO_GROUPS
    assert mixed_change((y, np.zeros(12)), (y, np.ones(12))).because == reasons.FEWER_THAN_TWO_GROUPS
    constant = change_of_people(np.ones(12), np.ones(12) * 2)
    assert (constant.difference.value, constant.g.because) == (1.0, reasons.NO_SPREAD)
