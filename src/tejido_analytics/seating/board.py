"""A problem and a seating turned into the arrays that the search works on."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tejido_analytics.seating.costs import (
    Numbers,
    Places,
    bound_to_meet,
    history,
    pair_prices,
    places_before,
    seated_pairs,
    table_terms,
)
from tejido_analytics.seating.kernels import FORBIDDEN, Board, Terms
from tejido_analytics.seating.problem import Problem
from tejido_analytics.seating.rules import Flags, Ruled

FINEST = 1 << 16  # whole numbers to one unit of cost, where prices are small


@dataclass(frozen=True, slots=True)
class Scale:
    """How many whole numbers stand for one unit of cost, and the price of each pair in them ((P, P), int32)."""

    unit: int
    prices: Numbers
    repeat: int

    def whole(self, cost: float) -> int:
        """`cost` in whole numbers."""
        return round(cost * self.unit)


def scale_of(problem: Problem, rules: Ruled) -> Scale:
    """Prices as whole numbers: the power of two that leaves room for every sum.

    Sums of whole numbers are exact and the same on every machine, which sums of fractions are not.
    """
    prices = pair_prices(problem, rules, history(problem))
    most = float(np.abs(prices).max(initial=0)) + problem.repeat * problem.rounds
    fine = min(FINEST, 2 ** math.floor(math.log2(FORBIDDEN / 16 / max(most, 1e-9))))
    unit = max(1, fine)
    return Scale(unit, np.rint(prices * unit), round(problem.repeat * unit))


def terms_of(problem: Problem, rules: Ruled, scale: Scale) -> Terms:
    """What stays the same during the search."""
    rounds, people = rules.there.shape
    start = np.cumsum([0, *map(len, rules.units)]).astype(np.int32)
    member = np.array([one for unit in rules.units for one in unit], dtype=np.int32)
    free = _freedom(rules)
    choice = np.zeros((rounds, max(1, len(rules.units))), dtype=np.int32)
    choices = np.zeros(rounds, dtype=np.int32)
    for number in range(rounds):
        movable = [at for at, unit in enumerate(rules.units) if any(free[number, one] > 0 for one in unit)]
        choice[number, : len(movable)] = movable
        choices[number] = len(movable)
    kinds = problem.expertise
    return Terms(
        low=rules.low,
        high=rules.high,
        unit=rules.unit,
        start=start,
        member=member,
        choice=choice,
        choices=choices,
        open_rounds=np.flatnonzero(choices).astype(np.int32),
        free=free,
        expert=np.array(
            [[person in kind.holders for kind in kinds] for person in problem.people], dtype=np.uint8
        ).reshape(people, len(kinds)),
        need=np.array([kind.at_least for kind in kinds], dtype=np.int32),
        worth=np.array([scale.whole(kind.weight) for kind in kinds], dtype=np.int64),
        before=places_before(problem),
        repeat=scale.repeat,
        moving=scale.whole(problem.before.price) if problem.before else 0,
    )


def _freedom(rules: Ruled) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """(R, P): 1 moves alone, 2 moves with others, 0 has no choice."""
    alone = np.array([len(rules.units[unit]) == 1 for unit in rules.unit])
    may = rules.there & (rules.fixed < 0)
    return np.where(may, np.where(alone, 1, 2), 0).astype(np.uint8)


def board_of(problem: Problem, rules: Ruled, terms: Terms, scale: Scale, places: Places) -> Board:
    """The board for `places` ((R, P)), with its exact cost; `best` is that seating. The generator starts at 1."""
    rounds = len(places)
    tables, seats = len(problem.tables), int(rules.high.max())
    seat = np.zeros((rounds, tables, seats), dtype=np.int32)
    size = np.zeros((rounds, tables), dtype=np.int32)
    slot = np.full(places.shape, -1, dtype=np.int32)
    held = np.zeros((rounds, tables, len(problem.expertise)), dtype=np.int32)
    for number in range(rounds):
        for person in np.flatnonzero(places[number] >= 0):
            table = places[number, person]
            slot[number, person] = size[number, table]
            seat[number, table, size[number, table]] = person
            size[number, table] += 1
            held[number, table] += terms.expert[person]
    price = scale.prices + scale.repeat * seated_pairs(places, tables)
    price[bound_to_meet(rules)] = 0
    price[rules.apart] = FORBIDDEN
    cost = whole_cost(problem, rules, scale, places)
    tally = np.array([cost, cost, 0, 0], dtype=np.int64)
    return Board(
        seat,
        size,
        places.astype(np.int32).copy(),
        slot,
        price.astype(np.int32),
        held,
        places.astype(np.int32).copy(),
        tally,
        np.array([1], dtype=np.uint64),
        np.zeros(places.shape[1], dtype=np.uint8),
        np.zeros(seats, dtype=np.int32),
        np.zeros(seats, dtype=np.int32),
    )


def whole_cost(problem: Problem, rules: Ruled, scale: Scale, places: Places) -> int:
    """The cost of `places` as the search counts it: pairs in whole numbers, expertise and moves with them."""
    met = seated_pairs(places, len(problem.tables))
    free: Flags = np.triu(~bound_to_meet(rules), 1)
    times = met[free]
    pairs = float((times * scale.prices[free] + scale.repeat * times * (times - 1) / 2).sum())
    weights = {f"expertise:{kind.name}": kind.weight for kind in problem.expertise}
    weights["moved"] = problem.before.price if problem.before else 0.0
    others = (round(term.count) * scale.whole(weights[term.name]) for term in table_terms(problem, places))
    return round(pairs) + sum(others)
