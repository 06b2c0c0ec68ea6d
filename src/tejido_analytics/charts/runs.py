"""Runs and crossings: whether the order of the readings is more than chance."""

from __future__ import annotations

import math

import numpy as np

from tejido_analytics.charts.model import Runs


def runs(values: np.ndarray, centre: float, *, least: int = 10) -> Runs:
    """The longest run on one side of `centre` and the crossings of it, beside what chance allows.

    values: float[n] in the order of time; nan (missing) and points on the line are not useful and interrupt nothing.
    A signal is a longest run above round(log2 n + 3), or fewer crossings than the 5 % quantile of
    binomial(n - 1, 1/2), n = useful points (Anhøj & Olesen 2014; Anhøj 2015). Below `least` useful points the signal
    is None: the limits are known, but say little. O(n).

    >>> runs(np.array([1, 2, 1, 2, 9, 8, 9, 8, 9, 8, 9, 8.0]), 5.0)
    Runs(centre=5.0, n_useful=12, longest_run=8, longest_run_max=7, crossings=1, crossings_min=3, signal=True)
    """
    from scipy.stats import binom  # slow to load, and not every process draws a chart

    above = values[~np.isnan(values) & (values != centre)] > centre
    n = len(above)
    if not n:
        return Runs(centre, 0, 0, None, 0, None, None)
    changes = np.flatnonzero(above[1:] != above[:-1]) + 1
    longest = int(np.diff(np.concatenate(([0], changes, [n]))).max())
    longest_max = round(math.log2(n) + 3)
    crossings_min = max(0, int(binom.ppf(0.05, n - 1, 0.5))) if n > 1 else 0
    signal = longest > longest_max or len(changes) < crossings_min
    return Runs(
        centre, n, longest, longest_max, len(changes), crossings_min, bool(signal) if n >= least else None
    )
