"""Groups within a network whose members are tied more to each other than to the rest (Leiden)."""

from __future__ import annotations

from typing import Any

import numpy as np

from tejido_analytics import reasons
from tejido_analytics.measure import Measure
from tejido_analytics.network.cohesion import ranked
from tejido_analytics.network.engine import seeded
from tejido_analytics.network.ties import Network
from tejido_analytics.network.unnamed import unnamed

_RUNS_OF_SMALL, _SMALL = 30, 200  # in small networks one poor grouping is easily found several times over
_RUNS, _LARGE = 10, 20_000
_ENOUGH = 2
_ROUNDS_OF_LARGE = 2  # of one run; more change the modularity in the fifth decimal


def leiden(network: Network, seed: int) -> list[int]:
    """Group number of each person, int[n]: 0 is the largest. The best modularity of several runs of Leiden on weights.

    Traag, Waltman & van Eck, From Louvain to Leiden (2019), each run until no improvement: 30 runs up to 200 ties, then
    at most 10, fewer where the best was found twice; Louvain's grouping is one more candidate, so that the
    result is never worse than it; the first of the best kept. Above 20 000 ties one run of two rounds, whose
    modularity hardly depends on chance any more. The same for the same people, ties and seed in whatever order they
    were given, because people and ties are sorted; up to 20 000 ties also under whatever names, because there they
    are sorted by their place in the network alone (`unnamed`). People without ties are groups of one.

    >>> two = Network.of({("a", "b"): 1, ("b", "c"): 1, ("a", "c"): 1, ("c", "x"): .1,
    ...                   ("x", "y"): 1, ("y", "z"): 1, ("x", "z"): 1})
    >>> leiden(two, seed=1)
    [0, 0, 0, 1, 1, 1]
    """
    if not network.ties:
        return list(range(network.size))
    if network.ties > _LARGE:
        with seeded(seed):
            found = network.graph.community_leiden(
                "modularity", weights=network.weight.tolist(), n_iterations=_ROUNDS_OF_LARGE
            )
        return [int(label) for label in ranked(np.array(found.membership, dtype=np.int64))]
    graph, weights, place = unnamed(network)
    with seeded(seed):
        best = np.array(_best_of_several(graph, weights), dtype=np.int64)
    return [int(label) for label in ranked(best[place])]


def _best_of_several(graph: Any, weights: list[float]) -> list[int]:
    small, times = len(weights) <= _SMALL, 0
    best: list[int] = graph.community_multilevel(weights=weights).membership
    highest = graph.modularity(best, weights=weights)
    for _run in range(_RUNS_OF_SMALL if small else _RUNS):
        found = graph.community_leiden("modularity", weights=weights, n_iterations=-1).membership
        quality = graph.modularity(found, weights=weights)
        if quality > highest + 1e-12:
            highest, best, times = quality, found, 1
        elif quality > highest - 1e-12:
            times += 1
        if times == _ENOUGH and not small:
            break
    return best


def communities(network: Network, seed: int, labels: list[int] | None = None) -> Measure:
    """How many groups of at least two people Leiden finds (count; n = people).

    detail: `modularity` Q on weights (Newman & Girvan 2004; above some 0.3 the groups are plain), `sizes` from the
    largest, `groups` (lists of ids), `alone` (how many are in no group). labels: of `leiden`, where already known.

    >>> communities(Network.of({("a", "b"): 1, ("c", "d"): 1}, people=["e"]), seed=1).detail["sizes"]
    [2, 2]
    """
    if not network.size:
        return Measure(None, 0, reasons.NO_PEOPLE)
    if not network.ties:
        return Measure(None, network.size, reasons.NO_TIES)
    labels = leiden(network, seed) if labels is None else labels
    groups: list[list[str]] = [[] for _ in range(max(labels) + 1)]
    for name, label in zip(network.people, labels, strict=True):
        groups[label].append(name)
    real = [group for group in groups if len(group) > 1]
    quality = float(network.graph.modularity(labels, weights=network.weight.tolist()))
    return Measure(
        len(real),
        network.size,
        detail={
            "modularity": quality,
            "sizes": [len(group) for group in real],
            "groups": real,
            "alone": len(groups) - len(real),
        },
    )
