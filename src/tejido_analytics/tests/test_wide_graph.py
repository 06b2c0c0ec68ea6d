"""What is no sum: large networks give what small ones give, pieces are the communities, estimates say that they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido_analytics.activity import Activity
from tejido_analytics.network import cohesion, roles
from tejido_analytics.network.groups import leiden
from tejido_analytics.network.ties import Network
from tejido_analytics.network.woven import Woven
from tejido_analytics.tests.samples import YEAR
from tejido_analytics.tests.wide_samples import OPTIONS, country
from tejido_analytics.wide import Net, Wide, connect, held, roll_of
from tejido_analytics.wide.graph import (
    Sample,
    brokers,
    circles,
    collect,
    groups_of,
    pieces,
    sampled_betweenness,
)


def random_network(seed: int, people: int = 60, ties: int = 150) -> Network:
    draw = np.random.default_rng(seed)
    pairs = {tuple(sorted(map(int, draw.integers(0, people, 2)))) for _ in range(ties)}
    weights = {(f"p{a:03}", f"p{b:03}"): float(draw.integers(1, 5)) for a, b in sorted(pairs) if a != b}
    return Network.of(weights, people=[f"p{n:03}" for n in range(people + 4)])


@pytest.mark.parametrize("seed", range(5))
def test_the_loops_for_large_networks_find_what_igraph_finds(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = random_network(seed)
    measures = (cohesion.largest_component, cohesion.clustering, cohesion.k_core)
    small = [measure(network) for measure in measures]
    monkeypatch.setattr(cohesion, "COMPILED_FROM", 0)
    large = [measure(network) for measure in measures]
    assert [(one.value, one.n, one.numerator, one.detail) for one in large] == [
        (one.value, one.n, one.numerator, one.detail) for one in small
    ]
    assert small[2].value >= 3


@pytest.mark.parametrize("seed", [0, 3, 7])
def test_the_network_of_an_engine_is_the_network_in_memory(seed: int) -> None:
    tables, options = country(seed), OPTIONS[seed % len(OPTIONS)]
    net = Net(roll_of(Wide(held(connect(threads=1), tables)), YEAR, options=options))
    woven = Woven(Activity(tables), YEAR, options).network
    brought = collect(net)
    assert brought.people == woven.people
    assert brought.pairs() == woven.pairs() != set()
    for column in ("a", "b", "count", "first", "last"):
        assert np.array_equal(
            getattr(brought, column), getattr(woven, column), equal_nan=column in ("first", "last")
        )
    assert brought.weight == pytest.approx(woven.weight, rel=1e-12)
    light = collect(net, days=False)
    assert light.pairs() == woven.pairs()
    assert light.first.nbytes == 8 * light.ties  # as seen; it stands on one number
    assert light.first.strides == (0,)


def test_pieces_are_the_networks_of_the_groups() -> None:
    tables = country(3)
    net = Net(roll_of(Wide(held(connect(threads=1), tables)), YEAR))
    network, groups = collect(net), groups_of(net, "district")
    found = dict(pieces(network, groups))
    assert found.keys() == {group for group in groups.values() if group}
    for name, piece in found.items():
        alone = network.among({person for person, group in groups.items() if group == name})
        assert piece.people == alone.people
        assert piece.pairs() == alone.pairs()
        assert np.array_equal(piece.a, alone.a) and np.array_equal(piece.weight, alone.weight)
    with pytest.raises(ValueError, match="grouped"):
        groups_of(net, "shoe_size")


def test_betweenness_from_everybody_is_exact_and_from_some_near_it() -> None:
    network = random_network(1, people=200, ties=700)
    flat = Network.of(dict.fromkeys(network.pairs(), 1.0), people=network.people)
    for one in (network, flat):
        everybody = sampled_betweenness(one, Sample(pivots=10_000))
        assert everybody == pytest.approx(roles.betweenness(one), abs=1e-12)
    exact = roles.betweenness(network)
    several = [sampled_betweenness(network, Sample(pivots=100, seed=seed)) for seed in range(20)]
    assert np.corrcoef(several[0], exact)[0, 1] > 0.95
    assert np.mean(several, axis=0) == pytest.approx(exact, abs=exact.max() / 20)
    assert np.array_equal(several[0], sampled_betweenness(network, Sample(pivots=100, seed=0)))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 40), st.sampled_from([0.4, 1.0, 2.5]))
def test_paths_of_the_compiled_loop_are_those_of_igraph(seed: int, people: int, ties: float) -> None:
    network = random_network(seed, people, int(people * ties))
    assert sampled_betweenness(network, Sample(pivots=people + 4)) == pytest.approx(
        roles.betweenness(network), abs=1e-12
    )


def test_a_machine_with_one_processor_finds_the_same_to_the_last_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    network = random_network(4)
    several = sampled_betweenness(network, Sample(pivots=37))
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert np.array_equal(several, sampled_betweenness(network, Sample(pivots=37)))


def test_circles_are_the_groups_of_each_piece_and_say_that_they_are() -> None:
    network = random_network(5, people=120, ties=400)
    piece_of = {name: f"d{at % 4}" for at, name in enumerate(network.people) if at % 11}
    found = circles(network, piece_of, seed=3)
    assert found.n == len(piece_of)
    labels, groups = {}, 0
    for name, piece in pieces(network, piece_of):
        numbers = leiden(piece, 3)
        labels |= {person: (name, number) for person, number in zip(piece.people, numbers, strict=True)}
        groups += sum(size > 1 for size in np.bincount(numbers))
    assert found.value == groups > 8
    everybody = network.among(set(piece_of))
    numbered = {label: at for at, label in enumerate(sorted(set(labels.values())))}
    quality = everybody.graph.modularity(
        [numbered[labels[person]] for person in everybody.people], weights=everybody.weight.tolist()
    )
    assert found.detail["modularity"] == pytest.approx(quality, rel=1e-12)
    assert found.detail["by_piece"] is True
    assert found.detail["pieces"] == 4
    assert found.detail["ties_between"] == sum(piece_of[a] != piece_of[b] for a, b in everybody.pairs())
    assert circles(network, {}).because == "no people known"


def test_an_estimate_says_that_it_is_one() -> None:
    network = random_network(2)
    guessed = brokers(network, Sample(pivots=20, exact_up_to=10))
    assert guessed.detail["sampled"] is True
    assert (guessed.detail["pivots"], guessed.detail["of"]) == (20, network.size)
    sure = brokers(network)
    assert sure.detail["sampled"] is False
    assert sure.value == roles.brokers(network).value
    with pytest.raises(ValueError, match="pivot"):
        Sample(pivots=0)


def test_a_larger_network_below_the_limit_is_computed_by_the_compiled_loop_and_is_exact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = random_network(6)
    monkeypatch.setattr("tejido_analytics.wide.graph.COMPILED_FROM", 10)
    found = brokers(network)
    assert found.value == pytest.approx(roles.brokers(network).value, rel=1e-12)
    assert found.detail["sampled"] is False
