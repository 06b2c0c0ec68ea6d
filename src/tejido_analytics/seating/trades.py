"""The inner loop over whole evenings, compiled: two people trade their places in every round.

Who meets whom again stays as it is, so a seating without repeats keeps that while the rest of its cost falls.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tejido_analytics.compiled import compiled_bare, compiled_into, compiled_part
from tejido_analytics.seating.kernels import FORBIDDEN, accepted, keep, lack
from tejido_analytics.seating.machine import Whole, below


@compiled_into
def roles_change(board: Any, terms: Any, prices: Any, a: int, b: int) -> Whole:
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
            change += lack(board.held[r, s], terms, a, b)
            change += lack(board.held[r, t], terms, b, a)
    return change


@compiled_part
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


@compiled_bare
def anneal_roles(board: Any, terms: Any, prices: Any, temperature: float, moves: int) -> None:
    """Let pairs of people change their whole evening, at one temperature."""
    people = board.table.shape[1]
    for _move in range(moves):
        board.tally[2] += 1
        a, b = below(board.random, people), below(board.random, people)
        if a != b and accepted(board, roles_change(board, terms, prices, a, b), temperature):
            trade_roles(board, terms, a, b)
    keep(board)


@compiled_bare
def roles_worsenings(board: Any, terms: Any, prices: Any, found: Any) -> Whole:
    """Fill `found` with by how much random trades would worsen the seating; how many of as many tries did."""
    filled, people = 0, board.table.shape[1]
    for _try in range(found.size):
        change = roles_change(board, terms, prices, below(board.random, people), below(board.random, people))
        if 0 < change < FORBIDDEN // 2:
            found[filled] = change
            filled += 1
    return filled
