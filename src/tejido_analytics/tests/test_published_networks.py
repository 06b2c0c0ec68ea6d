"""The two networks that every textbook measures: our numbers are the published ones, and networkx's to 1e-9."""

from __future__ import annotations

import networkx as nx
import pytest

from tejido_analytics.network import bridging, cohesion, groups, roles
from tejido_analytics.network.ties import Network
from tejido_analytics.tests.samples import from_networkx, name, to_networkx


@pytest.fixture
def karate() -> Network:
    return from_networkx(nx.karate_club_graph())


def test_zachary_s_karate_club_has_its_published_cohesion(karate: Network) -> None:
    assert (karate.size, karate.ties) == (34, 78)
    assert cohesion.density(karate).value == pytest.approx(0.139037433155, abs=1e-9)
    assert cohesion.clustering(karate).value == pytest.approx(0.255681818182, abs=1e-9)
    core = cohesion.k_core(karate)
    assert core.value == 4
    assert len(core.detail["people"]) == 10


def test_the_two_leaders_of_the_club_have_their_published_betweenness_and_constraint(karate: Network) -> None:
    between = dict(zip(karate.people, roles.betweenness(karate).tolist(), strict=True))
    assert between["0000"] == pytest.approx(0.437635281385, abs=1e-9)
    assert between["0000"] * 33 * 32 / 2 == pytest.approx(231.0714, abs=1e-4)
    assert between["0033"] == pytest.approx(0.304074975950, abs=1e-9)
    hold = dict(zip(karate.people, roles.constraint(karate), strict=True))
    assert hold["0000"] == pytest.approx(0.1554, abs=5e-5)
    assert hold["0033"] == pytest.approx(0.1564, abs=5e-5)


def test_leiden_finds_the_known_optimum_of_the_karate_club(karate: Network) -> None:
    found = groups.communities(karate, seed=1)
    assert found.value == 4
    assert found.detail["modularity"] == pytest.approx(0.419789612, abs=1e-8)


def test_after_the_split_of_the_club_eleven_ties_cross(karate: Network) -> None:
    side = {name(node): data["club"] for node, data in nx.karate_club_graph().nodes(data=True)}
    found = bridging.bridging(karate, side, seed=1)
    assert found.detail["external"] == 11
    assert found.value == pytest.approx(-0.717948717949, abs=1e-9)
    assert found.detail["p"] == pytest.approx(1 / 1000)


@pytest.mark.parametrize("weight", [None, "weight"])
def test_the_karate_club_agrees_with_networkx_with_and_without_weights(weight: str | None) -> None:
    network = from_networkx(nx.karate_club_graph(), weight)
    other = to_networkx(network)
    expected = nx.betweenness_centrality(other, weight="length" if weight else None)
    assert dict(zip(network.people, roles.betweenness(network).tolist(), strict=True)) == pytest.approx(
        expected, abs=1e-9
    )
    hold = nx.constraint(other, weight="weight" if weight else None)
    assert dict(zip(network.people, roles.constraint(network), strict=True)) == pytest.approx(hold, abs=1e-9)


def test_florentine_families_agree_with_networkx_and_the_medici_broker() -> None:
    graph = nx.florentine_families_graph()
    network = from_networkx(graph)
    broker = roles.brokers(network)
    assert broker.detail["people"][0]["person"] == "Medici"
    assert broker.detail["people"][0]["betweenness"] == pytest.approx(0.521978021978, abs=1e-9)
    assert cohesion.clustering(network).value == pytest.approx(nx.transitivity(graph), abs=1e-9)
