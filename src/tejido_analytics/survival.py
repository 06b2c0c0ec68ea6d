"""How long something lasts when some of it has not ended yet: Kaplan and Meier's estimate, with its uncertainty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from tejido_analytics.network.ties import Floats, Integers


@dataclass(frozen=True, slots=True)
class Step:
    """A time at which something ended. time: since the beginning; at_risk: how many had neither ended nor been lost
    sight of before it; ended: how many ended then; survival: share that lasts longer, 0..1; error: its standard error
    (Greenwood); low, high: interval of the curve at this time, None where it is undefined (survival 0)."""

    time: float
    at_risk: int
    ended: int
    survival: float
    error: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """Steps in order of time. n: how many were followed; ended: how many of them ended; followed: the longest time
    anybody was followed. median: the first time at which half or fewer last, None where more than half still did at
    the end; median_low, median_high: its interval, None where it is open."""

    steps: tuple[Step, ...]
    n: int
    ended: int
    followed: float
    median: float | None
    median_low: float | None
    median_high: float | None

    def at(self, time: float) -> float | None:
        """Share that lasts longer than `time`; None beyond the time to which anybody was followed.

        Where everybody ended before, it is known to be 0.

        >>> kaplan_meier([5, 8, 10], [True, False, False]).at(6)
        0.6666666666666666
        """
        before = [step for step in self.steps if step.time <= time]
        share = before[-1].survival if before else 1.0
        return share if time <= self.followed or share == 0 else None


def kaplan_meier(times: Sequence[float], ended: Sequence[bool], *, level: float = 0.95) -> Curve:
    """The share that lasts beyond each time, from times of which some are only known to be exceeded.

    S(t) = Π_{t_i ≤ t} (1 - d_i / n_i): n_i still followed just before t_i, of whom d_i ended (Kaplan & Meier,
    J. Am. Stat. Assoc. 53, 1958). Who is lost sight of at the time at which another ends counts as followed then.
    Standard error by Greenwood, S·√Σ d_i / (n_i (n_i - d_i)); interval on the scale log(-log S), which stays in 0..1
    (Kalbfleisch & Prentice 1980); that of the median by Brookmeyer & Crowley (1982): the times at which the interval
    of the curve holds one half.

    times: ≥ 0, any unit; ended: whether it ended then (True) or was only seen to last so long. Order is all the same.
    Raises ValueError for lists of different length, a negative or undefined time, or a level outside 0..1. O(n log n).

    >>> curve = kaplan_meier([6, 6, 7, 10], [True, False, True, False])
    >>> [(step.time, step.at_risk, step.survival) for step in curve.steps], curve.median
    ([(6.0, 4, 0.75), (7.0, 2, 0.375)], 7.0)
    """
    time, end = np.asarray(times, dtype=np.float64), np.asarray(ended, dtype=bool)
    if len(time) != len(end):
        raise ValueError(f"{len(time)} times and {len(end)} ends: there is one of each")
    if len(time) and (not np.isfinite(time).all() or time.min() < 0):
        raise ValueError("a time is a number of at least 0")
    if not 0 < level < 1:
        raise ValueError("the level of an interval lies between 0 and 1")
    moments = np.unique(time[end])
    at_risk = len(time) - np.searchsorted(np.sort(time), moments, side="left")
    gone = np.array([int((time[end] == moment).sum()) for moment in moments], dtype=np.int64)
    steps = _steps(moments, at_risk.astype(np.int64), gone, NormalDist().inv_cdf(0.5 + level / 2))
    return Curve(
        steps,
        len(time),
        int(end.sum()),
        float(time.max()) if len(time) else 0.0,
        next((step.time for step in steps if step.survival <= 0.5 + 1e-12), None),
        next((step.time for step in steps if step.low is None or step.low <= 0.5), None),
        next((step.time for step in steps if step.high is not None and step.high <= 0.5), None),
    )


def _steps(moments: Floats, at_risk: Integers, gone: Integers, z: float) -> tuple[Step, ...]:
    survival, spread = 1.0, 0.0
    steps = []
    for moment, n, d in zip(moments.tolist(), at_risk.tolist(), gone.tolist(), strict=True):
        survival *= (n - d) / n
        spread += d / (n * (n - d)) if n > d else math.inf
        error = survival * math.sqrt(spread) if survival > 0 else 0.0
        low = high = None
        if 0 < survival < 1:
            reach = math.exp(z * math.sqrt(spread) / abs(math.log(survival)))
            low, high = survival**reach, survival ** (1 / reach)
        steps.append(Step(moment, n, d, survival, error, low, high))
    return tuple(steps)
