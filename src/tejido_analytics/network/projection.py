"""From seats to ties, in arrays: the same rule as `encounters`, for as many people as a country has.

Every pair of every encounter is written down once as one whole number, sorted, and summed: time and memory grow with
Σ |e|² over the encounters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tejido_analytics.network.ties import Days, Integers, Network, empty


@dataclass(frozen=True, slots=True)
class Seats:
    """Who was in which encounter. person, encounter: int64[k], numbers from 0, each combination once.

    size: int64[e] ≥ 2, everybody who was there, also those who are not among the persons. day: datetime64[D][e].
    Raises ValueError where the lengths do not fit.
    """

    person: Integers
    encounter: Integers
    size: Integers
    day: Days

    def __post_init__(self) -> None:
        if len(self.person) != len(self.encounter) or len(self.size) != len(self.day):
            raise ValueError("a person for each encounter, a day for each size")
        if len(self.size) and self.size.min() < 2:
            raise ValueError("an encounter takes at least two people")


def projected(
    people: Sequence[str],
    seats: Seats,
    until: dt.date,
    half_life_days: float = 365.0,
    threshold: float = 0.0,
) -> Network:
    """Ties of at least `threshold` (0: all) between people who shared encounters, as they stand on the day `until`.

    people: ids, sorted; `seats.person` numbers them. w(a, b) = Σ_e 1/(|e|-1) · 2^(-age_e / half-life), age in days
    (Newman 2001; see `encounters`). Raises OverflowError where n² · encounters does not fit into 63
    bits, or above 2³¹ encounters.
    half_life_days: above 0. Source of the weights: Newman (2001).

    >>> seats = Seats(np.array([0, 1, 2]), np.array([0, 0, 0]), np.array([3]), np.array(["2024-05-02"], dtype="M8[D]"))
    >>> projected(["ana", "eva", "luz"], seats, dt.date(2024, 5, 2)).weight.tolist()
    [0.5, 0.5, 0.5]
    """
    names, count = tuple(people), len(seats.size)
    n, bits = len(names), int(max(count - 1, 1)).bit_length()
    if n * n << bits >= 2**63 or bits > 31:
        raise OverflowError("too many people and encounters for one network: cut them into communities")
    by_day = np.argsort(seats.day, kind="stable")
    rank = np.empty(count, dtype=np.int64)
    rank[by_day] = np.arange(count)
    together = _pairs(seats, rank, n, bits)
    if not len(together):
        return empty(names)
    days = seats.day[by_day]
    age = (np.datetime64(until, "D") - days).astype(np.float64)
    share = np.exp2(-age / half_life_days) / (seats.size[by_day] - 1)
    which = (together & ((1 << bits) - 1)).astype(np.int32)
    pair = np.right_shift(together, bits, out=together)
    starts = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]]))
    pair, together = pair[starts], starts[:0]  # the long arrays go as soon as they have been read
    weight = np.add.reduceat(share[which], starts)
    met = np.diff(starts, append=len(which))
    kept = weight >= max(threshold - 1e-12, np.finfo(float).tiny)
    if not kept.all():
        starts, pair, weight, met = starts[kept], pair[kept], weight[kept], met[kept]
    first, last = days[which[starts]], days[which[starts + met - 1]]
    a = pair // n
    return Network(
        names, a, np.remainder(pair, n, out=pair), weight, first, last, met.astype(np.int64, copy=False)
    )


def _pairs(seats: Seats, rank: Integers, n: int, bits: int) -> Integers:
    """Every pair a < b of every encounter as (a·n + b)·2^bits + the encounter's number by day, sorted: int64[pairs].

    Encounters at which equally many of the persons were are unfolded together.
    """
    encounter = rank[seats.encounter]
    order = np.lexsort((seats.person, encounter))
    person = seats.person[order].astype(np.int64)
    there = np.bincount(encounter, minlength=len(rank))
    begin = np.cumsum(there) - there
    together = np.empty(int((there * (there - 1) // 2).sum()), dtype=np.int64)
    done = 0
    for size in np.unique(there[there > 1]).tolist():
        which = np.flatnonzero(there == size)
        table = person[begin[which][:, None] + np.arange(size)]
        first, second = np.triu_indices(size, 1)
        part = table[:, first] * n
        part += table[:, second]
        part <<= bits
        part += which[:, None]
        together[done : done + part.size] = part.ravel()
        done += part.size
    together.sort()
    return together
