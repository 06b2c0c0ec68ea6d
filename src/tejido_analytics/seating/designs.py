"""Seatings without a single repeated pair, built by algebra instead of searched for.

A design is (rounds, people) with tables from 0: `tables` tables of `size` people in every round, nobody meeting anybody
twice. Sources: round robin for pairs; affine geometries AG(d, q); transversal designs over GF(q), or over a product of
fields (MacNeish 1922); Kirkman triple systems of 3q people, q = 6t + 1 (Ray-Chaudhuri & Wilson 1971).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

Design = NDArray[np.int32]


def design(tables: int, size: int) -> Design:
    """The construction with the most rounds that is known here: (rounds, tables·size). At least one round.

    Person i of the first round sits at a table of its own numbering; which people are meant is the caller's choice.
    Bound: nobody can have more than (tables·size - 1) / (size - 1) rounds without meeting somebody again.
    tables: how many, at least 1. size: people at each, at least 1. Raises ValueError below that.

    >>> design(8, 4).shape, design(5, 3).shape, design(3, 3).shape
    ((9, 32), (7, 15), (4, 9))
    """
    if tables < 1 or size < 1:
        raise ValueError("a design has at least one table of one person")
    one = np.repeat(np.arange(tables, dtype=np.int32), size)[None, :]
    makers: tuple[Callable[[int, int], Design | None], ...] = (_pairs, _affine, _kirkman, _transversal)
    found = [made for made in (make(tables, size) for make in makers) if made is not None]
    return max([one, *found], key=len)


def repeats(rounds: Design) -> int:
    """How many pairs share a table more than once, counted afresh. 0 for every design.

    >>> repeats(design(8, 4))
    0
    """
    people = rounds.shape[1]
    met = np.zeros((people, people), dtype=np.int32)
    for row in rounds:
        met += row[:, None] == row[None, :]
    return int((np.triu(met, 1) > 1).sum())


def _pairs(tables: int, size: int) -> Design | None:
    """Everybody with everybody, two at a table: the round robin (circle method)."""
    if size != 2:
        return None
    people = 2 * tables
    rounds = np.zeros((people - 1, people), dtype=np.int32)
    for number in range(people - 1):
        circle = [people - 1, *((number + step) % (people - 1) for step in range(people - 1))]
        for table in range(tables):
            rounds[number, [circle[table], circle[-1 - table]]] = table
    return rounds


class _Field:
    """GF(q), elements as 0..q-1: digits in base p are the coefficients of a polynomial."""

    def __init__(self, p: int, power: int) -> None:
        self.p, self.power, self.q = p, power, p**power
        digits = [[(x // p**i) % p for i in range(power)] for x in range(self.q)]
        self.add = [
            [self._number([(a + b) % p for a, b in zip(x, y, strict=True)]) for y in digits] for x in digits
        ]
        for low in product(range(p), repeat=power):
            self.times = [[self._number(self._product(x, y, low)) for y in digits] for x in digits]
            if all(len(set(row)) == self.q for row in self.times[1:]):
                return

    def _number(self, digits: list[int]) -> int:
        return sum(digit * self.p**i for i, digit in enumerate(digits))

    def _product(self, x: list[int], y: list[int], low: tuple[int, ...]) -> list[int]:
        """x·y where the highest power equals -low: an irreducible polynomial is found by trying."""
        long = [0] * (2 * self.power - 1)
        for i, a in enumerate(x):
            for j, b in enumerate(y):
                long[i + j] += a * b
        for at in range(len(long) - 1, self.power - 1, -1):
            for i, c in enumerate(low):
                long[at - self.power + i] -= long[at] * c
            long[at] = 0
        return [digit % self.p for digit in long[: self.power]]


@lru_cache(maxsize=32)
def _field(p: int, power: int) -> _Field:
    return _Field(p, power)


def prime_powers(number: int) -> list[tuple[int, int]]:
    """The factorisation, as (prime, exponent) in rising order.

    >>> prime_powers(360)
    [(2, 3), (3, 2), (5, 1)]
    """
    found, rest, p = [], number, 2
    while rest > 1:
        power = 0
        while rest % p == 0:
            rest, power = rest // p, power + 1
        if power:
            found.append((p, power))
        p += 1
    return found


def _affine(tables: int, size: int) -> Design | None:
    """Lines of AG(d, q): q^d people at tables of q, (q^d - 1) / (q - 1) rounds, every pair exactly once."""
    factors = prime_powers(size)
    people, dimension = tables * size, 0
    while size > 1 and size**dimension < people:
        dimension += 1
    if len(factors) != 1 or size**dimension != people or dimension < 2:
        return None
    field = _field(*factors[0])
    points = list(product(range(size), repeat=dimension))
    rounds = [_parallel(field, points, way) for way in _directions(size, dimension)]
    return np.array(rounds, dtype=np.int32)


def _directions(q: int, dimension: int) -> Iterator[tuple[int, ...]]:
    """Directions of lines, each once: the first coordinate that is not 0 is 1."""
    for way in product(range(q), repeat=dimension):
        if next((x for x in way if x), 0) == 1:
            yield way


def _parallel(field: _Field, points: list[tuple[int, ...]], way: tuple[int, ...]) -> list[int]:
    """One class of parallel lines: the number of the line through each point."""
    at = {point: number for number, point in enumerate(points)}
    line = [-1] * len(points)
    drawn = 0
    for start, point in enumerate(points):
        if line[start] >= 0:
            continue
        for step in range(field.q):
            there = tuple(field.add[x][field.times[step][d]] for x, d in zip(point, way, strict=True))
            line[at[there]] = drawn
        drawn += 1
    return line


def _transversal(tables: int, size: int) -> Design | None:
    """`size` classes of `tables` people: person x of class i sits in round m at table x + m·i.

    Over a product of fields the products m·i stay apart for as many m, or as many i, as the smallest field has
    elements. Where `size` divides `tables` the classes, who never met, sit among themselves for some rounds more.
    """
    factors = prime_powers(tables)
    if not factors:
        return None
    least = min(p**power for p, power in factors)
    rounds = tables if size <= least else least if size <= tables else 0
    if rounds < 2:
        return None
    fields = [_field(*factor) for factor in factors]
    elements = list(product(*(range(field.q) for field in fields)))
    if size <= least:
        classes, steps = [(i,) * len(fields) for i in range(size)], elements
    else:
        classes, steps = elements[:size], [(m,) * len(fields) for m in range(least)]
    at = {element: number for number, element in enumerate(elements)}
    made = [
        [
            at[tuple(f.add[a][f.times[b][c]] for f, a, b, c in zip(fields, x, m, i, strict=True))]
            for i in classes
            for x in elements
        ]
        for m in steps
    ]
    return np.array(made + _inside(tables, size), dtype=np.int32)


def _inside(tables: int, size: int) -> list[list[int]]:
    """Rounds in which each class of a transversal design sits among itself, where its people fill whole tables."""
    if tables % size:
        return []
    inner = design(tables // size, size)
    per_class = tables // size
    return [[int(t) + c * per_class for c in range(size) for t in row] for row in inner]


def _kirkman(tables: int, size: int) -> Design | None:
    """Kirkman triple systems: everybody meets everybody once, three at a table."""
    factors = prime_powers(tables)
    if size != 3:
        return None
    if tables in _CYCLIC:
        return _developed(tables)
    if len(factors) == 1 and tables % 6 == 1:
        return _three_times(_field(*factors[0]))
    return None


def _three_times(field: _Field) -> Design:
    """3q people, q = 6t + 1 a prime power: 9t + 1 rounds (Ray-Chaudhuri & Wilson 1971, theorem 5)."""
    q, t = field.q, (field.q - 1) // 6
    power = _powers(field)
    blocks = [[(power[i + 2 * t * j], layer) for j in range(3)] for i in range(t) for layer in range(3)]
    mixed = [[(power[(i + 2 * t * j) % (6 * t)], j) for j in range(3)] for i in range(6 * t)]
    used = [i for i in range(6 * t) if (i // t) % 2 == 1]
    base = [[(0, 0), (0, 1), (0, 2)], *blocks, *(mixed[i] for i in used)]
    rounds = []
    for shift in range(q):
        moved = [[(field.add[x][shift], layer) for x, layer in block] for block in base]
        rounds.append(_seats(moved, q))
    for i in sorted(set(range(6 * t)) - set(used)):
        orbit = [[(field.add[x][shift], layer) for x, layer in mixed[i]] for shift in range(q)]
        rounds.append(_seats(orbit, q))
    return np.array(rounds, dtype=np.int32)


def _powers(field: _Field) -> list[int]:
    """The powers of a primitive element: x^0, x^1, … x^(q-2)."""
    for root in range(2, field.q):
        powers = [1]
        while (following := field.times[powers[-1]][root]) != 1:
            powers.append(following)
        if len(powers) == field.q - 1:
            return powers
    raise ValueError(f"GF({field.q}) has no primitive element above 1")


def _seats(blocks: list[list[tuple[int, int]]], q: int) -> list[int]:
    row = [-1] * (3 * q)
    for table, block in enumerate(blocks):
        for x, layer in block:
            row[layer * q + x] = table
    return row


# One round each, found by search; the others are its shifts modulo the first number. Points are 0..m-1, m..2m-1 (a
# second copy) and then those that stay where they are.
_CYCLIC: dict[int, tuple[int, str]] = {
    5: (7, "0 7 14, 1 5 13, 2 3 12, 8 9 11, 4 6 10"),
    8: (11, "0 11 23, 1 13 22, 2 4 21, 5 18 20, 9 14 19, 3 8 17, 12 15 16, 6 7 10"),
    10: (14, "0 14 29, 1 16 28, 2 3 27, 4 7 26, 8 13 25, 6 22 24, 10 17 23, 12 18 21, 15 19 20, 5 9 11"),
    12: (
        17,
        "0 17 35, 1 19 34, 2 3 33, 4 6 32, 7 26 31, 20 22 30, 13 23 29, 24 25 28, 5 12 27, 9 15 21, 10 14 18, 8 11 16",
    ),
}


def _developed(tables: int) -> Design:
    modulus, written = _CYCLIC[tables]
    base = [[int(point) for point in block.split()] for block in written.split(",")]
    rounds = np.zeros((modulus, 3 * tables), dtype=np.int32)
    for shift in range(modulus):
        for table, block in enumerate(base):
            for point in block:
                layer, x = divmod(point, modulus)
                moved = layer * modulus + (x + shift) % modulus if layer < 2 else point
                rounds[shift, moved] = table
    return rounds
