"""The one file that knows PyVRP: routes for one round of visits, from several bases.

PyVRP 0.14 (Wouda, Lan & Kool, PyVRP: a high-performance VRP solver package, INFORMS J. on Computing 36, 2024). Its
interface changes with every minor version; it is pinned, and everything else speaks the four records below.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyvrp

SCALE = 1_000  # PyVRP counts in whole numbers: metres (thousandths of the unit of cost)
SECONDS = 60  # and durations in seconds
# For more stops than LARGE in at most SHORT seconds: fewer neighbours and smaller steps, 2½ times as many.
LARGE, SHORT, NEIGHBOURS, PERTURBED = 200, 20.0, 20, 10
PRIZE = 3  # leaving out one stop costs so many times the dearest route to a single stop


@dataclass(frozen=True, slots=True)
class Stop:
    """A place to serve once. load: one number per dimension that vehicles limit; minutes: of service."""

    place: int
    minutes: float = 0.0
    load: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Vehicles:
    """`count` alike vehicles of one base. minutes: longest route, None without limit; cost: of using one, in km."""

    base: int
    count: int
    minutes: float | None = None
    cost: float = 0.0
    capacity: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """One vehicle's way: index of its `Vehicles`, and indices of stops in the order served."""

    vehicles: int
    stops: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """When to stop: after so many steps, or seconds of processor time, whichever is first. seed: from 0."""

    steps: int = 1_000
    seconds: float | None = None
    seed: int = 1


class _Stopping:
    """PyVRP's criterion: counts steps, and the processor time of this process."""

    def __init__(self, limit: Limit) -> None:
        self.left = limit.steps
        self.until = None if limit.seconds is None else time.process_time() + limit.seconds

    def __call__(self, best_cost: int) -> bool:
        self.left -= 1
        return self.left < 0 or (self.until is not None and time.process_time() > self.until)


def solve(
    km: NDArray[np.float64],
    minutes: NDArray[np.float64],
    stops: Sequence[Stop],
    vehicles: Sequence[Vehicles],
    limit: Limit,
    *,
    start: Sequence[Route] = (),
) -> tuple[list[Route], list[int]]:
    """The cheapest routes found, and the stops that no route could take: sum of km driven + cost of vehicles used.

    km, minutes: (n, n) between places; places are indices into them. Every route begins and ends at its base, keeps
    its minutes (driving + service) and the capacity in every dimension. Stops are left out only where the vehicles do
    not suffice. start: routes to begin from, better than none. The same input, steps and seed give the same routes; seconds may not.

    >>> km = np.array([[0.0, 3.0, 4.0], [3.0, 0.0, 5.0], [4.0, 5.0, 0.0]])
    >>> solve(km, km, [Stop(1), Stop(2)], [Vehicles(0, 2, cost=1.0)], Limit(50))[1]
    []
    """
    usable = [index for index, kind in enumerate(vehicles) if kind.count > 0]
    if not stops or not usable:
        return [], list(range(len(stops)))
    import pyvrp
    from pyvrp.exceptions import PenaltyBoundWarning

    kinds = [vehicles[index] for index in usable]
    begun = [replace(route, vehicles=usable.index(route.vehicles)) for route in start]
    for required in (True, False):  # twice as quick where nobody may be left out, so that is tried first
        data = _problem(km, minutes, stops, kinds, required=required)
        if not required:
            begun = _nearest_first(km, minutes, stops, kinds)
        routes_begun = [pyvrp.Route(data, list(route.stops), route.vehicles) for route in begun]
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", PenaltyBoundWarning
            )  # what has no place is handed back, and said by us
            best = pyvrp.solve(
                data,
                _Stopping(limit),
                limit.seed,
                collect_stats=False,
                params=_params(len(stops), limit),
                initial_solution=pyvrp.Solution(data, routes_begun) if begun else None,
            ).best
        if best.is_feasible():
            break
    routes = [
        Route(
            usable[route.vehicle_type()],
            tuple(activity.idx for activity in route.schedule() if activity.is_client()),
        )
        for route in best.routes()
    ]
    served = {stop for route in routes for stop in route.stops}
    return routes, [stop for stop in range(len(stops)) if stop not in served]


