"""How good visit plans are beside the alternatives, and how their cost in time grows.

    PYTHONPATH=src:. .venv/bin/python tests/benchmarks/routes_bench.py [SECONDS]

SECONDS of processor time for each month of 500 visits, the same for us and for OR-tools, so that what else runs on the machine
favours neither: 10, which is what OR-tools had of the 40 seconds of wall when the bar was set (8.4). Five months. Periodic instances read ../shared/data/real/pvrp-cordeau and get
40 s of processor time each. The calendar of a season is set by ours and by CP-SAT. Exit code 1 where a bar is missed.
"""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2
from ortools.sat.python import cp_model

from tejido_analytics.routes.board import Board
from tejido_analytics.routes.calendar import set_dates
from tejido_analytics.routes.ground import ground_of
from tejido_analytics.routes.model import Accompaniment, Due, Effort, Rules, Season, Team
from tejido_analytics.routes.periodic import choose_patterns, solve_periodic
from tejido_analytics.routes.planning import _routed as tours_of_rounds
from tejido_analytics.routes.planning import plan_visits, territories
from tejido_analytics.routes.reach import reach_of
from tejido_analytics.routes.rounds import patterns_of, windows
from tejido_analytics.routes.routing import Going
from tejido_analytics.routes.solver import Limit, Stop, Vehicles, length, solve
from tejido_analytics.routes.travel import Travel
from tejido_analytics.tests.real import folder
from tejido_analytics.tests.test_routes_literature import read_periodic

DAY, SERVICE, OUT, SPEED, BASES, PER_BASE = 600.0, 120.0, 300.0, 70.0, 12, 20
MONTHS = (1, 2, 3, 4, 5)  # seeds
BARS = {"p02": (1322.87, 0.005), "p04": (835.26, 0.006), "p05": (2024.96, 0.025)}


def state(schools: int, seed: int = 1) -> np.ndarray:
    """Bases, then schools, around 150 municipalities of a country of 420 x 450 km."""
    rng = np.random.default_rng(seed)
    towns = rng.uniform([0, 0], [420, 450], (150, 2))
    around = towns[rng.integers(0, 150, schools)] + rng.normal(0, 4, (schools, 2))
    return np.vstack([towns[rng.choice(150, BASES, replace=False)], around])


def cost_of(km: np.ndarray, routes: list[tuple[int, list[int]]]) -> float:
    return sum(length(km, base, places) + OUT for base, places in routes)


def ours(km: np.ndarray, seconds: float) -> float:
    stops = [Stop(place, SERVICE) for place in range(BASES, len(km))]
    kinds = [Vehicles(base, PER_BASE, DAY, OUT) for base in range(BASES)]
    routes, left = solve(km, km / SPEED * 60, stops, kinds, Limit(10**9, seconds))
    assert not left
    return cost_of(km, [(route.vehicles, [stops[at].place for at in route.stops]) for route in routes])


def by_ortools(km: np.ndarray, seconds: float) -> float:
    starts = [base for base in range(BASES) for _vehicle in range(PER_BASE)]
    manager = pywrapcp.RoutingIndexManager(len(km), len(starts), starts, starts)
    model = pywrapcp.RoutingModel(manager)
    metres = (km * 100).round().astype(int).tolist()
    spent = (
        np.ceil(km / SPEED * 3600 + SERVICE * 60 * (np.arange(len(km)) >= BASES)[:, None])
        .astype(int)
        .tolist()
    )

    def way(one: int, two: int) -> int:
        return metres[manager.IndexToNode(one)][manager.IndexToNode(two)]

    def duration(one: int, two: int) -> int:
        return spent[manager.IndexToNode(one)][manager.IndexToNode(two)]

    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitCallback(way))
    model.AddDimension(model.RegisterTransitCallback(duration), 0, int(DAY * 60), True, "time")
    model.SetFixedCostOfAllVehicles(int(OUT * 100))
    search = pywrapcp.DefaultRoutingSearchParameters()
    search.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    search.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    until = time.process_time() + seconds
    model.AddSearchMonitor(model.solver().CustomLimit(lambda: time.process_time() > until))
    found = model.SolveWithParameters(search)
    return found.ObjectiveValue() / 100 if found else float("inf")


def nearest_visit(km: np.ndarray) -> float:
    """Greedy: every day out takes the nearest school left that still fits; each base in turn, nearest schools first."""
    left, routes = set(range(BASES, len(km))), []
    minutes = km / SPEED * 60
    home = {school: int(np.argmin(km[:BASES, school])) for school in left}
    for base in range(BASES):
        while ours_left := {school for school in left if home[school] == base}:
            order, spent, here = [], 0.0, base
            while True:
                fits = [
                    (km[here, school], school)
                    for school in ours_left - set(order)
                    if spent + minutes[here, school] + SERVICE + minutes[school, base] <= DAY
                ]
                if not fits:
                    break
                _way, school = min(fits)
                spent += minutes[here, school] + SERVICE
                here = school
                order.append(school)
            if not order:
                raise SystemExit("a school is out of a day's reach")
            left -= set(order)
            routes.append((base, order))
    return cost_of(km, routes)


def month(seconds: float) -> bool:
    print(f"months of 500 visits, {seconds:.0f} s each: km + 300 a day out")
    ratios = []
    for seed in MONTHS:
        points = state(500, seed)
        km = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1))
        greedy, google, own = nearest_visit(km), by_ortools(km, seconds), ours(km, seconds)
        ratios.append(own / google)
        print(
            f"  {seed}: nearest visit {greedy:.0f}, OR-tools {google:.0f}, Tejido {own:.0f}: {ratios[-1]:.3f}"
        )
    print(f"  median of OR-tools {np.median(ratios):.3f} (bar 0.97)")
    return float(np.median(ratios)) <= 0.97


