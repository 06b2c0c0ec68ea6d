"""A network: people, and at most one weighted tie between any two. The shape that every measure here reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.tables import Period, Tie

if TYPE_CHECKING:
    from scipy import sparse

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]
_AT_ONCE = 100_000
COMPILED_FROM = 5_000  # ties; below, loading compiled loops would take longer than they save


@dataclass(frozen=True, eq=False)
class Network:
    """An undirected weighted network without loops.

    people: ids, sorted; nodes 0..n-1, those without ties too. a, b: int64[m], node numbers, a < b, sorted by (a, b),
    each pair once. weight: float64[m] > 0. first, last: datetime64[D][m], days of the first and last encounter
    (NaT where unknown). count: int64[m], how many encounters (or recorded ties) the weight is made of.

    >>> net = Network.of({("ana", "eva"): 0.5}, people=["zoe"])
    >>> net.people, net.size, net.ties
    (('ana', 'eva', 'zoe'), 3, 1)
    >>> net.strength.tolist(), net.degree.tolist()
    ([0.5, 0.5, 0.0], [1, 1, 0])
    """

    people: tuple[str, ...]
    a: Integers
    b: Integers
    weight: Floats
    first: Days
    last: Days
    count: Integers

    @classmethod
    def of(cls, weights: Mapping[tuple[str, str], float], people: Iterable[str] = ()) -> Network:
        """A network from pair -> weight (either order of the pair; both orders add up; loops are dropped)."""
        names = tuple(sorted({end for pair in weights for end in pair} | set(people)))
        number = {name: at for at, name in enumerate(names)}
        pairs = sorted(
            (min(number[x], number[y]), max(number[x], number[y]), weight)
            for (x, y), weight in weights.items()
            if x != y
        )
        a, b = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
        weight = np.array([pair[2] for pair in pairs], dtype=np.float64)
        unknown = np.full(len(pairs), np.datetime64("NaT", "D"))
        return summed(names, a, b, weight, unknown, unknown)

    @property
    def size(self) -> int:
        """How many people, with and without ties."""
        return len(self.people)

    @property
    def ties(self) -> int:
        """How many ties."""
        return len(self.a)

    @cached_property
    def degree(self) -> Integers:
        """Ties of each person, int64[n]."""
        return np.bincount(np.concatenate([self.a, self.b]), minlength=self.size).astype(np.int64)

    @cached_property
    def strength(self) -> Floats:
        """Sum of the weights of each person's ties, float64[n]."""
        ends, twice = np.concatenate([self.a, self.b]), np.concatenate([self.weight, self.weight])
        return np.bincount(ends, weights=twice, minlength=self.size).astype(np.float64)

    @cached_property
    def number(self) -> dict[str, int]:
        """Person -> node number."""
        return {name: at for at, name in enumerate(self.people)}

    @cached_property
    def adjacency(self) -> sparse.csr_array:
        """Symmetric sparse matrix of weights, n × n."""
        from scipy import sparse  # slow to load

        a, b = self.a.astype(np.int32), self.b.astype(np.int32)
        ends = np.concatenate([a, b]), np.concatenate([b, a])
        both = np.concatenate([self.weight, self.weight])
        return sparse.csr_array((both, ends), shape=(self.size, self.size))

    @cached_property
    def rows_of_ties(self) -> tuple[Integers, NDArray[np.int32]]:
        """The adjacency without weights: int64[n + 1], where each person's row begins, and int32[2m], whom it leads to."""
        rows = self.adjacency
        return rows.indptr.astype(np.int64), rows.indices.astype(np.int32, copy=False)

    @cached_property
    def graph(self) -> Any:
        """The same as an `igraph.Graph` (nodes in the order of `people`, edges in the order of `a`, `b`)."""
        import igraph  # here: with it comes whatever could draw a graph, most of a second of a server's start

        return igraph.Graph(n=self.size, edges=self._in_turn())

    def _in_turn(self) -> Iterator[tuple[int, int]]:
        """The two ends of each tie. igraph reads pairs of numbers twice as fast as an array, and one by one they take a
        third of the memory of a list."""
        for start in range(0, self.ties, _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            yield from zip(self.a[part].tolist(), self.b[part].tolist(), strict=True)

    def pairs(self) -> set[tuple[str, str]]:
        """All tied pairs as (smaller id, larger id)."""
        return {
            (self.people[x], self.people[y]) for x, y in zip(self.a.tolist(), self.b.tolist(), strict=True)
        }

    def rows(self) -> Iterator[dict[str, Any]]:
        """Ties as dicts: source, target, weight, count, first, last (dates or None)."""
        columns = zip(
            self.a.tolist(),
            self.b.tolist(),
            self.weight.tolist(),
            self.count.tolist(),
            self.first.tolist(),
            self.last.tolist(),
            strict=True,
        )
        for a, b, weight, count, first, last in columns:
            yield {
                "source": self.people[a],
                "target": self.people[b],
                "weight": weight,
                "count": count,
                "first": first,
                "last": last,
            }

    def among(self, people: Set[str]) -> Network:
        """The network of these people only: all of them are nodes, tied or not; ties to others are dropped."""
        names = tuple(sorted(people))
        number = {name: at for at, name in enumerate(names)}
        new = np.array([number.get(name, -1) for name in self.people], dtype=np.int64)
        if not self.ties:
            return Network(names, self.a, self.b, self.weight, self.first, self.last, self.count)
        a, b = new[self.a], new[self.b]
        kept = (a >= 0) & (b >= 0)
        # Both lists of people are sorted, so the order of the ties survives the renumbering.
        return Network(
            names, a[kept], b[kept], self.weight[kept], self.first[kept], self.last[kept], self.count[kept]
        )

    def standing(self, threshold: float) -> Network:
        """Only ties of at least `threshold`; 1e-12 below still counts, so that 0.1 made of thirds is 0.1."""
        kept = self.weight >= threshold - 1e-12
        return Network(
            self.people,
            self.a[kept],
            self.b[kept],
            self.weight[kept],
            self.first[kept],
            self.last[kept],
            self.count[kept],
        )


def empty(people: Iterable[str] = ()) -> Network:
    """A network without ties.

    >>> empty(["eva", "ana"]).people
    ('ana', 'eva')
    """
    return Network.of({}, people)


def summed(
    people: tuple[str, ...], a: Integers, b: Integers, weight: Floats, first: Days, last: Days
) -> Network:
    """A network from rows of ties between node numbers (a < b); rows of the same pair are added up.

    Rows are summed in their given order, so sort them where the last bit matters.
    people: ids. a, b: int[k] numbers in `people`, a < b; weight: float[k] > 0; first, last: days[k] of the
    first and the last encounter.

    >>> no_day = np.full(2, np.datetime64("NaT", "D"))
    >>> both = summed(("ana", "eva"), np.array([0, 0]), np.array([1, 1]), np.array([0.5, 0.25]), no_day, no_day)
    >>> both.weight.tolist(), both.count.tolist()
    ([0.75], [2])
    """
    if not len(a):
        none = np.empty(0, dtype="datetime64[D]")
        nobody = np.empty(0, dtype=np.int64)
        return Network(people, nobody, nobody, np.empty(0), none, none, nobody)
    key = a * len(people) + b
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    ends = np.append(starts[1:], len(key))
    return Network(
        people,
        (key[starts] // len(people)).astype(np.int64),
        (key[starts] % len(people)).astype(np.int64),
        np.add.reduceat(weight[order], starts),
        np.fmin.reduceat(first[order], starts),
        np.fmax.reduceat(last[order], starts),
        (ends - starts).astype(np.int64),
    )


def recorded(ties: Iterable[Tie], kinds: Set[str], period: Period, people: Iterable[str]) -> Network:
    """Recorded ties of some kinds (advice, replied, worked …) as one undirected network.

    A dated tie counts in the period of its date, an undated one in every period. Repeated ties, both directions
    and all kinds add up; ties of people with themselves, or with somebody who is not in `people`, are left out.

    >>> import datetime as dt
    >>> day = dt.date(2024, 5, 2)
    >>> rows = [Tie("eva", "ana", "advice"), Tie("ana", "eva", "advice", date=day), Tie("ana", "ana", "advice")]
    >>> recorded(rows, {"advice"}, Period(day, day), ["ana", "eva"]).weight.tolist()
    [2.0]
    """
    names = tuple(sorted(set(people)))
    number = {name: at for at, name in enumerate(names)}
    rows = []
    for tie in ties:
        if tie.kind not in kinds or (tie.date is not None and tie.date not in period):
            continue
        x, y = number.get(tie.source, -1), number.get(tie.target, -1)
        if x < 0 or y < 0 or x == y:
            continue
        rows.append((min(x, y), max(x, y), tie.weight, np.datetime64(tie.date or "NaT", "D")))
    rows.sort(key=lambda row: row[:3])
    a, b = (np.array([row[side] for row in rows], dtype=np.int64) for side in (0, 1))
    days = np.array([row[3] for row in rows], dtype="datetime64[D]")
    return summed(names, a, b, np.array([row[2] for row in rows], dtype=np.float64), days, days)


def combined(networks: Iterable[Network], people: Iterable[str]) -> Network:
    """Several networks laid over each other: weights and counts add up, days span; nodes are `people`.

    >>> both = combined([Network.of({("a", "b"): 1}), Network.of({("b", "a"): 2, ("b", "c"): 1})], "abc")
    >>> both.weight.tolist(), both.count.tolist()
    ([3.0, 1.0], [2, 1])
    """
    members = set(people)
    parts = [network.among(members) for network in networks]
    names = tuple(sorted(members))
    if not parts:
        return empty(names)
    joined = [
        np.concatenate([getattr(part, column) for part in parts])
        for column in ("a", "b", "weight", "first", "last")
    ]
    total = summed(names, *joined)
    counts = np.concatenate([part.count for part in parts])
    order = np.lexsort((joined[1], joined[0]))
    starts = np.concatenate([[0], np.cumsum(total.count)[:-1]]) if total.ties else np.empty(0, dtype=np.int64)
    count = np.add.reduceat(counts[order], starts.astype(np.int64)) if total.ties else total.count
    return Network(names, total.a, total.b, total.weight, total.first, total.last, count)
