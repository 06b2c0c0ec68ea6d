"""Routes beside the best that is known: instances of the literature, and a second computation of what they cost.

The full time of the bars is spent in tests/benchmarks/routes_bench.py; here are few steps, so the margins are wider.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from tejido_analytics.routes.periodic import Periodic, PeriodicRoutes, choose_patterns, solve_periodic
from tejido_analytics.routes.solver import Limit, Route, Stop, Vehicles, length, solve
from tejido_analytics.tests.real import folder


def euclidean(points: np.ndarray) -> np.ndarray:
    return np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1))


def read_cvrp(path: Path) -> tuple[np.ndarray, list[int], int]:
    """(points, loads, capacity) of a file in the format of TSPLIB."""
    points, loads, capacity, part = [], [], 0, ""
    for line in path.read_text().splitlines():
        words = line.replace(":", " ").split()
        if words[:1] == ["CAPACITY"]:
            capacity = int(words[1])
        elif words and words[0].isupper():
            part = words[0]
        elif part == "NODE_COORD_SECTION" and len(words) == 3:
            points.append([float(words[1]), float(words[2])])
        elif part == "DEMAND_SECTION" and len(words) == 2:
            loads.append(int(words[1]))
    return np.array(points), loads, capacity


def read_periodic(path: Path) -> Periodic:
    """An instance of Cordeau, Gendreau & Laporte (1997). A bit of a combination is a day, the first the highest."""
    lines = [line.split() for line in path.read_text().splitlines() if line.strip()]
    _kind, vehicles, _customers, days = (int(word) for word in lines[0][:4])
    duration, capacity = (float(word) for word in lines[1][:2])
    rows = lines[1 + days :]
    km = euclidean(np.array([[float(row[1]), float(row[2])] for row in rows]))
    stops, patterns = [], []
    for number, row in enumerate(rows[1:], start=1):
        combinations = [int(word) for word in row[7 : 7 + int(row[6])]]
        stops.append(Stop(number, float(row[3]), (int(row[4]),)))
        patterns.append(
            tuple(tuple(day for day in range(days) if each >> (days - 1 - day) & 1) for each in combinations)
        )
    kind = Vehicles(0, vehicles, duration or None, 0.0, (int(capacity),))
    return Periodic(km, km, tuple(stops), tuple(patterns), days, kind)


def assert_kept(problem: Periodic, plan: PeriodicRoutes) -> None:
    """Every stop in exactly the periods of one of its patterns, no vehicle too full, the cost as it is said."""
    assert plan.left == ()
    for stop, pattern in enumerate(plan.chosen):
        assert pattern in problem.patterns[stop]
    cost = 0.0
    for period, routes in enumerate(plan.routes):
        served = sorted(stop for route in routes for stop in route.stops)
        assert served == [stop for stop, pattern in enumerate(plan.chosen) if period in pattern]
        assert len(routes) <= problem.vehicles.count
        for route in routes:
            assert sum(problem.stops[stop].load[0] for stop in route.stops) <= problem.vehicles.capacity[0]
            cost += length(problem.km, 0, [problem.stops[stop].place for stop in route.stops])
            cost += problem.vehicles.cost
    assert plan.cost == pytest.approx(cost)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "best", "within", "rounded"),
    [
        ("cvrplib-small/E-n22-k4.txt", 375.0, 0.0, True),  # optimum
        ("cvrplib-cmt/CMT1.vrp", 524.61, 0.01, False),  # optimum (Christofides, Mingozzi & Toth 1979)
        ("cvrplib-x/X-n101-k25.vrp", 27591.0, 0.025, True),  # optimum (Uchoa et al. 2017)
    ],
)
def test_routes_of_one_day_come_near_the_best_known(name, best, within, rounded):
    points, loads, capacity = read_cvrp(folder(name.split("/")[0]) / name.split("/")[1])
    km = euclidean(points)
    km = np.floor(km + 0.5) if rounded else km
    stops = [Stop(place, 0.0, (load,)) for place, load in enumerate(loads) if place]
    routes, left = solve(km, km, stops, [Vehicles(0, len(stops), capacity=(capacity,))], Limit(2_500))
    cost = sum(length(km, 0, [stops[stop].place for stop in route.stops]) for route in routes)
    assert left == []
    assert sorted(stop for route in routes for stop in route.stops) == list(range(len(stops)))
    assert all(sum(stops[stop].load[0] for stop in route.stops) <= capacity for route in routes)
    assert best - 0.01 <= cost <= best * (1 + within) + 0.01


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "within"), [("p02", 0.05), ("p04", 0.03), ("p05", 0.06)])
def test_periodic_routes_come_near_the_best_known_and_keep_every_limit(name, within):
    known = csv.DictReader((folder("pvrp-cordeau") / "BKS_verified.csv").open(encoding="utf-8"))
    best = {row["instance"]: row["reported_cost"] for row in known}[f"{name}.txt"]
    problem = read_periodic(folder("pvrp-cordeau") / f"{name}.txt")
    plan = solve_periodic(problem, Limit(steps=2), run=600)
    assert_kept(problem, plan)
    assert float(best) * 0.99 <= plan.cost <= float(best) * (1 + within)


def small() -> Periodic:
    points = np.random.default_rng(4).uniform(0, 100, (13, 2))
    km = euclidean(points)
    stops = tuple(Stop(place, 5.0, (place % 3 + 1,)) for place in range(1, 13))
    twice, once = ((0, 2), (1, 3)), ((0,), (1,), (2,), (3,))
    patterns = tuple(twice if place % 3 else once for place in range(1, 13))
    return Periodic(km, km, stops, patterns, 4, Vehicles(0, 2, 400.0, 10.0, (12,)))


def test_annealing_counts_its_own_changes_rightly():
    """What the compiled moves add up is what a fresh reading of the routes gives."""
    from tejido_analytics.routes.kernels import anneal
    from tejido_analytics.routes.periodic import _case
    from tejido_analytics.routes.rings import Rings

    problem = small()
    case, edge = _case(problem)
    shape, number = (4, case.ways.shape[1]), len(problem.stops)
    rings = Rings(
        *(np.zeros(shape, dtype=np.int64) for _ in range(3)),
        np.zeros((4, 2)),
        np.zeros((4, 2)),
        np.zeros(1),
        np.zeros(number, dtype=np.int64),
    )
    told = anneal(rings, case, 20_000, np.array([1.0, 0.05]) * edge, 3)
    counted = 0.0
    for period in range(4):
        served = set()
        for vehicle in range(number, shape[1]):
            route, node = [], int(rings.nxt[period, vehicle])
            while node < number:
                route.append(node)
                node = int(rings.nxt[period, node])
            served |= set(route)
            counted += length(problem.km, 0, [problem.stops[stop].place for stop in route])
            counted += 10.0 if route else 0.0
            assert sum(problem.stops[stop].load[0] for stop in route) <= 12
        patterns = [problem.patterns[stop][rings.chosen[stop]] for stop in range(number)]
        assert served == {stop for stop, pattern in enumerate(patterns) if period in pattern}
    assert told == pytest.approx(counted)


def test_one_seed_gives_one_choice_and_a_longer_search_no_worse_plan():
    problem = small()
    assert choose_patterns(problem, 5, 50) == choose_patterns(problem, 5, 50)
    short, long = (solve_periodic(problem, Limit(steps=runs), run=50) for runs in (1, 4))
    assert long.cost <= short.cost
    assert_kept(problem, long)


def test_stops_that_the_vehicles_do_not_suffice_for_are_handed_back():
    km = np.abs(np.subtract.outer([0.0, 10.0, 20.0, 30.0], [0.0, 10.0, 20.0, 30.0]))
    stops = [Stop(place, 0.0, (1,)) for place in (1, 2, 3)]
    routes, left = solve(km, km, stops, [Vehicles(0, 1, capacity=(2,))], Limit(100))
    assert len(left) == 1
    assert len(routes[0].stops) == 2
    assert solve(km, km, stops, [Vehicles(0, 0)], Limit(10)) == ([], [0, 1, 2])
    begun = [Route(0, (0, 1))]
    assert solve(km, km, stops, [Vehicles(0, 2, capacity=(2,))], Limit(50), start=begun)[1] == []


def test_a_stop_without_a_pattern_is_a_mistake_of_the_caller():
    problem = small()
    with pytest.raises(ValueError, match="pattern"):
        solve_periodic(
            Periodic(problem.km, problem.km, problem.stops, ((),) * 12, 4, problem.vehicles), Limit(1)
        )
