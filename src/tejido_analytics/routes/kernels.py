"""Annealing over routes and patterns at once, in compiled code (Kirkpatrick, Gelatt & Vecchi, Science 220, 1983).

Every move is made and taken back where it costs more than the temperature lets pass (Dueck's threshold drawn anew each
time, which is the rule of Metropolis).
"""

from __future__ import annotations

import numpy as np

from tejido_analytics.routes.rings import (
    DEAR_LOAD,
    Case,
    Real,
    Rings,
    Whole,
    cheapest,
    compiled,
    excess,
    fill,
    insert,
    remove,
    tails,
)

GROUP = 4  # most stops that change their pattern in one move
ADAPT = 2_000  # steps after which the charges for excess are set anew


@compiled
def anneal(rings: Rings, case: Case, steps: int, heat: Real, seed: int) -> float:
    """From the patterns in `rings.chosen`; `nxt` and `chosen` become the best that kept all limits (the last, where none
    did), the rest of `rings` is spent.

    Returns the cost of that, or infinity. heat: first and last temperature, in the unit of cost.
    """
    np.random.seed(seed)
    total, best, kept = fill(rings, case), np.inf, 0
    movable = np.flatnonzero(case.counts > 1)
    drawn, spots = np.zeros((2, GROUP), dtype=np.int64), np.zeros((GROUP, len(rings.nxt)), dtype=np.int64)
    nxt, chosen = rings.nxt.copy(), rings.chosen.copy()
    for step in range(steps):
        if step % ADAPT == ADAPT - 1:  # as dear as makes half of the steps keep the limits
            total -= rings.over[0]
            case.vehicle[DEAR_LOAD:] *= 1.15 if 2 * kept < ADAPT else 0.87
            rings.over[0] = excess(rings, case)
            total += rings.over[0]
            kept = 0
        limit = -heat[0] * (heat[1] / heat[0]) ** (step / steps) * np.log(np.random.random() + 1e-300)
        if np.random.random() < 0.3 and len(movable):
            size = _draw(rings, case, movable, drawn)
            total += _try_patterns(rings, case, drawn[:, :size], limit, spots)
        else:
            total += _try_order(rings, case, limit)
        if rings.over[0] <= 1e-7:
            kept += 1
            if total < best - 1e-9:
                best = total
                nxt[:], chosen[:] = rings.nxt, rings.chosen
    if best < np.inf:
        rings.nxt[:], rings.chosen[:] = nxt, chosen
    return best


@compiled
def _draw(rings: Rings, case: Case, movable: Whole, drawn: Whole) -> int:
    """Who shall get which other pattern: drawn (2, GROUP), stops and patterns; how many.

    One stop alone; or with it another that takes its pattern, so that loads stay even; or with it neighbours of its
    pattern, which all go along.
    """
    chosen, counts = rings.chosen, case.counts
    one = movable[np.random.randint(len(movable))]
    fresh = np.random.randint(counts[one] - 1)
    if fresh >= chosen[one]:
        fresh += 1
    drawn[0, 0], drawn[1, 0] = one, fresh
    size, kind = 1, np.random.random()
    if kind < 0.35:
        two = movable[np.random.randint(len(movable))]
        alike = counts[two] == counts[one] and chosen[two] == fresh
        other = chosen[one] if alike else np.random.randint(counts[two])
        if two != one and other != chosen[two]:
            drawn[0, 1], drawn[1, 1] = two, other
            size = 2
    elif kind < 0.65:
        most = 2 + np.random.randint(GROUP - 1)
        for two in case.near[one]:
            if two != one and size < most and counts[two] == counts[one] and chosen[two] == chosen[one]:
                drawn[0, size], drawn[1, size] = two, fresh
                size += 1
    return size


