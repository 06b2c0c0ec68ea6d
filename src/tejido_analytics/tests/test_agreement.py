"""Agreement: the published values, an independent count pair by pair, and what must hold for any ratings."""

from __future__ import annotations

import json
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from tejido_analytics import reasons
from tejido_analytics.agreement import (
    COEFFICIENTS,
    LEVELS,
    alpha,
    by_code,
    coded,
    coefficient,
    kappa,
    table_of,
)
from tejido_analytics.tests.real import folder, rows

_ = np.nan
# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), reliability data of four observers and 12 units.
FOUR_OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
).T
PUBLISHED = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}


@pytest.mark.parametrize("level", LEVELS)
def test_krippendorff_s_four_observers_have_their_published_alpha(level):
    found = alpha(FOUR_OBSERVERS, level)
    assert found.value == pytest.approx(PUBLISHED[level], abs=5e-4)
    assert (found.n, found.detail["units"], found.detail["ratings_left_out"]) == (40, 11, 1)
    assert found.low < found.value < found.high


def from_file(name: str) -> np.ndarray:
    cells = [list(row.values())[1:] for row in rows(folder("reliability-irr") / name)]
    return np.array([[float(cell) if cell else np.nan for cell in row] for row in cells])


def expected(name: str) -> dict:
    return json.loads((folder(name) / "EXPECTED.json").read_text())


@pytest.mark.real_data
@pytest.mark.parametrize("level", LEVELS)
def test_alpha_is_that_of_the_reference_program(level):
    reference = expected("reliability-irr")["python_krippendorff_0.8"]["cac.raw4raters.csv"]
    assert alpha(from_file("cac.raw4raters.csv"), level).value == pytest.approx(reference[level], abs=1e-12)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("level", "value"), [("nominal", 0.691358024691358), ("interval", 0.8108448928121059)]
)
def test_three_coders_have_the_alpha_of_the_encyclopaedia(level, value):
    assert alpha(from_file("wikipedia_krippendorff_3coders.csv").T, level).value == pytest.approx(
        value, abs=1e-12
    )


NAMES_IN_IRRCAC = dict(zip(COEFFICIENTS, ("pa", "fleiss", "gwet_ac", "bp", "conger"), strict=True))


@pytest.mark.real_data
@pytest.mark.parametrize("name", COEFFICIENTS)
@pytest.mark.parametrize("weights", ["none", "ordinal", "linear", "quadratic"])
def test_every_coefficient_is_that_of_irrcac(name, weights):
    reference = expected("reliability-irr")["irrCAC"]["unweighted" if weights == "none" else weights]
    found = coefficient(name, from_file("cac.raw4raters.csv"), weights)
    assert found.value == pytest.approx(reference[NAMES_IN_IRRCAC[name]], abs=1e-5)
    assert found.low < found.value < found.high


# Cohen (1968), the worked example in the help of R's psych.
COHEN = np.array([[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]])
DISAGREEMENT = np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])


def test_cohen_s_own_example_has_its_published_kappas():
    assert kappa(COHEN, n=200).value == pytest.approx(0.49152542, abs=1e-8)
    assert kappa(COHEN, "quadratic", n=200).value == pytest.approx(0.45454545, abs=1e-8)
    assert kappa(COHEN, DISAGREEMENT, n=200).value == pytest.approx(0.34782609, abs=1e-8)


@pytest.mark.parametrize(
    ("ours", "theirs"), [("none", None), ("linear", "linear"), ("quadratic", "quadratic")]
)
def test_kappa_and_its_standard_error_are_those_of_statsmodels(ours, theirs):
    table = np.array([[20, 5, 3, 0], [10, 15, 2, 1], [1, 4, 9, 2], [0, 0, 3, 5]])
    reference = cohens_kappa(table, wt=theirs)
    found = kappa(table, ours)
    assert found.value == pytest.approx(reference.kappa, abs=1e-12)
    assert found.detail["standard_error"] == pytest.approx(reference.std_kappa, abs=1e-12)


def by_hand(ratings: np.ndarray, level: str) -> float:
    """Alpha pair by pair, from the definition alone."""
    units = [unit[~np.isnan(unit)].tolist() for unit in ratings]
    units = [unit for unit in units if len(unit) > 1]
    given = [value for unit in units for value in unit]

    def apart(c: float, k: float) -> float:
        if level == "nominal":
            return float(c != k)
        if level == "interval":
            return (c - k) ** 2
        if level == "ratio":
            return ((c - k) / (c + k)) ** 2 if c + k else 0.0
        low, high = min(c, k), max(c, k)
        between = sum(low <= value <= high for value in given)
        return (between - (given.count(c) + given.count(k)) / 2) ** 2 if c != k else 0.0

    observed = sum(sum(apart(c, k) for c, k in permutations(u, 2)) / (len(u) - 1) for u in units) / len(given)
    chance = sum(apart(c, k) for c, k in permutations(given, 2)) / (len(given) * (len(given) - 1))
    return 1 - observed / chance


RATINGS = st.lists(
    st.lists(st.sampled_from([0.0, 1.0, 2.0, 5.0, np.nan]), min_size=3, max_size=3), min_size=2, max_size=9
).map(np.array)


def varied(ratings: np.ndarray) -> bool:
    told = ratings[(~np.isnan(ratings)).sum(axis=1) > 1]
    return len(np.unique(told[~np.isnan(told)])) > 1


