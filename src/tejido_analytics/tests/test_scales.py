"""Scales: published reliabilities, an independent computation of each, and what must hold for any answers."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tejido_analytics import reasons
from tejido_analytics.scales import (
    Key,
    OmegaOptions,
    cronbach,
    icc_of_groups,
    icc_of_raters,
    item_rest,
    omega,
    omega_of,
    r_wg,
    r_wg_j,
    score,
)
from tejido_analytics.scales.factors import minres, oblimin, schmid_leiman
from tejido_analytics.scales.moments import correlations, covariances
from tejido_analytics.tests.real import folder, rows

_ = np.nan
# Correlations of nine tests of ability, 213 people: L. L. and T. G. Thurstone (1941), as in McDonald (1999), table 9.3.
BELOW_THE_DIAGONAL = """
.828
.776 .779
.439 .493 .46
.432 .464 .425 .674
.447 .489 .443 .59 .541
.447 .432 .401 .381 .402 .288
.541 .537 .534 .35 .367 .32 .555
.38 .358 .359 .424 .446 .325 .598 .452
"""
THURSTONE = np.eye(9)
for row, line in enumerate(BELOW_THE_DIAGONAL.split("\n")[1:-1], start=1):
    THURSTONE[row, :row] = THURSTONE[:row, row] = [float(number) for number in line.split()]

# Shrout & Fleiss (1979), table 2: six targets, four judges.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
)


def test_thurstone_s_nine_tests_have_their_published_omegas():
    total, hierarchical, solution = omega_of(THURSTONE, 3)
    assert total == pytest.approx(0.93082541, abs=2e-6)
    assert hierarchical == pytest.approx(0.73607032, abs=2e-6)
    # Two ways to the same variance: what is common, and what the general and the group factors hold together.
    held = solution.general**2 + (solution.groups**2).sum(axis=1)
    assert held.mean() == pytest.approx((1 - solution.unique).mean(), abs=0.02)


def test_the_unrotated_solution_leaves_nothing_to_gain():
    """At the least squares the residuals on the diagonal vanish, and every unique variance is a stationary point."""
    loadings = minres(THURSTONE, 3)
    assert (np.diag(THURSTONE - loadings @ loadings.T) >= 0).all()

    def off_diagonal(scaled: np.ndarray) -> float:
        left = THURSTONE - scaled @ scaled.T
        return float((left[~np.eye(9, dtype=bool)] ** 2).sum())

    best = off_diagonal(loadings)
    draw = np.random.default_rng(1)
    assert all(off_diagonal(loadings + draw.normal(0, 1e-3, (9, 3))) > best for _trial in range(50))


def test_the_rotation_keeps_what_the_factors_reproduce():
    loadings = minres(THURSTONE, 3)
    pattern, between = oblimin(loadings)
    assert pattern @ between @ pattern.T == pytest.approx(loadings @ loadings.T, abs=1e-9)
    assert np.diag(between) == pytest.approx(np.ones(3))
    # The three groups of tests come apart: verbal, fluency, reasoning.
    assert sorted(np.abs(pattern).argmax(axis=1).reshape(3, 3).tolist()) == [[0] * 3, [1] * 3, [2] * 3]


@pytest.mark.parametrize(
    ("form", "value", "low", "high"),
    [
        ("any_raters", 0.165742, -0.133, 0.723),
        ("random_raters", 0.289764, 0.019, 0.761),
        ("these_raters", 0.714841, 0.342, 0.946),
        ("mean_any_raters", 0.442797, -0.884, 0.912),
        ("mean_random_raters", 0.620051, 0.071, 0.927),
        ("mean_these_raters", 0.909316, 0.676, 0.986),
    ],
)
def test_the_six_forms_of_shrout_and_fleiss_are_the_published_ones(form, value, low, high):
    found = getattr(icc_of_raters(SHROUT_FLEISS), form)
    assert found.value == pytest.approx(value, abs=5e-7)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=6e-4))


def test_alpha_and_feldt_s_interval_are_the_third_form_of_the_mean_of_raters():
    """Hoyt (1941): alpha is ICC(3,k), and the F interval is the same; here the published one of Shrout and Fleiss."""
    ours, theirs = cronbach(SHROUT_FLEISS), icc_of_raters(SHROUT_FLEISS).mean_these_raters
    assert (ours.value, ours.low, ours.high) == (
        pytest.approx(theirs.value),
        pytest.approx(theirs.low),
        pytest.approx(theirs.high),
    )


def bfi(*names: str) -> np.ndarray:
    found = rows(folder("reliability-psych") / "bfi.csv")
    return np.array([[float(row[name]) if row[name] != "NA" else np.nan for name in names] for row in found])


def keyed(key: str) -> np.ndarray:
    items = key.split()
    reverse = tuple(at for at, item in enumerate(items) if item.startswith("-"))
    return score(bfi(*(item.lstrip("-") for item in items)), Key(1, 6, reverse)).answers


AGREE = "-A1 A2 A3 A4 A5"


def psych() -> dict:
    return json.loads((folder("reliability-psych") / "EXPECTED.json").read_text())["bfi"]


@pytest.mark.real_data
def test_agreeableness_has_the_reliability_that_psych_finds():
    reference, found = psych(), cronbach(keyed(AGREE))
    assert found.n == reference["n"]
    assert found.value == pytest.approx(reference["alpha_agree_raw"], abs=1e-8)
    assert found.detail["standardised"] == pytest.approx(reference["alpha_agree_std"], abs=1e-8)
    assert found.detail["mean_correlation"] == pytest.approx(reference["avg_r"], abs=1e-8)
    drop = [one.value for one in item_rest(keyed(AGREE))]
    assert drop == pytest.approx(list(reference["item_total_r_drop"].values()), abs=1e-6)
    one_factor = omega(keyed(AGREE), OmegaOptions(factors=1, resamples=20)).total
    assert one_factor.value == pytest.approx(reference["omega_total_1factor_agree"], abs=1e-6)
    assert one_factor.low < one_factor.value < one_factor.high
    complete = cronbach(keyed(AGREE), missing="complete")
    assert (complete.n, complete.value) == (2709, pytest.approx(0.7038, abs=5e-5))  # pingouin and psych alike


KEYS = {
    "agree": AGREE,
    "conscientious": "C1 C2 C3 -C4 -C5",
    "extraversion": "-E1 -E2 E3 E4 E5",
    "neuroticism": "N1 N2 N3 N4 N5",
    "openness": "O1 -O2 O3 O4 -O5",
}


@pytest.mark.real_data
@pytest.mark.parametrize("scale", KEYS)
def test_five_scales_have_the_alphas_of_psych_with_medians_for_what_is_missing(scale):
    answers = keyed(KEYS[scale])
    filled = np.where(np.isnan(answers), np.nanmedian(answers, axis=0), answers)
    assert cronbach(filled).value == pytest.approx(psych()["scoreItems_alpha"][scale], abs=1e-6)


LQ = {
    "LEAD": [f"LEAD{item:02}" for item in range(1, 12)],
    "TSIG": [f"TSIG{item:02}" for item in range(1, 4)],
    "HOSTILE": [f"HOSTIL{item:02}" for item in range(1, 6)],
}


@pytest.mark.real_data
@pytest.mark.parametrize("scale", LQ)
def test_companies_have_the_indices_of_multilevel(scale):
    found = rows(folder("climate-multilevel-bliese") / "lq2002.csv")
    expected = json.loads((folder("climate-multilevel-bliese") / "EXPECTED.json").read_text())["lq2002"]
    reference, groups = expected[scale], [row["COMPID"] for row in found]
    values = np.array([float(row[scale]) for row in found])
    one, two = icc_of_groups(values, groups)
    assert (one.n, one.detail["groups"]) == (expected["n"], expected["groups"])
    assert (one.value, two.value) == (
        pytest.approx(reference["ICC1"], abs=1e-8),
        pytest.approx(reference["ICC2"], abs=1e-8),
    )
    items = np.array([[float(row[name]) for name in LQ[scale]] for row in found])
    assert cronbach(items).value == pytest.approx(reference["alpha"], abs=1e-8)
    within = r_wg_j(items, groups, 5, resamples=200)
    if "rwgj_mean" in reference:
        assert within.mean.value == pytest.approx(reference["rwgj_mean"], abs=1e-8)
        assert within.mean.low < within.mean.value < within.mean.high
    if "rwgj_first5" in reference:
        by_label = {label: value for label, _n, value in within.groups}
        first = [by_label[label] for label in list(dict.fromkeys(groups))[:5]]
        assert first == pytest.approx(reference["rwgj_first5"], abs=1e-6)
        single = r_wg(values, groups, 5, resamples=0).mean.value
        assert single == pytest.approx(reference["rwg_single_mean"], abs=1e-7)


def test_a_reversed_item_is_turned_and_half_the_answers_make_a_score():
    scores = score(
        np.array([[5, 1, 5, 5], [5, 1, _, _], [5, _, _, _], [_, _, _, _]]), Key(1, 5, reverse=(1,))
    )
    assert scores.values.tolist()[:2] == [5.0, 5.0]
    assert np.isnan(scores.values[2:]).all()
    assert (scores.complete, scores.prorated, scores.without) == (1, 1, 2)
    strict = score(np.array([[5, 1, _]]), Key(1, 5, least=1.0))
    assert np.isnan(strict.values).all()


def test_feldt_s_interval_covers_the_truth_in_nineteen_samples_of_twenty():
    """Parallel items with an alpha of exactly .75: k = 4, error variance 4/3 of the true score's."""
    draw = np.random.default_rng(2)
    found = []
    for _study in range(400):
        truth = draw.normal(size=(40, 1))
        found.append(cronbach(truth + draw.normal(scale=(4 / 3) ** 0.5, size=(40, 4))))
    assert 0.925 <= np.mean([one.low <= 0.75 <= one.high for one in found]) <= 0.975


