"""Two insights side by side: values, and which ties are new, kept and lost from the one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tejido.insights.definitions import FAMILIES, Definition
from tejido.insights.models import IndicatorValue
from tejido.insights.selectors.cards import say, unit_of
from tejido.insights.selectors.weave import Weave
from tejido.insights.words import because

NAMED = 40  # ties listed of each sort


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator in both periods; texts, a reason where there is no value."""

    definition: Definition
    earlier: str
    later: str
    unit: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A tie by the names that this reader reads."""

    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Change:
    """Ties from the earlier to the later: how many, and the first of them by name. Empty lists for who sees no ties."""

    new: int
    kept: int
    lost: int
    new_pairs: list[Pair]
    kept_pairs: list[Pair]
    lost_pairs: list[Pair]


def rows(earlier: Mapping[str, IndicatorValue], later: Mapping[str, IndicatorValue]) -> list[Row]:
    """Every indicator of the five families in both periods. No query."""
    found = []
    for family in FAMILIES:
        for one in family.indicators:
            found.append(Row(one, _said(one, earlier), _said(one, later), unit_of(one.kind)))
    return found


def _said(definition: Definition, values: Mapping[str, IndicatorValue]) -> str:
    value = values.get(definition.id)
    if value is None or value.value is None:
        return because(value.because if value else "")
    return say(definition.kind, value.value)


def change(earlier: Weave, later: Weave, *, named: bool) -> Change:
    """New, kept and lost ties among people active in either period. O(ties)."""
    old = {(thread.a, thread.b) for thread in earlier.threads}
    now = {(thread.a, thread.b) for thread in later.threads}
    sorts = (now - old, now & old, old - now)
    words = {
        **{pk: knot.name for pk, knot in earlier.knots.items()},
        **{pk: k.name for pk, k in later.knots.items()},
    }
    new, kept, lost = (_pairs(pairs, words) if named else [] for pairs in sorts)
    return Change(len(sorts[0]), len(sorts[1]), len(sorts[2]), new, kept, lost)


def _pairs(pairs: set[tuple[int, int]], words: Mapping[int, str]) -> list[Pair]:
    named = (tuple(sorted((words[a], words[b]))) for a, b in pairs)
    return [Pair(*both) for both in sorted(named)[:NAMED]]
