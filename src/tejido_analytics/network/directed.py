"""Directed ties: who asks whom for advice, who answers whom, who accompanies whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
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
    found: pairs (who, whom).

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

    found: pairs (who, whom).

    >>> degrees({("a", "b"), ("c", "b")})
    {'a': (0, 1), 'b': (2, 0), 'c': (0, 1)}
    """
    proper = {(source, target) for source, target in found if source != target}
    incoming = Counter(target for _source, target in proper)
    outgoing = Counter(source for source, _target in proper)
    return {name: (incoming[name], outgoing[name]) for name in sorted({*incoming, *outgoing})}


def pagerank(
    found: Mapping[Arc, float], people: Collection[str] = (), damping: float = 0.85
) -> dict[str, float]:
    """Who is turned to by those who are turned to: person -> share of all attention, sorted by person; they sum to 1.

    The stationary share of somebody who follows an arc out with probability proportional to its weight and starts
    anew at anybody with probability 1 - `damping`, or always where no arc leads on (Brin & Page 1998).
    people: who counts beside those with an arc. Empty without people. Raises ValueError for a damping outside 0..1.
    found: pair (who, whom) -> weight above 0.

    >>> {name: round(share, 3) for name, share in pagerank({("a", "c"): 1, ("b", "c"): 1}).items()}
    {'a': 0.213, 'b': 0.213, 'c': 0.574}
    """
    if not 0 <= damping < 1:
        raise ValueError("damping is at least 0 and below 1")
    names, graph, weights = _digraph(found, people)
    if not names:
        return {}
    values = graph.pagerank(directed=True, damping=damping, weights=weights or None)
    return dict(zip(names, map(float, values), strict=True))


def closeness(found: Set[Arc], people: Collection[str] = ()) -> dict[str, float]:
    """How few steps those who reach a person need, 0..1; person -> value, sorted; 0 where nobody points at them.

    C_i = (r - 1)/(n - 1) · (r - 1)/Σ_j d(j, i) over the r people from whom i can be reached along arcs, i included
    (Wasserman & Faust 1994, §5.2). Weights are not used: an answer is an answer. O(n·m).
    found: pairs (who, whom). people: who counts beside those with an arc.

    >>> closeness({("a", "b"), ("b", "c")})
    {'a': 0.0, 'b': 0.5, 'c': 0.6666666666666666}
    """
    names, graph, _weights = _digraph(dict.fromkeys(found, 1.0), people)
    if len(names) < 2:
        return dict.fromkeys(names, 0.0)
    raw = graph.closeness(mode="in")
    reach = graph.neighborhood_size(order=len(names), mode="in")
    return {
        name: float(value) * (size - 1) / (len(names) - 1) if size > 1 else 0.0
        for name, value, size in zip(names, raw, reach, strict=True)
    }


def _digraph(found: Mapping[Arc, float], people: Collection[str]) -> tuple[list[str], Any, list[float]]:
    """Names in order, the directed graph on them, and its weights; without loops."""
    proper = sorted((arc, weight) for arc, weight in found.items() if arc[0] != arc[1])
    names = sorted({end for arc, _weight in proper for end in arc} | set(people))
    number = {name: at for at, name in enumerate(names)}
    edges = [(number[source], number[target]) for (source, target), _weight in proper]
    import igraph

    return names, igraph.Graph(n=len(names), edges=edges, directed=True), [weight for _arc, weight in proper]


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