@compiled
def _try_patterns(rings: Rings, case: Case, drawn: Whole, limit: float, spots: Whole) -> float:
    """Give the drawn stops their new patterns; taken back where that costs more than `limit`."""
    change, options, chosen = 0.0, case.options, rings.chosen
    periods = len(rings.nxt)
    for at in range(drawn.shape[1]):
        stop, fresh = drawn[0, at], drawn[1, at]
        now = chosen[stop]
        for period in range(periods):
            if options[stop, now, period] and not options[stop, fresh, period]:
                spots[at, period] = rings.prv[period, stop]
                change += remove(rings, case, period, stop)
            elif options[stop, fresh, period] and not options[stop, now, period]:
                change += insert(rings, case, period, stop, cheapest(rings, case, period, stop))
    if change <= limit:
        for at in range(drawn.shape[1]):
            chosen[drawn[0, at]] = drawn[1, at]
        return change
    for at in range(drawn.shape[1] - 1, -1, -1):
        stop, fresh = drawn[0, at], drawn[1, at]
        now = chosen[stop]
        for period in range(periods):
            if options[stop, fresh, period] and not options[stop, now, period]:
                remove(rings, case, period, stop)
            elif options[stop, now, period] and not options[stop, fresh, period]:
                insert(rings, case, period, stop, spots[at, period])
    return 0.0


@compiled
def _try_order(rings: Rings, case: Case, limit: float) -> float:
    """One move within a period: tails or stops of two neighbours exchanged, or one or two stops put elsewhere."""
    number = len(case.stops)
    period, one = np.random.randint(len(rings.nxt)), np.random.randint(number)
    if rings.veh[period, one] < 0:
        return 0.0
    kind = np.random.random()
    if kind >= 0.45:
        return _try_elsewhere(rings, case, (period, one), kind < 0.65, limit)  # type: ignore[no-any-return]
    two = case.near[one, np.random.randint(case.near.shape[1])]
    if rings.veh[period, two] < 0 or two == one:  # a stop alone is its own neighbour
        return 0.0
    if kind >= 0.12:
        return _try_exchange(rings, case, (period, one), two, limit)  # type: ignore[no-any-return]
    if rings.veh[period, two] == rings.veh[period, one]:
        return 0.0
    change = tails(rings, case, period, one, two)
    if change <= limit:
        return change  # type: ignore[no-any-return]
    tails(rings, case, period, one, two)
    return 0.0


@compiled
def _target(rings: Rings, case: Case, period: int, stop: int) -> int:
    """A node to put a stop behind: beside one of its neighbours, now and then at the start of any route."""
    number = len(case.stops)
    if np.random.random() < 0.1:
        return number + int(np.random.randint(rings.nxt.shape[1] - number))
    other = case.near[stop, np.random.randint(case.near.shape[1])]
    if rings.veh[period, other] < 0:
        return -1
    return int(other) if np.random.random() < 0.5 else int(rings.prv[period, other])


@compiled
def _try_elsewhere(rings: Rings, case: Case, where: tuple[int, int], both: bool, limit: float) -> float:
    """Put a stop, or it and the one that follows, behind another node of the period."""
    period, one = where
    two = rings.nxt[period, one] if both else -1
    before = _target(rings, case, period, one)
    if two >= len(case.stops) or before in (-1, one, two):
        return 0.0
    spot = rings.prv[period, one]
    change = remove(rings, case, period, one)
    if both:
        change += remove(rings, case, period, two)
    change += insert(rings, case, period, one, before)
    if both:
        change += insert(rings, case, period, two, before if np.random.random() < 0.5 else one)
    if change <= limit:
        return change  # type: ignore[no-any-return]
    if both:
        remove(rings, case, period, two)
    remove(rings, case, period, one)
    insert(rings, case, period, one, spot)
    if both:
        insert(rings, case, period, two, one)
    return 0.0


@compiled
def _try_exchange(rings: Rings, case: Case, where: tuple[int, int], two: int, limit: float) -> float:
    """Two stops of a period take each other's places."""
    period, one = where
    if rings.nxt[period, one] == two or rings.nxt[period, two] == one:
        return 0.0
    spot_one, spot_two = rings.prv[period, one], rings.prv[period, two]
    change = remove(rings, case, period, one) + remove(rings, case, period, two)
    change += insert(rings, case, period, two, spot_one) + insert(rings, case, period, one, spot_two)
    if change <= limit:
        return change  # type: ignore[no-any-return]
    remove(rings, case, period, one)
    remove(rings, case, period, two)
    insert(rings, case, period, two, spot_two)
    insert(rings, case, period, one, spot_one)
    return 0.0
