"""Core and edge: the published example, exact optima found another way, and what must not matter."""

from __future__ import annotations

import itertools
import math
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, sparse

from tejido_analytics import reasons
from tejido_analytics.network import core
from tejido_analytics.network.change import core_moves
from tejido_analytics.network.core import core_periphery, fit
from tejido_analytics.network.ties import Network
from tejido_analytics.tests.samples import from_networkx, name

PEOPLE = [f"p{number}" for number in range(8)]
pairs = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)).filter(lambda pair: pair[0] < pair[1])
networks = st.builds(
    Network.of, st.dictionaries(pairs, st.sampled_from([0.5, 1.0, 2.0]), max_size=24), st.just(PEOPLE)
)


def published() -> Network:
    """The network of ten with a core of four in Borgatti & Everett (1999), table 1."""
    ties = "12 13 14 15 23 24 26 27 28 34 38 39 45 4X"
    return Network.of(dict.fromkeys(ties.split(), 1))


def correlation(network: Network, core: set[str], *, weighted: bool = False) -> float:
    """The same number straight from its definition: all pairs, two columns, Pearson."""
    there = {(row["source"], row["target"]): row["weight"] if weighted else 1.0 for row in network.rows()}
    every = list(itertools.combinations(network.people, 2))
    tie = np.array([there.get(pair, 0.0) for pair in every])
    ideal = np.array([float(a in core or b in core) for a, b in every])
    if np.ptp(tie) == 0 or np.ptp(ideal) == 0:
        return -2.0
    return float(np.corrcoef(tie, ideal)[0, 1])


def test_the_core_of_borgatti_and_everett_s_example_fits_as_they_published() -> None:
    assert fit(published(), set("1234")).value == pytest.approx(0.475, abs=5e-4)
    best = core_periphery(published())
    assert best.value >= 0.475
    assert set(best.detail["people"]) <= set("1234")


def test_a_star_is_all_core_and_edge() -> None:
    found = core_periphery(from_networkx(nx.star_graph(9)))
    assert found.value == pytest.approx(1)
    assert found.detail["people"] == ["0000"]
    assert (found.detail["between"], found.detail["edge"]) == (1, 0)
    assert found.detail["within"] is None


