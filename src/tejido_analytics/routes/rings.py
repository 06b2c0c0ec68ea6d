"""Routes as rings of neighbours, changed one stop at a time in compiled code; every change says what it costs.

Nodes 0 … n-1 are stops, n … n+v-1 the vehicles of a period. The route of a vehicle is a ring through its node.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
ROOM, LONGEST, COST, DEAR_LOAD, DEAR_MINUTES = (
    0,
    1,
    2,
    3,
    4,
)  # of `Case.vehicle`: limits, cost of use, charges for excess


class Case(NamedTuple):
    """What does not change, but for the charges.

    ways (2, nodes, nodes): cost and minutes. stops (n, 2): load, minutes of service. vehicle (5,): see above.
    options (n, patterns, periods): in which periods each pattern of a stop is. counts (n,): patterns of each stop.
    near (n, k): the nearest other stops of each.
    """

    ways: Real
    stops: Real
    vehicle: Real
    options: NDArray[np.bool_]
    counts: Whole
    near: Whole


class Rings(NamedTuple):
    """What changes. nxt, prv (periods, nodes): neighbours; veh: the vehicle of a stop, -1 where it is not served.

    load, minutes (periods, vehicles): of the routes. over (1,): charges of all of them. chosen (n,): the pattern of
    each stop.
    """

    nxt: Whole
    prv: Whole
    veh: Whole
    load: Real
    minutes: Real
    over: Real
    chosen: Whole


def compiled(function: Any) -> Any:
    """numba's compiler, with its result kept on disk (NUMBA_CACHE_DIR) for the next process."""
    return njit(cache=True)(function)


@compiled
def charge(vehicle: Real, load: float, minutes: float) -> float:
    """What a route pays for being over its limits."""
    over_load, over_minutes = load - vehicle[ROOM], minutes - vehicle[LONGEST]
    paid = 0.0
    if over_load > 0:
        paid += over_load * vehicle[DEAR_LOAD]
    if over_minutes > 1e-9:
        paid += over_minutes * vehicle[DEAR_MINUTES]
    return paid


@compiled
def excess(rings: Rings, case: Case) -> float:
    """Charges of all routes together."""
    paid = 0.0
    for period in range(rings.load.shape[0]):
        for v in range(rings.load.shape[1]):
            paid += charge(case.vehicle, rings.load[period, v], rings.minutes[period, v])
    return paid


@compiled
def shift(rings: Rings, case: Case, route: tuple[int, int], load: float, minutes: float) -> float:
    """Change load and minutes of a route (period, vehicle); the change of its charge."""
    before = charge(case.vehicle, rings.load[route], rings.minutes[route])
    rings.load[route] += load
    rings.minutes[route] += minutes
    change = charge(case.vehicle, rings.load[route], rings.minutes[route]) - before
    rings.over[0] += change
    return change  # type: ignore[no-any-return]


@compiled
def remove(rings: Rings, case: Case, period: int, stop: int) -> float:
    """Take a stop out of its route; the change of cost."""
    before, after = rings.prv[period, stop], rings.nxt[period, stop]
    v = rings.veh[period, stop]
    rings.nxt[period, before] = after
    rings.prv[period, after] = before
    rings.veh[period, stop] = -1
    ways = case.ways
    change = ways[0, before, after] - ways[0, before, stop] - ways[0, stop, after]
    minutes = ways[1, before, after] - ways[1, before, stop] - ways[1, stop, after] - case.stops[stop, 1]
    if before == after:
        change -= case.vehicle[COST]
    return change + shift(rings, case, (period, v), -case.stops[stop, 0], minutes)  # type: ignore[no-any-return]


@compiled
def insert(rings: Rings, case: Case, period: int, stop: int, before: int) -> float:
    """Put a stop behind a node; the change of cost."""
    number = len(case.stops)
    after = rings.nxt[period, before]
    v = before - number if before >= number else rings.veh[period, before]
    rings.nxt[period, before] = stop
    rings.prv[period, stop] = before
    rings.nxt[period, stop] = after
    rings.prv[period, after] = stop
    rings.veh[period, stop] = v
    ways = case.ways
    change = ways[0, before, stop] + ways[0, stop, after] - ways[0, before, after]
    minutes = ways[1, before, stop] + ways[1, stop, after] - ways[1, before, after] + case.stops[stop, 1]
    if before == after:
        change += case.vehicle[COST]
    return change + shift(rings, case, (period, v), case.stops[stop, 0], minutes)  # type: ignore[no-any-return]


