"""Loops over ties that would be too slow in Python, compiled. Imported only where a network is large."""

from __future__ import annotations

import numpy as np

from tejido_analytics.compiled import compiled
from tejido_analytics.network.ties import Floats, Integers


@compiled
def constraint_of_all(starts: Integers, others: Integers, weights: Floats, strength: Floats) -> Floats:
    """Burt's constraint of everybody on compressed rows, float64[n]; NaN without ties. Time Σ degree², memory 2·n.

    starts: int[n + 1], where each person's ties begin in `others` (int[2m], the other end) and `weights` (float64[2m]);
    strength: float64[n], sums of the rows.

    >>> network = (np.array([0, 1, 3, 4]), np.array([1, 0, 2, 1]), np.ones(4), np.array([1.0, 2.0, 1.0]))
    >>> constraint_of_all(*network).tolist()
    [1.0, 0.5, 1.0]
    """
    n = len(strength)
    mine = np.zeros(n)
    through = np.zeros(n)
    found = np.full(n, np.nan)
    for person in range(n):
        begin, end = starts[person], starts[person + 1]
        if begin == end:
            continue
        for at in range(begin, end):
            mine[others[at]] = weights[at] / strength[person]
        for at in range(begin, end):
            between = others[at]
            share = mine[between] / strength[between]
            for further in range(starts[between], starts[between + 1]):
                through[others[further]] += share * weights[further]
        total = 0.0
        for at in range(begin, end):
            both = mine[others[at]] + through[others[at]]
            total += both * both
        found[person] = total
        for at in range(begin, end):
            between = others[at]
            mine[between] = 0.0
            for further in range(starts[between], starts[between + 1]):
                through[others[further]] = 0.0
    return found
