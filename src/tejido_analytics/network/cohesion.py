"""How closely a network hangs together. Every value is None with a reason where it is undefined, never NaN."""

from __future__ import annotations

import numpy as np

from tejido_analytics import reasons
from tejido_analytics.measure import Measure, share
from tejido_analytics.network.ties import COMPILED_FROM, Network


def density(network: Network) -> Measure:
    """Ties there are / ties there could be: 2m / (n(n-1)), 0..1; n = people. None below two people.

    >>> density(Network.of({("a", "b"): 1, ("b", "c"): 1}))
    Measure(value=0.6666666666666666, n=3, because='', numerator=2, denominator=3)
    """
    n = network.size
    if n < 2:
        return Measure(None, n, reasons.TOO_FEW_PEOPLE)
    possible = n * (n - 1) // 2
    return Measure(network.ties / possible, n, "", network.ties, possible)


def mean_strength(network: Network) -> Measure:
    """Mean over people of the summed weight of their ties, 2·Σw / n; those without ties count 0. n = people.

    >>> mean_strength(Network.of({("a", "b"): 0.5}, people=["c"])).value
    0.3333333333333333
    """
    if not network.size:
        return Measure(None, 0, reasons.NO_PEOPLE)
    total = 2 * float(network.weight.sum())
    return Measure(total / network.size, network.size, "", total, network.size)


def isolates_share(network: Network) -> Measure:
    """Share of people without a tie, 0..1; n = people; detail lists them.

    >>> isolates_share(Network.of({("a", "b"): 0.5}, people=["c", "d"])).value
    0.5
    """
    alone = np.flatnonzero(network.degree == 0).tolist()
    people = [network.people[at] for at in alone]
    return share(len(people), network.size, reasons.NO_PEOPLE, detail={"people": people})


def largest_component(network: Network) -> Measure:
    """Share of people in the largest group in which everybody can be reached, 0..1; n = people.

    detail: `sizes` of all components from the largest, `people` of the largest (of several
    equally large ones, the one with the first id). O(n + m).

    >>> largest_component(Network.of({("a", "b"): 1, ("b", "c"): 1, ("d", "e"): 1})).detail["sizes"]
    [3, 2]
    """
    if not network.size:
        return Measure(None, 0, reasons.NO_PEOPLE)
    label = np.array(components(network), dtype=np.int64)
    sizes = np.bincount(label)
    biggest = np.flatnonzero(label == 0).tolist()
    return share(
        int(sizes[0]),
        network.size,
        reasons.NO_PEOPLE,
        detail={
            "sizes": sizes.tolist(),
            "people": [network.people[at] for at in biggest],
        },
    )


def components(network: Network) -> list[int]:
    """Number of each person's component, int[n]; 0 is the largest, of equals the one with the first person.

    >>> chain = Network.of({("a", "b"): 1, ("b", "c"): 1}, people=["z"])
    >>> components(chain)
    [0, 0, 0, 1]
    """
    from scipy.sparse import csgraph  # slow to load

    _count, raw = csgraph.connected_components(network.adjacency, directed=False)
    labels: list[int] = ranked(raw).tolist()
    return labels


def ranked(labels: np.ndarray) -> np.ndarray:
    """Labels renamed 0, 1, 2 … by size, largest first, of equals the one that occurs first.

    labels: int[n], any numbers. Returns int[n].

    >>> ranked(np.array([7, 3, 3])).tolist()
    [1, 0, 0]
    """
    if not len(labels):
        return labels.astype(np.int64)
    _names, first, inverse, counts = np.unique(
        labels, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(counts), dtype=np.int64)
    rank[np.lexsort((first, -counts))] = np.arange(len(counts))
    return rank[inverse]


def clustering(network: Network) -> Measure:
    """Global transitivity: 3·triangles / connected triads, 0..1; unweighted. n = triads (pairs of ties that meet).

    None where nobody has two ties. Luce & Perry (1949); Newman, Networks (2010), §7.9.

    >>> clustering(Network.of({("a", "b"): 1, ("b", "c"): 1, ("a", "c"): 1, ("c", "d"): 1})).value
    0.6
    """
    triads = int((network.degree * (network.degree - 1) // 2).sum())
    if not triads:
        return Measure(None, 0, reasons.NO_TRIADS)
    if network.ties > COMPILED_FROM:
        from tejido_analytics.network.kernels import triangles

        closed = 3 * int(triangles(*network.rows_of_ties))
    else:
        # igraph returns the quotient; its numerator is a whole number again.
        closed = round(network.graph.transitivity_undirected() * triads)
    return Measure(closed / triads, triads, "", closed, triads)


def k_core(network: Network) -> Measure:
    """Largest k such that some people all have k ties among themselves; detail: who they are. n = people.

    Seidman (1983). 0 where there are people and no ties. O(m).

    >>> core = k_core(Network.of({("a", "b"): 1, ("b", "c"): 1, ("a", "c"): 1, ("c", "d"): 1}))
    >>> core.value, core.detail["people"]
    (2, ['a', 'b', 'c'])
    """
    if not network.size:
        return Measure(None, 0, reasons.NO_PEOPLE)
    level = coreness(network)
    top = max(level)
    people = [name for name, k in zip(network.people, level, strict=True) if k == top] if top else []
    sizes = np.bincount(level)[::-1].cumsum()[::-1]
    at_least = [{"k": k, "people": int(sizes[k])} for k in range(1, top + 1)]
    return Measure(top, network.size, detail={"people": people, "at_least": at_least})


def coreness(network: Network) -> list[int]:
    """The largest k of the k-cores each person is in, int[n].

    >>> chain = Network.of({("a", "b"): 1, ("b", "c"): 1}, people=["z"])
    >>> coreness(chain)
    [1, 1, 1, 0]
    """
    if network.ties > COMPILED_FROM:
        from tejido_analytics.network.kernels import coreness_of_all

        levels: list[int] = coreness_of_all(*network.rows_of_ties).tolist()
        return levels
    return [int(k) for k in network.graph.coreness()]