@compiled
def cheapest(rings: Rings, case: Case, period: int, stop: int) -> int:
    """The node behind which a stop costs least, excess and a new vehicle counted."""
    number, ways = len(case.stops), case.ways
    best, least, idle = number, np.inf, False
    for before in range(rings.nxt.shape[1]):
        after = rings.nxt[period, before]
        v = before - number if before >= number else rings.veh[period, before]
        if v < 0 or (before >= number and after == before and idle):
            continue  # not in this period; or idle like another vehicle that was looked at
        change = ways[0, before, stop] + ways[0, stop, after] - ways[0, before, after]
        if before >= number and after == before:
            idle = True
            change += case.vehicle[COST]
        if change >= least:
            continue
        minutes = ways[1, before, stop] + ways[1, stop, after] - ways[1, before, after] + case.stops[stop, 1]
        load, spent = rings.load[period, v], rings.minutes[period, v]
        change += charge(case.vehicle, load + case.stops[stop, 0], spent + minutes)
        change -= charge(case.vehicle, load, spent)
        if change < least:
            best, least = before, change
    return best


@compiled
def fill(rings: Rings, case: Case) -> float:
    """Begin anew: every stop where it costs least in the periods of its pattern. The cost, excess counted."""
    total = 0.0
    rings.veh[:] = -1
    rings.load[:] = 0.0
    rings.minutes[:] = 0.0
    rings.over[0] = 0.0
    for period in range(rings.nxt.shape[0]):
        for node in range(rings.nxt.shape[1]):
            rings.nxt[period, node] = node
            rings.prv[period, node] = node
    for stop in np.random.permutation(len(case.stops)):
        for period in range(rings.nxt.shape[0]):
            if case.options[stop, rings.chosen[stop], period]:
                before = cheapest(rings, case, period, stop)
                total += insert(rings, case, period, stop, before)
    return total


@compiled
def _cut(rings: Rings, case: Case, period: int, stop: int, v: int) -> tuple[int, float, float]:
    """What follows a stop up to the end of its route goes to vehicle v: (the last of it, load, minutes from there on)."""
    number = len(case.stops)
    load, minutes = 0.0, 0.0
    last, follower = stop, rings.nxt[period, stop]
    while follower < number:
        load += case.stops[follower, 0]
        minutes += case.stops[follower, 1] + case.ways[1, last, follower]
        rings.veh[period, follower] = v
        last, follower = follower, rings.nxt[period, follower]
    return last, load, minutes + case.ways[1, last, follower]


@compiled
def tails(rings: Rings, case: Case, period: int, one: int, two: int) -> float:
    """Exchange what follows two stops of different routes; the change of cost. Doing it twice undoes it."""
    number, ways = len(case.stops), case.ways
    a, b = rings.veh[period, one], rings.veh[period, two]
    after_one, after_two = rings.nxt[period, one], rings.nxt[period, two]
    last_one, load_one, old_one = _cut(rings, case, period, one, b)
    last_two, load_two, old_two = _cut(rings, case, period, two, a)
    next_one = after_two if last_two != two else number + a
    next_two = after_one if last_one != one else number + b
    end_one = last_two if last_two != two else one
    end_two = last_one if last_one != one else two
    rings.nxt[period, one] = next_one
    rings.prv[period, next_one] = one
    rings.nxt[period, end_one] = number + a
    rings.prv[period, number + a] = end_one
    rings.nxt[period, two] = next_two
    rings.prv[period, next_two] = two
    rings.nxt[period, end_two] = number + b
    rings.prv[period, number + b] = end_two
    new_one = old_two - ways[1, two, after_two] + ways[1, one, next_one]
    new_two = old_one - ways[1, one, after_one] + ways[1, two, next_two]
    change = (
        ways[0, one, next_one] + ways[0, two, next_two] - ways[0, one, after_one] - ways[0, two, after_two]
    )
    change += shift(rings, case, (period, a), load_two - load_one, new_one - old_one)
    return change + shift(rings, case, (period, b), load_one - load_two, new_two - old_two)  # type: ignore[no-any-return]
