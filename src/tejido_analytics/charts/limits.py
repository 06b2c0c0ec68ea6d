"""Centre lines and limits: the run chart, and xmr, p, c and u charts (those of subgroups: `subgroups`)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.charts.model import (
    NO_SIGNAL,
    SIGNAL,
    TOO_FEW,
    Chart,
    Options,
    Phase,
    Sentence,
    Signal,
)
from tejido_analytics.charts.rules import found_in, of_runs
from tejido_analytics.charts.runs import runs

KINDS: Final = ("run", "xmr", "xbar-s", "p", "c", "u")
Floats = NDArray[np.float64]
_D2 = 1.128  # mean range of two normal values, in standard deviations
_FAR = 3.267  # a moving range above so many times the mean one is itself a signal
_LEAST_FOR_LIMITS = 3


def run_chart(values: np.ndarray, options: Options | None = None) -> Chart:
    """Readings around their median, without limits: for few readings, and where nothing is known of their kind.

    values: float[n] in the order of time, nan where one is missing. Signals: a run too long, crossings too few.
    Raises ValueError where there is no reading, or the phases are not inside the chart.
    Perla, Provost & Murray (2011); limits of Anhøj & Olesen (2014).

    >>> chart = run_chart(np.array([3, 4, 3, 5, 4, 3, 9, 8, 9, 8, 9, 8, 9, 8, 9, 9.0]))
    >>> chart.phases[0].centre, chart.phases[0].runs.longest_run, chart.sentence.code
    (8.0, 6, 'signal')
    """
    options = options or Options()
    y = _readings(values)
    none = np.full(len(y), np.nan)
    centre = none.copy()
    phases = []
    for start, end, base in parts(len(y), options):
        median = float(np.nanmedian(y[base]))
        centre[start:end] = median
        phases.append(Phase(start, end, median, runs(y[start:end], median, least=options.least)))
    signals = [signal for phase in phases for signal in of_runs(phase, y)]
    return _chart("run", y, (centre, none, none), (phases, signals))


def control_chart(
    kind: str, values: np.ndarray, sizes: np.ndarray | None = None, options: Options | None = None
) -> Chart:
    """Readings between limits of three standard deviations.

    kind: "xmr" (any single reading), "p" (`values` of `sizes`, as a share), "c" (counts over equal stretches) or "u"
    (counts over `sizes`, as a rate). values, sizes: float[n]; sizes > 0, for p and u only.
    xmr: mean ± 3 · mean moving range / 1.128. p: c = Σr/Σn, ± 3·√(c(1-c)/n). c: ± 3·√c. u: c = Σr/Σn, ± 3·√(c/n).
    Limits are cut at 0, those of p also at 1. Laney's p' and u' (`Options.prime`): the width times the mean moving
    range of the standardised readings / 1.128.
    Raises ValueError for other kinds, sizes that do not fit, negative counts, r > n in p, and no reading at all.
    Wheeler (1993); Montgomery, Introduction to Statistical Quality Control (2009), ch. 6-7; Laney (2002).

    >>> chart = control_chart("c", np.array([4, 6, 5, 3, 7, 20.0]))
    >>> chart.phases[0].centre, chart.signals[0].points
    (7.5, (5,))
    """
    options = options or Options()
    if kind not in {"xmr", "p", "c", "u"}:
        raise ValueError(f"{kind} is none of the control charts xmr, p, c, u")
    counts = _readings(values)
    n = _sizes(kind, counts, sizes)
    y = counts / n if kind in {"p", "u"} else counts
    y = np.where(np.isnan(n), np.nan, y)
    stretches = [
        Stretch(start, end, *_of_phase(kind, (counts, n, y), base, options))
        for start, end, base in parts(len(y), options)
    ]
    bounds = (0.0 if kind != "xmr" else -np.inf, 1.0 if kind == "p" else np.inf)
    return between_limits(kind, y, stretches, bounds, options)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase as computed: points `start` up to `end`, their centre, and the standard deviation of every point, float[n]."""

    start: int
    end: int
    centre: float
    sigma: Floats


def between_limits(
    kind: str, y: Floats, stretches: Sequence[Stretch], bounds: tuple[float, float], options: Options
) -> Chart:
    """The chart of readings `y`, float[n], between three standard deviations on each side, cut at `bounds`."""
    centre, sigma = np.full(len(y), np.nan), np.full(len(y), np.nan)
    phases: list[Phase] = []
    for one in stretches:
        here = slice(one.start, one.end)
        centre[here], sigma[here] = one.centre, one.sigma[here]
        seen = runs(y[here], one.centre, least=options.least)
        phases.append(Phase(one.start, one.end, one.centre, seen))
    signals = [
        signal
        for phase in phases
        for signal in (*found_in(phase, y, centre, sigma, options), *of_runs(phase, y))
    ]
    lower, upper = np.maximum(centre - 3 * sigma, bounds[0]), np.minimum(centre + 3 * sigma, bounds[1])
    return _chart(kind, y, (centre, lower, upper), (phases, signals))


