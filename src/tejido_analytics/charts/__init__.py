"""Readings over time: run charts and control charts, with what is and what is not a signal."""

from tejido_analytics.charts.limits import KINDS, control_chart, run_chart
from tejido_analytics.charts.model import Chart, Options, Phase, Runs, Sentence, Signal
from tejido_analytics.charts.runs import runs
from tejido_analytics.charts.subgroups import XbarS, xbar_s

__all__ = [
    "KINDS",
    "Chart",
    "Options",
    "Phase",
    "Runs",
    "Sentence",
    "Signal",
    "XbarS",
    "control_chart",
    "run_chart",
    "runs",
    "xbar_s",
]
