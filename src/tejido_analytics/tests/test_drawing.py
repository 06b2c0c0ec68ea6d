"""The picture: the same for the same network, everybody on it, components apart, steady when little changes."""

from __future__ import annotations

import networkx as nx
import numpy as np

from tejido_analytics.activity import Activity
from tejido_analytics.network.ego import ego
from tejido_analytics.network.encounters import encounters, met_network
from tejido_analytics.network.layout import layout
from tejido_analytics.network.packing import packed, settled
from tejido_analytics.network.ties import Network
from tejido_analytics.tests.samples import came, day, from_networkx


def clubs(count: int = 4, alone: int = 6) -> Network:
    """Several karate clubs of falling size, and people without ties."""
    ties: dict[tuple[str, str], float] = {}
    for club in range(count):
        for a, b in nx.karate_club_graph().edges:
            if max(a, b) < 34 - 6 * club:
                ties[f"c{club}p{a:02}", f"c{club}p{b:02}"] = 1.0
    return Network.of(ties, people=[f"alone{n}" for n in range(alone)])


def test_the_same_network_is_always_drawn_alike_and_another_seed_draws_it_otherwise() -> None:
    network = clubs()
    assert np.array_equal(layout(network, seed=3), layout(network, seed=3))
    assert not np.array_equal(layout(network, seed=3), layout(network, seed=4))


def test_nobody_lies_on_anybody_else_and_the_picture_fills_its_square() -> None:
    places = layout(clubs(), seed=3)
    apart = np.linalg.norm(places[:, None] - places[None, :], axis=2) + np.eye(len(places))
    assert apart.min() > 0.002
    assert (places.max(axis=0) - places.min(axis=0)).max() == 1
    assert places.min() >= 0
    assert places.max() <= 1


def test_components_lie_in_boxes_that_do_not_overlap_and_people_without_ties_below_all() -> None:
    network = clubs()
    places = layout(network, seed=3)
    of = [name[:2] for name in network.people]
    boxes = []
    for club in ("c0", "c1", "c2", "c3"):
        mine = places[[one == club for one in of]]
        boxes.append((mine.min(axis=0), mine.max(axis=0)))
    for at, (low, high) in enumerate(boxes):
        assert all((low >= far).any() or (high <= near).any() for near, far in boxes[:at])
    alone = places[[one == "al" for one in of]]
    assert alone[:, 1].min() > max(high[1] for _low, high in boxes)


def test_tied_people_lie_nearer_than_others() -> None:
    network = from_networkx(nx.karate_club_graph())
    places = layout(network, seed=3)
    apart = np.linalg.norm(places[:, None] - places[None, :], axis=2)
    tied = apart[network.a, network.b].mean()
    assert tied < 0.75 * apart[np.triu_indices(network.size, 1)].mean()


def test_a_newcomer_changes_the_picture_only_a_little() -> None:
    network = clubs()
    before = layout(network, seed=3)
    start = {name: tuple(place) for name, place in zip(network.people, before.tolist(), strict=True)}
    more = Network.of(
        {(row["source"], row["target"]): row["weight"] for row in network.rows()} | {("c0p00", "zoe"): 1.0},
        people=network.people,
    )
    after = layout(more, seed=3, start=start)
    moved = [np.linalg.norm(after[more.number[name]] - np.array(start[name])) for name in network.people]
    afresh = layout(more, seed=99)
    elsewhere = [np.linalg.norm(afresh[more.number[name]] - np.array(start[name])) for name in network.people]
    assert max(moved) < 0.05
    assert np.median(moved) < np.median(elsewhere) / 4
    zoe, friend = after[more.number["zoe"]], after[more.number["c0p00"]]
    assert np.linalg.norm(zoe - friend) < 0.2


def test_a_start_with_people_who_left_or_with_all_in_one_place_is_no_trouble() -> None:
    network = clubs()
    gone = layout(network, seed=3, start={"somebody": (0.1, 0.9)})
    heap = layout(network, seed=3, start=dict.fromkeys(network.people, (0.5, 0.5)))
    assert np.isfinite(gone).all()
    assert np.isfinite(heap).all()


def test_boxes_never_overlap_however_they_are_placed() -> None:
    halves = np.array([[5.0, 2.0], [3.0, 3.0], [1.0, 2.0], *[[1.0, 0.5]] * 40])
    rng = np.random.default_rng(1)
    wishes = [rng.uniform(0, 40, 2) if n % 3 else None for n in range(len(halves))]
    for centres in (packed(halves), settled(halves, wishes)):
        apart = np.abs(centres[:, None] - centres[None, :]) / (halves[:, None] + halves[None, :])
        nearest = apart.max(axis=2) + np.eye(len(halves))
        assert nearest.min() > 0.999


def test_boxes_that_do_not_overlap_stay_where_they_were() -> None:
    halves = np.array([[2.0, 1.0], [1.0, 1.0], [1.0, 1.0]])
    centres = packed(halves)
    assert np.array_equal(settled(halves, list(centres)), centres)


def test_one_person_s_ties_say_where_they_come_from() -> None:
    activity = Activity(came(g=(day(5), "ana eva luz"), h=(day(6), "ana eva"), i=(day(7), "luz zoe")))
    network = met_network(activity, day(12))
    seen = ego(network, "ana", encounters(activity, day(12)))
    assert seen is not None
    assert [(tie.person, tie.count, tie.gatherings, tie.common) for tie in seen.ties] == [
        ("eva", 2, ("g", "h"), ("luz",)),
        ("luz", 1, ("g",), ("eva",)),
    ]
    assert (seen.ties[0].first, seen.ties[0].last) == (day(5), day(6))
    assert seen.share_closed == 1
    assert seen.constraint is not None
    graph = nx.Graph()
    graph.add_weighted_edges_from((row["source"], row["target"], row["weight"]) for row in network.rows())
    assert abs(seen.constraint - nx.constraint(graph, ["ana"], weight="weight")["ana"]) < 1e-9


def test_somebody_without_ties_or_unknown_has_no_circle_around_them() -> None:
    network = Network.of({("a", "b"): 1}, people=["c"])
    alone = ego(network, "c")
    assert alone is not None
    assert (alone.ties, alone.constraint, alone.share_closed) == ((), None, None)
    assert ego(network, "nobody") is None
