"""What is no sum: components, triangles, cores, go-betweens. From the ties of an engine to one machine's arrays.

The ties of a country fit one machine when they are numbers (10 million take 160 MB as two ends and a weight, 32 bytes a
tie more for days and counts); the rows they came from need not. Components, transitivity and cores are exact at any size, on
compressed rows. Betweenness visits every person from every person and would not end; above `Sample.exact_up_to` it is
estimated from some pivots, and the result says so. Groups are looked for in each community by itself (`circles`).
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from tejido_analytics import reasons
from tejido_analytics.measure import Measure
from tejido_analytics.network import cohesion
from tejido_analytics.network.groups import leiden
from tejido_analytics.network.roles import betweenness, gini
from tejido_analytics.network.ties import COMPILED_FROM, Floats, Integers, Network
from tejido_analytics.wide.engine import arrow, rows
from tejido_analytics.wide.network import Net

SEED = 20240229
_PARTS = 8


@dataclass(frozen=True, slots=True)
class Sample:
    """How to estimate what cannot be computed: betweenness from `pivots` people drawn with `seed`.

    exact_up_to: people times ties up to which it is computed instead; 250 million take some ten seconds.
    """

    pivots: int = 200
    seed: int = SEED
    exact_up_to: int = 250_000_000

    def __post_init__(self) -> None:
        if self.pivots < 1:
            raise ValueError("an estimate takes at least one pivot")


def collect(net: Net, *, days: bool = True) -> Network:
    """The network of a roll as arrays of this machine; with `days` off, first, last and count are not brought.

    Then first and last are NaT and count 0, and take no memory. Cost: 20 bytes a tie and one sort, 24 more with days.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Period, Tables
    >>> from tejido_analytics.wide import Wide, connect, held, roll_of
    >>> day = dt.date(2024, 5, 2)
    >>> pair = Tables(gatherings=[Gathering("g", day)], attendance=[Attendance("a", "g"), Attendance("b", "g")])
    >>> collect(Net(roll_of(Wide(held(connect(), pair)), Period(day, day)))).pairs()
    {('a', 'b')}
    """
    engine = net.roll.engine
    people = arrow(net.people.select("person", "id").order_by("person"), engine)
    numbers = people["person"].to_numpy().astype(np.int64)
    names = tuple(people["id"].to_pylist())
    wanted = ["a", "b", "weight", *(["first", "last", "count"] if days else [])]
    ties = arrow(net.ties.select(*wanted), engine)
    a, b = (np.searchsorted(numbers, ties[end].to_numpy()).astype(np.int64) for end in ("a", "b"))
    order = np.argsort(a * max(len(names), 1) + b)
    m = len(order)
    if days:
        first, last = (_days(ties[column])[order] for column in ("first", "last"))
        count = ties["count"].to_numpy().astype(np.int64)[order]
    else:
        first = last = np.broadcast_to(np.datetime64("NaT", "D"), m)
        count = np.broadcast_to(np.int64(0), m)
    weight = ties["weight"].to_numpy().astype(np.float64)[order]
    return Network(names, a[order], b[order], weight, first, last, count)


def _days(column: pa.ChunkedArray) -> np.ndarray:
    """Days since 1970 as datetime64[D]; unknown ones NaT."""
    return np.array(column.cast(pa.int32()).cast(pa.date32()).to_numpy(), dtype="datetime64[D]")


def whole_network(network: Network, sample: Sample | None = None) -> dict[str, Measure]:
    """id -> Measure of largest_component, clustering, k_core (exact) and brokers (exact or sampled, see `brokers`).

    Lists of people stay out of the details: a country's components have no names.

    >>> found = whole_network(Network.of({("a", "b"): 1, ("b", "c"): 1}))
    >>> found["largest_component"].value, found["brokers"].detail["sampled"]
    (1.0, False)
    """
    found = {
        "largest_component": cohesion.largest_component(network),
        "clustering": cohesion.clustering(network),
        "k_core": cohesion.k_core(network),
    }
    told = {name: without_lists(measure) for name, measure in found.items()}
    return told | {"brokers": brokers(network, sample)}


def without_lists(measure: Measure, detail: Mapping[str, Any] | None = None) -> Measure:
    """The same with another detail, by default its own without lists of people.

    >>> without_lists(Measure(1, 2, detail={"people": ["ana", "eva"], "sizes": [2]})).detail
    {'sizes': [2]}
    """
    lists = ("people", "groups")
    kept = {name: value for name, value in measure.detail.items() if name not in lists}
    return dataclasses.replace(measure, detail=kept if detail is None else detail)


def sampled_betweenness(network: Network, sample: Sample) -> Floats:
    """Estimate of `roles.betweenness` from the shortest paths that start at some people, float64[n], about 0..1.

    b_i ≈ n/k · Σ over k pivots s and all t of (share of the shortest s-t paths through i) · d(s, i)/d(s, t), over
    (n-1)(n-2)/2, with lengths 1/w (Brandes & Pich, Centrality estimation in large networks, 2007: pivots drawn without
    replacement, seeded; Geisberger, Sanders & Schultes 2008: the scaling). Unbiased for each person; with all people
    as pivots it is the exact value. The same whatever the number of processors. Cost: k·(m + n log n), on all processors.

    >>> chain = Network.of({("a", "b"): 1, ("b", "c"): 1})
    >>> sampled_betweenness(chain, Sample(pivots=3)).tolist()
    [0.0, 1.0, 0.0]
    """
    n = network.size
    if n < 3 or not network.ties:
        return np.zeros(n)
    from tejido_analytics.network.paths import paths_between

    pivots = np.sort(np.random.default_rng(sample.seed).choice(n, min(sample.pivots, n), replace=False))
    starts, others = network.rows_of_ties
    weights = network.adjacency.data if np.ptp(network.weight) > 0 else np.empty(0)
    # As many parts whatever the machine, so that the sums are rounded alike.
    with ThreadPoolExecutor(min(_PARTS, os.cpu_count() or 1)) as threads:
        found = threads.map(
            lambda part: paths_between(starts, others, weights, part), np.array_split(pivots, _PARTS)
        )
        total: Floats = np.add.reduce(list(found))
    return total * (n / len(pivots)) / ((n - 1) * (n - 2) / 2)


def brokers(network: Network, sample: Sample | None = None) -> Measure:
    """How unequally brokerage is spread: Gini of betweenness, as `roles.brokers`; n = people.

    detail: `sampled`, whether it is an estimate; then `pivots` says from how many people, and `of` how many there are.
    `top_share`: the share of the first. None as there. An estimate is a little too high, both of them, because
    chance makes people differ more than they do: docs/reference/analytics-figures.md says by how much.

    >>> star = Network.of({("a", "hub"): 1, ("b", "hub"): 1, ("c", "hub"): 1})
    >>> brokers(star, Sample(pivots=4, exact_up_to=0)).detail
    {'sampled': True, 'pivots': 4, 'of': 4, 'top_share': 1.0}
    """
    sample = sample or Sample()
    if network.size < 3:
        return Measure(None, network.size, reasons.TOO_FEW_PEOPLE if network.size else reasons.NO_PEOPLE)
    if not network.ties:
        return Measure(None, network.size, reasons.NO_TIES)
    estimated = network.size * network.ties > sample.exact_up_to
    if estimated:
        between = sampled_betweenness(network, sample)
    elif network.ties > COMPILED_FROM:  # from everybody, so exact
        between = sampled_betweenness(network, dataclasses.replace(sample, pivots=network.size))
    else:
        between = betweenness(network)
    detail: dict[str, Any] = {"sampled": estimated}
    if estimated:
        detail |= {"pivots": min(sample.pivots, network.size), "of": network.size}
    spread, total = gini(between), float(between.sum())
    detail["top_share"] = float(between.max()) / total if total > 0 else None
    return Measure(spread.value, spread.n, spread.because, detail=detail)


def circles(network: Network, group_of: Mapping[str, str], seed: int = SEED) -> Measure:
    """How many groups of at least two people Leiden finds when it looks into each piece of the network by itself.

    n = people who are in a piece. Not the groups of the network as a whole, which do not stop at the edge of a piece:
    `by_piece` in the detail says so, with `pieces` (how many), `modularity` (Q of these groups in the network of all
    those people, ties from piece to piece included, on weights), `largest` (people in the largest group), `alone` (people in
    no group) and `ties_between` (ties that no group could use, because they lead from one piece to another).
    group_of: person -> piece, as `pieces`. Cost: as `groups.leiden` for each piece.

    >>> both = Network.of({("a", "b"): 1, ("c", "d"): 1, ("b", "c"): 1})
    >>> found = circles(both, {"a": "x", "b": "x", "c": "y", "d": "y"})
    >>> found.value, found.detail["by_piece"], found.detail["ties_between"], round(found.detail["modularity"], 3)
    (2, True, 1, 0.167)
    """
    label = np.full(network.size, -1, dtype=np.int64)
    sizes: list[int] = []
    parts = 0
    for _name, piece in pieces(network, group_of):
        parts += 1
        found = np.array(leiden(piece, seed), dtype=np.int64)
        label[[network.number[name] for name in piece.people]] = found + len(sizes)
        sizes += np.bincount(found).tolist()
    people = int((label >= 0).sum())
    if not people:
        return Measure(None, 0, reasons.NO_PEOPLE)
    if not network.ties:
        return Measure(None, people, reasons.NO_TIES)
    real = [size for size in sizes if size > 1]
    among = (label[network.a] >= 0) & (label[network.b] >= 0)
    inside = np.array([group_of.get(name, "") for name in network.people])
    return Measure(
        len(real),
        people,
        detail={
            "by_piece": True,
            "pieces": parts,
            "modularity": _modularity(network, label, among),
            "largest": max(real, default=0),
            "alone": len(sizes) - len(real),
            "ties_between": int((inside[network.a] != inside[network.b])[among].sum()),
        },
    )


def _modularity(network: Network, label: Integers, among: np.ndarray) -> float | None:
    """Q on weights (Newman & Girvan 2004) of groups in the network of the ties `among`; None without any."""
    a, b, weight = label[network.a[among]], label[network.b[among]], network.weight[among]
    total = float(weight.sum())
    if not total:
        return None
    within = float(weight[a == b].sum())
    strength = np.bincount(np.concatenate([a, b]), weights=np.concatenate([weight, weight]))
    return within / total - float((strength**2).sum()) / (2 * total) ** 2


def pieces(network: Network, group_of: Mapping[str, str]) -> Iterator[tuple[str, Network]]:
    """The network inside each group, by name: its people, and the ties among them; people without a group are left out.

    For measures that are meant for one community and are too dear for all of them at once. One sort of the ties, then
    each piece in its own size: the pieces of 5 500 districts take about as long as reading the ties.

    >>> both = Network.of({("a", "b"): 1, ("b", "c"): 1, ("c", "d"): 1})
    >>> [(name, piece.people, piece.ties) for name, piece in pieces(both, {"a": "x", "b": "x", "c": "y", "d": "y"})]
    [('x', ('a', 'b'), 1), ('y', ('c', 'd'), 1)]
    """
    names = sorted({group for group in group_of.values() if group})
    code = {name: at for at, name in enumerate(names)}
    groups = np.array([code.get(group_of.get(name, ""), -1) for name in network.people], dtype=np.int64)
    inner = np.flatnonzero((groups[network.a] == groups[network.b]) & (groups[network.a] >= 0))
    inner = inner[np.argsort(groups[network.a[inner]], kind="stable")]
    order = np.argsort(groups, kind="stable")
    bounds, cuts = (
        np.searchsorted(sorted_, np.arange(len(names) + 1))
        for sorted_ in (groups[order], groups[network.a[inner]])
    )
    place = np.empty(network.size, dtype=np.int64)
    for at, name in enumerate(names):
        members: Integers = order[bounds[at] : bounds[at + 1]]
        ties = inner[cuts[at] : cuts[at + 1]]
        place[members] = np.arange(len(members))
        yield (
            name,
            Network(
                tuple(network.people[member] for member in members.tolist()),
                place[network.a[ties]],
                place[network.b[ties]],
                network.weight[ties],
                network.first[ties],
                network.last[ties],
                network.count[ties],
            ),
        )


def groups_of(net: Net, attribute: str) -> dict[str, str]:
    """person -> district, school, sector or subject of everybody in the network; the school of the period.

    Raises ValueError for another attribute.
    """
    if attribute not in ("district", "school", "sector", "subject"):
        raise ValueError(f"people are not grouped by {attribute!r}")
    column = "school_now" if attribute == "school" else attribute
    found = rows(net.people.select("id", group=column), net.roll.engine)
    return {row["id"]: row["group"] for row in found}
