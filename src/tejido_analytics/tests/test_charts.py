"""Charts: the limits and signals that published software and books find, and what must hold for any readings."""

from __future__ import annotations

import dataclasses
import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido_analytics.charts import Options, XbarS, control_chart, run_chart, runs, xbar_s
from tejido_analytics.charts.rules import two_of_three
from tejido_analytics.tests.real import folder, rows

# Montgomery, Introduction to Statistical Quality Control, 6th ed., table 6.6: viscosity of 15 batches of paint primer.
VISCOSITY = [33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27]
VISCOSITY += [33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84]


def column(name: str, heading: str) -> np.ndarray:
    found = rows(folder("spc-qicharts2") / f"{name}.csv")
    return np.array([float(row[heading]) for row in found])


def test_montgomery_s_viscosity_has_its_published_centre_and_limits():
    chart = control_chart("xmr", np.array(VISCOSITY))
    assert chart.phases[0].centre == pytest.approx(33.52, abs=5e-3)
    assert (chart.lower[0], chart.upper[0]) == (
        pytest.approx(32.24, abs=6e-3),
        pytest.approx(34.80, abs=6e-3),
    )
    assert chart.signals == ()
    assert chart.sentence.code == "no_signal"


EXPECTED = {
    "cdi: n by month, chart=run": lambda: run_chart(column("cdi", "n")),
    "cdi: n by month, chart=i": lambda: control_chart("xmr", column("cdi", "n")),
    "cdi: n by month, chart=c": lambda: control_chart("c", column("cdi", "n")),
    "cdi: n by month, chart=c, part=24": lambda: control_chart(
        "c", column("cdi", "n"), options=Options(phases=(24,))
    ),
    "cdi: n by month, chart=c, freeze=24": lambda: control_chart(
        "c", column("cdi", "n"), options=Options(baseline=24)
    ),
    "nhs_accidents: r/n by i, chart=p": lambda: control_chart(
        "p", column("nhs_accidents", "r"), column("nhs_accidents", "n")
    ),
    "nhs_accidents: r/n by i, chart=pp": lambda: control_chart(
        "p", column("nhs_accidents", "r"), column("nhs_accidents", "n"), Options(prime=True)
    ),
    "complaints: chart=u": lambda: control_chart(
        "u", column("complaints", "complaints"), column("complaints", "sales")
    ),
}


def number(text: str) -> float | None:
    return None if text == "NA" else float(text)


@pytest.mark.real_data
@pytest.mark.parametrize("case", EXPECTED)
def test_centre_limits_and_runs_are_those_of_qicharts2(case):
    expected = [row for row in rows(folder("spc-qicharts2") / "EXPECTED_summary.csv") if row["case"] == case]
    chart = EXPECTED[case]()
    assert len(expected) == len(chart.phases)
    for row, phase in zip(expected, chart.phases, strict=True):
        seen, here = phase.runs, slice(phase.start, phase.end)
        assert (phase.end - phase.start, seen.n_useful) == (int(row["n.obs"]), int(row["n.useful"]))
        assert (seen.longest_run, seen.longest_run_max) == (
            int(row["longest.run"]),
            int(row["longest.run.max"]),
        )
        assert (seen.crossings, seen.crossings_min) == (int(row["n.crossings"]), int(row["n.crossings.min"]))
        assert seen.signal == bool(int(row["runs.signal"]))
        assert phase.centre == pytest.approx(float(row["CL"]), rel=1e-12)
        low, high = number(row["aLCL"]), number(row["aUCL"])
        if low is None:
            assert np.isnan(chart.lower).all()
        else:  # of limits that move from point to point, the file has their mean
            assert (chart.lower[here].mean(), chart.upper[here].mean()) == (
                pytest.approx(low, rel=1e-12),
                pytest.approx(high, rel=1e-12),
            )
        outside = {p for s in chart.signals if s.rule == "outside_limits" for p in s.points}
        assert len(outside & set(range(phase.start, phase.end))) == int(row["sigma.signal"])


@pytest.mark.real_data
def test_the_means_and_spreads_of_lots_have_the_centre_and_the_runs_of_qicharts2():
    """Each lot is one line there, so it has a mean, no spread, and no limits: all of it NA in the file."""
    expected = {row["case"]: row for row in rows(folder("spc-qicharts2") / "EXPECTED_summary.csv")}
    means, spreads = expected["lots: value by lot, xbar"], expected["lots: value by lot, s"]
    both = xbar_s(column("lots", "value"), list(range(20)))
    phase = both.means.phases[0]
    assert phase.centre == pytest.approx(float(means["CL"]), rel=1e-12) == pytest.approx(939.92516001)
    assert dataclasses.astuple(phase.runs)[1:] == tuple(
        int(means[name])
        for name in ("n.useful", "longest.run", "longest.run.max", "n.crossings", "n.crossings.min")
    ) + (bool(int(means["runs.signal"])),)
    assert (means["aLCL"], means["aUCL"]) == ("NA", "NA")
    assert np.isnan(both.means.lower).all() and np.isnan(both.means.upper).all()
    assert (len(both.spreads.values), spreads["n.obs"]) == (20, "20")
    assert (both.spreads.phases[0].runs.n_useful, spreads["n.useful"]) == (0, "0")
    assert spreads["CL"] == "NA" and np.isnan(both.spreads.phases[0].centre)
    assert both.spreads.sentence.code == "too_few_readings"