def _params(stops: int, limit: Limit) -> pyvrp.SolveParams:
    """PyVRP's own; for many stops in little time, what was cheapest on months of 500 visits in 10 seconds (routes_bench.py)."""
    from pyvrp import IteratedLocalSearchParams, SolveParams
    from pyvrp.search import NeighbourhoodParams, PerturbationParams

    if stops <= LARGE or limit.seconds is None or limit.seconds > SHORT:
        return SolveParams()
    return SolveParams(
        ils=IteratedLocalSearchParams(exhaustive_on_best=False),
        neighbourhood=NeighbourhoodParams(num_neighbours=NEIGHBOURS),
        perturbation=PerturbationParams(max_perturbations=PERTURBED),
    )


def _problem(
    km: NDArray[np.float64],
    minutes: NDArray[np.float64],
    stops: Sequence[Stop],
    vehicles: Sequence[Vehicles],
    *,
    required: bool,
) -> pyvrp.ProblemData:
    import pyvrp

    bases = sorted({kind.base for kind in vehicles})
    places = bases + [stop.place for stop in stops]
    grid = np.ix_(places, places)
    longest = np.iinfo(np.int64).max
    prize = PRIZE * (2 * float(km[grid].max()) + max(kind.cost for kind in vehicles) + 1)
    return pyvrp.ProblemData(
        [pyvrp.Location(0.0, 0.0) for _place in places],
        [
            pyvrp.Client(
                len(bases) + index,
                delivery=list(stop.load),
                service_duration=int(np.ceil(stop.minutes * SECONDS)),
                prize=0 if required else round(prize * SCALE),
                required=required,
            )
            for index, stop in enumerate(stops)
        ],
        [pyvrp.Depot(index) for index in range(len(bases))],
        [
            pyvrp.VehicleType(
                kind.count,
                capacity=list(kind.capacity),
                start_depot=bases.index(kind.base),
                end_depot=bases.index(kind.base),
                fixed_cost=round(kind.cost * SCALE),
                shift_duration=longest if kind.minutes is None else int(kind.minutes * SECONDS),
            )
            for kind in vehicles
        ],
        [_whole(km[grid] * SCALE, np.rint)],
        [_whole(minutes[grid] * SECONDS, np.ceil)],
    )


def _nearest_first(
    km: NDArray[np.float64],
    minutes: NDArray[np.float64],
    stops: Sequence[Stop],
    vehicles: Sequence[Vehicles],
) -> list[Route]:
    """Routes that keep every limit: each vehicle in turn takes the nearest stop left that still fits, until none does."""
    left = set(range(len(stops)))
    routes = []
    for number, kind in enumerate(vehicles):
        for _vehicle in range(kind.count):
            order: list[int] = []
            spent, room, here = 0.0, list(kind.capacity), kind.base
            while True:
                fits = []
                for stop in left:
                    place, load = stops[stop].place, stops[stop].load
                    there = spent + minutes[here, place] + stops[stop].minutes
                    long = kind.minutes is not None and there + minutes[place, kind.base] > kind.minutes - 0.1
                    if not long and all(each <= most for each, most in zip(load, room, strict=True)):
                        fits.append((float(km[here, place]), stop, float(there)))
                if not fits:
                    break
                _way, chosen, spent = min(fits)
                room = [most - each for most, each in zip(room, stops[chosen].load, strict=True)]
                order.append(chosen)
                left.discard(chosen)
                here = stops[chosen].place
            if not order:
                break
            routes.append(Route(number, tuple(order)))
    return routes


def _whole(
    matrix: NDArray[np.float64], how: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> np.ndarray[Any, np.dtype[np.int64]]:
    whole = how(np.round(matrix, 6)).astype(np.int64)
    np.fill_diagonal(whole, 0)
    return whole


def length(km: NDArray[np.float64], base: int, places: Sequence[int]) -> float:
    """Kilometres of base → places in order → base.

    >>> length(np.array([[0.0, 3.0], [3.0, 0.0]]), 0, [1])
    6.0
    """
    way = [base, *places, base]
    return float(km[way[:-1], way[1:]].sum())
