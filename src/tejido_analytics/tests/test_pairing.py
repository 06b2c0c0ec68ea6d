"""Buddies and mentors: the best of all divisions, refusals kept, everybody left over told why."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido_analytics.pairing import (
    EVERYBODY_TAKEN,
    MENTORS_FULL,
    NOBODY_ALLOWED,
    Alone,
    buddies,
    mentors,
)

NO = float("inf")


def table(draw_from: np.random.Generator, people: int, refused: float = 0.0) -> np.ndarray:
    half = np.triu(draw_from.integers(0, 50, (people, people)).astype(float), 1)
    no = np.triu(draw_from.random((people, people)) < refused, 1)
    half[no] = NO
    return half + half.T


def best_by_trying(prices: np.ndarray) -> float:
    """The cheapest division into pairs, with one three where the number is odd, of all there are."""
    people = len(prices)
    best = NO
    for order in permutations(range(people)):
        groups = [list(order[at : at + 2]) for at in range(0, people - people % 2, 2)]
        if people % 2:
            groups[-1].append(order[-1])
        best = min(best, sum(prices[a, b] for group in groups for a in group for b in group if a < b))
    return best


@pytest.mark.parametrize("people", [2, 4, 6, 7])
def test_pairs_and_three_are_the_cheapest_of_all_divisions(people):
    for seed in range(6):
        prices = table(np.random.default_rng(seed), people)
        found = buddies([f"p{n}" for n in range(people)], prices)
        assert found.price == best_by_trying(prices)
        assert sorted(person for group in found.groups for person in group) == [
            f"p{n}" for n in range(people)
        ]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(0, 15), st.sampled_from([0.0, 0.5, 0.9]))
def test_refusals_are_kept_and_no_more_people_could_be_paired(seed, people, refused):
    prices = table(np.random.default_rng(seed), people, refused)
    names = [f"p{n:02}" for n in range(people)]
    found = buddies(names, prices, threes=False)
    at = {name: n for n, name in enumerate(names)}
    assert all(np.isfinite(prices[at[a], at[b]]) for a, b in found.groups)
    graph = nx.Graph([(a, b) for a in range(people) for b in range(a) if np.isfinite(prices[a, b])])
    assert len(found.groups) == len(nx.max_weight_matching(graph, maxcardinality=True))
    told = {alone.person for alone in found.alone}
    assert told | {person for group in found.groups for person in group} == set(names)
    for alone in found.alone:
        others = np.delete(prices[at[alone.person]], at[alone.person])
        assert alone.because == (EVERYBODY_TAKEN if np.isfinite(others).any() else NOBODY_ALLOWED)
    renamed = buddies([name[::-1] for name in names], prices, threes=False)
    assert renamed.price == found.price


def test_the_price_equals_networkx_on_a_larger_group():
    prices = table(np.random.default_rng(5), 40)
    graph = nx.Graph()
    graph.add_weighted_edges_from((a, b, 100 - prices[a, b]) for a in range(40) for b in range(a))
    pairs = nx.max_weight_matching(graph, maxcardinality=True)
    assert buddies([str(n) for n in range(40)], prices).price == sum(prices[a, b] for a, b in pairs)


def test_a_three_never_joins_people_who_refuse_each_other():
    prices = np.array([[0, 1, NO, 4], [1, 0, 2, NO], [NO, 2, 0, NO], [4, NO, NO, 0]], dtype=float)
    found = buddies(["ana", "bea", "eva", "leo"], prices)
    assert found.groups == (("ana", "leo"), ("bea", "eva"))
    three = buddies(["ana", "bea", "eva"], prices[:3, :3])
    assert three.groups == (("ana", "bea"),)
    assert three.alone == (Alone("eva", EVERYBODY_TAKEN),)


def test_nobody_and_one_person_need_no_partner():
    assert buddies([], np.zeros((0, 0))).groups == ()
    assert buddies(["ana"], [[0.0]]).alone == (Alone("ana", NOBODY_ALLOWED),)


def test_mentors_take_as_many_as_they_have_room_for_at_the_least_price():
    for seed in range(8):
        draw = np.random.default_rng(seed)
        prices = draw.integers(0, 30, (5, 3)).astype(float)
        found = mentors([f"m{n}" for n in range(5)], ["a", "b", "c"], prices, room=[2, 1, 2])
        seats = [0, 0, 1, 2, 2]
        assert found.price == min(
            sum(prices[n, seats[place]] for n, place in enumerate(order)) for order in permutations(range(5))
        )
        assert not found.alone


def test_load_is_shared_where_that_is_asked_for():
    prices = [[1, 2], [1, 2], [1, 2], [1, 2]]
    names = ["eva", "leo", "paz", "sol"]
    alone = mentors(names, ["ana", "rui"], prices, room=4)
    assert {mentor for _person, mentor in alone.mentor_of} == {"ana"}
    shared = mentors(names, ["ana", "rui"], prices, room=4, fuller=3)
    assert sorted(mentor for _person, mentor in shared.mentor_of) == ["ana", "ana", "rui", "rui"]
    assert shared.price == 6


def test_who_has_no_mentor_is_told_why():
    found = mentors(["eva", "leo", "paz"], ["ana", "rui"], [[1, NO], [2, NO], [NO, NO]], room=[1, 5])
    assert found.mentor_of == (("eva", "ana"),)
    assert found.alone == (Alone("leo", MENTORS_FULL), Alone("paz", NOBODY_ALLOWED))


def test_what_a_programmer_gets_wrong_is_said():
    for wrong in ([[0, 1], [2, 0]], [[0, float("nan")], [float("nan"), 0]], [[0, 1]]):
        with pytest.raises(ValueError, match="prices"):
            buddies(["ana", "bea"], wrong)
    with pytest.raises(ValueError, match="once"):
        buddies(["ana", "ana"], [[0, 1], [1, 0]])
    with pytest.raises(ValueError, match="room"):
        mentors(["eva"], ["ana"], [[1]], room=[-1])