@settings(max_examples=80, deadline=None)
@given(RATINGS, st.sampled_from(LEVELS))
def test_alpha_is_what_counting_pairs_by_hand_gives(ratings, level):
    assume(varied(ratings))
    assert alpha(ratings, level, resamples=0).value == pytest.approx(by_hand(ratings, level), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(RATINGS, st.sampled_from(LEVELS), st.randoms(use_true_random=False))
def test_neither_the_order_of_units_nor_that_of_raters_matters(ratings, level, chance):
    assume(varied(ratings))
    units, raters = list(range(len(ratings))), [0, 1, 2]
    chance.shuffle(units)
    chance.shuffle(raters)
    shuffled = ratings[units][:, raters]
    here, there = alpha(ratings, level, resamples=0), alpha(shuffled, level, resamples=0)
    assert here.value == pytest.approx(there.value, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(RATINGS)
def test_each_level_allows_what_it_allows(ratings):
    assume(varied(ratings))
    none = {"resamples": 0}
    renamed = np.where(np.isnan(ratings), np.nan, 9 - ratings**2)
    stretched = np.where(np.isnan(ratings), np.nan, np.exp(ratings))
    assert alpha(ratings, "nominal", **none).value == pytest.approx(alpha(renamed, "nominal", **none).value)
    assert alpha(ratings, "ordinal", **none).value == pytest.approx(alpha(stretched, "ordinal", **none).value)
    assert alpha(ratings, "interval", **none).value == pytest.approx(
        alpha(3 * ratings - 7, "interval", **none).value
    )
    assert alpha(ratings, "ratio", **none).value == pytest.approx(alpha(4 * ratings, "ratio", **none).value)


def test_perfect_agreement_is_one_and_the_same_seed_draws_the_same_interval():
    perfect = np.repeat(np.array([[1.0], [2], [3], [1]]), 3, axis=1)
    assert {alpha(perfect, level).value for level in LEVELS} == {1.0}
    assert alpha(FOUR_OBSERVERS, "nominal", seed=7) == alpha(FOUR_OBSERVERS, "nominal", seed=7)
    assert alpha(FOUR_OBSERVERS, "nominal", seed=7).low != alpha(FOUR_OBSERVERS, "nominal", seed=8).low


def test_the_interval_covers_what_many_units_would_give():
    """Two raters who agree on 70 % of units by design: alpha of very many units lies in 95 % of small studies."""
    draw = np.random.default_rng(5)

    def study(units: int) -> np.ndarray:
        first = draw.integers(0, 3, units).astype(float)
        second = np.where(draw.random(units) < 0.55, first, draw.integers(0, 3, units))
        return np.column_stack([first, second])

    truth = alpha(study(200_000), "nominal", resamples=0).value
    found = [alpha(study(60), "nominal", resamples=300) for _ in range(100)]
    assert 88 <= sum(one.low <= truth <= one.high for one in found) <= 99


def test_codes_are_looked_at_one_by_one():
    first, second, third = by_code(np.array([[1, 1], [1, 1], [2, 3], [3, 2], [2, 2], [1, 1.0]]))
    assert (first.specific, first.alpha.value, first.times, first.units) == (1.0, 1.0, 6, 3)
    assert (second.specific, third.specific) == (0.5, 0.0)
    assert third.alpha.value < 0


def test_words_become_numbers_and_a_code_of_one_rater_counts_for_no_pair():
    ratings, words = coded([["yes", "no", ""], ["yes", "yes", None], ["maybe", None, None]])
    assert words == ("maybe", "no", "yes")
    assert [words[int(one.code)] for one in by_code(ratings)] == ["no", "yes"]


def test_without_pairs_or_variety_the_reason_is_said():
    assert alpha(np.array([[1, _], [_, 2]]), "nominal").because == reasons.NO_UNIT_RATED_TWICE
    assert alpha(np.array([[1, 1], [1, 1.0]]), "nominal").because == reasons.ONE_VALUE_ONLY
    assert coefficient("fleiss", np.array([[1, _]])).because == reasons.NO_UNIT_RATED_TWICE
    assert coefficient("gwet", np.array([[1, 1], [1, 1.0]])).because == reasons.ONE_VALUE_ONLY
    assert kappa(np.array([[9.0]])).because == reasons.FEWER_THAN_TWO_CATEGORIES
    assert kappa(np.array([[9.0, 0], [0, 0]])).because == reasons.ONE_VALUE_ONLY
    assert kappa(np.zeros((2, 2))).because == reasons.NO_UNIT_RATED_TWICE
    assert alpha(np.array([[1, 2.0]]), "nominal").low is None  # one unit has no interval


def test_mistakes_of_the_caller_are_named():
    for call in (
        lambda: alpha(FOUR_OBSERVERS, "logarithmic"),
        lambda: alpha(np.array([1.0, 2]), "nominal"),
        lambda: alpha(np.array([[1, np.inf]]), "nominal"),
        lambda: alpha(np.array([[-1, 2.0]]), "ratio"),
        lambda: kappa(np.ones((2, 3))),
        lambda: kappa(np.ones((2, 2)), "cubic"),
        lambda: kappa(np.ones((2, 2)), np.eye(2)),
        lambda: coefficient("scott", FOUR_OBSERVERS),
        lambda: table_of(np.array([1.0]), np.array([1.0, 2])),
        lambda: coded([["a"], ["a", "b"]]),
    ):
        with pytest.raises(ValueError, match=r"\w+ \w+"):
            call()