# Montgomery (2009), table 6.3: inside diameter (mm) of 25 samples of five piston rings, in thousandths above 74.
RINGS = """
30 2 19 -8 8 / -5 -8 1 11 4 / -12 24 21 5 2 / 2 -4 -7 15 9 / -8 7 15 -11 14 / 9 -6 -3 -15 -7 / -5 6 -6 0 5
-15 3 -7 15 -12 / 8 -5 9 5 4 / -2 0 -10 7 -5 / -6 -2 -6 -5 -10 / 4 0 7 0 -4 / -17 2 -2 -3 12 / 6 -33 -6 0 -16
12 14 -2 -1 7 / 0 -16 5 -2 -4 / -6 12 -14 5 7 / 6 10 18 3 0 / -16 2 3 5 -3 / 0 10 13 20 3 / -18 1 15 5 -4
4 -1 -10 6 9 / 10 -11 -10 9 14 / 15 8 -7 0 10 / -18 -16 -5 17 13
"""
SAMPLES = [
    [74 + int(one) / 1000 for one in sample.split()]
    for line in RINGS.strip().splitlines()
    for sample in line.split(" / ")
]
# Table 6.4: the same with one or two rings fewer in eight samples and more.
SIZES = [5, 3, 5, 5, 5, 4, 4, 5, 4, 5, 5, 5, 3, 5, 3, 5, 4, 5, 5, 3, 5, 5, 5, 5, 5]


def rings(samples: list[list[float]]) -> XbarS:
    names = [number for number, sample in enumerate(samples, start=1) for _one in sample]
    return xbar_s(np.array([one for sample in samples for one in sample]), names)


def test_montgomery_s_piston_rings_have_their_published_centres_and_limits():
    both = rings(SAMPLES)
    assert both.groups == tuple(range(1, 26))
    assert both.means.phases[0].centre == pytest.approx(74.001, abs=5e-4)
    assert both.spreads.phases[0].centre == pytest.approx(0.0094, abs=5e-5)
    assert (both.means.lower[0], both.means.upper[0]) == (
        pytest.approx(73.988, abs=5e-4),
        pytest.approx(74.014, abs=6e-4),  # there from .0094 and 74.001, both rounded
    )
    assert (both.spreads.lower[0], both.spreads.upper[0]) == (0, pytest.approx(0.0196, abs=5e-5))
    assert [s for s in both.means.signals if s.rule == "outside_limits"] == []
    assert both.spreads.sentence.code == "no_signal"


def test_piston_rings_as_qcc_has_them_have_its_centre_and_limits():
    """Its table differs in sample 21; printed there: 0.009240037, 0 and 0.01930242."""
    samples = [*SAMPLES[:20], [73.988, 74.001, 74.009, 74.005, 73.996], *SAMPLES[21:]]
    both = rings(samples)
    assert both.means.phases[0].centre == pytest.approx(74.00118, abs=5e-6)
    assert both.spreads.phases[0].centre == pytest.approx(0.009240037, abs=5e-10)
    assert (both.spreads.lower[0], both.spreads.upper[0]) == (0, pytest.approx(0.01930242, abs=5e-9))
    # The mean of the standard deviations over c4 of five: printed as 0.009829977.
    assert (both.means.upper[0] - both.means.centre[0]) * math.sqrt(5) / 3 == pytest.approx(
        0.009829977, abs=5e-10
    )


def test_piston_rings_in_samples_of_many_sizes_have_limits_for_each_size():
    both = rings([sample[:size] for sample, size in zip(SAMPLES, SIZES, strict=True)])
    assert both.sizes.tolist() == SIZES
    assert both.means.phases[0].centre == pytest.approx(74.001, abs=5e-4)
    assert both.spreads.phases[0].centre == pytest.approx(0.0103, abs=5e-5)
    # Table 6.5, from 74.001 and .0103 rounded: A3, B3 and B4 of samples of 3, 4 and 5.
    for size, low, high, most in (
        (3, 73.981, 74.021, 0.026),
        (4, 73.984, 74.018, 0.023),
        (5, 73.986, 74.016, 0.022),
    ):
        at = SIZES.index(size)
        assert both.means.lower[at] == pytest.approx(low, abs=1e-3)
        assert both.means.upper[at] == pytest.approx(high, abs=1e-3)
        assert both.spreads.upper[at] == pytest.approx(most, abs=6e-4)
        assert both.spreads.lower[at] == 0
    assert len(set(both.spreads.centre.tolist())) == 1


