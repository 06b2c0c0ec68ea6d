"""The rules by which points of a control chart are signals."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tejido_analytics.charts.model import (
    ABOVE,
    BELOW,
    FALLING,
    FEW_CROSSINGS,
    LONG_RUN,
    OUTSIDE,
    RISING,
    RULES,
    SHIFT,
    TREND,
    TWO_OF_THREE,
    Options,
    Phase,
    Signal,
)


def outside(values: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> Iterator[Signal]:
    """Points beyond a limit, all those of one side together. values, lower, upper: float[n], nan where there is none.

    Shewhart (1931): a single point beyond three standard deviations.

    >>> far = outside(np.array([1.0, 9.0]), np.array([0.0, 0.0]), np.array([5.0, 5.0]))
    >>> list(far)
    [Signal(rule='outside_limits', points=(1,), side='above')]
    """
    for side, found in ((ABOVE, values > upper), (BELOW, values < lower)):
        if found.any():
            yield Signal(OUTSIDE, _positions(found), side)


def shifts(values: np.ndarray, centre: np.ndarray, length: int) -> Iterator[Signal]:
    """Stretches of at least `length` points on one side of the centre; a point on the line ends a stretch.

    values, centre: float[n] of one phase. NHS England, Making Data Count (2019): seven points.

    >>> [found.points for found in shifts(np.array([2, 2, 2, 0, 2.0]), np.ones(5), 3)]
    [(0, 1, 2)]
    """
    for side, found in ((ABOVE, values > centre), (BELOW, values < centre)):
        for start, end in _stretches(found):
            if end - start >= length:
                yield Signal(SHIFT, tuple(range(start, end)), side)


def trends(values: np.ndarray, length: int) -> Iterator[Signal]:
    """Stretches of at least `length` points each above (or each below) the one before it.

    >>> [(found.side, found.points) for found in trends(np.array([3, 1, 2, 3, 3.0]), 3)]
    [('rising', (1, 2, 3))]
    """
    step = np.diff(values)
    for side, found in ((RISING, step > 0), (FALLING, step < 0)):
        for start, end in _stretches(found):
            if end - start + 1 >= length:
                yield Signal(TREND, tuple(range(start, end + 1)), side)


def two_of_three(values: np.ndarray, centre: np.ndarray, sigma: np.ndarray) -> Iterator[Signal]:
    """Of three points in a row on the same side of the centre, two beyond two standard deviations; those two.

    values, centre, sigma: float[n] of one phase. Western Electric Handbook (1956), rule 2, in the reading of NHS
    England, Making Data Count (2019): the third point is on the same side too.

    >>> two = two_of_three(np.array([0.0, 2.5, 0.1, 2.6, 0.0]), np.zeros(5), np.ones(5))
    >>> list(two)
    [Signal(rule='two_of_three', points=(1, 3), side='above')]
    """
    for side, sign in ((ABOVE, 1), (BELOW, -1)):
        away = sign * (values - centre)
        far, found = away > 2 * sigma, np.zeros(len(values), dtype=bool)
        for start in range(len(values) - 2):
            window = slice(start, start + 3)
            if (away[window] > 0).all() and far[window].sum() >= 2:
                found[window] |= far[window]
        if found.any():
            yield Signal(TWO_OF_THREE, _positions(found), side)


def of_runs(phase: Phase, values: np.ndarray) -> Iterator[Signal]:
    """The signals of the order of the points in a phase; values: float[n] of the whole chart.

    >>> from tejido_analytics.charts.runs import runs
    >>> values = np.array([1, 2, 1, 2, 9, 8, 9, 8, 9, 8, 9, 8.0])
    >>> [found.rule for found in of_runs(Phase(0, 12, 5.0, runs(values, 5.0)), values)]
    ['long_run', 'few_crossings']
    """
    seen = phase.runs
    if not seen.signal or seen.longest_run_max is None or seen.crossings_min is None:
        return
    positions = np.arange(phase.start, phase.end)
    part = values[phase.start : phase.end]
    useful = ~np.isnan(part) & (part != phase.centre)
    if seen.longest_run > seen.longest_run_max:
        places, above = positions[useful], part[useful] > phase.centre
        for side, found in ((ABOVE, above), (BELOW, ~above)):
            for start, end in _stretches(found):
                if end - start > seen.longest_run_max:
                    yield Signal(LONG_RUN, tuple(places[start:end].tolist()), side)
    if seen.crossings < seen.crossings_min:
        yield Signal(FEW_CROSSINGS, tuple(positions[useful].tolist()))


def found_in(
    phase: Phase, values: np.ndarray, centre: np.ndarray, sigma: np.ndarray, options: Options
) -> list[Signal]:
    """Every signal of one phase of a control chart, in the order of `RULES`, positions counted in the whole chart.

    values, centre, sigma: float[n] of the whole chart. Missing points are passed over, not taken as a break.

    >>> from tejido_analytics.charts.runs import runs
    >>> values = np.array([5, 5, 5, 5, 9.0])
    >>> flat = Phase(0, 5, 5.0, runs(values, 5.0))
    >>> [found.points for found in found_in(flat, values, np.full(5, 5.0), np.ones(5), Options())]
    [(4,)]
    """
    places = np.arange(phase.start, phase.end)[~np.isnan(values[phase.start : phase.end])]
    y, c, s = values[places], centre[places], sigma[places]
    found = [
        *outside(y, c - 3 * s, c + 3 * s),
        *shifts(y, c, options.shift),
        *trends(y, options.trend),
        *two_of_three(y, c, s),
    ]
    moved = [Signal(one.rule, tuple(places[list(one.points)].tolist()), one.side) for one in found]
    return sorted(moved, key=lambda one: (RULES.index(one.rule), one.points))


def _positions(found: np.ndarray) -> tuple[int, ...]:
    return tuple(np.flatnonzero(found).tolist())


def _stretches(found: np.ndarray) -> Iterator[tuple[int, int]]:
    """(start, end) of every unbroken stretch of True; end is not included."""
    edge = np.flatnonzero(np.diff(np.concatenate(([False], found, [False])).astype(np.int8)))
    yield from zip(edge[::2].tolist(), edge[1::2].tolist(), strict=True)
