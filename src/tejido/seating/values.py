"""What tables cost, in numbers: pure, so that a change can be judged before it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

Pair = tuple[int, int]  # two person ids, the lower first
KINDS = ("district", "school", "sector", "subject")


def pair_of(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class Trait:
    """What is known of one person that tables can mix. "" and None: not known."""

    name: str
    district: str = ""
    school: str = ""
    sector: str = ""
    subject: str = ""
    experience: int | None = None  # years of teaching


@dataclass(frozen=True, slots=True)
class Wishes:
    """What counts how much. met: pair -> how often the two have met, earlier and in the other rounds."""

    traits: Mapping[int, Trait]
    weights: Mapping[str, int]  # of KINDS and "new_faces"
    met: Mapping[Pair, float] = field(default_factory=dict)
    experts: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table in one round, judged. met: pairs who know each other, most often first; crowded: (kind, value, people)."""

    cost: float
    met: tuple[tuple[Pair, int], ...]
    crowded: tuple[tuple[str, str, int], ...]
    lacks_expert: bool


def judged(people: Collection[int], wishes: Wishes) -> Table:
    """What speaks against these people at one table. Linear in pairs."""
    met = [(pair, wishes.met[pair]) for pair in _pairs(people) if wishes.met.get(pair)]
    crowded = [(kind, value, many) for kind in KINDS for value, many in _alike(people, wishes, kind)]
    lacks = bool(wishes.experts) and bool(people) and not set(people) & set(wishes.experts)
    cost = sum(10 * wishes.weights.get("new_faces", 0) * times for _pair, times in met)
    cost += sum(wishes.weights.get(kind, 0) * many * (many - 1) / 2 for kind, _value, many in crowded)
    known = sorted(((pair, round(times)) for pair, times in met), key=lambda row: (-row[1], row[0]))
    return Table(cost + 10 * lacks, tuple(known), tuple(crowded), lacks)


def _pairs(people: Iterable[int]) -> Iterable[Pair]:
    return combinations(sorted(people), 2)


def _alike(people: Iterable[int], wishes: Wishes, kind: str) -> list[tuple[str, int]]:
    if not wishes.weights.get(kind):
        return []
    values = Counter(getattr(wishes.traits[one], kind) for one in people if one in wishes.traits)
    return sorted((value, many) for value, many in values.items() if value and many > 1)


def meetings(tables: Iterable[Iterable[int]]) -> Counter[Pair]:
    """How often each two share one of these tables.

    >>> meetings([[1, 2], [2, 1, 3]])[(1, 2)]
    2
    """
    met: Counter[Pair] = Counter()
    for people in tables:
        met.update(_pairs(people))
    return met
