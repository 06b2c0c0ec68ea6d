"""The inner loop of the search, compiled: change a seating a little, keep what is better, sometimes what is worse.

The price of a pair that would share a table is kept in one whole-number matrix that grows by `repeat` with every
meeting, so that a move is weighed by adding up a few rows. Rules are never broken: forbidden pairs carry a price no
temperature accepts, people without a choice are never moved, tables keep their bounds.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.compiled import compiled_bare, compiled_into, compiled_part
from tejido_analytics.seating.machine import Whole, accepts, another, below, index

I32 = NDArray[np.int32]
STAYS, GOES, COMES = 0, 1, 2
FORBIDDEN = 1 << 29  # far above any sum of prices, far below what overflows


class Board(NamedTuple):
    """A seating while it changes: R rounds, T tables, K seats, P people, E kinds of expertise."""

    seat: I32  # (R, T, K) who sits there
    size: I32  # (R, T) how many
    table: I32  # (R, P) where, -1 absent
    slot: I32  # (R, P) at which seat
    price: I32  # (P, P) of one more shared table
    held: I32  # (R, T, E) holders of each expertise
    best: I32  # (R, P) the best tables so far
    tally: NDArray[np.int64]  # cost now, best cost, moves tried, moves made
    random: NDArray[np.uint64]  # (1,) state of the generator, never 0
    mark: NDArray[np.uint8]  # (P,) STAYS, GOES, COMES while a group's move is weighed
    going: I32  # (K,) scratch: who would leave a table with one unit
    coming: I32  # (K,) scratch: who would come in return


class Terms(NamedTuple):
    """What does not change during a search."""

    low: I32  # (T,)
    high: I32  # (T,)
    unit: I32  # (P,) the unit each person moves with
    start: I32  # (U + 1,) where the members of each unit begin in `member`
    member: I32  # (P,)
    choice: I32  # (R, U) units that may move
    choices: I32  # (R,) how many of them
    open_rounds: I32  # rounds in which anything may move
    free: NDArray[np.uint8]  # (R, P) 1: may move alone, 2: may move with the unit, 0: may not
    expert: NDArray[np.uint8]  # (P, E)
    need: I32  # (E,)
    worth: NDArray[np.int64]  # (E,)
    before: I32  # (R, P)
    repeat: int
    moving: int


@compiled_into
def lack(held: Any, terms: Any, leaves: int, comes: int) -> Whole:
    """The change of missing expertise at one table when one person leaves (-1: nobody) and one comes."""
    change: Whole = 0
    for e in range(terms.worth.size):
        was = held[e]
        now = was
        if leaves >= 0:
            now -= terms.expert[leaves, e]
        if comes >= 0:
            now += terms.expert[comes, e]
        change += terms.worth[e] * (max(0, terms.need[e] - now) - max(0, terms.need[e] - was))
    return change


@compiled_into
def _walk(terms: Any, r: int, a: int, s: int, t: int) -> Whole:
    """The change in the price of moving when `a` goes from s to t, compared with the seating before."""
    home = terms.before[r, a]
    if home < 0:
        return 0
    return terms.moving * ((home != t) - (home != s))


@compiled_into
def swap_change(board: Any, terms: Any, r: int, a: int, b: int) -> Whole:
    """By how much the cost changes when a and b change places."""
    s, t = index(board.table[r, a]), index(board.table[r, b])
    mine, other = board.price[a], board.price[b]
    change: Whole = 0
    for k in range(index(board.size[r, s])):
        x = index(board.seat[r, s, k])
        change += np.int64(other[x]) - np.int64(mine[x])
    for k in range(index(board.size[r, t])):
        x = index(board.seat[r, t, k])
        change += np.int64(mine[x]) - np.int64(other[x])
    change += terms.repeat * (board.size[r, s] + board.size[r, t] - 2) - 2 * np.int64(board.price[a, b])
    if terms.worth.size:
        change += lack(board.held[r, s], terms, a, b)
        change += lack(board.held[r, t], terms, b, a)
    if terms.moving:
        change += _walk(terms, r, a, s, t) + _walk(terms, r, b, t, s)
    return change


@compiled_part
def shift_change(board: Any, terms: Any, r: int, a: int, t: int) -> Whole:
    """By how much the cost changes when a goes to a free seat of table t."""
    s = board.table[r, a]
    change = terms.repeat * (board.size[r, s] - 1)
    for k in range(board.size[r, t]):
        change += np.int64(board.price[a, board.seat[r, t, k]])
    for k in range(board.size[r, s]):
        change -= np.int64(board.price[a, board.seat[r, s, k]])
    if terms.worth.size:
        change += lack(board.held[r, s], terms, a, -1)
        change += lack(board.held[r, t], terms, -1, a)
    if terms.moving:
        change += _walk(terms, r, a, s, t)
    return change


@compiled_part
def leave(board: Any, terms: Any, r: int, a: int) -> None:
    """Take a from the table; everybody left there has met a once less."""
    s, k = board.table[r, a], board.slot[r, a]
    last = board.size[r, s] - 1
    moved = board.seat[r, s, last]
    board.seat[r, s, k] = moved
    board.slot[r, moved] = k
    board.size[r, s] = last
    for j in range(last):
        x = board.seat[r, s, j]
        board.price[a, x] -= terms.repeat
        board.price[x, a] -= terms.repeat
    for e in range(terms.worth.size):
        board.held[r, s, e] -= terms.expert[a, e]


@compiled_part
def sit(board: Any, terms: Any, r: int, a: int, t: int) -> None:
    """Put a at table t; everybody there has met a once more."""
    k = board.size[r, t]
    for j in range(k):
        x = board.seat[r, t, j]
        board.price[a, x] += terms.repeat
        board.price[x, a] += terms.repeat
    board.seat[r, t, k] = a
    board.table[r, a] = t
    board.slot[r, a] = k
    board.size[r, t] = k + 1
    for e in range(terms.worth.size):
        board.held[r, t, e] += terms.expert[a, e]


@compiled_into
def change_places(board: Any, terms: Any, r: int, a: int, b: int) -> None:
    """a and b change tables, and the prices of all they met or meet with them."""
    s, t = index(board.table[r, a]), index(board.table[r, b])
    i, j = index(board.slot[r, a]), index(board.slot[r, b])
    repeat = np.int32(terms.repeat)
    _price_less(board, repeat, board.seat[r, s, : board.size[r, s]], a, b)
    _price_less(board, repeat, board.seat[r, t, : board.size[r, t]], b, a)
    board.seat[r, s, i], board.seat[r, t, j] = b, a
    board.table[r, a], board.table[r, b] = t, s
    board.slot[r, a], board.slot[r, b] = j, i
    for e in range(terms.worth.size):
        gain = np.int32(terms.expert[b, e]) - np.int32(terms.expert[a, e])
        board.held[r, s, e] += gain
        board.held[r, t, e] -= gain


@compiled_into
def _price_less(board: Any, repeat: Any, seats: Any, goes: int, comes: int) -> None:
    """At one table somebody goes, who has met the others once less, and somebody comes, who has met them once more."""
    for seated in seats:
        x = index(seated)
        if x != goes:
            board.price[goes, x] -= repeat
            board.price[x, goes] -= repeat
            board.price[comes, x] += repeat
            board.price[x, comes] += repeat


@compiled_part
def keep(board: Any) -> None:
    """Remember the seating where it is the best so far."""
    if board.tally[0] < board.tally[1]:
        board.tally[1] = board.tally[0]
        for r in range(board.table.shape[0]):
            for person in range(board.table.shape[1]):
                board.best[r, person] = board.table[r, person]


@compiled_into
def accepted(board: Any, change: int, temperature: float) -> Whole:
    """Whether a change of cost is taken at this temperature; if so it is booked, after the best so far was kept."""
    if not accepts(change, temperature, board.random):
        return False
    if change > 0:
        keep(board)
    board.tally[0] += change
    board.tally[3] += 1
    return True


@compiled_into
def one_person(board: Any, terms: Any, r: int, a: int, temperature: float) -> None:
    """Try another seat for a person who moves alone: change places with somebody, or take a free seat."""
    s = board.table[r, a]
    t = index(another(board.random, s, terms.low.size))
    k = index(below(board.random, terms.high[t]))
    if k < board.size[r, t]:
        b = index(board.seat[r, t, k])
        if terms.free[r, b] == 1 and accepted(board, swap_change(board, terms, r, a, b), temperature):
            change_places(board, terms, r, a, b)
    elif board.size[r, s] > terms.low[s] and accepted(
        board, shift_change(board, terms, r, a, t), temperature
    ):
        leave(board, terms, r, a)
        sit(board, terms, r, a, t)


@compiled_part
def mark_unit(board: Any, terms: Any, r: int, u: int, kind: int) -> Whole:
    """Mark the members of a unit who are there; how many they are."""
    marked: Whole = 0
    for at in range(terms.start[u], terms.start[u + 1]):
        if board.table[r, terms.member[at]] >= 0:
            board.mark[terms.member[at]] = kind
            marked += 1
    return marked


@compiled_part
def _present(board: Any, terms: Any, r: int, u: int) -> Whole:
    there: Whole = 0
    for at in range(terms.start[u], terms.start[u + 1]):
        there += board.table[r, terms.member[at]] >= 0
    return there


@compiled_part
def _choose_against(board: Any, terms: Any, r: int, t: int, want: int) -> Whole:
    """Mark units at table t, from a random seat on, of up to `want` people together; how many people that is."""
    size = board.size[r, t]
    first = below(board.random, max(1, size))
    chosen: Whole = 0
    for step in range(size):
        b = board.seat[r, t, (first + step) % size]
        if terms.free[r, b] == 0 or board.mark[b] != STAYS or chosen == want:
            continue
        if chosen + _present(board, terms, r, terms.unit[b]) <= want:
            chosen += mark_unit(board, terms, r, terms.unit[b], COMES)
    return chosen


@compiled_part
def one_group(board: Any, terms: Any, r: int, u: int, temperature: float) -> None:
    """Try another table for people who move as one, against as many others or into free seats."""
    going = mark_unit(board, terms, r, u, GOES)
    at = terms.start[u]
    while board.table[r, terms.member[at]] < 0:
        at += 1
    s = board.table[r, terms.member[at]]
    t = another(board.random, s, terms.low.size)
    room = terms.high[t] - board.size[r, t]
    want = going if room == 0 else max(0, going - below(board.random, room + 1))
    coming = _choose_against(board, terms, r, t, want)
    fits = board.size[r, t] + going - coming <= terms.high[t]
    fits &= board.size[r, s] - going + coming >= terms.low[s]
    if fits and accepted(board, group_change(board, terms, r, s, t), temperature):
        _place_group(board, terms, r, s, t)
    _unmark(board, r, s, t)


@compiled_part
def group_change(board: Any, terms: Any, r: int, s: int, t: int) -> Whole:
    """By how much the cost changes when those marked GOES go from s to t and those marked COMES from t to s."""
    change: Whole = _away(board, terms, r, s, t) + _away(board, terms, r, t, s)
    for e in range(terms.worth.size):
        moved: Whole = 0
        for k in range(board.size[r, s]):
            moved += terms.expert[board.seat[r, s, k], e] * (board.mark[board.seat[r, s, k]] == GOES)
        for k in range(board.size[r, t]):
            moved -= terms.expert[board.seat[r, t, k], e] * (board.mark[board.seat[r, t, k]] == COMES)
        here, over, need = board.held[r, s, e], board.held[r, t, e], terms.need[e]
        change += terms.worth[e] * (max(0, need - here + moved) - max(0, need - here))
        change += terms.worth[e] * (max(0, need - over - moved) - max(0, need - over))
    return change


@compiled_part
def _away(board: Any, terms: Any, r: int, s: int, t: int) -> Whole:
    """What those marked at s pay more for the unmarked at t than for the unmarked at s, and for changing table."""
    change: Whole = 0
    for k in range(board.size[r, s]):
        a = board.seat[r, s, k]
        if board.mark[a] == STAYS:
            continue
        if terms.moving:
            change += _walk(terms, r, a, s, t)
        for j in range(board.size[r, t]):
            x = board.seat[r, t, j]
            if board.mark[x] == STAYS:
                change += np.int64(board.price[a, x])
        for j in range(board.size[r, s]):
            x = board.seat[r, s, j]
            if board.mark[x] == STAYS:
                change -= np.int64(board.price[a, x]) - terms.repeat
    return change


@compiled_part
def _unmark(board: Any, r: int, s: int, t: int) -> None:
    for k in range(board.size[r, s]):
        board.mark[board.seat[r, s, k]] = STAYS
    for k in range(board.size[r, t]):
        board.mark[board.seat[r, t, k]] = STAYS


@compiled_part
def _place_group(board: Any, terms: Any, r: int, s: int, t: int) -> None:
    """Those marked GOES to t, those marked COMES to s."""
    going: Whole = 0
    coming: Whole = 0
    for k in range(board.size[r, s]):
        if board.mark[board.seat[r, s, k]] == GOES:
            board.going[going] = board.seat[r, s, k]
            going += 1
    for k in range(board.size[r, t]):
        if board.mark[board.seat[r, t, k]] == COMES:
            board.coming[coming] = board.seat[r, t, k]
            coming += 1
    for k in range(going):
        leave(board, terms, r, board.going[k])
    for k in range(coming):
        leave(board, terms, r, board.coming[k])
    for k in range(going):
        sit(board, terms, r, board.going[k], t)
    for k in range(coming):
        sit(board, terms, r, board.coming[k], s)


@compiled_bare
def anneal(board: Any, terms: Any, temperature: float, moves: int, enough: int) -> None:
    """Try so many moves at one temperature; stop early at a cost of `enough`."""
    for move in range(moves):
        if move & 255 == 255 and min(board.tally[0], board.tally[1]) <= enough:
            break
        board.tally[2] += 1
        r = index(terms.open_rounds[index(below(board.random, terms.open_rounds.size))])
        u = index(terms.choice[r, index(below(board.random, terms.choices[r]))])
        a = index(terms.member[index(terms.start[u])])
        if terms.free[r, a] == 1:
            one_person(board, terms, r, a, temperature)
        else:
            one_group(board, terms, r, u, temperature)
    keep(board)


@compiled_bare
def worsenings(board: Any, terms: Any, found: Any) -> Whole:
    """Fill `found` with by how much random changes of places would worsen the seating; how many of as many tries did."""
    filled = 0
    for _try in range(found.size):
        r = terms.open_rounds[below(board.random, terms.open_rounds.size)]
        a = terms.member[terms.start[terms.choice[r, below(board.random, terms.choices[r])]]]
        s = board.table[r, a]
        t = another(board.random, s, terms.low.size)
        if terms.free[r, a] != 1 or board.size[r, t] == 0:
            continue
        b = board.seat[r, t, below(board.random, board.size[r, t])]
        if terms.free[r, b] == 1:
            change = swap_change(board, terms, r, a, b)
            if 0 < change < FORBIDDEN // 2:
                found[filled] = change
                filled += 1
    return filled