def test_a_subgroup_far_from_the_others_and_one_that_disagrees_are_two_signals():
    usual = [[5.0, 6, 7, 6], [6.0, 5, 7, 6], [7.0, 6, 6, 5]] * 4
    far, apart = rings([*usual, [16.0, 17, 18, 17]]), rings([*usual, [0.0, 12, 1, 11]])
    assert [s.points for s in far.means.signals if s.rule == "outside_limits"] == [(12,)]
    assert [s.points for s in apart.spreads.signals if s.rule == "outside_limits"] == [(12,)]
    assert not [s for s in apart.means.signals if s.rule == "outside_limits"]


def test_subgroups_stand_in_the_order_in_which_they_first_occur_and_gaps_count_for_nothing():
    names = ["b", "a", "b", "a", "c", "b", "a"]
    both = xbar_s(np.array([2.0, 1, 4, 3, np.nan, np.nan, 5]), names)
    assert both.groups == ("b", "a", "c")
    assert both.sizes.tolist() == [2, 3, 0]
    assert both.means.values[:2].tolist() == [3.0, 3.0]
    assert np.isnan(both.means.values[2]) and np.isnan(both.means.upper[2])


def test_phases_and_baselines_count_subgroups():
    low, high = [[1.0, 2, 3]] * 6, [[11.0, 12, 13]] * 6
    names = [at for at in range(12) for _one in range(3)]
    values = np.array([one for sample in [*low, *high] for one in sample])
    apart = xbar_s(values, names, Options(phases=(6,)))
    assert [phase.centre for phase in apart.means.phases] == [2.0, 12.0]
    held = xbar_s(values, names, Options(baseline=6))
    assert {p for s in held.means.signals if s.rule == "outside_limits" for p in s.points} == set(
        range(6, 12)
    )


@pytest.mark.parametrize(
    ("values", "names", "options"),
    [
        ([1.0, 2], ["a"], None),
        ([], [], None),
        ([math.nan], ["a"], None),
        ([1.0, math.inf], ["a", "a"], None),
        ([1.0, 2, math.nan], ["a", "a", "b"], Options(phases=(1,))),
        ([1.0, 2], ["a", "a"], Options(phases=(1,))),
    ],
)
def test_what_is_no_row_of_subgroups_is_a_mistake_of_the_caller(values, names, options):
    with pytest.raises(ValueError, match=r"\w+ "):
        xbar_s(np.array(values), names, options)


SIDES = {"above": "Above", "below": "Below"}


def as_plot_the_dots_says(chart) -> list[str]:
    """The one word for each point: a signal of a plainer rule hides the others."""
    said = ["Common Cause"] * len(chart.values)
    for signal in reversed(chart.signals):
        words = {
            "outside_limits": {"above": "Above UCL", "below": "Below LCL"},
            "shift": {side: f"7 Points {word} CL" for side, word in SIDES.items()},
            "two_of_three": {side: f"2 in 3 {word} CL" for side, word in SIDES.items()},
        }.get(signal.rule, {})
        for point in signal.points:
            said[point] = words.get(signal.side, said[point])
    return said


@pytest.mark.real_data
@pytest.mark.parametrize("hospital", ["RQM", "RRK"])
@pytest.mark.parametrize("direction", ["increase", "decrease"])
def test_every_point_is_judged_as_plot_the_dots_judges_it(hospital, direction):
    expected = rows(folder("spc-nhsr-plotthedots") / f"expected_xmr_{hospital}_breaches_{direction}.csv")
    chart = control_chart("xmr", np.array([float(row["y"]) for row in expected]))
    assert as_plot_the_dots_says(chart) == [row["special_cause_type"] for row in expected]
    assert chart.phases[0].centre == pytest.approx(float(expected[0]["mean_col"]))
    # It multiplies the mean moving range by 2.66, which is 3/1.128 rounded.
    for line, name in ((chart.lower, "lpl"), (chart.upper, "upl")):
        assert line[0] - chart.centre[0] == pytest.approx(
            (float(expected[0][name]) - chart.centre[0]) * 3 / 1.128 / 2.66
        )


def test_a_trend_of_seven_is_a_signal_and_one_of_six_is_not():
    rising = [5.0, 4, 6, 5, 4, 3.0, 3.2, 3.4, 3.6, 3.8, 4.0]
    assert not [s for s in control_chart("xmr", np.array(rising)).signals if s.rule == "trend"]
    found = [s for s in control_chart("xmr", np.array([*rising, 4.2])).signals if s.rule == "trend"]
    assert [(s.side, s.points) for s in found] == [("rising", (5, 6, 7, 8, 9, 10, 11))]


