"""What is asked of a seating: people, rounds, tables, what is wished for, what must be."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, combinations

from tejido_analytics.seating.codes import (
    NO_PEOPLE,
    PEOPLE_TWICE,
    SIZES_DO_NOT_FIT,
    TABLES_UNKNOWN,
    Impossible,
)

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """How many people one table takes: from `smallest` to `largest`, in every round.

    >>> Table(3, 4).largest
    4
    """

    smallest: int
    largest: int

    def __post_init__(self) -> None:
        if not 0 <= self.smallest <= self.largest or self.largest < 1:
            raise ValueError(f"a table takes from {self.smallest} to {self.largest} people, which cannot be")


@dataclass(frozen=True, slots=True)
class Mix:
    """An attribute that every table should hold in all its variety.

    values: one for each person, in the order of `Problem.people`: words (district, sector) or numbers (years of
    experience), None where unknown. Words: each pair of the same word at one table in one round costs `weight`, counted
    above the fewest such pairs that an even spread would leave. Numbers: with z the standardised values and S their sum
    at a table, each table and round costs `weight`·S²/2, so that the tables' totals come near each other.
    """

    name: str
    values: tuple[str | float | None, ...]
    weight: float = 1.0

    @property
    def numeric(self) -> bool:
        """Whether the values are numbers, to be evened out, not words, to be spread."""
        known = [value for value in self.values if value is not None]
        return bool(known) and all(isinstance(value, int | float) for value in known)


@dataclass(frozen=True, slots=True)
class Expertise:
    """Knowledge that every table should have: each missing holder at a table in a round costs `weight`."""

    name: str
    holders: frozenset[str]
    weight: float = 10.0
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Fixed:
    """One person sits at one table (from 0) in one round (from 0), or in every round where `round` is None."""

    person: str
    table: int
    round: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What must be; a seating never breaks any of it.

    together: groups that share a table in every round; apart: groups of whom no two ever share one;
    fixed: who sits where; absent: (person, round from 0) who is not there, and has no table then.
    """

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    fixed: tuple[Fixed, ...] = ()
    absent: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """A seating that already stands, when people came late, stayed away or more is known.

    places: person -> table (from 0) in each round, None where the person had none; people who are not there any more
    may be in it. price: cost for each person and round that changes table. settled: so many first rounds are over: they
    stay exactly as they were, no rule is asked of them, who had no table in them was absent, and who met in them has met.
    """

    places: Mapping[str, tuple[int | None, ...]]
    price: float = 5.0
    settled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything a seating is made from.

    people: their ids, each once. rounds: how many. tables: see `tables_for`. met: pair of ids -> how often the two met
    before, faded by age (`faded`); either order. repeat: what a meeting costs for each time that the two have met
    before it, in this seating or earlier: n meetings after h earlier ones cost repeat·(n·h + n(n-1)/2).
    Raises ValueError where lengths or signs cannot be, Impossible where a person is listed twice or there is no table.
    """

    people: tuple[str, ...]
    rounds: int
    tables: tuple[Table, ...]
    mix: tuple[Mix, ...] = ()
    expertise: tuple[Expertise, ...] = ()
    met: Mapping[Pair, float] = field(default_factory=dict, hash=False)
    rules: Rules = Rules()
    before: Before | None = None
    repeat: float = 10.0

    def __post_init__(self) -> None:
        if self.rounds < 1:
            raise ValueError("a seating has at least one round")
        if not self.tables:
            raise Impossible(TABLES_UNKNOWN)
        if not self.people:
            raise Impossible(NO_PEOPLE)
        twice = sorted(person for person, times in Counter(self.people).items() if times > 1)
        if twice:
            raise Impossible(PEOPLE_TWICE, people=tuple(twice))
        for mix in self.mix:
            if len(mix.values) != len(self.people):
                raise ValueError(f"{mix.name}: {len(mix.values)} values for {len(self.people)} people")
        weights = [self.repeat, *(m.weight for m in self.mix), *(e.weight for e in self.expertise)]
        weights += [*self.met.values(), self.before.price if self.before else 0.0]
        if not all(math.isfinite(weight) and weight >= 0 for weight in weights):
            raise ValueError("weights, prices and meetings are finite and not negative")


def tables_for(people: int, size: int, smallest: int | None = None) -> tuple[Table, ...]:
    """The tables for `people` at up to `size` each: as few as can be, as even as can be (sizes differ by one at most).

    smallest: with it, tables may hold from `smallest` to `size`, and there are as many as come nearest to the middle.
    Raises Impossible where nobody is to be seated, or no number of tables fits the bounds.

    >>> tables = tables_for(62, 4)
    >>> len(tables), tables[0]
    (16, Table(smallest=3, largest=4))
    >>> len(tables_for(62, 6, smallest=4))
    12
    """
    if size < 1 or (smallest is not None and not 1 <= smallest <= size):
        raise ValueError("tables hold at least one person, and not fewer than they hold at most")
    if people < 1:
        raise Impossible(NO_PEOPLE)
    if smallest is None:
        count = math.ceil(people / size)
        return (Table(people // count, math.ceil(people / count)),) * count
    fitting = range(math.ceil(people / size), people // smallest + 1)
    if not fitting:
        raise Impossible(SIZES_DO_NOT_FIT, people=people, smallest=smallest, largest=size)
    middle = (smallest + size) / 2
    count = min(fitting, key=lambda number: (abs(people / number - middle), number))
    return (Table(smallest, size),) * count


def still_open(problem: Problem) -> Problem:
    """The same problem without the rounds that are over: whoever met in them has met, and rules keep their rounds.

    Raises ValueError where no round is left.
    """
    before = problem.before
    if before is None or before.settled <= 0:
        return problem
    if before.settled >= problem.rounds:
        raise ValueError("every round is over: there is nothing left to seat")
    met = dict(problem.met)
    for number in range(before.settled):
        tables: dict[int, list[str]] = {}
        for person, places in before.places.items():
            place = places[number] if number < len(places) else None
            if place is not None:
                tables.setdefault(place, []).append(person)
        for one, other in chain.from_iterable(combinations(sorted(t), 2) for t in tables.values()):
            key = (other, one) if (other, one) in met else (one, other)
            met[key] = met.get(key, 0.0) + 1.0
    past = before.settled
    rules = replace(
        problem.rules,
        fixed=tuple(
            f if f.round is None else replace(f, round=f.round - past)
            for f in problem.rules.fixed
            if f.round is None or f.round >= past
        ),
        absent=tuple((person, number - past) for person, number in problem.rules.absent if number >= past),
    )
    later = {person: row[past:] for person, row in before.places.items()}
    return replace(
        problem, rounds=problem.rounds - past, met=met, rules=rules, before=Before(later, before.price)
    )


def faded(meetings: Iterable[tuple[str, str, float]], *, half_life: float = 365.0) -> dict[Pair, float]:
    """(one, other, age in days) of every earlier meeting -> pair -> Σ 2^(-age / half_life), for `Problem.met`.

    Pairs are in sorted order; a meeting with oneself is left out. Raises ValueError where half_life is not above 0.
    meetings: any number, in any order.

    >>> faded([("b", "a", 0), ("a", "b", 365)])
    {('a', 'b'): 1.5}
    """
    if half_life <= 0:
        raise ValueError("half_life is above 0 days")
    met: dict[Pair, float] = {}
    for one, other, age in meetings:
        if one != other:
            pair = (one, other) if one < other else (other, one)
            met[pair] = met.get(pair, 0.0) + 2.0 ** (-age / half_life)
    return met
