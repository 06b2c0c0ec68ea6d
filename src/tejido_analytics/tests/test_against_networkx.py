"""Random networks: whatever networkx computes, we compute too, to 1e-9; and order never matters."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido_analytics.network import bridging, cohesion, groups, layout, roles
from tejido_analytics.network.ties import Network
from tejido_analytics.tests.samples import to_networkx

PEOPLE = [f"p{number:02}" for number in range(14)]
# Weights with small denominators: paths of equal length are equal exactly on both sides.
weights = st.sampled_from([0.1, 0.2, 0.25, 0.5, 1.0, 1.5, 2.0])
pairs = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)).filter(lambda pair: pair[0] < pair[1])
networks = st.builds(
    Network.of, st.dictionaries(pairs, weights, max_size=40), st.sets(st.sampled_from(PEOPLE), max_size=14)
)


@given(networks)
@settings(max_examples=150, deadline=None)
def test_every_measure_equals_networkx(network: Network) -> None:
    graph = to_networkx(network)
    n = network.size
    if not n:
        assert cohesion.density(network).because
        return
    if n >= 2:
        assert cohesion.density(network).value == pytest.approx(nx.density(graph), abs=1e-9)
    strength = sum(dict(graph.degree(weight="weight")).values()) / n
    assert cohesion.mean_strength(network).value == pytest.approx(strength, abs=1e-9)
    assert cohesion.isolates_share(network).detail["people"] == sorted(nx.isolates(graph))
    sizes = sorted((len(part) for part in nx.connected_components(graph)), reverse=True)
    assert cohesion.largest_component(network).detail["sizes"] == sizes
    core = nx.core_number(graph)
    assert dict(zip(network.people, cohesion.coreness(network), strict=True)) == core
    assert cohesion.k_core(network).value == max(core.values())
    if cohesion.clustering(network).value is not None:
        assert cohesion.clustering(network).value == pytest.approx(nx.transitivity(graph), abs=1e-9)
    between = nx.betweenness_centrality(graph, weight="length")
    assert roles.betweenness(network).tolist() == pytest.approx(
        [between[name] for name in network.people], abs=1e-9
    )
    hold = nx.constraint(graph, weight="weight")
    for name, value in zip(network.people, roles.constraint(network), strict=True):
        assert (value is None) == np.isnan(hold[name])
        if value is not None:
            assert value == pytest.approx(hold[name], abs=1e-9)


@given(networks, st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_modularity_is_that_of_the_groups_found_and_no_worse_than_louvain(
    network: Network, seed: int
) -> None:
    found = groups.communities(network, seed)
    if not network.ties:
        assert found.because == ("no standing ties" if network.size else "no people known")
        return
    graph = to_networkx(network)
    labels = groups.leiden(network, seed)
    parts: dict[int, set[str]] = {}
    for name, label in zip(network.people, labels, strict=True):
        parts.setdefault(label, set()).add(name)
    quality = nx.community.modularity(graph, parts.values(), weight="weight")
    assert found.detail["modularity"] == pytest.approx(quality, abs=1e-9)
    louvain = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    assert quality >= nx.community.modularity(graph, louvain, weight="weight") - 0.02


@given(networks, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_ties_and_people_come_changes_nothing(
    network: Network, rnd: random.Random
) -> None:
    rows = [(row["source"], row["target"], row["weight"]) for row in network.rows()]
    rnd.shuffle(rows)
    turned = [(b, a, w) if rnd.random() < 0.5 else (a, b, w) for a, b, w in rows]
    again = Network.of({(a, b): w for a, b, w in turned}, rnd.sample(network.people, network.size))
    assert again.people == network.people
    assert groups.leiden(again, 5) == groups.leiden(network, 5)
    assert np.array_equal(layout.layout(again, seed=5), layout.layout(network, seed=5))
    side = {name: name[-1] for name in network.people}
    assert bridging.bridging(again, side, seed=2, permutations=99) == bridging.bridging(
        network, side, seed=2, permutations=99
    )


@given(networks)
@settings(max_examples=60, deadline=None)
def test_other_names_for_the_same_people_change_no_number(network: Network) -> None:
    other = {name: f"x{99 - number:02}" for number, name in enumerate(network.people)}
    renamed = Network.of(
        {(other[row["source"]], other[row["target"]]): row["weight"] for row in network.rows()},
        other.values(),
    )
    for measure in (
        cohesion.density,
        cohesion.mean_strength,
        cohesion.isolates_share,
        cohesion.largest_component,
        cohesion.clustering,
        cohesion.k_core,
        roles.brokers,
    ):
        before, after = measure(network), measure(renamed)
        assert (after.because, after.n) == (before.because, before.n)
        if before.value is not None:
            assert after.value == pytest.approx(before.value, abs=1e-9)


@pytest.mark.parametrize("ties", [150, 900])
def test_other_names_for_the_same_people_change_no_group(ties: int) -> None:
    """Where many groupings are nearly as good, chance decides; it must not see names."""
    rnd = random.Random(3)
    people = [f"p{number:03}" for number in range(120)]
    weights = {tuple(sorted(rnd.sample(people, 2))): rnd.choice([0.1 + 0.2, 0.5, 2.0]) for _ in range(ties)}
    network = Network.of(weights, people)
    groups_of = set()
    for _ in range(5):
        other = dict(zip(people, rnd.sample(people, len(people)), strict=True))
        back = {new: old for old, new in other.items()}
        renamed = Network.of({(other[a], other[b]): weight for (a, b), weight in weights.items()}, people)
        found = groups.communities(renamed, seed=1)
        groups_of.add(frozenset(frozenset(back[name] for name in group) for group in found.detail["groups"]))
    assert groups_of == {
        frozenset(frozenset(group) for group in groups.communities(network, seed=1).detail["groups"])
    }


@given(networks)
@settings(max_examples=60, deadline=None)
def test_values_keep_to_their_bounds(network: Network) -> None:
    for measure in (cohesion.density, cohesion.isolates_share, cohesion.clustering, roles.brokers):
        value = measure(network).value
        assert value is None or 0 <= value <= 1
    assert ((roles.betweenness(network) >= 0) & (roles.betweenness(network) <= 1 + 1e-12)).all()
    places = layout.layout(network)
    assert places.shape == (network.size, 2)
    assert ((places >= 0) & (places <= 1)).all()


@given(st.lists(st.floats(0, 1e6), max_size=30))
def test_gini_equals_its_definition_by_all_pairs(amounts: list[float]) -> None:
    found = roles.gini(amounts)
    if sum(amounts) <= 0:
        assert found.value is None
        return
    n = len(amounts)
    apart = sum(abs(x - y) for x in amounts for y in amounts)
    assert found.value == pytest.approx(apart / (2 * n * sum(amounts)), abs=1e-9)


def test_a_strong_tie_is_a_short_way_not_a_long_one() -> None:
    """Read as lengths, the weights would send the way from ana to luz through the stranger."""
    network = Network.of({("ana", "eva"): 4, ("eva", "luz"): 4, ("ana", "zoe"): 0.5, ("zoe", "luz"): 0.5})
    between = dict(zip(network.people, roles.betweenness(network).tolist(), strict=True))
    assert between["eva"] > 0
    assert between["zoe"] == 0
