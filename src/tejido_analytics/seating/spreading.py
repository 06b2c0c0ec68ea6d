"""The inner loop of `most_diverse_groups`, compiled."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.compiled import compiled_bare, compiled_into, compiled_part
from tejido_analytics.seating.machine import Whole, below, uniform

I32 = NDArray[np.int32]


class Spread(NamedTuple):
    """Groups while they change: P people, G groups of up to K."""

    far: NDArray[np.float32]  # (P, P) distances
    gain: NDArray[np.float64]  # (G, P) sum of the distances from each person to the group
    group: I32  # (P,)
    member: I32  # (G, K)
    place: I32  # (P,) at which place of `member`
    size: I32  # (G,)
    low: I32  # (G,)
    high: I32  # (G,)
    best: I32  # (P,)
    value: NDArray[np.float64]  # now, best
    counts: NDArray[np.int64]  # moves tried, moves made
    random: NDArray[np.uint64]  # (1,)


@compiled_part
def keep_best(spread: Any) -> None:
    """Remember the groups where they are the best so far."""
    if spread.value[0] > spread.value[1]:
        spread.value[1] = spread.value[0]
        for person in range(spread.group.size):
            spread.best[person] = spread.group[person]


@compiled_into
def swap_loss(spread: Any, a: int, b: int) -> Any:
    """By how much the sum falls when a and b change groups."""
    s, t = spread.group[a], spread.group[b]
    gain = spread.gain
    return gain[s, a] - gain[t, a] + gain[t, b] - gain[s, b] + 2.0 * spread.far[a, b]


@compiled_into
def _accepts(spread: Any, loss: float, temperature: float) -> Whole:
    if loss > 0:
        if loss > 20.0 * temperature or loss >= -temperature * np.log(uniform(spread.random)):
            return False
        keep_best(spread)
    spread.value[0] -= loss
    spread.counts[1] += 1
    return True


@compiled_part
def _swap(spread: Any, a: int, b: int) -> None:
    s, t = spread.group[a], spread.group[b]
    for x in range(spread.group.size):
        gain = np.float64(spread.far[b, x]) - np.float64(spread.far[a, x])
        spread.gain[s, x] += gain
        spread.gain[t, x] -= gain
    i, j = spread.place[a], spread.place[b]
    spread.member[s, i], spread.member[t, j] = b, a
    spread.place[a], spread.place[b] = j, i
    spread.group[a], spread.group[b] = t, s


@compiled_part
def _shift(spread: Any, a: int, t: int) -> None:
    s, i = spread.group[a], spread.place[a]
    for x in range(spread.group.size):
        spread.gain[s, x] -= np.float64(spread.far[a, x])
        spread.gain[t, x] += np.float64(spread.far[a, x])
    last = spread.member[s, spread.size[s] - 1]
    spread.member[s, i], spread.place[last] = last, i
    spread.size[s] -= 1
    spread.member[t, spread.size[t]], spread.place[a] = a, spread.size[t]
    spread.size[t] += 1
    spread.group[a] = t


@compiled_bare
def spread_out(spread: Any, temperature: float, moves: int) -> None:
    """Try so many moves at one temperature."""
    groups = spread.size.size
    for _move in range(moves):
        spread.counts[0] += 1
        a = below(spread.random, spread.group.size)
        s = spread.group[a]
        t = (s + 1 + below(spread.random, groups - 1)) % groups
        k = below(spread.random, spread.high[t])
        if k < spread.size[t]:
            b = spread.member[t, k]
            if _accepts(spread, swap_loss(spread, a, b), temperature):
                _swap(spread, a, b)
        elif spread.size[s] > spread.low[s] and _accepts(
            spread, spread.gain[s, a] - spread.gain[t, a], temperature
        ):
            _shift(spread, a, t)
    keep_best(spread)


@compiled_bare
def losses(spread: Any, found: Any) -> Whole:
    """Fill `found` with by how much random swaps would worsen the groups; how many of as many tries did."""
    filled: Whole = 0
    for _try in range(found.size):
        a, b = below(spread.random, spread.group.size), below(spread.random, spread.group.size)
        if spread.group[a] != spread.group[b]:
            loss = swap_loss(spread, a, b)
            if loss > 0:
                found[filled] = loss
                filled += 1
    return filled
