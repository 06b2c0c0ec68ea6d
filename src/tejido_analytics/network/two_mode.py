"""People and the gatherings they share, before anything is projected: what a large hall adds without making ties.

A projection turns a gathering of k people into k(k-1)/2 ties. These measures read the attendance itself, so that a
plenary of two thousand counts as one gathering (Borgatti & Halgin, Analyzing affiliation networks, 2011).
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

import numpy as np

from tejido_analytics import reasons
from tejido_analytics.measure import Measure


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person or a gathering stands. All 0..1, by the most that is possible in a network of two modes
    (Borgatti & Everett, Network analysis of 2-mode data, Social Networks 19, 1997): degree, share of the other mode;
    closeness, the least possible sum of distances / the sum there is (0 where not everybody can be reached);
    betweenness, of the most that one node can have."""

    degree: float
    closeness: float
    betweenness: float


def places(attended: Mapping[str, Set[str]]) -> tuple[dict[str, Place], dict[str, Place]]:
    """The places of people and of gatherings, each sorted by id. O(n·m), n of both modes and m attendances.

    attended: gathering -> people who were there.

    >>> people, gatherings = places({"g1": {"ana", "eva"}, "g2": {"eva"}})
    >>> people["eva"], gatherings["g2"].degree
    (Place(degree=1.0, closeness=1.0, betweenness=1.0), 0.5)
    """
    gatherings = sorted(attended)
    people = sorted(set().union(*attended.values())) if attended else []
    n, m = len(people), len(gatherings)
    if not n or not m:
        return {name: Place(0.0, 0.0, 0.0) for name in people}, {
            key: Place(0.0, 0.0, 0.0) for key in gatherings
        }
    number = {name: at for at, name in enumerate(people)}
    edges = [(number[name], n + at) for at, key in enumerate(gatherings) for name in attended[key]]
    import igraph

    graph = igraph.Graph(n=n + m, edges=edges)
    between = graph.betweenness(directed=False)
    whole = graph.is_connected()
    near = graph.closeness() if whole else [0.0] * (n + m)

    def place(at: int, own: int, other: int) -> Place:
        # igraph's closeness is (n + m - 1) / Σ distances; the least possible sum is one step to each of the
        # other mode and two to each of the own.
        least = other + 2 * (own - 1)
        most = _most_between(own, other)
        return Place(
            graph.degree(at) / other,
            float(near[at]) * least / (n + m - 1),
            float(between[at]) / most if most else 0.0,
        )

    return (
        {name: place(at, n, m) for at, name in enumerate(people)},
        {key: place(n + at, m, n) for at, key in enumerate(gatherings)},
    )


def _most_between(own: int, other: int) -> float:
    """The most betweenness that a node of a mode of `own` nodes can have beside `other` of the other (1997, eq. 4)."""
    s, t = divmod(own - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def clustering(attended: Mapping[str, Set[str]]) -> Measure:
    """Do the same people meet more than once: 4·C4 / L3, 0..1; n = L3.

    C4: pairs of people who share a pair of gatherings; L3: paths of three steps (person, gathering, person,
    gathering). What transitivity is where all ties are of one mode. None where no path of three steps exists.
    Robins & Alexander, Small worlds among interlocking directors, Comput. Math. Organ. Theory 10 (2004). O(Σ k²) for
    gatherings of k people.
    attended: person -> gatherings.

    >>> clustering({"g1": {"ana", "eva"}, "g2": {"ana", "eva"}, "g3": {"eva", "luz"}}).value
    0.5
    """
    from scipy import sparse  # slow to load

    people = sorted(set().union(*attended.values())) if attended else []
    number = {name: at for at, name in enumerate(people)}
    rows = [number[name] for key in sorted(attended) for name in sorted(attended[key])]
    sizes = [len(attended[key]) for key in sorted(attended)]
    columns = np.repeat(np.arange(len(sizes)), sizes)
    there = sparse.csr_array(
        (np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=(len(people), len(sizes))
    )
    been = np.bincount(rows, minlength=len(people))
    paths = int(((been[rows] - 1) * (np.array(sizes, dtype=np.int64)[columns] - 1)).sum()) if rows else 0
    if not paths:
        return Measure(None, 0, reasons.NOBODY_CAME_AGAIN)
    shared = sparse.triu(there @ there.T, k=1).data
    squares = int((shared * (shared - 1) // 2).sum())
    return Measure(4 * squares / paths, paths, "", 4 * squares, paths)