@given(networks, st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_other_division_of_eight_people_fits_better(network: Network, weighted: bool) -> None:
    found = core_periphery(network, weighted=weighted)
    best = max(
        correlation(network, set(core), weighted=weighted)
        for k in range(9)
        for core in itertools.combinations(network.people, k)
    )
    if found.value is None:
        assert best == -2
        assert found.because in (reasons.NO_TIES, reasons.ALL_TIED)
        return
    assert found.value == pytest.approx(best, abs=1e-9)
    core = set(found.detail["people"])
    assert found.value == pytest.approx(correlation(network, core, weighted=weighted), abs=1e-9)
    assert fit(network, core, weighted=weighted).value == pytest.approx(found.value, abs=1e-9)


def test_the_search_beyond_twelve_people_finds_the_best_division_nearly_always() -> None:
    """A hundred networks of thirteen people, sparse to dense: what the search finds, beside the best of all divisions."""
    rnd = random.Random(11)
    people = [f"p{number:02}" for number in range(13)]
    best = 0
    for _network in range(100):
        share = rnd.uniform(0.1, 0.8)
        ties = {pair: 1.0 for pair in itertools.combinations(people, 2) if rnd.random() < share}
        network = Network.of(ties, people)
        if not 0 < network.ties < 78:
            continue
        found = core_periphery(network).value
        proved = core._tried(core._Ties.of(network, weighted=False))[1]
        assert proved - 0.15 <= found <= proved + 1e-9
        best += found >= proved - 1e-9
    assert best >= 90


def exact(network: Network) -> float:
    """The best correlation there is: for each size of the core, the most ties that it can cover, by integer programming.

    For a core of k people the pattern is fixed up to names, so that the correlation rises with the ties it covers.
    """
    n, m = network.size, network.ties
    rows = np.repeat(np.arange(m), 3)
    columns = np.column_stack([network.a, network.b, n + np.arange(m)]).ravel()
    covers = sparse.csr_array((np.tile([1.0, 1.0, -1.0], m), (rows, columns)), shape=(m, n + m))
    taken = sparse.csr_array(np.concatenate([np.ones(n), np.zeros(m)])[None, :])
    every, best = n * (n - 1) / 2, -1.0
    for k in range(1, n - 1):
        done = optimize.milp(
            np.concatenate([np.zeros(n), -np.ones(m)]),
            integrality=np.ones(n + m),
            bounds=optimize.Bounds(0, 1),
            constraints=[
                optimize.LinearConstraint(covers, lb=0),
                optimize.LinearConstraint(taken, lb=k, ub=k),
            ],
        )
        ones = (k * (n - k) + k * (k - 1) / 2) / every
        density, both = m / every, -done.fun / every
        scale = math.sqrt(density * (1 - density) * ones * (1 - ones))
        best = max(best, (both - density * ones) / scale)
    return best


def test_zachary_s_club_has_the_core_that_integer_programming_proves_best() -> None:
    club = from_networkx(nx.karate_club_graph())
    found = core_periphery(club)
    assert found.value == pytest.approx(exact(club), abs=1e-9)
    # Both leaders and those around them: members 1, 2, 3, 33 and 34 in Zachary's numbers.
    assert found.detail["people"] == [name(node) for node in (0, 1, 2, 32, 33)]


def test_a_core_that_was_planted_in_two_hundred_people_is_found() -> None:
    rnd = random.Random(4)
    core = {f"p{number:03}" for number in range(20)}
    people = [f"p{number:03}" for number in range(200)]
    ties = {
        (a, b): 1.0
        for a, b in itertools.combinations(people, 2)
        if rnd.random() < (0.8 if {a, b} <= core else 0.3 if core & {a, b} else 0.02)
    }
    found = core_periphery(Network.of(ties, people))
    assert set(found.detail["people"]) == core
    assert found.value >= fit(Network.of(ties, people), core).value - 1e-12


@given(networks, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_names_and_order_of_people_leave_the_fit_as_it_is(network: Network, rnd: random.Random) -> None:
    other = dict(zip(network.people, rnd.sample(PEOPLE, len(PEOPLE)), strict=True))
    again = Network.of(
        {(other[row["source"]], other[row["target"]]): row["weight"] for row in network.rows()}, PEOPLE
    )
    before, after = core_periphery(network), core_periphery(again)
    assert after.because == before.because
    if before.value is not None:
        assert after.value == pytest.approx(before.value, abs=1e-9)


def test_where_there_is_nothing_to_divide_the_reason_is_said() -> None:
    assert core_periphery(Network.of({})).because == reasons.NO_PEOPLE
    assert core_periphery(Network.of({("a", "b"): 1})).because == reasons.TOO_FEW_PEOPLE
    assert core_periphery(Network.of({}, "abc")).because == reasons.NO_TIES
    assert core_periphery(from_networkx(nx.complete_graph(5))).because == reasons.ALL_TIED
    assert fit(published(), set()).because == reasons.NO_DIVISION
    assert fit(Network.of({}, "abc"), {"a"}).because == reasons.NO_TIES


def test_moves_between_core_and_edge_count_those_who_were_there_both_times() -> None:
    moves = core_moves(
        {"ana", "eva", "luz"},
        {"ana", "eva", "luz", "noa"},
        {"ana", "noa", "zoe"},
        {*"az", "ana", "eva", "noa", "zoe"},
    )
    assert moves == {
        "inward": ["noa"],
        "outward": ["eva"],
        "stayed": ["ana"],
        "came": ["zoe"],
        "went": ["luz"],
    }