def test_one_factor_is_found_where_one_factor_is():
    weights = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    r = np.outer(weights, weights)
    np.fill_diagonal(r, 1)
    found = schmid_leiman(r, 1)
    assert found.general == pytest.approx(weights, abs=1e-6)
    total, hierarchical, _solution = omega_of(r, 1)
    assert total == pytest.approx(weights.sum() ** 2 / r.sum(), abs=1e-7) == hierarchical


ANSWERS = arrays(np.float64, st.tuples(st.integers(6, 12), st.integers(2, 5)), elements=st.integers(1, 5))


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_alpha_is_what_the_variances_say_and_the_order_does_not_matter(answers):
    total = answers.sum(axis=1).var(ddof=1)
    assume(total > 0.01)
    k = answers.shape[1]
    expected = k / (k - 1) * (1 - answers.var(axis=0, ddof=1).sum() / total)
    assert cronbach(answers).value == pytest.approx(expected, abs=1e-9)
    assert cronbach(answers[::-1, ::-1]).value == pytest.approx(expected, abs=1e-9)
    assert cronbach(3 * answers - 4).value == pytest.approx(expected, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_item_rest_is_the_correlation_with_the_sum_of_the_others(answers):
    for item, found in enumerate(item_rest(answers)):
        rest = np.delete(answers, item, axis=1).sum(axis=1)
        if answers[:, item].std() < 1e-9 or rest.std() < 1e-9:
            assert found.because == reasons.NO_SPREAD
        else:
            assert found.value == pytest.approx(np.corrcoef(answers[:, item], rest)[0, 1], abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(arrays(np.float64, (10, 3), elements=st.sampled_from([1.0, 2.0, 4.0, 5.0, np.nan])))
def test_covariances_with_gaps_come_from_the_people_who_answered_both(answers):
    assume((~np.isnan(answers)).any(axis=0).all())
    found, r = covariances(answers), correlations(answers)
    for i in range(3):
        for j in range(3):
            both = answers[~np.isnan(answers[:, [i, j]]).any(axis=1)]
            if len(both) < 2:
                assert np.isnan(found[i, j])
                continue
            assert found[i, j] == pytest.approx(np.cov(both[:, i], both[:, j])[0, 1], abs=1e-9)
            if min(both[:, i].std(), both[:, j].std()) > 1e-9:
                assert r[i, j] == pytest.approx(np.corrcoef(both[:, i], both[:, j])[0, 1], abs=1e-9)


def test_groups_of_one_mind_and_groups_of_every_mind():
    rng = np.random.default_rng(4)
    groups = [f"g{at // 10:02}" for at in range(300)]
    alone = icc_of_groups(rng.normal(size=300), groups)[0]
    assert alone.low < 0 < alone.high
    together = icc_of_groups(np.repeat(rng.normal(size=30), 10) + 0.1 * rng.normal(size=300), groups)
    assert together[0].low > 0.95
    assert together[1].value > together[0].value
    missing = icc_of_groups(np.array([1, 2, 5, 6, _, 9]), ["a", "a", "b", "b", "a", ""])
    assert missing[0].value == pytest.approx(icc_of_groups(np.array([1, 2, 5, 6.0]), list("aabb"))[0].value)


def test_where_nothing_can_be_said_the_reason_is():
    one = np.array([[1.0], [2], [3]])
    same = np.full((9, 3), 4.0)
    assert cronbach(one).because == reasons.FEWER_THAN_TWO_ITEMS
    assert item_rest(one)[0].because == reasons.FEWER_THAN_TWO_ITEMS
    assert cronbach(same).because == reasons.NO_SPREAD
    assert cronbach(same[:2]).because == reasons.TOO_FEW_TO_SAY
    assert item_rest(same[:2])[0].because == reasons.TOO_FEW_TO_SAY
    assert omega(same[:, :2]).total.because == reasons.FEWER_THAN_THREE_ITEMS
    assert omega(same).total.because == reasons.TOO_FEW_TO_SAY
    assert omega(np.full((90, 3), 4.0)).total.because == reasons.NO_SOLUTION
    assert icc_of_groups(np.array([1.0, 2]), ["a", "a"])[0].because == reasons.FEWER_THAN_TWO_GROUPS
    assert icc_of_groups(np.array([1.0, 2]), ["a", "b"])[1].because == reasons.NO_GROUP_OF_TWO
    assert icc_of_groups(np.ones(4), list("aabb"))[0].because == reasons.NO_SPREAD
    assert icc_of_raters(np.array([[1.0, 2]])).any_raters.because == reasons.TOO_FEW_TO_SAY
    assert icc_of_raters(np.ones((3, 3))).random_raters.because == reasons.NO_SPREAD
    assert r_wg(np.array([1.0, 2]), ["a", "b"], 5).mean.because == reasons.NO_GROUP_OF_TWO


def test_the_general_factor_of_nine_items_has_an_interval_and_the_same_seed_the_same_one():
    draw = np.random.default_rng(8)
    groups = np.repeat(draw.normal(size=(3000, 3)), 3, axis=1)
    answers = draw.normal(size=(3000, 1)) + groups + draw.normal(size=(3000, 9))
    found = omega(answers, OmegaOptions(resamples=60))
    assert found.factors == 3
    assert found.hierarchical.low < found.hierarchical.value < found.hierarchical.high < found.total.value
    # Of a variance of 9·9·1 + 3·9·1 + 9·1 the sum owes 81 to the general factor and 9 to chance.
    assert found.hierarchical.value == pytest.approx(81 / 117, abs=0.03)
    assert found.total.value == pytest.approx(108 / 117, abs=0.01)
    assert omega(answers, OmegaOptions(resamples=60)).total == found.total


def test_mistakes_of_the_caller_are_named():
    for call in (
        lambda: score(np.array([1.0, 2]), Key(1, 5)),
        lambda: score(np.array([[1.0, 9]]), Key(1, 5)),
        lambda: score(np.array([[1.0, 2]]), Key(5, 1)),
        lambda: score(np.array([[1.0, 2]]), Key(1, 5, reverse=(2,))),
        lambda: score(np.array([[1.0, np.inf]]), Key(1, 5)),
        lambda: cronbach(np.ones((3, 3)), missing="median"),
        lambda: omega_of(THURSTONE, 2),
        lambda: icc_of_groups(np.ones(3), ["a"]),
        lambda: icc_of_raters(np.ones(3)),
        lambda: r_wg(np.ones(3), ["a"], 5),
        lambda: r_wg(np.ones(1), ["a"], 1),
    ):
        with pytest.raises(ValueError, match=r"\w+ \w+"):
            call()
