"""Who connects others: betweenness, constraint, and how unequally the first is spread.

Strength and length are opposites. For shortest paths a tie of weight w has length 1/w (Newman, Scientific
collaboration networks II, 2001): two who met often are near. Reading the weights as lengths, as most libraries do
unless told otherwise, would make strangers the bridges.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tejido_analytics import reasons
from tejido_analytics.measure import Measure
from tejido_analytics.network.ties import COMPILED_FROM, Floats, Network


def betweenness(network: Network) -> Floats:
    """Share of all shortest paths between two others that pass through each person, float64[n] in 0..1.

    Lengths 1/w, all equally short paths count in parts, divided by (n-1)(n-2)/2 (Freeman 1977; Brandes 2001).
    Zeros below three people. O(n·(m + n log n)).

    >>> betweenness(Network.of({("a", "b"): 1, ("b", "c"): 1})).tolist()
    [0.0, 1.0, 0.0]
    """
    n = network.size
    if n < 3 or not network.ties:
        return np.zeros(n)
    weights = network.weight
    lengths = None if np.ptp(weights) == 0 else (1.0 / weights).tolist()
    raw = np.array(network.graph.betweenness(directed=False, weights=lengths), dtype=np.float64)
    return raw / ((n - 1) * (n - 2) / 2)


def constraint(network: Network) -> list[float | None]:
    """Burt's constraint of each person: how much all their ties lead to one another (n entries; None without ties).

    c_i = Σ_j (p_ij + Σ_q p_iq·p_qj)² with p_ij = w_ij / Σ_k w_ik (Burt, Structural Holes, 1992). Low: a broker.
    About 1 for somebody who hangs on one person; may pass 1 in very small cliques. O(Σ degree²); above 5 000 ties by
    a compiled loop on the rows of the sparse matrix, which needs a fraction of the memory.

    >>> constraint(Network.of({("a", "b"): 1, ("b", "c"): 1}))
    [1.0, 0.5, 1.0]
    """
    if not network.ties:
        return [None] * network.size
    if network.ties > COMPILED_FROM:
        from tejido_analytics.network.kernels import constraint_of_all

        starts, others = network.rows_of_ties
        values = constraint_of_all(starts, others, network.adjacency.data, network.strength).tolist()
    else:
        values = network.graph.constraint(weights=network.weight.tolist())
    return [float(value) if k else None for value, k in zip(values, network.degree.tolist(), strict=True)]


def closeness(network: Network, *, weighted: bool = False) -> Floats:
    """How near each person is to everybody they can reach, float64[n] in 0..1; 0 without ties.

    C_i = (r_i - 1)/(n - 1) · (r_i - 1)/Σ_j d(i, j) over the r_i people of the component, i included: the reach, times
    one over the mean distance (Wasserman & Faust 1994, §5.2), so that components of a network in pieces compare.
    d counts steps; with `weighted` a tie of weight w has length 1/w, and the value is per unit of length (it may pass
    1). O(n·m); with weights O(n·m·log n).

    >>> closeness(Network.of({("a", "b"): 1, ("b", "c"): 1}, people=["d"])).tolist()
    [0.4444444444444444, 0.6666666666666666, 0.4444444444444444, 0.0]
    """
    n = network.size
    if n < 2 or not network.ties:
        return np.zeros(n)
    lengths = (1.0 / network.weight).tolist() if weighted else None
    raw = np.nan_to_num(np.array(network.graph.closeness(weights=lengths), dtype=np.float64))
    parts = network.graph.connected_components()
    reached = np.array(parts.sizes(), dtype=np.float64)[parts.membership] - 1
    near: Floats = raw * reached / (n - 1)
    return near


def gini(values: Sequence[float] | Floats) -> Measure:
    """Gini coefficient of amounts ≥ 0: 0 all equal, towards 1 all with one; n = how many amounts.

    G = Σ_i (2i - n - 1)·x_(i) / (n·Σx), i = 1..n in ascending order. None where nothing is shared out.
    values: any number of amounts, none below 0.

    >>> gini([1, 1, 1, 1]).value, gini([0, 0, 0, 4]).value
    (0.0, 0.75)
    >>> gini([0, 0]).because
    'nobody stands between two others'
    """
    x = np.sort(np.asarray(values, dtype=np.float64))
    n, total = len(x), float(x.sum())
    if not n or total <= 0:
        return Measure(None, n, reasons.NO_BETWEENNESS)
    ranks = 2 * np.arange(1, n + 1) - n - 1
    return Measure(max(0.0, float((ranks * x).sum()) / (n * total)), n)


def brokers(network: Network, most: int = 10, between: Floats | None = None) -> Measure:
    """How unequally brokerage is spread: Gini of betweenness over all people, 0..1; n = people.

    detail: `people`, those with most betweenness (at most `most`, ties by id), each with `betweenness` (normalised),
    `share` of all betweenness, `constraint`, `ties`; and `top_share`, the share of the first.
    between: of `betweenness`, where already known.
    None below three people, without ties, and where nobody stands between two others.

    >>> star = brokers(Network.of({("a", "hub"): 1, ("b", "hub"): 1, ("c", "hub"): 1}))
    >>> star.value, star.detail["people"][0]["person"], star.detail["top_share"]
    (0.75, 'hub', 1.0)
    """
    if network.size < 3:
        return Measure(None, network.size, reasons.TOO_FEW_PEOPLE if network.size else reasons.NO_PEOPLE)
    if not network.ties:
        return Measure(None, network.size, reasons.NO_TIES)
    between = betweenness(network) if between is None else between
    hold = constraint(network)
    spread = gini(between)
    total = float(between.sum())
    order = np.lexsort((np.arange(network.size), -between))[:most]
    people = [
        {
            "person": network.people[at],
            "betweenness": float(between[at]),
            "share": float(between[at]) / total,
            "constraint": hold[at],
            "ties": int(network.degree[at]),
        }
        for at in order.tolist()
        if between[at] > 0
    ]
    top = people[0]["share"] if people else None
    return Measure(spread.value, spread.n, spread.because, detail={"people": people, "top_share": top})