def _readings(values: np.ndarray) -> np.ndarray:
    y = np.asarray(values, dtype=np.float64)
    if y.ndim != 1 or not len(y) or np.isnan(y).all():
        raise ValueError("a chart needs a row of readings, at least one of them a number")
    if np.isinf(y).any():
        raise ValueError("readings are finite numbers, or nan where one is missing")
    return y


def _sizes(kind: str, counts: np.ndarray, sizes: np.ndarray | None) -> np.ndarray:
    if kind in {"xmr", "c"}:
        if sizes is not None:
            raise ValueError(f"a chart of kind {kind} takes no sizes")
        if kind == "c" and np.nanmin(counts) < 0:
            raise ValueError("counts are not negative")
        return np.ones(len(counts))
    n = np.asarray(sizes, dtype=np.float64) if sizes is not None else np.empty(0)
    if n.shape != counts.shape or not (n[~np.isnan(n)] > 0).all():
        raise ValueError(f"a chart of kind {kind} needs one size above 0 for each reading")
    if np.nanmin(counts) < 0 or (kind == "p" and (counts > n).any()):
        raise ValueError("counts are not negative, and in a p chart never more than their size")
    if np.isnan(counts + n).all():
        raise ValueError("no reading has both a count and a size")
    return n


def parts(n: int, options: Options) -> Iterator[tuple[int, int, slice]]:
    """(start, end, the points from which centre and limits come) of each phase of `n` points.

    >>> list(parts(5, Options(phases=(2,))))
    [(0, 2, slice(0, 2, None)), (2, 5, slice(2, 5, None))]
    """
    if options.baseline is not None:
        if options.phases:
            raise ValueError("phases and a baseline exclude each other")
        if not 1 <= options.baseline <= n:
            raise ValueError(f"a baseline has 1 to {n} points here")
        yield 0, n, slice(0, options.baseline)
        return
    edges = [0, *options.phases, n]
    if any(later <= earlier for earlier, later in itertools.pairwise(edges)):
        raise ValueError(f"phases begin at rising positions between 1 and {n - 1}")
    for start, end in itertools.pairwise(edges):
        yield start, end, slice(start, end)


def _of_phase(
    kind: str, columns: tuple[np.ndarray, np.ndarray, np.ndarray], base: slice, options: Options
) -> tuple[float, np.ndarray]:
    """(centre, standard deviation of every point of the chart) from the points in `base`."""
    counts, n, y = columns
    known = ~np.isnan(y[base])
    if not known.any():
        raise ValueError("a phase or a baseline has no reading")
    if kind == "xmr":
        readings = y[base][known]
        return float(readings.mean()), np.full(len(y), _mean_range(readings, options) / _D2)
    centre = float(counts[base][known].sum() / n[base][known].sum())
    sigma = np.sqrt(centre * (1 - centre) / n) if kind == "p" else np.sqrt(centre / n)
    if options.prime and kind in {"p", "u"}:
        with np.errstate(invalid="ignore", divide="ignore"):
            standardised = ((y - centre) / sigma)[base][known]
        sigma = sigma * _mean_range(np.nan_to_num(standardised), options) / _D2
    return centre, sigma


def _mean_range(readings: np.ndarray, options: Options) -> float:
    """Mean moving range; those that are signals themselves left out where asked for. nan below two readings."""
    ranges = np.abs(np.diff(readings))
    if not len(ranges):
        return float("nan")
    if options.screen and ranges.mean() > 0:
        ranges = ranges[ranges < _FAR * ranges.mean()]
    return float(ranges.mean())


def _chart(
    kind: str,
    y: np.ndarray,
    lines: tuple[np.ndarray, np.ndarray, np.ndarray],
    found: tuple[list[Phase], list[Signal]],
) -> Chart:
    phases, signals = found
    readings = int((~np.isnan(y)).sum())
    last = phases[-1]
    numbers = {
        "readings": readings,
        "centre": last.centre,
        "phases": len(phases),
        "signals": len(signals),
        "points": len({point for signal in signals for point in signal.points}),
    }
    few = readings < _LEAST_FOR_LIMITS or (kind == "run" and all(one.runs.signal is None for one in phases))
    code = SIGNAL if signals else TOO_FEW if few else NO_SIGNAL
    return Chart(kind, y, *lines, tuple(phases), tuple(signals), Sentence(code, numbers))
