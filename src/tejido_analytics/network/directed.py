"""Directed ties: who asks whom for advice, who answers whom, who accompanies whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence, Set
from typing import Any

from tejido_analytics import reasons
from tejido_analytics.measure import Measure, with_counts
from tejido_analytics.tables import Period, Tie

Arc = tuple[str, str]


def arcs(ties: Iterable[Tie], kind: str, period: Period, people: Collection[str]) -> dict[Arc, float]:
    """(source, target) -> summed weight, for one kind and period; sorted; loops and people outside are left out.

    A dated tie counts in the period of its date, an undated one always.

    >>> import datetime as dt
    >>> day = dt.date(2024, 5, 2)
    >>> arcs([Tie("a", "b", "advice"), Tie("a", "b", "advice")], "advice", Period(day, day), {"a", "b"})
    {('a', 'b'): 2.0}
    """
    inside = set(people)
    chosen = [
        (tie.source, tie.target, tie.weight)
        for tie in ties
        if tie.kind == kind
        and tie.source != tie.target
        and {tie.source, tie.target} <= inside
        and (tie.date is None or tie.date in period)
    ]
    total: dict[Arc, float] = {}
    for source, target, weight in sorted(chosen):
        total[source, target] = total.get((source, target), 0.0) + weight
    return total


def reciprocity(found: Set[Arc]) -> Measure:
    """Share of arcs that are returned, 0..1; n = arcs, each counted once. None without arcs.

    Loops are not arcs. Wasserman & Faust (1994), §13.

    >>> reciprocity({("a", "b"), ("b", "a"), ("a", "c")}).value
    0.6666666666666666
    """
    proper = {(source, target) for source, target in found if source != target}
    if not proper:
        return Measure(None, 0, reasons.NO_DIRECTED_TIES)
    returned = sum((target, source) in proper for source, target in proper)
    return Measure(returned / len(proper), len(proper), "", returned, len(proper))


def degrees(found: Set[Arc]) -> dict[str, tuple[int, int]]:
    """Person -> (how many others point at them, how many they point at); only people with an arc; sorted.

    >>> degrees({("a", "b"), ("c", "b")})
    {'a': (0, 1), 'b': (2, 0), 'c': (0, 1)}
    """
    proper = {(source, target) for source, target in found if source != target}
    incoming = Counter(target for _source, target in proper)
    outgoing = Counter(source for source, _target in proper)
    return {name: (incoming[name], outgoing[name]) for name in sorted({*incoming, *outgoing})}


def reciprocity_by_kind(
    ties: Sequence[Tie], kinds: Iterable[str], period: Period, people: Collection[str], most: int = 10
) -> Measure:
    """Reciprocity over all directed kinds together: returned (in the same kind) / all arcs; n = arcs.

    detail `kinds`: kind -> `value`, `arcs`, `returned`, `most_asked` (people with most incoming arcs: person, in, out).

    >>> import datetime as dt
    >>> day = dt.date(2024, 5, 2)
    >>> rows = [Tie("a", "b", "advice"), Tie("b", "a", "replied")]
    >>> reciprocity_by_kind(rows, ["advice", "replied"], Period(day, day), {"a", "b"}).value
    0.0
    """
    detail: dict[str, Any] = {}
    returned = total = 0
    for kind in sorted(set(kinds)):
        found = arcs(ties, kind, period, people).keys()
        measure = reciprocity(found)
        if measure.value is None:
            continue
        by_fame = sorted(degrees(found).items(), key=lambda item: (-item[1][0], item[0]))
        asked = [{"person": name, "in": i, "out": o} for name, (i, o) in by_fame[:most] if i]
        back = int(measure.numerator or 0)
        detail[kind] = {"value": measure.value, "arcs": measure.n, "returned": back, "most_asked": asked}
        returned, total = returned + back, total + measure.n
    chosen = set(kinds)
    loops = sum(tie.source == tie.target for tie in ties if tie.kind in chosen)
    missing = with_counts({reasons.SELF_TIES: loops})
    if not total:
        return Measure(None, 0, reasons.NO_DIRECTED_TIES, missing=missing)
    return Measure(returned / total, total, "", returned, total, missing=missing, detail={"kinds": detail})
