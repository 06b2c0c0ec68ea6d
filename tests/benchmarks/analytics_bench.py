"""How much faster the analytics are than networkx and DuckDB, in one run on the same data; values compared as well.

    PYTHONPATH=src .venv/bin/python tests/benchmarks/analytics_bench.py [--networks 500] [--national]

Prints one line for each job: processor seconds of both, and their ratio. Ratios of one run are sound while other
work shares the machine; absolute seconds are not. Ends with status 1 where a bar is missed or a value differs.

Bars: projection at least 20 times as fast as networkx and at most 1.5 times a bare self-join of DuckDB; health of small
networks 10 times; constraint 6 times with a quarter of the memory; Leiden 20 times networkx's Louvain, modularity not lower
by more than .001; panorama of 2 000 people in 180 gatherings below 2 s. With --national: 320 000 people in 200 000
gatherings projected within 1.3 GB.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import sys
import time
from collections.abc import Callable
from itertools import combinations
from typing import TypeVar

import duckdb
import networkx as nx
import numpy as np
from seats import LAST_DAY, measured, names_of, network_of, seats_of

from tejido_analytics.activity import Activity
from tejido_analytics.network import cohesion, groups, roles
from tejido_analytics.network.encounters import encounters, met_ties
from tejido_analytics.network.projection import projected
from tejido_analytics.network.ties import Network
from tejido_analytics.panorama import panorama
from tejido_analytics.tables import Attendance, Gathering, Period, Person, School, Tables

YEAR = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
Result = TypeVar("Result")


def programme(people: int, gatherings: int, seed: int) -> Tables:
    """Heavy-tailed two-mode attendance: four seats in five go to people of the gathering's own district."""
    draw = np.random.default_rng(seed)
    districts = max(1, people // 40)
    staff = [
        Person(
            f"p{n:05}",
            school=f"s{n // 2:05}",
            district=f"d{n % districts:03}",
            sector="public" if n % 3 else "private",
            role="principal" if n % 10 == 0 else "teacher",
        )
        for n in range(people)
    ]
    schools = [
        School(
            f"s{n:05}",
            lat=4 + draw.uniform(-2, 2),
            lon=-74 + draw.uniform(-2, 2),
            rural=n % 3 == 0,
            territory=f"t{n % 50}",
        )
        for n in range(people // 2)
    ]
    meetings, seats = [], []
    for n in range(gatherings):
        when = YEAR.start + dt.timedelta(days=int(draw.integers(-365, 365)))
        meetings.append(Gathering(f"g{n:05}", when, lat=4.6, lon=-74.1, state="held", kind="node"))
        size = int(min(max(3, 8 + draw.pareto(1.5) * 6), 60))
        home = np.arange(n % districts, people, districts)
        there = {*draw.choice(home, min(int(size * 0.8), len(home)), replace=False).tolist()}
        there |= {*draw.integers(0, people, max(1, size // 5)).tolist()}
        seats += [Attendance(f"p{one:05}", f"g{n:05}") for one in there]
    return Tables(
        people=staff, gatherings=meetings, attendance=seats, schools=schools, schools_are_register=True
    )


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Processor seconds and the result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def projection_by_networkx(found: list[tuple[float, list[str]]]) -> nx.Graph:
    """The same weights, pair by pair."""
    graph = nx.Graph()
    for weight, people in found:
        for a, b in combinations(people, 2):
            if graph.has_edge(a, b):
                graph[a][b]["weight"] += weight
            else:
                graph.add_edge(a, b, weight=weight)
    return graph


def bipartite_by_networkx(found: list[tuple[float, list[str]]]) -> nx.Graph:
    """networkx's own projection (Newman's weights, without fading), for the usual comparison."""
    both = nx.Graph()
    people = set()
    for number, (_weight, there) in enumerate(found):
        both.add_edges_from((person, number) for person in there)
        people |= set(there)
    return nx.bipartite.collaboration_weighted_projected_graph(both, people)


def health(network: Network) -> dict[str, float]:
    """Eight measures of one small network."""
    between = roles.betweenness(network)
    return {
        "density": cohesion.density(network).value or 0,
        "isolates": cohesion.isolates_share(network).value or 0,
        "largest": cohesion.largest_component(network).numerator or 0,
        "core": cohesion.k_core(network).value or 0,
        "transitivity": cohesion.clustering(network).value or 0,
        "betweenness": float(between.max()),
        "constraint": math.fsum(value for value in roles.constraint(network) if value is not None),
        "modularity": groups.communities(network, 1).detail.get("modularity", 0),
    }


def health_by_networkx(graph: nx.Graph) -> dict[str, float]:
    """The same eight; Louvain in Leiden's place, which networkx has not."""
    between = nx.betweenness_centrality(graph, weight="length")
    hold = nx.constraint(graph, weight="weight")
    parts = nx.community.louvain_communities(graph, weight="weight", seed=1)
    return {
        "density": nx.density(graph),
        "isolates": nx.number_of_isolates(graph) / len(graph),
        "largest": len(max(nx.connected_components(graph), key=len)),
        "core": max(nx.core_number(graph).values()),
        "transitivity": nx.transitivity(graph),
        "betweenness": max(between.values()),
        "constraint": math.fsum(value for value in hold.values() if not math.isnan(value)),
        "modularity": nx.community.modularity(graph, parts, weight="weight"),
    }


def small_networks(count: int) -> list[Network]:
    """Networks of 58 people in 36 gatherings of 12 on average, as the districts of a national programme have.

    Weights are powers of two, so that equally long paths are equal on both sides to the last bit.
    """
    draw = np.random.default_rng(1)
    names = [f"p{n:02}" for n in range(58)]
    networks = []
    for _number in range(count):
        ties: dict[tuple[str, str], float] = {}
        for _gathering in range(36):
            size = int(min(6 + draw.pareto(1.5) * 4, 50))
            there = sorted(draw.choice(58, size, replace=False).tolist())
            weight = float(2.0 ** -draw.integers(0, 4))
            for a, b in combinations(there, 2):
                ties[names[a], names[b]] = max(ties.get((names[a], names[b]), 0.0), weight)
        networks.append(Network.of(ties, people=names))
    return networks


def as_networkx(network: Network) -> nx.Graph:
    """The same network for networkx."""
    graph = nx.Graph()
    graph.add_nodes_from(network.people)
    for row in network.rows():
        graph.add_edge(row["source"], row["target"], weight=row["weight"], length=1 / row["weight"])
    return graph


def projection(people: int, gatherings: int) -> tuple[float, float, bool]:
    """Seconds of ours and of networkx's pairwise sum, and whether all weights agree."""
    activity = Activity(programme(people, gatherings, seed=1))
    found = encounters(activity, YEAR.end, hall_limit=60)
    ours, network = timed(lambda: met_ties(found, YEAR.end, activity.consenting))
    # Handed to networkx ready-made: names in order, weights known.
    rows = [
        (2 ** (-(YEAR.end - group.date).days / 365) / (len(group.people) - 1), sorted(group.people))
        for group in found.groups
    ]
    theirs, graph = timed(lambda: bipartite_by_networkx(rows))
    plain, weights = timed(lambda: projection_by_networkx(rows))
    same = weights.number_of_edges() == network.ties == graph.number_of_edges() and all(
        abs(weights[row["source"]][row["target"]]["weight"] - row["weight"]) < 1e-9 for row in network.rows()
    )
    print(
        f"  {network.ties:,} ties; a plain loop over pairs took {plain:.3f} s ({plain / ours:.0f} times ours)"
    )
    return ours, theirs, same


def beside_duckdb() -> tuple[float, float, bool]:
    """Seconds of ours and of DuckDB's bare self-join with two threads; both weigh pairs. The better of three runs each."""
    seats = seats_of(5000, 5000)
    base = duckdb.connect()
    base.execute("set threads = 2")
    age = (np.datetime64(LAST_DAY) - seats.day).astype(float)
    rows = {  # noqa: F841 - DuckDB finds it by its name
        "person": seats.person,
        "gathering": seats.encounter,
        "weight": (np.exp2(-age / 365) / (seats.size - 1))[seats.encounter],
    }
    base.execute("create table seats as select * from rows")
    join = """select one.person, other.person, sum(one.weight), count(*) from seats one join seats other
        on one.gathering = other.gathering and one.person < other.person group by 1, 2"""
    names = names_of(5000)
    ours, network = min(
        (timed(lambda: projected(names, seats, LAST_DAY)) for _run in range(3)), key=lambda pair: pair[0]
    )
    theirs, found = min(
        (timed(lambda: base.execute(join).fetchnumpy()) for _run in range(3)), key=lambda pair: pair[0]
    )
    a, b, weight, count = found.values()
    order = np.lexsort((b, a))
    same = (
        np.array_equal(a[order], network.a)
        and np.array_equal(b[order], network.b)
        and np.array_equal(count[order], network.count)
        and np.allclose(weight[order], network.weight, rtol=0, atol=1e-9)
    )
    return ours, theirs, same


def whole_constraint() -> tuple[tuple[float, float], tuple[float, float], bool]:
    """(seconds, MB) of ours and of networkx's constraint of 5 000 people, and whether all values agree."""
    network = network_of(5000, 5000)
    graph = as_networkx(network)
    small = small_networks(1)[0]
    rows = small.rows_of_ties, (small.adjacency.data, small.strength)

    def warm() -> object:
        from tejido_analytics.network.kernels import constraint_of_all

        return constraint_of_all(*rows[0], *rows[1])

    ours = measured(lambda: roles.constraint(network), warm)
    theirs = measured(
        lambda: nx.constraint(graph, weight="weight"), lambda: nx.constraint(as_networkx(small))
    )
    expected = nx.constraint(graph, weight="weight")
    same = all(
        math.isnan(expected[name]) if value is None else abs(value - expected[name]) < 1e-9
        for name, value in zip(network.people, roles.constraint(network), strict=True)
    )
    return ours, theirs, same


def circles() -> tuple[float, float, float]:
    """Seconds of our Leiden and of networkx's Louvain on 5 000 people (both have their graph), and how much more
    modularity ours has."""
    network = network_of(5000, 5000)
    graph = as_networkx(network)
    network.graph.vcount()
    ours, labels = timed(lambda: groups.leiden(network, 1))
    theirs, parts = timed(lambda: nx.community.louvain_communities(graph, weight="weight", seed=1))
    quality = network.graph.modularity(labels, weights=network.weight.tolist())
    return ours, theirs, quality - nx.community.modularity(graph, parts, weight="weight")


def national() -> tuple[float, float, float]:
    """Seconds, memory above the seats and memory of the seats (MB) for 320 000 people in 200 000 gatherings."""
    loaded = measured(lambda: seats_of(320_000, 200_000))[1]
    seats, names = seats_of(320_000, 200_000), names_of(320_000)
    seconds, above = measured(lambda: projected(names, seats, LAST_DAY))
    return seconds, above, loaded


def main() -> int:
    """Run all jobs; 0 where every bar is met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--networks", type=int, default=500, help="how many small networks (500)")
    parser.add_argument(
        "--national", action="store_true", help="project 320 000 people in 200 000 gatherings too"
    )
    given = parser.parse_args()
    met: list[bool] = []

    def report(job: str, ours: float, theirs: float, bar: float, same: bool) -> None:
        met.append(theirs / ours >= bar and same)
        verdict = "met" if met[-1] else "MISSED" if same else "VALUES DIFFER"
        print(
            f"{job}: {ours:.3f} s against {theirs:.3f} s: {theirs / ours:.1f} times (bar {bar:.2g}: {verdict})"
        )

    def within(job: str, value: float, bar: float) -> None:
        met.append(value <= bar)
        print(f"{job}: {value:.4g} (bar {bar:.4g}: {'met' if met[-1] else 'MISSED'})")

    for people, gatherings in ((2000, 180), (5000, 5000)):
        report(f"projection {people} × {gatherings}, networkx", *_apart(projection(people, gatherings), 20))
    report("projection 5000 × 5000 of seats, DuckDB's self-join", *_apart(beside_duckdb(), 1 / 1.5))
    _health(given.networks, report)
    (seconds, megabytes), (others_seconds, others_megabytes), same = whole_constraint()
    report("constraint of 5000 people, networkx", seconds, others_seconds, 6, same)
    within(
        f"  its share of the memory ({megabytes:.0f} of {others_megabytes:.0f} MB)",
        megabytes / others_megabytes,
        0.25,
    )
    ours, theirs, more = circles()
    report("Leiden of 5000 people, networkx's Louvain", ours, theirs, 20, more >= -0.001)
    print(f"  modularity higher by {more:.5f}")
    if given.national:
        seconds, above, loaded = national()
        within(f"national projection in {seconds:.1f} s, MB with its seats", above + loaded, 1300)
    seconds, seen = timed(lambda: panorama(programme(2000, 180, seed=1), YEAR))
    within(f"panorama of 2000 people in 180 gatherings, {seen.network.ties} standing ties, s", seconds, 2)
    return 0 if all(met) else 1


def _apart(found: tuple[float, float, bool], bar: float) -> tuple[float, float, float, bool]:
    return found[0], found[1], bar, found[2]


def _health(count: int, report: Callable[[str, float, float, float, bool], None]) -> None:
    networks = small_networks(count)
    graphs = [as_networkx(network) for network in networks]
    ours, found = timed(lambda: [health(network) for network in networks])
    theirs, expected = timed(lambda: [health_by_networkx(graph) for graph in graphs])
    pairs = list(zip(found, expected, strict=True))
    same = all(
        abs(one[name] - other[name]) < 1e-9 for one, other in pairs for name in one if name != "modularity"
    )
    better = sum(one["modularity"] >= other["modularity"] - 1e-9 for one, other in pairs)
    report(f"health of {count} networks of 58, networkx", ours, theirs, 10, same)
    print(f"  modularity at least Louvain's in {better} of {count}")


if __name__ == "__main__":
    sys.exit(main())
