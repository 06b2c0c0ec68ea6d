"""Ties across districts: the index, what group sizes alone would give, and whether the difference is chance."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest

from tejido_analytics import reasons
from tejido_analytics.network.bridging import bridging
from tejido_analytics.network.change import tie_change
from tejido_analytics.network.directed import arcs, degrees, reciprocity, reciprocity_by_kind
from tejido_analytics.network.ties import Network, combined, recorded
from tejido_analytics.tables import Tie
from tejido_analytics.tests.samples import YEAR, day

NORTH_SOUTH = {"a": "north", "b": "north", "c": "north", "x": "south", "y": "south"}


def test_expected_is_the_mean_over_every_way_to_hand_out_the_groups() -> None:
    network = Network.of({("a", "b"): 1, ("b", "c"): 1, ("c", "x"): 1, ("x", "y"): 1})
    found = bridging(network, NORTH_SOUTH, seed=1)
    values = []
    for order in permutations(NORTH_SOUTH.values()):
        side = dict(zip(NORTH_SOUTH, order, strict=True))
        external = sum(side[a] != side[b] for a, b in network.pairs())
        values.append((2 * external - 4) / 4)
    assert found.value == -0.5
    assert found.detail["expected"] == pytest.approx(sum(values) / len(values), abs=1e-12)
    exact = sum(
        abs(value - found.detail["expected"]) >= abs(found.detail["difference"]) - 1e-9 for value in values
    ) / len(values)
    assert found.detail["p"] == pytest.approx(exact, abs=0.05)


def test_two_closed_camps_are_far_from_chance_and_a_mixed_group_is_not() -> None:
    camps = {f"n{i}": "north" for i in range(6)} | {f"s{i}": "south" for i in range(6)}
    closed = Network.of({(a, b): 1 for a, b in combinations(sorted(camps), 2) if a[0] == b[0]})
    everybody = Network.of(dict.fromkeys(combinations(sorted(camps), 2), 1))
    assert bridging(closed, camps, seed=1).value == -1
    assert bridging(closed, camps, seed=1).detail["p"] < 0.01
    assert bridging(everybody, camps, seed=1).detail["difference"] == pytest.approx(0)
    assert bridging(everybody, camps, seed=1).detail["p"] == 1


def test_people_of_unknown_district_are_left_out_and_counted() -> None:
    network = Network.of({("a", "b"): 1, ("a", "x"): 1, ("a", "zoe"): 1})
    found = bridging(network, NORTH_SOUTH | {"zoe": ""}, seed=1)
    assert (found.value, found.n) == (0, 2)
    assert found.missing == {reasons.PEOPLE_WITHOUT_GROUP: 1, reasons.TIES_WITHOUT_GROUP: 1}


@pytest.mark.parametrize(
    ("weights", "groups", "because"),
    [
        ({}, NORTH_SOUTH, reasons.NO_PEOPLE),
        ({("a", "b"): 1.0}, {}, reasons.NO_GROUPS_KNOWN),
        ({("a", "b"): 1.0}, {"a": "north", "b": "north"}, reasons.ONE_GROUP),
        ({("a", "z"): 1.0, ("b", "z"): 1.0}, {"a": "north", "b": "south"}, reasons.NO_TIES_WITH_GROUPS),
    ],
)
def test_what_cannot_be_said_is_said(
    weights: dict[tuple[str, str], float], groups: dict[str, str], because: str
) -> None:
    found = bridging(Network.of(weights), groups)
    assert (found.value, found.because) == (None, because)


def test_each_district_has_its_own_index() -> None:
    found = bridging(Network.of({("a", "b"): 1, ("a", "x"): 1}), NORTH_SOUTH, seed=1)
    assert found.detail["groups"] == [
        {"key": "north", "people": 2, "value": 0.0, "external": 1, "internal": 1},
        {"key": "south", "people": 1, "value": 1.0, "external": 1, "internal": 0},
    ]


def test_ties_that_stayed_went_and_came() -> None:
    before = Network.of({("a", "b"): 1, ("b", "c"): 1, ("c", "d"): 1})
    change = tie_change(before, Network.of({("b", "a"): 9, ("d", "e"): 1}))
    assert (change.value, change.numerator, change.denominator) == (pytest.approx(1 / 3), 1, 3)
    assert (change.detail["new"], change.detail["kept"], change.detail["lost"]) == (1, 1, 2)
    assert tie_change(Network.of({}), before).because == reasons.NO_TIES_BEFORE


def test_advice_that_is_returned() -> None:
    found = {("a", "b"), ("b", "a"), ("a", "c"), ("d", "d")}
    assert reciprocity(found).value == pytest.approx(2 / 3)
    assert degrees(found) == {"a": (1, 2), "b": (1, 1), "c": (1, 0)}


def test_each_kind_is_returned_in_its_own_kind_and_loops_are_counted_apart() -> None:
    ties = [
        Tie("a", "b", "advice"),
        Tie("b", "a", "replied"),
        Tie("b", "a", "advice"),
        Tie("a", "a", "advice"),
    ]
    found = reciprocity_by_kind(ties, ["advice", "replied"], YEAR, {"a", "b"})
    assert (found.numerator, found.denominator) == (2, 3)
    assert found.detail["kinds"]["replied"]["value"] == 0
    assert found.missing == {reasons.SELF_TIES: 1}


def test_dated_ties_count_in_their_period_and_undated_ones_always() -> None:
    ties = [
        Tie("a", "b", "advice", date=day(5, year=2023)),
        Tie("b", "c", "advice"),
        Tie("c", "a", "advice", date=day(5)),
    ]
    assert arcs(ties, "advice", YEAR, "abc").keys() == {("b", "c"), ("c", "a")}
    assert recorded(ties, {"advice"}, YEAR, "abc").pairs() == {("b", "c"), ("a", "c")}


def test_kinds_laid_over_each_other_add_up() -> None:
    total = combined([Network.of({("a", "b"): 1}), Network.of({("a", "b"): 2, ("c", "d"): 3})], "abc")
    assert total.people == ("a", "b", "c")
    assert list(total.rows()) == [
        {"source": "a", "target": "b", "weight": 3.0, "count": 2, "first": None, "last": None}
    ]
