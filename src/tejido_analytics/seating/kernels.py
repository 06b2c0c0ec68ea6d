"""The inner loop of the search, compiled: change a seating a little, keep what is better, sometimes what is worse.

The price of a pair that would share a table is kept in one whole-number matrix that grows by `repeat` with every
meeting, so that a move is weighed by adding up a few rows. Rules are never broken: forbidden pairs carry a price no
temperature accepts, people without a choice are never moved, tables keep their bounds.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

I32 = NDArray[np.int32]
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


@njit(cache=True, _nrt=False)
def below(random: Any, number: int) -> int:
    """A whole number in 0..number-1, by xorshift64* (Vigna 2016)."""
    x = random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    random[0] = x
    high = (x * np.uint64(2685821657736338717)) >> np.uint64(32)
    return np.int64((high * np.uint64(number)) >> np.uint64(32))


@njit(cache=True, _nrt=False)
def uniform(random: Any) -> float:
    """A number in (0, 1]."""
    return (below(random, 1 << 30) + 1.0) / (1 << 30)


@njit(cache=True, _nrt=False)
def accepts(change: int, temperature: float, random: Any) -> bool:
    """Metropolis: what is no worse, and what is worse with probability exp(-change / temperature)."""
    if change <= 0:
        return True
    if change > 20.0 * temperature:
        return False
    return change < -temperature * np.log(uniform(random))


@njit(cache=True, _nrt=False)
def _lack(held: Any, need: Any, worth: Any, expert: Any, leaves: int, comes: int) -> int:
    """The change of missing expertise at one table when one person leaves (-1: nobody) and one comes."""
    change = 0
    for e in range(worth.size):
        was = held[e]
        now = was
        if leaves >= 0:
            now -= expert[leaves, e]
        if comes >= 0:
            now += expert[comes, e]
        change += worth[e] * (max(0, need[e] - now) - max(0, need[e] - was))
    return change


@njit(cache=True, _nrt=False)
def _walk(terms: Any, r: int, a: int, s: int, t: int) -> int:
    """The change in the price of moving when `a` goes from s to t, compared with the seating before."""
    home = terms.before[r, a]
    if home < 0:
        return 0
    return terms.moving * ((home != t) - (home != s))


@njit(cache=True, _nrt=False)
def swap_change(board: Any, terms: Any, r: int, a: int, b: int) -> int:
    """By how much the cost changes when a and b change places."""
    s, t = board.table[r, a], board.table[r, b]
    change = 0
    for k in range(board.size[r, s]):
        x = board.seat[r, s, k]
        change += np.int64(board.price[b, x]) - board.price[a, x]
    for k in range(board.size[r, t]):
        x = board.seat[r, t, k]
        change += np.int64(board.price[a, x]) - board.price[b, x]
    change += terms.repeat * (board.size[r, s] + board.size[r, t] - 2) - 2 * np.int64(board.price[a, b])
    if terms.worth.size:
        change += _lack(board.held[r, s], terms.need, terms.worth, terms.expert, a, b)
        change += _lack(board.held[r, t], terms.need, terms.worth, terms.expert, b, a)
    if terms.moving:
        change += _walk(terms, r, a, s, t) + _walk(terms, r, b, t, s)
    return change


@njit(cache=True, _nrt=False)
def shift_change(board: Any, terms: Any, r: int, a: int, t: int) -> int:
    """By how much the cost changes when a goes to a free seat of table t."""
    s = board.table[r, a]
    change = terms.repeat * (board.size[r, s] - 1)
    for k in range(board.size[r, t]):
        change += np.int64(board.price[a, board.seat[r, t, k]])
    for k in range(board.size[r, s]):
        change -= np.int64(board.price[a, board.seat[r, s, k]])
    if terms.worth.size:
        change += _lack(board.held[r, s], terms.need, terms.worth, terms.expert, a, -1)
        change += _lack(board.held[r, t], terms.need, terms.worth, terms.expert, -1, a)
    if terms.moving:
        change += _walk(terms, r, a, s, t)
    return change


@njit(cache=True, _nrt=False)
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
        if terms.unit[x] != terms.unit[a]:
            board.price[a, x] -= terms.repeat
            board.price[x, a] -= terms.repeat
    for e in range(terms.worth.size):
        board.held[r, s, e] -= terms.expert[a, e]


@njit(cache=True, _nrt=False)
def sit(board: Any, terms: Any, r: int, a: int, t: int) -> None:
    """Put a at table t; everybody there has met a once more."""
    k = board.size[r, t]
    for j in range(k):
        x = board.seat[r, t, j]
        if terms.unit[x] != terms.unit[a]:
            board.price[a, x] += terms.repeat
            board.price[x, a] += terms.repeat
    board.seat[r, t, k] = a
    board.table[r, a] = t
    board.slot[r, a] = k
    board.size[r, t] = k + 1
    for e in range(terms.worth.size):
        board.held[r, t, e] += terms.expert[a, e]


@njit(cache=True, _nrt=False)
def keep(board: Any) -> None:
    """Remember the seating where it is the best so far."""
    if board.tally[0] < board.tally[1]:
        board.tally[1] = board.tally[0]
        for r in range(board.table.shape[0]):
            for person in range(board.table.shape[1]):
                board.best[r, person] = board.table[r, person]


@njit(cache=True, _nrt=False)
def _accepted(board: Any, change: int, temperature: float) -> bool:
    if not accepts(change, temperature, board.random):
        return False
    if change > 0:
        keep(board)
    board.tally[0] += change
    board.tally[3] += 1
    return True


@njit(cache=True, _nrt=False)
def one_person(board: Any, terms: Any, r: int, a: int, temperature: float) -> None:
    """Try another seat for a person who moves alone: change places with somebody, or take a free seat."""
    s = board.table[r, a]
    t = (s + 1 + below(board.random, terms.low.size - 1)) % terms.low.size
    k = below(board.random, terms.high[t])
    if k < board.size[r, t]:
        b = board.seat[r, t, k]
        if terms.free[r, b] == 1 and _accepted(board, swap_change(board, terms, r, a, b), temperature):
            leave(board, terms, r, a)
            leave(board, terms, r, b)
            sit(board, terms, r, a, t)
            sit(board, terms, r, b, s)
    elif board.size[r, s] > terms.low[s]:
        if _accepted(board, shift_change(board, terms, r, a, t), temperature):
            leave(board, terms, r, a)
            sit(board, terms, r, a, t)


@njit(cache=True, _nrt=False)
def pick_unit(board: Any, terms: Any, r: int, u: int, into: Any, filled: int) -> int:
    """Append the members of a unit who are there; how many are in `into` then."""
    for at in range(terms.start[u], terms.start[u + 1]):
        if board.table[r, terms.member[at]] >= 0:
            into[filled] = terms.member[at]
            filled += 1
    return filled


@njit(cache=True, _nrt=False)
def _against(board: Any, terms: Any, r: int, t: int, want: int, back: Any) -> int:
    """Choose units at table t, from a random seat on, of up to `want` people together; how many were chosen."""
    size = board.size[r, t]
    first = below(board.random, max(1, size))
    filled = 0
    for step in range(size):
        b = board.seat[r, t, (first + step) % size]
        u = terms.unit[b]
        if terms.free[r, b] == 0 or (terms.free[r, b] == 2 and terms.member[_head(board, terms, r, u)] != b):
            continue
        there = 0
        for at in range(terms.start[u], terms.start[u + 1]):
            there += board.table[r, terms.member[at]] >= 0
        if filled + there <= want:
            filled = pick_unit(board, terms, r, u, back, filled)
        if filled == want:
            break
    return filled


@njit(cache=True, _nrt=False)
def _head(board: Any, terms: Any, r: int, u: int) -> int:
    for at in range(terms.start[u], terms.start[u + 1]):
        if board.table[r, terms.member[at]] >= 0:
            return at
    return terms.start[u]


@njit(cache=True, _nrt=False)
def one_group(board: Any, terms: Any, r: int, u: int, temperature: float) -> None:
    """Try another table for people who move as one, against as many others or into free seats."""
    go, back = board.going, board.coming
    going = pick_unit(board, terms, r, u, go, 0)
    s = board.table[r, go[0]]
    t = (s + 1 + below(board.random, terms.low.size - 1)) % terms.low.size
    room = terms.high[t] - board.size[r, t]
    want = going if room == 0 else max(0, going - below(board.random, room + 1))
    coming = _against(board, terms, r, t, want, back)
    if board.size[r, t] + going - coming > terms.high[t] or board.size[r, s] - going + coming < terms.low[s]:
        return
    change = group_change(board, terms, r, go[:going], back[:coming], t)
    if _accepted(board, change, temperature):
        place_group(board, terms, r, go[:going], back[:coming], t)


@njit(cache=True, _nrt=False)
def place_group(board: Any, terms: Any, r: int, go: Any, back: Any, t: int) -> None:
    """`go` to table t, `back` to the table that they left."""
    s = board.table[r, go[0]]
    for a in go:
        leave(board, terms, r, a)
    for b in back:
        leave(board, terms, r, b)
    for a in go:
        sit(board, terms, r, a, t)
    for b in back:
        sit(board, terms, r, b, s)


@njit(cache=True, _nrt=False)
def _stays(x: int, group: Any) -> bool:
    for one in group:
        if one == x:
            return False
    return True


@njit(cache=True, _nrt=False)
def _meets(board: Any, terms: Any, r: int, t: int, group: Any, others: Any, there: bool) -> int:
    """What the people of `group` pay for those at t who are not in `others`; there: they sit there already."""
    total = 0
    for k in range(board.size[r, t]):
        x = board.seat[r, t, k]
        if _stays(x, others):
            for a in group:
                if terms.unit[a] != terms.unit[x]:
                    total += np.int64(board.price[a, x]) - (terms.repeat if there else 0)
    return total


@njit(cache=True, _nrt=False)
def group_change(board: Any, terms: Any, r: int, go: Any, back: Any, t: int) -> int:
    """By how much the cost changes when `go` go to t and `back` come from there."""
    s = board.table[r, go[0]]
    change = _meets(board, terms, r, t, go, back, False) - _meets(board, terms, r, s, go, go, True)
    change += _meets(board, terms, r, s, back, go, False) - _meets(board, terms, r, t, back, back, True)
    for e in range(terms.worth.size):
        moved = 0
        for a in go:
            moved += terms.expert[a, e]
        for b in back:
            moved -= terms.expert[b, e]
        here, over = board.held[r, s, e], board.held[r, t, e]
        need = terms.need[e]
        change += terms.worth[e] * (max(0, need - here + moved) - max(0, need - here))
        change += terms.worth[e] * (max(0, need - over - moved) - max(0, need - over))
    if terms.moving:
        for a in go:
            change += _walk(terms, r, a, s, t)
        for b in back:
            change += _walk(terms, r, b, t, s)
    return change


@njit(cache=True, _nrt=False)
def anneal(board: Any, terms: Any, hot: float, cold: float, moves: int, enough: int) -> None:
    """Try so many moves while the temperature falls geometrically from hot to cold; stop early at a cost of `enough`."""
    temperature = hot
    cooling = (cold / hot) ** (256.0 / moves) if moves > 256 else 1.0
    for move in range(moves):
        if move & 255 == 255:
            temperature *= cooling
            if min(board.tally[0], board.tally[1]) <= enough:
                break
        board.tally[2] += 1
        r = terms.open_rounds[below(board.random, terms.open_rounds.size)]
        u = terms.choice[r, below(board.random, terms.choices[r])]
        a = terms.member[terms.start[u]]
        if terms.free[r, a] == 1:
            one_person(board, terms, r, a, temperature)
        else:
            one_group(board, terms, r, u, temperature)
    keep(board)


@njit(cache=True, _nrt=False)
def worsenings(board: Any, terms: Any, tries: int, found: Any) -> int:
    """Fill `found` with by how much random changes of places would worsen the seating; how many were found."""
    filled = 0
    for _try in range(tries):
        r = terms.open_rounds[below(board.random, terms.open_rounds.size)]
        a = terms.member[terms.start[terms.choice[r, below(board.random, terms.choices[r])]]]
        s = board.table[r, a]
        t = (s + 1 + below(board.random, terms.low.size - 1)) % terms.low.size
        if terms.free[r, a] != 1 or board.size[r, t] == 0:
            continue
        b = board.seat[r, t, below(board.random, board.size[r, t])]
        if terms.free[r, b] == 1:
            change = swap_change(board, terms, r, a, b)
            if 0 < change < FORBIDDEN // 2 and filled < found.size:
                found[filled] = change
                filled += 1
    return filled


@njit(cache=True, _nrt=False)
def roles_change(board: Any, terms: Any, prices: Any, a: int, b: int) -> int:
    """By how much the cost changes when a and b change places in every round: who meets whom again stays as it is."""
    change = 0
    for r in range(board.table.shape[0]):
        s, t = board.table[r, a], board.table[r, b]
        if s == t:
            continue
        for k in range(board.size[r, s]):
            x = board.seat[r, s, k]
            if x != a:
                change += np.int64(prices[b, x]) - prices[a, x]
        for k in range(board.size[r, t]):
            x = board.seat[r, t, k]
            if x != b:
                change += np.int64(prices[a, x]) - prices[b, x]
        if terms.worth.size:
            change += _lack(board.held[r, s], terms.need, terms.worth, terms.expert, a, b)
            change += _lack(board.held[r, t], terms.need, terms.worth, terms.expert, b, a)
    return change


@njit(cache=True, _nrt=False)
def trade_roles(board: Any, terms: Any, a: int, b: int) -> None:
    """a and b change places in every round. `price` is not kept up: make a new board before `anneal`."""
    for r in range(board.table.shape[0]):
        s, t, i, j = board.table[r, a], board.table[r, b], board.slot[r, a], board.slot[r, b]
        board.seat[r, s, i], board.seat[r, t, j] = b, a
        board.table[r, a], board.table[r, b] = t, s
        board.slot[r, a], board.slot[r, b] = j, i
        for e in range(terms.worth.size):
            gain = np.int32(terms.expert[b, e]) - np.int32(terms.expert[a, e])
            board.held[r, s, e] += gain
            board.held[r, t, e] -= gain


@njit(cache=True, _nrt=False)
def anneal_roles(board: Any, terms: Any, prices: Any, temperature: float, moves: int) -> None:
    """Let pairs of people change their whole evening, at one temperature."""
    people = board.table.shape[1]
    for _move in range(moves):
        board.tally[2] += 1
        a, b = below(board.random, people), below(board.random, people)
        if a != b and _accepted(board, roles_change(board, terms, prices, a, b), temperature):
            trade_roles(board, terms, a, b)
    keep(board)


@njit(cache=True, _nrt=False)
def roles_worsenings(board: Any, terms: Any, prices: Any, found: Any) -> int:
    """Fill `found` with by how much random trades would worsen the seating; how many of as many tries did."""
    filled, people = 0, board.table.shape[1]
    for _try in range(found.size):
        change = roles_change(
            board, terms, prices, below(board.random, people), below(board.random, people)
        )
        if 0 < change < FORBIDDEN // 2:
            found[filled] = change
            filled += 1
    return filled
