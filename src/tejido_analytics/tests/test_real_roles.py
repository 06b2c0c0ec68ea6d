"""Roles, likeness and direction in other people's networks of educators: networkx to 1e-9, measure by measure."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from tejido_analytics.network import directed, roles, two_mode
from tejido_analytics.network.assortativity import assortativity, degree_assortativity
from tejido_analytics.network.core import core_periphery, fit
from tejido_analytics.network.kernels import constraint_of_all
from tejido_analytics.network.qap import qap
from tejido_analytics.network.ties import Network, recorded
from tejido_analytics.tables import Tables
from tejido_analytics.tests.samples import to_networkx
from tejido_analytics.tests.test_real_networks import COURSE, advice, discussions, southern_women

pytestmark = pytest.mark.real_data

KINDS = {"replied": discussions, "advice": advice}


@pytest.fixture(scope="module", params=KINDS)
def case(request: pytest.FixtureRequest) -> tuple[Tables, str, Network]:
    tables: Tables = KINDS[request.param]()
    people = [person.id for person in tables.people]
    return tables, request.param, recorded(tables.ties, {request.param}, COURSE, people)


def of_people(network: Network, values: object) -> dict[str, float]:
    return dict(zip(network.people, map(float, values), strict=True))  # type: ignore[call-overload]


def test_closeness_and_likeness_by_degree_equal_networkx(case: tuple[Tables, str, Network]) -> None:
    _tables, _kind, network = case
    graph = to_networkx(network)
    assert of_people(network, roles.closeness(network)) == pytest.approx(
        nx.closeness_centrality(graph), abs=1e-9
    )
    assert degree_assortativity(network).value == pytest.approx(
        nx.degree_pearson_correlation_coefficient(graph), abs=1e-9
    )


def test_likeness_by_group_equals_networkx(case: tuple[Tables, str, Network]) -> None:
    tables, kind, network = case
    group = {person.id: person.school if kind == "advice" else person.district for person in tables.people}
    graph = to_networkx(network)
    nx.set_node_attributes(graph, group, "group")
    found = assortativity(network, group)
    assert found.value == pytest.approx(nx.attribute_assortativity_coefficient(graph, "group"), abs=1e-9)
    if kind == "advice":
        assert found.value == 1  # advice never leaves a school in these data


def test_pagerank_and_directed_closeness_equal_networkx(case: tuple[Tables, str, Network]) -> None:
    tables, kind, network = case
    found = directed.arcs(tables.ties, kind, COURSE, network.people)
    graph = nx.DiGraph()
    graph.add_nodes_from(network.people)
    graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in found.items())
    theirs = nx.pagerank(graph, tol=1e-13, max_iter=2000)
    assert directed.pagerank(found, network.people) == pytest.approx(theirs, abs=1e-9)
    assert directed.closeness(found.keys(), network.people) == pytest.approx(
        nx.closeness_centrality(graph), abs=1e-9
    )


def test_the_compiled_constraint_equals_networkx(case: tuple[Tables, str, Network]) -> None:
    _tables, _kind, network = case
    values = constraint_of_all(*network.rows_of_ties, network.adjacency.data, network.strength)
    hold = nx.constraint(to_networkx(network), weight="weight")
    for person, ours in zip(network.people, values.tolist(), strict=True):
        assert np.isnan(ours) == np.isnan(hold[person])
        if not np.isnan(ours):
            assert ours == pytest.approx(hold[person], abs=1e-9)


def test_no_core_of_people_with_most_ties_fits_better_than_the_one_found(
    case: tuple[Tables, str, Network],
) -> None:
    _tables, _kind, network = case
    found = core_periphery(network)
    by_degree = sorted(network.people, key=lambda name: -network.degree[network.number[name]])
    fits = [fit(network, set(by_degree[:k])).value for k in range(1, 80)]
    assert found.value >= max(value for value in fits if value is not None) - 1e-12


def test_two_halves_of_a_course_go_together_more_than_chance_would_have_it() -> None:
    tables = discussions()
    people = [person.id for person in tables.people]
    days = sorted(tie.date for tie in tables.ties)
    middle = days[len(days) // 2]
    halves = [
        recorded([tie for tie in tables.ties if (tie.date <= middle) is early], {"replied"}, COURSE, people)
        for early in (True, False)
    ]
    found = qap(*halves, permutations=199, seed=5)
    x, y = (half.adjacency.toarray() > 0 for half in halves)
    upper = np.triu_indices(len(people), 1)
    assert found.value == pytest.approx(float(np.corrcoef(x[upper], y[upper])[0, 1]), abs=1e-9)
    assert found.detail["p"] == pytest.approx(1 / 200)


def test_the_southern_women_of_the_file_are_those_of_networkx_in_two_modes() -> None:
    attended: dict[str, set[str]] = {}
    for row in southern_women().attendance:
        if row.status == "on_site":
            attended.setdefault(row.gathering, set()).add(row.person)
    assert round(two_mode.clustering(attended).value, 3) == 0.468
    women, _events = two_mode.places(attended)
    graph = nx.davis_southern_women_graph()
    theirs = nx.bipartite.betweenness_centrality(graph, graph.graph["top"])
    assert sorted(place.betweenness for place in women.values()) == pytest.approx(
        sorted(theirs[name] for name in graph.graph["top"]), abs=1e-9
    )
