"""From answers to the scores of a scale. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tejido_forms.definition import Node
from tejido_forms.numbers import as_number

Table = Mapping[str, Mapping[str, float]]  # person (or answer) -> path -> number


@dataclass(frozen=True, slots=True)
class Keyed:
    """One item of a scale: its path, whether it is worded the other way, and the ends of its answers."""

    path: str
    reverse: bool
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Scored:
    """values: who -> mean of the answered items. without: how many answered too few. mean: None where nobody has a score."""

    values: Mapping[str, float]
    without: int

    @property
    def n(self) -> int:
        return len(self.values)

    @property
    def mean(self) -> float | None:
        return math.fsum(self.values.values()) / self.n if self.n else None


def ends_of(node: Node) -> tuple[float, float] | None:
    """The lowest and highest number that a question offers; None where its choices are not numbers."""
    if node.control == "range" and node.start is not None and node.end is not None:
        return min(node.start, node.end), max(node.start, node.end)
    values = [as_number(choice.value) for choice in node.choices]
    known = [value for value in values if value is not None and math.isfinite(value)]
    return (min(known), max(known)) if len(known) == len(values) and len(set(known)) > 1 else None


def turned(item: Keyed, answer: float | None) -> float:
    """An answer in the direction of the scale; nan where there is none, or one outside the ends.

    >>> turned(Keyed("b", True, 1, 5), 2), turned(Keyed("a", False, 1, 5), 7)
    (4, nan)
    """
    if answer is None or not item.low <= answer <= item.high:
        return math.nan
    return item.low + item.high - answer if item.reverse else answer


def score(table: Table, items: Sequence[Keyed], least: float) -> Scored:
    """The mean of the items that each person answered, where that is at least `least` (0..1) of them; reverse ones turned.

    Answers outside the ends of an item (an old phone, a forged form) count as missing. The half rule: Fairclough & Cella (1996).

    >>> keys = [Keyed("a", False, 1, 5), Keyed("b", True, 1, 5)]
    >>> score({"x": {"a": 4, "b": 2}, "y": {"b": 5}, "z": {}}, keys, 0.5)
    Scored(values={'x': 4.0, 'y': 1.0}, without=1)
    """
    found: dict[str, float] = {}
    for who, given in table.items():
        keyed = [turned(one, given.get(one.path)) for one in items]
        known = [value for value in keyed if not math.isnan(value)]
        if known and len(known) >= max(1, math.ceil(least * len(items) - 1e-9)):
            found[who] = math.fsum(known) / len(known)
    return Scored(found, len(table) - len(found))