def test_two_of_three_count_only_where_the_third_is_on_the_same_side():
    around, sigma = np.zeros(3), np.ones(3)
    assert list(two_of_three(np.array([2.5, -0.1, 2.5]), around, sigma)) == []
    assert [s.points for s in two_of_three(np.array([2.5, 0.1, 2.5]), around, sigma)] == [(0, 2)]


def test_a_new_phase_starts_afresh_and_a_baseline_holds():
    readings = np.array([5, 6, 5, 7, 6, 5, 15, 16, 15, 17, 16, 15.0])
    both = control_chart("xmr", readings, options=Options(phases=(6,)))
    alone = control_chart("xmr", readings[6:])
    assert both.upper[6:] == pytest.approx(alone.upper)
    assert both.signals == ()
    held = control_chart("xmr", readings, options=Options(baseline=6))
    assert held.centre == pytest.approx(np.full(12, readings[:6].mean()))
    assert {p for s in held.signals if s.rule == "outside_limits" for p in s.points} == set(range(6, 12))


def test_a_missing_reading_is_passed_over_and_its_place_stays():
    chart = control_chart("xmr", np.array([*VISCOSITY[:5], np.nan, *VISCOSITY[5:], 35.4]))
    without = control_chart("xmr", np.array([*VISCOSITY, 35.4]))
    assert chart.upper[0] == pytest.approx(without.upper[0])
    assert [s.points for s in chart.signals if s.rule == "outside_limits"] == [(16,)]


def test_nothing_is_said_about_the_order_of_nine_readings():
    few = run_chart(np.array([1, 1, 1, 1, 5, 9, 9, 9, 9.0]))
    assert few.phases[0].runs.signal is None
    assert few.sentence.code == "too_few_readings"
    assert run_chart(np.full(30, 7.0)).phases[0].runs.longest_run_max is None


@pytest.mark.parametrize(
    ("kind", "values", "sizes", "options"),
    [
        ("g", [1.0, 2], None, None),
        ("run", [1.0, 2], None, None),
        ("xbar-s", [1.0, 2], None, None),
        ("xmr", [], None, None),
        ("xmr", [math.nan], None, None),
        ("xmr", [math.inf, 1], None, None),
        ("xmr", [1.0, 2], [1, 1], None),
        ("c", [-1.0, 2], None, None),
        ("p", [1.0, 2], None, None),
        ("p", [3.0, 2], [2, 2], None),
        ("u", [3.0, 2], [0, 2], None),
        ("xmr", [1.0, 2], None, Options(phases=(2,))),
        ("xmr", [1.0, 2, 3], None, Options(phases=(2, 1))),
        ("xmr", [1.0, 2, 3], None, Options(phases=(2,), baseline=1)),
        ("xmr", [1.0, 2, 3], None, Options(baseline=4)),
        ("xmr", [math.nan, 2, 3], None, Options(baseline=1)),
    ],
)
def test_what_cannot_be_charted_is_a_mistake_of_the_caller(kind, values, sizes, options):
    with pytest.raises(ValueError, match=r"\w+ "):
        control_chart(kind, np.array(values), None if sizes is None else np.array(sizes), options)


READINGS = st.lists(st.integers(-50, 50), min_size=3, max_size=60).map(lambda x: np.array(x, dtype=float))


@settings(max_examples=60, deadline=None)
@given(READINGS, st.integers(1, 9), st.integers(-40, 40))
def test_other_units_change_no_signal(readings, scale, shift):
    here, there = control_chart("xmr", readings), control_chart("xmr", readings * 2.0**scale + shift)
    assert [(s.rule, s.points) for s in here.signals if s.rule == "trend"] == [
        (s.rule, s.points) for s in there.signals if s.rule == "trend"
    ]
    assert there.upper == pytest.approx(here.upper * 2.0**scale + shift, rel=1e-9, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(READINGS)
def test_upside_down_the_same_runs_are_found(readings):
    here, there = run_chart(readings), run_chart(-readings)
    assert dataclasses.astuple(here.phases[0].runs)[1:] == dataclasses.astuple(there.phases[0].runs)[1:]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=80))
def test_runs_and_crossings_are_those_that_one_counts_by_hand(sides):
    seen = runs(np.where(sides, 1.0, -1.0), 0.0)
    longest, here, crossings = 1, 1, 0
    for before, after in itertools.pairwise(sides):
        crossings += before != after
        here = here + 1 if before == after else 1
        longest = max(longest, here)
    assert (seen.n_useful, seen.longest_run, seen.crossings) == (len(sides), longest, crossings)
    assert seen.longest_run_max == round(math.log2(len(sides)) + 3)
