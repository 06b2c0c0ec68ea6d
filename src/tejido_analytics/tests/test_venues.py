"""Where to meet: what each venue asks of people."""

from __future__ import annotations

from tejido_analytics.venues import compare, distance_km

KM = 111.195  # one degree of latitude


def test_the_least_travelling_for_all_comes_first_and_the_farthest_tenth_is_its_own_number():
    homes = {f"near{n}": (0.001 * n, 0.1) for n in range(1, 20)} | {"far": (1.0, 0.1)}
    middle, edge = compare(homes, {"edge": (1.0, 0.1), "middle": (0.01, 0.1)}, too_far_km=50)
    assert (middle.venue, edge.venue) == ("middle", "edge")
    assert middle.nearest_for == 19
    assert edge.nearest_for == 1
    assert middle.beyond == ("far",)
    assert len(edge.beyond) == 19
    assert abs(middle.farthest_tenth - (0.99 + 0.009) * KM / 2) < 0.1  # two of twenty
    assert middle.median < 1.2
    assert middle.mean_if_they_join_online < 1.2 < middle.mean


def test_who_would_have_to_go_too_far_is_listed_farthest_first():
    homes = {"a": (0.5, 0.1), "b": (0.9, 0.1), "c": (0.1, 0.1)}
    (only,) = compare(homes, {"here": (0.1, 0.1)}, too_far_km=20)
    assert only.beyond == ("b", "a")
    assert only.nearest_for == 3


def test_nobody_and_nowhere_are_said_as_such():
    assert compare({}, {}, too_far_km=5) == []
    assert compare({"a": (4.6, -74.1)}, {"here": (None, None)}, too_far_km=5) == []
    (reach,) = compare({"a": (None, None), "b": (0.0, 0.0)}, {"here": (4.6, -74.1)}, too_far_km=5)
    assert (reach.n, reach.unknown, reach.mean, reach.nearest_for, reach.beyond) == (0, 2, None, 0, ())


def test_where_everybody_is_too_far_nobody_is_left_who_travels():
    (reach,) = compare({"a": (1.0, 0.1)}, {"here": (0.1, 0.1)}, too_far_km=5)
    assert reach.mean_if_they_join_online is None


def test_a_tie_counts_for_both():
    one, other = compare({"a": (0.5, 0.1)}, {"x": (0.4, 0.1), "y": (0.4, 0.1)}, too_far_km=50)
    assert (one.nearest_for, other.nearest_for) == (1, 1)


def test_distance_is_unknown_where_a_place_cannot_be_true():
    assert distance_km((91, 0), (4.6, -74.1)) is None
    assert abs(distance_km((1, 0), (2, 0)) - KM) < 0.01