def periodic() -> bool:
    good = True
    for name, (best, bar) in BARS.items():
        problem = read_periodic(folder("pvrp-cordeau") / f"{name}.txt")
        choose_patterns(problem, 1, 1)  # compiled before the clock starts
        began = time.process_time()
        plan = solve_periodic(problem, Limit(10**6, 40.0))
        gap = plan.cost / best - 1
        print(
            f"{name}: {plan.cost:.2f}, best known {best}, {gap:+.2%} (bar {bar:.1%}), {time.process_time() - began:.0f} s"
        )
        good &= gap <= bar and not plan.left
    return good


def busy_season(schools: int, closed: float, seed: int) -> Accompaniment:
    """Ten visits in a year by two teams that are away on one day in ten; closed: share of days that a school is."""
    rng = np.random.default_rng(seed)
    points = rng.uniform(0, 60, (2 + schools, 2)) / 111.0
    season = Season(dt.date(2025, 2, 3), dt.date(2025, 11, 28))
    days = np.array(season.days())
    dues = tuple(Due(f"s{n}", *map(float, each), visits=10) for n, each in enumerate(points[2:]))
    closures = {due.school: frozenset(days[rng.random(len(days)) < closed]) for due in dues}
    teams = tuple(
        Team(f"t{n}", *map(float, each), away=frozenset(days[rng.random(len(days)) < 0.1]))
        for n, each in enumerate(points[:2])
    )
    return Accompaniment(
        dues, teams, season, closures, Rules(min_days=14, nights=0), travel=Travel(1.0, SPEED)
    )


def calendar(schools: int, closed: float, seed: int) -> tuple[int, int, int, float, float]:
    """(visits due, visits that get a date by ours, by CP-SAT, seconds of ours, of CP-SAT) from the same tours and windows."""
    given, effort = busy_season(schools, closed, seed), Effort()
    ground = ground_of(given)
    reach = reach_of(ground)
    number, patterns = patterns_of(ground, reach.owed)
    home, _needed = territories(ground, reach, effort)
    rounds = tours_of_rounds(ground, reach, home, patterns, number, effort=effort)
    spans = windows(len(ground.days), number)
    board, began = Board(ground), time.process_time()
    set_dates(board, spans, rounds)
    ours_took = time.process_time() - began
    placed = sum(len(trip.order) for trip in board.trips.values())
    began = time.process_time()
    rival = dates_by_cp_sat(Board(ground), spans, rounds)
    return int(reach.owed.sum()), placed, rival, ours_took, time.process_time() - began


def dates_by_cp_sat(board: Board, spans: list[range], rounds: list[list[Going]]) -> int:
    """Most visits that can have a date: a tour on at most one day, a team on one tour a day, schools open and rested."""
    model, ground = cp_model.CpModel(), board.ground
    by_team: dict[tuple[int, int], list] = {}
    of_school: dict[int, dict[int, list]] = {}
    worth = []
    for span, tours in zip(spans, rounds, strict=True):
        for tour in tours:
            days = [day for day in span if board.allows(tour.team, day, tour.order)]
            takes = [model.new_bool_var("") for _day in days]
            model.add_at_most_one(takes)
            for day, take in zip(days, takes, strict=True):
                by_team.setdefault((tour.team, day), []).append(take)
                worth.append((len(tour.order), take))
                for line in tour.order:
                    school = of_school.setdefault(int(ground.school[line]), {})
                    school.setdefault(int(ground.ordinals[day]), []).append(take)
    for takes in by_team.values():
        model.add_at_most_one(takes)
    for days in of_school.values():
        for day in days:  # in any stretch of the least distance at most one visit
            stretch = [
                take for other in days if day <= other < day + ground.rules.min_days for take in days[other]
            ]
            model.add_at_most_one(stretch)
    model.maximize(sum(visits * take for visits, take in worth))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 60.0
    solver.solve(model)
    return round(solver.objective_value)


def calendars() -> None:
    print("visits that get a date with their round, before single insertion; seconds of processor")
    for schools, closed in ((80, 0.1), (80, 0.3)):
        for seed in (1, 2, 3):
            due, own, rival, took, took_rival = calendar(schools, closed, seed)
            print(
                f"  {schools} schools, {closed:.0%} closed, {seed}: of {due} ours {own} in {took:.1f} s, "
                f"CP-SAT {rival} in {took_rival:.1f} s"
            )


def growth() -> None:
    print("schools x 10 visits, 12 teams: seconds of processor, MB")
    sizes, took = (60, 120, 250, 500), []
    for schools in sizes:
        points = state(schools) / 111.0 - 2
        dues = tuple(Due(f"s{n}", *map(float, each), visits=10) for n, each in enumerate(points[BASES:]))
        teams = tuple(Team(f"t{n}", *map(float, each)) for n, each in enumerate(points[:BASES]))
        season = Season(dt.date(2025, 2, 3), dt.date(2025, 11, 28))
        began = time.process_time()
        plan = plan_visits(Accompaniment(dues, teams, season, travel=Travel(1.0, SPEED)))
        took.append(time.process_time() - began)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"  {schools:4d}  {took[-1]:6.1f} s  {memory:5.0f} MB  {plan.done} of {plan.due} visits, {len(plan.outings)} days out"
        )
    print(f"  exponent {np.polyfit(np.log(sizes), np.log(took), 1)[0]:.2f}")


if __name__ == "__main__":
    growth()
    calendars()
    fine = month(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0)
    sys.exit(0 if periodic() and fine else 1)
