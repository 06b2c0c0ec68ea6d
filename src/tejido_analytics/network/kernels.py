"""Loops over ties that would be too slow in Python, compiled. Imported only where a network is large."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.compiled import compiled
from tejido_analytics.network.ties import Floats, Integers

Others = NDArray[np.int32]


@compiled
def constraint_of_all(starts: Integers, others: Others, weights: Floats, strength: Floats) -> Floats:
    """Burt's constraint of everybody on compressed rows, float64[n]; NaN without ties. Time Σ degree², memory 2·n.

    starts: int64[n + 1], where each person's ties begin in `others` (int32[2m], the other end) and `weights` (float64[2m]);
    strength: float64[n], sums of the rows.

    >>> network = (np.array([0, 1, 3, 4]), np.array([1, 0, 2, 1], dtype=np.int32), np.ones(4), np.array([1.0, 2.0, 1.0]))
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


@compiled
def coreness_of_all(starts: Integers, others: Others) -> Integers:
    """The largest k of the k-cores each person is in, int64[n], by peeling (Batagelj & Zaversnik 2003). O(n + m).

    starts: int64[n + 1], others: int32[2m], the neighbours of node i at starts[i]:starts[i + 1].

    >>> coreness_of_all(np.array([0, 1, 3, 4, 4]), np.array([1, 0, 2, 1], dtype=np.int32)).tolist()
    [1, 1, 1, 0]
    """
    n = len(starts) - 1
    left = np.diff(starts)
    begins = np.zeros(left.max() + 2 if n else 1, dtype=np.int64)
    for person in range(n):
        begins[left[person] + 1] += 1
    begins = np.cumsum(begins)
    place = np.empty(n, dtype=np.int64)
    queue = np.empty(n, dtype=np.int64)
    filled = begins.copy()
    for person in range(n):
        place[person] = filled[left[person]]
        queue[place[person]] = person
        filled[left[person]] += 1
    for at in range(n):
        person = queue[at]
        for tie in range(starts[person], starts[person + 1]):
            other = others[tie]
            if left[other] > left[person]:
                # The other moves to the front of those with as many ties left, and has one less.
                front = begins[left[other]]
                leader = queue[front]
                queue[place[other]], queue[front] = leader, other
                place[leader], place[other] = place[other], front
                begins[left[other]] += 1
                left[other] -= 1
    return left


@compiled
def triangles(starts: Integers, others: Others) -> int:
    """How many triples of people are all tied to one another. Time O(m^1.5), memory m.

    Every tie points from the person with fewer ties to the one with more (of equals to the later), so that nobody has
    many leading on (Chiba & Nishizeki 1985); whom a person's lead to is marked, and each of theirs looked up.
    starts: int64[n + 1], others: int32[2m], the neighbours of node i at starts[i]:starts[i + 1].

    >>> triangles(np.array([0, 2, 4, 6]), np.array([1, 2, 0, 2, 0, 1], dtype=np.int32))
    1
    """
    n = len(starts) - 1
    begins = np.zeros(n + 1, dtype=np.int64)
    leads = np.empty(len(others) // 2, dtype=np.int32)
    done = 0
    for person in range(n):
        mine = starts[person + 1] - starts[person]
        for tie in range(starts[person], starts[person + 1]):
            other = others[tie]
            theirs = starts[other + 1] - starts[other]
            if theirs > mine or (theirs == mine and other > person):
                leads[done] = other
                done += 1
        begins[person + 1] = done
    marked = np.full(n, -1, dtype=np.int32)
    found = 0
    for person in range(n):
        for tie in range(begins[person], begins[person + 1]):
            marked[leads[tie]] = person
        for tie in range(begins[person], begins[person + 1]):
            other = leads[tie]
            for further in range(begins[other], begins[other + 1]):
                if marked[leads[further]] == person:
                    found += 1
    return found
