"""Charts: the limits and signals that published software and books find, and what must hold for any readings."""

from __future__ import annotations

import dataclasses
import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido_analytics.charts import Options, control_chart, run_chart, runs
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
def test_the_means_of_lots_have_the_centre_and_the_runs_of_qicharts2():
    phase = control_chart("xmr", column("lots", "value")).phases[0]
    assert phase.centre == pytest.approx(939.92516001, rel=1e-12)
    assert dataclasses.astuple(phase.runs)[1:] == (20, 3, 7, 10, 6, False)


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
