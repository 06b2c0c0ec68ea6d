"""A network without names: people in an order that only the ties decide, so that names cannot change what chance finds."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.network.ties import Network

_DIGITS = 9  # weights are sums of floats; what differs after these digits was added in another order


def unnamed(network: Network) -> tuple[Any, list[float], NDArray[np.int64]]:
    """The `igraph.Graph` of a network in canonical order, the weight of each of its edges, and each person's place in it.

    Returns the graph (n nodes, edges sorted), float[m] and int64[n], place[i] = node of `network.people[i]`. Two networks
    that differ only in the names of people give the same graph and weights. Canonical labelling by BLISS (Junttila & Kaski
    2007) on the graph in which every tie is a node coloured by its weight. Time: near linear in ties for networks of
    people (20 000 ties: .02 s; 600 people in equal closed groups: .3 s); exponential graphs exist, none of them social.

    >>> one = Network.of({("a", "b"): 1, ("b", "c"): 2, ("c", "d"): 1, ("d", "e"): 3})
    >>> other = Network.of({("z", "y"): 1, ("y", "p"): 2, ("p", "q"): 1, ("q", "b"): 3})
    >>> unnamed(one)[0].get_edgelist() == unnamed(other)[0].get_edgelist(), unnamed(one)[1] == unnamed(other)[1]
    (True, True)
    """
    import igraph

    n, m = network.size, network.ties
    weight = np.array([float(f"{each:.{_DIGITS}g}") for each in network.weight.tolist()])
    ties = n + np.arange(m)
    ends = np.concatenate([network.a, network.b]), np.concatenate([ties, ties])
    coloured = igraph.Graph(n=n + m, edges=list(zip(ends[0].tolist(), ends[1].tolist(), strict=True)))
    colours = np.concatenate([np.zeros(n, dtype=np.int64), 1 + np.unique(weight, return_inverse=True)[1]])
    coloured.vs["person"] = range(n + m)
    # Which way round a permutation is read differs between versions of igraph; its own function knows.
    canonical = coloured.permute_vertices(coloured.canonical_permutation(color=colours.tolist()))
    place = np.argsort([number for number in canonical.vs["person"] if number < n])
    a, b = place[network.a], place[network.b]
    low, high = np.minimum(a, b), np.maximum(a, b)
    order = np.lexsort((high, low))
    edges = list(zip(low[order].tolist(), high[order].tolist(), strict=True))
    return igraph.Graph(n=n, edges=edges), weight[order].tolist(), place
