"""The chance that the inner loops draw from, and how they weigh a change for the worse."""

from __future__ import annotations

from typing import Any

import numpy as np

from tejido_analytics.compiled import compiled_into

Whole = Any  # a whole number of 64 bits, or yes and no, in machine code


@compiled_into
def below(random: Any, number: int) -> Whole:
    """A whole number in 0..number-1, by xorshift64* (Vigna 2016)."""
    x = random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    random[0] = x
    high = (x * np.uint64(2685821657736338717)) >> np.uint64(32)
    return np.int64((high * np.uint64(number)) >> np.uint64(32))


@compiled_into
def another(random: Any, one: int, number: int) -> Whole:
    """A whole number in 0..number-1 that is not `one`."""
    found = below(random, number - 1)
    return found + (found >= one)


@compiled_into
def index(number: int) -> Whole:
    """A number as an index that cannot be negative: looked up without asking whether it counts from the end."""
    return np.uint64(number)


@compiled_into
def uniform(random: Any) -> Any:
    """A number in (0, 1]."""
    return (below(random, 1 << 30) + 1.0) / (1 << 30)


@compiled_into
def accepts(change: int, temperature: float, random: Any) -> Whole:
    """Metropolis: what is no worse, and what is worse with probability exp(-change / temperature)."""
    if change <= 0:
        return True
    if change > 20.0 * temperature:
        return False
    return change < -temperature * np.log(uniform(random))
