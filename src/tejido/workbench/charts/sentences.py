"""What a chart says, in whole sentences; readings are counted from 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido_analytics.charts import Chart, Runs, Signal
from tejido_analytics.charts import model as charts

SHOWN = 12  # readings that a sentence names


def whole(chart: Chart) -> str:
    """The chart in one or two sentences. Complete over `charts.SENTENCES`."""
    code = chart.sentence.code
    if code == charts.TOO_FEW:
        return _("There are too few readings to tell a signal from chance.")
    if code == charts.NO_SIGNAL:
        return _("Nothing but ordinary variation shows.")
    n = chart.sentence.numbers["signals"]
    return ngettext(
        "One signal: something other than ordinary variation is at work.",
        "%(n)d signals: something other than ordinary variation is at work.",
        n,
    ) % {"n": n}


def each(chart: Chart) -> list[str]:
    """One sentence for every signal, in the order of the chart."""
    return [_RULES[signal.rule](signal, _runs_of(chart, signal)) for signal in chart.signals]


def _runs_of(chart: Chart, signal: Signal) -> Runs:
    for phase in chart.phases:
        if phase.start <= signal.points[0] < phase.end:
            return phase.runs
    raise ValueError("a signal lies in one of the phases")


def _outside(signal: Signal, _runs: Runs) -> str:
    words = (
        ngettext(
            "Above the upper limit: reading %(which)s.",
            "Above the upper limit: readings %(which)s.",
            len(signal.points),
        )
        if signal.side == charts.ABOVE
        else ngettext(
            "Below the lower limit: reading %(which)s.",
            "Below the lower limit: readings %(which)s.",
            len(signal.points),
        )
    )
    return words % {"which": _which(signal.points)}


def _shift(signal: Signal, _runs: Runs) -> str:
    n = len(signal.points)
    words = (
        _("%(n)d readings in a row lie above the mean: %(which)s.")
        if signal.side == charts.ABOVE
        else _("%(n)d readings in a row lie below the mean: %(which)s.")
    )
    return words % {"n": n, "which": _which(signal.points)}


def _trend(signal: Signal, _runs: Runs) -> str:
    words = (
        _("%(n)d readings in a row rise: %(which)s.")
        if signal.side == charts.RISING
        else _("%(n)d readings in a row fall: %(which)s.")
    )
    return words % {"n": len(signal.points), "which": _which(signal.points)}


def _two_of_three(signal: Signal, _runs: Runs) -> str:
    words = (
        _("Two of three in a row are close to the upper limit: readings %(which)s.")
        if signal.side == charts.ABOVE
        else _("Two of three in a row are close to the lower limit: readings %(which)s.")
    )
    return words % {"which": _which(signal.points)}


def _long_run(signal: Signal, runs: Runs) -> str:
    return _(
        "%(n)d readings in a row lie on one side of the centre (%(which)s); chance seldom makes more than %(most)d."
    ) % {"n": len(signal.points), "which": _which(signal.points), "most": runs.longest_run_max}


def _few_crossings(_signal: Signal, runs: Runs) -> str:
    return ngettext(
        "The line crosses the centre %(n)d time; chance makes at least %(least)d.",
        "The line crosses the centre %(n)d times; chance makes at least %(least)d.",
        runs.crossings,
    ) % {"n": runs.crossings, "least": runs.crossings_min}


def _which(points: Sequence[int]) -> str:
    """`3, 5–9, 12`: readings from 1, neighbours joined, the rest behind dots.

    >>> _which([2, 4, 5, 6, 11])
    '3, 5–7, 12'
    """
    parts: list[list[int]] = []
    for point in points:
        if parts and parts[-1][-1] == point - 1:
            parts[-1].append(point)
        else:
            parts.append([point])
    said = [
        f"{part[0] + 1}–{part[-1] + 1}" if len(part) > 2 else ", ".join(str(p + 1) for p in part)
        for part in parts
    ]
    return ", ".join(said[:SHOWN]) + (" …" if len(said) > SHOWN else "")


_RULES: dict[str, Callable[[Signal, Runs], str]] = {
    charts.OUTSIDE: _outside,
    charts.SHIFT: _shift,
    charts.TREND: _trend,
    charts.TWO_OF_THREE: _two_of_three,
    charts.LONG_RUN: _long_run,
    charts.FEW_CROSSINGS: _few_crossings,
}
