"""A chart as an object for other programs. Readings are counted from 1; numbers are not rounded."""

from __future__ import annotations

from typing import Any

import numpy as np

from tejido.workbench.charts.reading import Readings
from tejido_analytics.charts import Chart, Phase, Runs


def as_object(chart: Chart, readings: Readings) -> dict[str, Any]:
    """For run: median, n_useful, longest_run, longest_run_max, crossings, crossings_min, signal. For the others: centre,
    lower, upper (lists where they move from reading to reading) and signals. For both: kind, phases, readings.

    Where there are phases, the first level tells of the last one.
    """
    last = chart.phases[-1]
    if chart.kind == "run":
        head: dict[str, Any] = {"median": last.centre, **_runs(last.runs)}
    else:
        head = {
            "centre": last.centre,
            "lower": _line(chart.lower, last),
            "upper": _line(chart.upper, last),
        }
    signals = [
        {"rule": one.rule, "side": one.side, "points": [point + 1 for point in one.points]}
        for one in chart.signals
    ]
    return {
        "kind": chart.kind,
        **head,
        "signals": signals,
        "phases": [
            {"first": one.start + 1, "last": one.end, "centre": one.centre, **_runs(one.runs)}
            for one in chart.phases
        ],
        "columns": dict(zip(("value", "of", "label"), readings.names, strict=True)),
        "readings": [
            {
                "label": label,
                "value": _number(chart.values[at]),
                "centre": _number(chart.centre[at]),
                "lower": _number(chart.lower[at]),
                "upper": _number(chart.upper[at]),
            }
            for at, label in enumerate(readings.labels)
        ],
    }


def _runs(runs: Runs) -> dict[str, Any]:
    return {
        "n_useful": runs.n_useful,
        "longest_run": runs.longest_run,
        "longest_run_max": runs.longest_run_max,
        "crossings": runs.crossings,
        "crossings_min": runs.crossings_min,
        "signal": runs.signal,
    }


def _line(line: np.ndarray, phase: Phase) -> float | list[float | None] | None:
    part = line[phase.start : phase.end]
    if np.isnan(part).all():
        return None
    return _number(part[0]) if np.ptp(part[~np.isnan(part)]) < 1e-12 else [_number(one) for one in part]


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
