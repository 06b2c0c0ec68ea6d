"""Closeness, PageRank, assortativity, two modes and the correlation of networks: published, and counted again."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms import bipartite

from tejido_analytics import reasons
from tejido_analytics.network import cohesion, directed, roles, two_mode
from tejido_analytics.network.assortativity import assortativity, degree_assortativity
from tejido_analytics.network.core import core_periphery
from tejido_analytics.network.kernels import constraint_of_all, coreness_of_all, triangles
from tejido_analytics.network.qap import qap
from tejido_analytics.network.ties import Network
from tejido_analytics.tests.samples import from_networkx, name, to_networkx

PEOPLE = [f"p{number:02}" for number in range(12)]
pairs = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)).filter(lambda pair: pair[0] < pair[1])
networks = st.builds(
    Network.of,
    st.dictionaries(pairs, st.sampled_from([0.25, 0.5, 1.0, 2.0]), max_size=30),
    st.sets(st.sampled_from(PEOPLE), max_size=12),
)
arcs = st.dictionaries(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), st.sampled_from([1.0, 2.0, 5.0]), max_size=40
)


@pytest.fixture
def club() -> Network:
    return from_networkx(nx.karate_club_graph())


# -- published ------------------------------------------------------------------------------------------
def test_the_club_is_disassortative_by_degree_as_published(club: Network) -> None:
    """-.47561: Newman (2003) and the manuals of igraph and networkx."""
    assert degree_assortativity(club).value == pytest.approx(-0.47561309768461457, abs=1e-9)


def test_the_two_halves_of_the_club_tie_within_as_networkx_says(club: Network) -> None:
    graph = nx.karate_club_graph()
    side = {name(node): data["club"] for node, data in graph.nodes(data=True)}
    found = assortativity(club, side)
    assert found.value == pytest.approx(nx.attribute_assortativity_coefficient(graph, "club"), abs=1e-9)
    assert (found.n, found.detail["within"]) == (78, 67)


def test_the_southern_women_stand_in_two_modes_where_borgatti_and_halgin_have_them() -> None:
    """Analyzing affiliation networks (2011), degree, closeness, betweenness of women and events: two decimals."""
    graph = nx.davis_southern_women_graph()
    attended = {event: set(graph[event]) for event in graph.graph["bottom"]}
    women, events = two_mode.places(attended)

    def rounded(place: two_mode.Place) -> tuple[float, float, float]:
        return round(place.degree, 2), round(place.closeness, 2), round(place.betweenness, 2)

    assert rounded(women["Evelyn Jefferson"]) == (0.57, 0.80, 0.10)
    assert rounded(events["E8"]) == (0.78, 0.85, 0.24)
    assert women.keys() == set(graph.graph["top"])


def test_the_southern_women_equal_networkx_in_all_of_two_modes() -> None:
    graph = nx.davis_southern_women_graph()
    top, bottom = graph.graph["top"], graph.graph["bottom"]
    women, events = two_mode.places({event: set(graph[event]) for event in bottom})
    for measure, theirs in (
        ("degree", bipartite.degree_centrality(graph, top)),
        ("betweenness", bipartite.betweenness_centrality(graph, top)),
    ):
        ours = {key: getattr(place, measure) for key, place in {**women, **events}.items()}
        assert ours == pytest.approx(theirs, abs=1e-9)
    near = bipartite.closeness_centrality(graph, top, normalized=True)
    assert {key: place.closeness for key, place in {**women, **events}.items()} == pytest.approx(
        near, abs=1e-9
    )


def test_the_southern_women_cluster_as_robins_and_alexander_measure() -> None:
    graph = nx.davis_southern_women_graph()
    found = two_mode.clustering({event: set(graph[event]) for event in graph.graph["bottom"]})
    assert found.value == pytest.approx(bipartite.robins_alexander_clustering(graph), abs=1e-9)
    assert round(found.value, 3) == 0.468


FAMILIES = [
    "Acciaiuoli",
    "Albizzi",
    "Barbadori",
    "Bischeri",
    "Castellani",
    "Ginori",
    "Guadagni",
    "Lamberteschi",
    "Medici",
    "Pazzi",
    "Peruzzi",
    "Pucci",
    "Ridolfi",
    "Salviati",
    "Strozzi",
    "Tornabuoni",
]
BUSINESS = [
    "Barbadori-Castellani",
    "Barbadori-Ginori",
    "Barbadori-Medici",
    "Barbadori-Peruzzi",
    "Bischeri-Guadagni",
    "Bischeri-Lamberteschi",
    "Bischeri-Peruzzi",
    "Castellani-Lamberteschi",
    "Castellani-Peruzzi",
    "Ginori-Medici",
    "Guadagni-Lamberteschi",
    "Lamberteschi-Peruzzi",
    "Medici-Pazzi",
    "Medici-Salviati",
    "Medici-Tornabuoni",
]


def test_marriage_and_business_of_padgett_s_florentines_correlate_as_published() -> None:
    """Padgett & Ansell's sixteen families: r = .372, p < .01 (the worked example of QAP in UCINET and its textbooks).

    networkx has the marriages; the fifteen business ties are those of Wasserman & Faust (1994), appendix B.
    """
    marriage = Network.of(dict.fromkeys(nx.florentine_families_graph().edges, 1.0), FAMILIES)
    business = Network.of({tuple(pair.split("-")): 1.0 for pair in BUSINESS}, FAMILIES)
    found = qap(marriage, business, permutations=4999, seed=3)
    assert (found.n, found.detail["ties"], found.detail["shared"]) == (16, [20, 15], 8)
    assert found.value == pytest.approx(0.372, abs=5e-4)
    assert found.detail["p"] < 0.01
    assert found.detail["p_less"] > 0.99
    assert qap(business, marriage, permutations=0).value == pytest.approx(found.value, abs=1e-12)


def test_brin_and_page_on_the_club_equal_networkx(club: Network) -> None:
    both = {(a, b): 1.0 for pair in club.pairs() for a, b in (pair, pair[::-1])}
    theirs = nx.pagerank(nx.DiGraph(list(both)), tol=1e-14, max_iter=500)
    assert directed.pagerank(both) == pytest.approx(theirs, abs=1e-9)


# -- counted again ----------------------------------------------------------------------------------------
@given(networks)
@settings(max_examples=80, deadline=None)
def test_closeness_and_assortativity_equal_networkx(network: Network) -> None:
    graph = to_networkx(network)
    assert dict(zip(network.people, roles.closeness(network).tolist(), strict=True)) == pytest.approx(
        nx.closeness_centrality(graph), abs=1e-9
    )
    weighted = nx.closeness_centrality(graph, distance="length")
    found = roles.closeness(network, weighted=True).tolist()
    assert dict(zip(network.people, found, strict=True)) == pytest.approx(
        {one: float(value) for one, value in weighted.items()}, abs=1e-9
    )
    degree = degree_assortativity(network)
    if degree.value is not None:
        assert degree.value == pytest.approx(nx.degree_pearson_correlation_coefficient(graph), abs=1e-9)
    side = {one: (one[-1] in "02468" and "even") or "odd" for one in network.people}
    nx.set_node_attributes(graph, side, "side")
    groups = assortativity(network, side)
    if groups.value is not None:
        assert groups.value == pytest.approx(nx.attribute_assortativity_coefficient(graph, "side"), abs=1e-9)


@given(networks)
@settings(max_examples=60, deadline=None)
def test_the_compiled_constraint_equals_igraph_s(network: Network) -> None:
    values = constraint_of_all(*network.rows_of_ties, network.adjacency.data, network.strength)
    for ours, theirs in zip(values.tolist(), roles.constraint(network), strict=True):
        assert np.isnan(ours) if theirs is None else ours == pytest.approx(theirs, abs=1e-9)


@given(networks)
@settings(max_examples=60, deadline=None)
def test_the_compiled_cores_and_triangles_equal_networkx(network: Network) -> None:
    graph = to_networkx(network)
    levels = coreness_of_all(*network.rows_of_ties).tolist()
    assert dict(zip(network.people, levels, strict=True)) == nx.core_number(graph)
    assert triangles(*network.rows_of_ties) == sum(nx.triangles(graph).values()) // 3


def test_many_ties_take_the_compiled_loops_and_few_ties_igraph_s() -> None:
    rnd = random.Random(1)
    people = [f"p{number:03}" for number in range(160)]
    ties = {
        pair: rnd.choice([0.5, 1.0, 3.0]) for pair in itertools.combinations(people, 2) if rnd.random() < 0.5
    }
    network = Network.of(ties, [*people, "alone"])
    assert network.ties > 5_000
    found = roles.constraint(network)
    expected = network.graph.constraint(weights=network.weight.tolist())
    assert found[network.number["alone"]] is None
    assert [value for value in found if value is not None] == pytest.approx(
        [value for value in expected if value == value], abs=1e-9
    )
    assert cohesion.coreness(network) == network.graph.coreness()
    assert cohesion.clustering(network).value == pytest.approx(
        network.graph.transitivity_undirected(), abs=1e-12
    )


@given(arcs)
@settings(max_examples=80, deadline=None)
def test_directed_measures_equal_networkx(found: dict[tuple[str, str], float]) -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from(PEOPLE)
    graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in found.items() if a != b)
    theirs = nx.pagerank(graph, tol=1e-14, max_iter=1000)
    ours = directed.pagerank(found, PEOPLE)
    assert ours == pytest.approx(theirs, abs=1e-9)
    assert sum(ours.values()) == pytest.approx(1)
    assert directed.closeness(found.keys(), PEOPLE) == pytest.approx(nx.closeness_centrality(graph), abs=1e-9)


@given(
    st.dictionaries(
        st.sampled_from([f"g{number}" for number in range(6)]),
        st.sets(st.sampled_from(PEOPLE), min_size=1),
        max_size=6,
    )
)
@settings(max_examples=60, deadline=None)
def test_two_modes_equal_networkx(attended: dict[str, set[str]]) -> None:
    graph = nx.Graph((person, key) for key, there in attended.items() for person in there)
    found = two_mode.clustering(attended)
    if found.value is not None:
        assert found.value == pytest.approx(bipartite.robins_alexander_clustering(graph), abs=1e-9)
    people, gatherings = two_mode.places(attended)
    if not attended:
        assert (people, gatherings) == ({}, {})
        return
    theirs = bipartite.degree_centrality(graph, people.keys())
    assert {key: place.degree for key, place in {**people, **gatherings}.items()} == pytest.approx(theirs)
    for place in (*people.values(), *gatherings.values()):
        assert 0 <= place.closeness <= 1 + 1e-12
        assert 0 <= place.betweenness <= 1 + 1e-12


five = st.builds(
    lambda ties: Network.of(ties, "abcde"),
    st.dictionaries(
        st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")).filter(lambda pair: pair[0] < pair[1]),
        st.sampled_from([0.5, 1.0, 2.0]),
        max_size=8,
    ),
)


@given(five, five, st.booleans())
@settings(max_examples=25, deadline=None)
def test_the_p_of_a_correlation_is_near_that_of_all_permutations(
    one: Network, other: Network, weighted: bool
) -> None:
    found = qap(one, other, permutations=1999, seed=7, weighted=weighted)
    if found.value is None:
        assert found.because in (reasons.NO_TIES, reasons.ALL_TIED)
        return
    x, y = (
        net.adjacency.toarray() if weighted else (net.adjacency.toarray() > 0) * 1.0 for net in (one, other)
    )
    upper = np.triu_indices(5, 1)
    assert found.value == pytest.approx(float(np.corrcoef(x[upper], y[upper])[0, 1]), abs=1e-9)
    every = np.array(
        [
            np.corrcoef(x[np.ix_(turn, turn)][upper], y[upper])[0, 1]
            for turn in map(list, itertools.permutations(range(5)))
        ]
    )
    assert found.detail["p"] == pytest.approx(float((abs(every) >= abs(found.value) - 1e-9).mean()), abs=0.05)
    assert found.detail["p_more"] == pytest.approx(float((every >= found.value - 1e-9).mean()), abs=0.05)


def test_a_network_goes_with_itself_and_no_p_is_nought(club: Network) -> None:
    found = qap(club, club, permutations=99, seed=1)
    assert found.value == pytest.approx(1)
    assert found.detail["p"] == found.detail["p_more"] == pytest.approx(1 / 100)


# -- what must not matter -----------------------------------------------------------------------------------
@given(networks, networks)
@settings(max_examples=40, deadline=None)
def test_people_in_one_period_only_are_left_out_of_the_correlation(one: Network, other: Network) -> None:
    common = set(one.people) & set(other.people)
    assert qap(one, other, permutations=49, seed=1) == qap(
        one.among(common), other.among(common), permutations=49, seed=1
    )


@given(networks)
@settings(max_examples=60, deadline=None)
def test_one_more_person_without_ties_changes_what_they_must_and_nothing_else(network: Network) -> None:
    """Sums and places of the others stay; shares of people thin out by exactly one more person."""
    n = network.size
    more = Network.of(
        {(row["source"], row["target"]): row["weight"] for row in network.rows()}, [*network.people, "zoe"]
    )
    assert more.ties == network.ties
    for same in (cohesion.clustering, degree_assortativity):
        before, after = same(network), same(more)
        assert (after.value, after.n) == (before.value, before.n)
    assert roles.constraint(more) == [*roles.constraint(network), None]
    assert cohesion.coreness(more) == [*cohesion.coreness(network), 0]
    alone = cohesion.isolates_share(network)
    assert cohesion.isolates_share(more).numerator == (alone.numerator or 0) + 1
    if n >= 2:
        assert cohesion.density(more).value == pytest.approx(
            cohesion.density(network).value * (n - 1) / (n + 1)
        )
        assert cohesion.largest_component(more).numerator == cohesion.largest_component(network).numerator
        assert cohesion.mean_strength(more).value == pytest.approx(
            cohesion.mean_strength(network).value * n / (n + 1)
        )
        near, further = roles.closeness(network), roles.closeness(more)
        assert further.tolist() == pytest.approx([*(near * (n - 1) / n).tolist(), 0])
    if n >= 3:
        between = roles.betweenness(network)
        assert roles.betweenness(more).tolist() == pytest.approx([*(between * (n - 2) / n).tolist(), 0])
        core = core_periphery(more)
        assert "zoe" not in core.detail.get("people", [])


def test_where_there_is_nothing_to_compare_the_reason_is_said() -> None:
    pair = Network.of({("a", "b"): 1}, "abc")
    assert qap(Network.of({}), Network.of({})).because == reasons.NO_PEOPLE
    assert qap(pair, Network.of({}, "abc")).because == reasons.NO_TIES
    assert qap(pair, from_networkx(nx.complete_graph(3))).because == reasons.NO_PEOPLE
    whole = Network.of({("a", "b"): 1, ("b", "c"): 1, ("a", "c"): 1})
    assert qap(pair, whole).because == reasons.ALL_TIED
    assert qap(pair, whole.among({"a", "b"})).because == reasons.TOO_FEW_PEOPLE
    assert assortativity(pair, {}).because == reasons.NO_GROUPS_KNOWN
    assert assortativity(pair, {"a": "north", "c": "south"}).because == reasons.NO_TIES_WITH_GROUPS
    assert assortativity(pair, {"a": "north", "b": "north", "c": "south"}).because == reasons.ONE_GROUP
    assert degree_assortativity(whole).because == reasons.EQUAL_DEGREES
    assert two_mode.clustering({"g": {"a", "b"}}).because == reasons.NOBODY_CAME_AGAIN
    with pytest.raises(ValueError, match="damping"):
        directed.pagerank({("a", "b"): 1.0}, damping=1)


def test_who_cannot_be_reached_by_everybody_has_no_closeness_in_two_modes() -> None:
    people, _gatherings = two_mode.places({"g1": {"ana", "eva"}, "g2": {"luz"}})
    assert people["ana"].closeness == 0
    assert people["ana"].degree == 0.5
