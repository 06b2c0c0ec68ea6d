"""Groups that are each as varied as can be: the maximally diverse grouping problem, for one round and given distances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tejido_analytics.seating import spreading
from tejido_analytics.seating.codes import TOO_FEW_PEOPLE_FOR_TABLES, TOO_FEW_SEATS, Impossible
from tejido_analytics.seating.limit import Limit
from tejido_analytics.seating.problem import Table
from tejido_analytics.seating.spreading import Spread

Numbers = NDArray[np.float64]
HOT, COLD = 0.35, 0.07  # of the first percentile of worsening moves at a local optimum
SAMPLE = 20_000
FEW = 60  # people; so few are cooled again and again, from WIDE[0] to WIDE[1] of the mean worsening
WIDE = (0.4, 0.02)
CYCLE = 4  # times P cubed: the moves of one such cooling


@dataclass(frozen=True, slots=True)
class Groups:
    """Who is in which group, from 0 ((P,)), and the sum of distances inside the groups."""

    group: NDArray[np.int32]
    value: float
    moves: int


def most_diverse_groups(
    distances: ArrayLike,
    sizes: Sequence[Table],
    *,
    seconds: float = 1.0,
    steps: int | None = None,
    seed: int = 0,
) -> Groups:
    """Divide P people into groups so that Σ distances between people of one group is as large as can be found.

    distances: (P, P), symmetric, finite, any unit; the diagonal is not used. sizes: bounds of each group.
    seconds, steps, seed: as in `seat`. Simulated annealing with swaps, and moves between groups whose bounds allow them;
    the gain of every person in every group is kept up to date, so that a move is weighed in four look-ups. The
    temperature falls from .35 to .07 of the first percentile of worsening moves at a local optimum; up to sixty people
    it falls over a wider range, again and again.
    Raises ValueError where distances are not square, symmetric and finite; Impossible (too_few_seats,
    too_few_people_for_tables) where the people do not fit the groups.
    Problem and instances: Gallego, Laguna, Martí & Duarte, Tabu search with strategic oscillation for the maximally
    diverse grouping problem, Journal of the Operational Research Society 64 (2013).

    >>> near = [[0, 1, 9, 9], [1, 0, 9, 9], [9, 9, 0, 1], [9, 9, 1, 0]]
    >>> most_diverse_groups(near, [Table(2, 2), Table(2, 2)], steps=1000).value
    18.0
    """
    limit = Limit(seconds, steps)
    far = _checked(distances)
    _fits(len(far), sizes)
    low = np.array([size.smallest for size in sizes], dtype=np.int32)
    high = np.array([size.largest for size in sizes], dtype=np.int32)
    spread = _dealt(far, low, high, seed)
    if len(sizes) > 1:
        _ready()
        limit.start()
        _anneal(spread, limit)
    best = np.asarray(spread.best)
    return Groups(best, _value(far, best), int(spread.counts[0]))


def _checked(distances: ArrayLike) -> Numbers:
    far = np.array(distances, dtype=np.float64)
    if far.ndim != 2 or far.shape[0] != far.shape[1] or not np.isfinite(far).all():
        raise ValueError("distances are a square table of finite numbers")
    if not np.allclose(far, far.T):
        raise ValueError("distances are the same in both directions")
    np.fill_diagonal(far, 0)
    return far


def _fits(people: int, sizes: Sequence[Table]) -> None:
    seats, needed = sum(size.largest for size in sizes), sum(size.smallest for size in sizes)
    if people > seats:
        raise Impossible(TOO_FEW_SEATS, people=people, seats=seats, round=1)
    if people < needed:
        raise Impossible(TOO_FEW_PEOPLE_FOR_TABLES, people=people, needed=needed, round=1)


def _value(far: Numbers, group: NDArray[np.int32]) -> float:
    return float(far[group[:, None] == group[None, :]].sum() / 2)


def _dealt(far: Numbers, low: NDArray[np.int32], high: NDArray[np.int32], seed: int) -> Spread:
    """People dealt at random: each group to its least, the rest where there is room."""
    draw = np.random.default_rng(seed)
    seats = np.repeat(np.arange(len(low)), low)
    spare = draw.permutation(np.repeat(np.arange(len(low)), high - low))
    group = draw.permutation(np.concatenate([seats, spare])[: len(far)]).astype(np.int32)
    size = np.bincount(group, minlength=len(low)).astype(np.int32)
    member = np.zeros((len(low), int(high.max())), dtype=np.int32)
    place = np.zeros(len(far), dtype=np.int32)
    for number in range(len(low)):
        there = np.flatnonzero(group == number)
        member[number, : len(there)], place[there] = there, np.arange(len(there))
    gain = np.stack([far[:, group == number].sum(axis=1) for number in range(len(low))])
    now = _value(far, group)
    state = np.random.SeedSequence(seed).generate_state(1, np.uint64) | np.uint64(1)
    return Spread(
        far.astype(np.float32),
        gain,
        group,
        member,
        place,
        size,
        low,
        high,
        group.copy(),
        np.array([now, now]),
        np.zeros(2, dtype=np.int64),
        state,
    )


def _ready() -> None:
    """The machine code, before the clock starts."""
    tiny = _dealt(np.zeros((2, 2)), np.array([1, 1], np.int32), np.array([1, 1], np.int32), 0)
    spreading.spread_out(tiny, 1.0, 1)
    spreading.losses(tiny, np.zeros(1))


def _anneal(spread: Spread, limit: Limit) -> None:
    """Down to a local optimum, then cool until the limit, once or several times."""
    _descend(spread, limit)
    found = np.zeros(SAMPLE)
    filled = spreading.losses(spread, found)
    people, begun, cycles = len(spread.group), limit.spent(), 1
    typical = float(np.percentile(found[:filled], 1)) if filled else 1.0
    hot, cold = HOT * typical, COLD * typical
    if people <= FEW and filled:
        hot, cold = WIDE[0] * float(found[:filled].mean()), WIDE[1] * float(found[:filled].mean())
        cycles = max(1, round(spread.counts[0] * (1 - begun) / max(begun, 1e-9) / (CYCLE * people**3)))
    while (spent := limit.spent()) < 1:
        part = (spent - begun) / (1 - begun) * cycles % 1
        moves = limit.chunk()
        spreading.spread_out(spread, hot * (cold / hot) ** part, moves)
        limit.done += moves


def _descend(spread: Spread, limit: Limit) -> None:
    """Only changes for the better, until a good many tries in a row find none."""
    enough = 4 * len(spread.group) * len(spread.size)
    without = 0
    while without < enough and limit.spent() < 0.2:
        made, moves = int(spread.counts[1]), limit.chunk()
        spreading.spread_out(spread, 1e-12, moves)
        limit.done += moves
        without = without + moves if spread.counts[1] == made else 0
