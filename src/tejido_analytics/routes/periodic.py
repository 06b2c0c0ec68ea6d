"""Routes over several periods: each stop is served in the periods of one of its patterns, as cheaply as can be found.

The periodic vehicle routing problem (Christofides & Beasley, The period routing problem, Networks 14, 1984), with one
base. Runs of annealing over routes and patterns at once, in compiled code (`kernels`), until time or steps are spent;
PyVRP then improves the routes of each period under the patterns found, and the best of all that is the answer. Where
no stop has a choice, that is one run of PyVRP for each different period.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.routes.solver import Limit, Route, Stop, Vehicles, length, solve

if TYPE_CHECKING:
    from tejido_analytics.routes.rings import Case

Pattern = tuple[int, ...]
Matrix = NDArray[np.float64]
RUN = 3_000  # steps of one run of annealing, for each stop and period
LONG = 20_000  # the same where routes are all that is asked for: few long runs find more than many short ones
HOT, COLD = 0.5, 0.05  # first and last temperature, in mean ways to the third nearest stop
NEIGHBOURS = 15
POLISH = 400  # steps of PyVRP for each period


@dataclass(frozen=True, slots=True, eq=False)
class Periodic:
    """km, minutes: (n, n) between places. patterns: for each stop the sets of periods it may be served in, one at least.

    vehicles: how many there are in each period, with their limits; only the first number of `capacity` counts.
    """

    km: Matrix
    minutes: Matrix
    stops: tuple[Stop, ...]
    patterns: tuple[tuple[Pattern, ...], ...]
    periods: int
    vehicles: Vehicles


@dataclass(frozen=True, slots=True)
class PeriodicRoutes:
    """chosen: the pattern of each stop. routes: of each period; their stops are indices into all stops. cost: km + cost of
    vehicles. left: (period, stop) for which the vehicles did not suffice."""

    chosen: tuple[Pattern, ...]
    routes: tuple[tuple[Route, ...], ...]
    cost: float
    left: tuple[tuple[int, int], ...]


def solve_periodic(problem: Periodic, limit: Limit, run: int = LONG) -> PeriodicRoutes:
    """The cheapest plan found. limit: steps counts runs of annealing; seconds of processor time end after a run.

    run: steps of one run, for each stop and period. The same input, runs and seed give the same plan.
    Raises ValueError where a stop has no pattern or a pattern names a period that is not there.

    >>> line = np.abs(np.subtract.outer([0.0, 9.0, 10.0, -9.0, -10.0], [0.0, 9.0, 10.0, -9.0, -10.0]))
    >>> stops = tuple(Stop(place) for place in (1, 2, 3, 4))
    >>> problem = Periodic(line, line, stops, (((0,), (1,)),) * 4, 2, Vehicles(0, 1, 25.0))
    >>> found = solve_periodic(problem, Limit(steps=2))
    >>> found.cost, found.chosen[0] == found.chosen[1] != found.chosen[2] == found.chosen[3]  # neighbours together
    (40.0, True)
    """
    flat = [period for patterns in problem.patterns for pattern in patterns for period in pattern]
    if not all(problem.patterns) or any(not 0 <= period < problem.periods for period in flat):
        raise ValueError("every stop has a pattern, and patterns name periods that there are")
    if _collapses(problem):
        return _collapsed(problem, limit)
    started = time.process_time()
    best: PeriodicRoutes | None = None
    for number in range(max(1, limit.steps)):
        seed = limit.seed + 7919 * number
        chosen, begun = choose_patterns(problem, seed, run)
        found = _polished(problem, chosen, begun, Limit(POLISH, seed=seed))
        if best is None or (len(found.left), found.cost) < (len(best.left), best.cost):
            best = found
        if _single(problem) or _over(limit, time.process_time() - started, number + 1):
            break
    return best if best is not None else PeriodicRoutes((), (), 0.0, ())


def _single(problem: Periodic) -> bool:
    return all(len(each) == 1 for each in problem.patterns)


def _collapses(problem: Periodic) -> bool:
    """Whether every stop is served once, in any period: then all periods together are one round of more vehicles."""
    every = {(period,) for period in range(problem.periods)}
    return all(set(patterns) == every for patterns in problem.patterns)


def _collapsed(problem: Periodic, limit: Limit) -> PeriodicRoutes:
    kind = problem.vehicles
    more = replace(kind, count=kind.count * problem.periods)
    steps = limit.steps if limit.seconds is None else 10**9
    found, left = solve(
        problem.km, problem.minutes, problem.stops, [more], replace(limit, steps=steps * POLISH)
    )
    routes = [tuple(found[period :: problem.periods]) for period in range(problem.periods)]
    where = {stop: period for period, each in enumerate(routes) for route in each for stop in route.stops}
    chosen = tuple((where.get(stop, 0),) for stop in range(len(problem.stops)))
    cost = sum(_cost(problem, route) for route in found)
    return PeriodicRoutes(chosen, tuple(routes), cost, tuple((0, stop) for stop in left))


def _cost(problem: Periodic, route: Route) -> float:
    places = [problem.stops[stop].place for stop in route.stops]
    return length(problem.km, problem.vehicles.base, places) + problem.vehicles.cost


def _over(limit: Limit, spent: float, runs: int) -> bool:
    """Whether another run would end after the time that is left."""
    return limit.seconds is not None and spent * (runs + 1) / runs > limit.seconds


def choose_patterns(problem: Periodic, seed: int, run: int = RUN) -> tuple[list[int], list[list[Route]]]:
    """(index of a pattern for each stop, routes of each period), by one run of annealing; no routes where no stop has
    a choice. The same seed gives the same choice; the routes may be over their limits where nothing better was seen."""
    if _single(problem):
        return [0] * len(problem.stops), [[] for _period in range(problem.periods)]
    from tejido_analytics.routes.kernels import anneal
    from tejido_analytics.routes.rings import Rings

    case, edge = _case(problem)
    nodes = problem.periods, case.ways.shape[1]
    vehicles = problem.periods, problem.vehicles.count
    chosen = np.random.default_rng(seed).integers(0, case.counts)
    rings = Rings(
        np.zeros(nodes, dtype=np.int64),
        np.zeros(nodes, dtype=np.int64),
        np.zeros(nodes, dtype=np.int64),
        np.zeros(vehicles),
        np.zeros(vehicles),
        np.zeros(1),
        chosen,
    )
    steps = run * len(problem.stops) * problem.periods
    best = anneal(rings, case, steps, np.array([HOT, COLD]) * edge, seed)
    routes = [
        _read(rings.nxt[period], len(problem.stops)) if best < np.inf else [] for period in range(nodes[0])
    ]
    return [int(number) for number in rings.chosen], routes


def _read(nxt: NDArray[np.int64], number: int) -> list[Route]:
    """The routes of one period, from its rings."""
    routes = []
    for vehicle in range(number, len(nxt)):
        stops, node = [], int(nxt[vehicle])
        while node < number:
            stops.append(node)
            node = int(nxt[node])
        if stops:
            routes.append(Route(0, tuple(stops)))
    return routes


def _case(problem: Periodic) -> tuple[Case, float]:
    """(the case for the kernels, the usual way to a near stop)."""
    from tejido_analytics.routes.rings import Case

    kind, number = problem.vehicles, len(problem.stops)
    places = [stop.place for stop in problem.stops] + [kind.base] * kind.count
    grid = np.ix_(places, places)
    ways = np.stack([problem.km[grid], problem.minutes[grid]])
    stops = np.array([[stop.load[0] if stop.load else 0.0, stop.minutes] for stop in problem.stops])
    counts = np.array([len(each) for each in problem.patterns], dtype=np.int64)
    options = np.zeros((number, int(counts.max()), problem.periods), dtype=np.bool_)
    for stop, patterns in enumerate(problem.patterns):
        for at, pattern in enumerate(patterns):
            options[stop, at, list(pattern)] = True
    between = ways[0, :number, :number] + np.diag(np.full(number, np.inf))
    near = np.ascontiguousarray(np.argsort(between, axis=1)[:, : max(1, min(NEIGHBOURS, number - 1))])
    edge = float(np.sort(between, axis=1)[:, min(2, number - 1)].mean())
    edge = edge if 0 < edge < np.inf else 1.0
    out = float(ways[0, number:, :number].mean()) if kind.count else 0.0
    room = float(kind.capacity[0]) if kind.capacity else np.inf
    longest = np.inf if kind.minutes is None else kind.minutes
    dear = 4 * out + kind.cost + edge
    charges = [dear / room if room < np.inf else 1.0, dear / longest if longest < np.inf else 1.0]
    return Case(ways, stops, np.array([room, longest, kind.cost, *charges]), options, counts, near), edge


def _polished(problem: Periodic, chosen: list[int], begun: list[list[Route]], limit: Limit) -> PeriodicRoutes:
    """PyVRP's routes for each period under chosen patterns, from those begun with; alike periods are routed once."""
    patterns = tuple(each[number] for each, number in zip(problem.patterns, chosen, strict=True))
    known: dict[tuple[int, ...], tuple[tuple[Route, ...], tuple[int, ...]]] = {}
    routes: list[tuple[Route, ...]] = []
    left: list[tuple[int, int]] = []
    for period in range(problem.periods):
        inside = tuple(stop for stop, pattern in enumerate(patterns) if period in pattern)
        if inside not in known:
            at = {stop: number for number, stop in enumerate(inside)}
            stops = [problem.stops[stop] for stop in inside]
            start = [Route(0, tuple(at[stop] for stop in route.stops)) for route in begun[period]]
            found, lost = solve(problem.km, problem.minutes, stops, [problem.vehicles], limit, start=start)
            ways = tuple(Route(0, tuple(inside[number] for number in route.stops)) for route in found)
            known[inside] = ways, tuple(inside[number] for number in lost)
        ways, lost_stops = known[inside]
        routes.append(ways)
        left += [(period, stop) for stop in lost_stops]
    cost = sum(_cost(problem, route) for each in routes for route in each)
    return PeriodicRoutes(patterns, tuple(routes), cost, tuple(left))
