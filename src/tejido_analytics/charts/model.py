"""What a chart consists of. Positions of points count from 0; the callers count from 1 for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

OUTSIDE: Final = "outside_limits"
SHIFT: Final = "shift"
TREND: Final = "trend"
TWO_OF_THREE: Final = "two_of_three"
LONG_RUN: Final = "long_run"
FEW_CROSSINGS: Final = "few_crossings"
# Every rule by which a signal can be given, the plainest first.
RULES: Final = (OUTSIDE, SHIFT, TREND, TWO_OF_THREE, LONG_RUN, FEW_CROSSINGS)

ABOVE: Final = "above"
BELOW: Final = "below"
RISING: Final = "rising"
FALLING: Final = "falling"

TOO_FEW: Final = "too_few_readings"
NO_SIGNAL: Final = "no_signal"
SIGNAL: Final = "signal"
SENTENCES: Final = (TOO_FEW, NO_SIGNAL, SIGNAL)


@dataclass(frozen=True, slots=True)
class Options:
    """How a chart is made.

    phases: positions (> 0, rising) of the points with which a new phase begins; centre and limits start afresh.
    baseline: centre and limits come from the first so many points and hold for all; not together with phases.
    screen: moving ranges above 3.267 times their mean do not count in the limits of an xmr chart (nor of a Laney chart).
    prime: Laney's limits for p and u charts, widened or narrowed by the spread between points.
    shift, trend: how many points on one side, or rising or falling in a row, are a signal.
    least: useful points below which nothing is said about runs.
    """

    phases: tuple[int, ...] = ()
    baseline: int | None = None
    screen: bool = True
    prime: bool = False
    shift: int = 7
    trend: int = 7
    least: int = 10


@dataclass(frozen=True, slots=True)
class Runs:
    """What the order of the points says. n_useful: points not on the centre line.

    longest_run, crossings: found. longest_run_max, crossings_min: what chance allows; None without useful points.
    signal: None where there are too few useful points to say.
    """

    centre: float
    n_useful: int
    longest_run: int
    longest_run_max: int | None
    crossings: int
    crossings_min: int | None
    signal: bool | None


@dataclass(frozen=True, slots=True)
class Phase:
    """Points `start` up to, not including, `end`, with one centre line."""

    start: int
    end: int
    centre: float
    runs: Runs


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule of `RULES` that some points met. side: above, below, rising, falling, or "" where neither fits."""

    rule: str
    points: tuple[int, ...]
    side: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the chart says as a whole: a code of `SENTENCES` and its numbers, for callers to put into words."""

    code: str
    numbers: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A chart, ready to be drawn.

    values: float[n], the readings as drawn (shares for p, rates for u), nan where one is missing.
    centre, lower, upper: float[n], nan where there is none (a run chart has no limits).
    phases: at least one. signals: in the order of `RULES`. sentence: the whole in a code.
    """

    kind: str
    values: np.ndarray
    centre: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    phases: tuple[Phase, ...]
    signals: tuple[Signal, ...]
    sentence: Sentence
