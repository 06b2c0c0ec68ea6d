"""Dates for tours: every tour of a round gets days in that round's window, schools open, visits far enough apart.

An assignment of tours to days, round after round (Kuhn & Munkres by scipy), which keeps the rhythm of the round before:
the most visits that the round can hold. What it leaves without a day finds a place singly (`insertion`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from tejido_analytics.routes.board import Board
from tejido_analytics.routes.routing import Going

NEVER = 1e9


def set_dates(
    board: Board, windows: Sequence[range], rounds: Sequence[Sequence[Going]]
) -> list[tuple[int, Going]]:
    """Put the tours of every round on the board; (round, tour) of those for which no day was found.

    windows: day indices of each round; rounds: the tours of each. Tours that stand on the board already stay.
    """
    rhythm: dict[tuple[int, frozenset[int]], float] = {}
    left: list[tuple[int, Going]] = []
    for number, (window, tours) in enumerate(zip(windows, rounds, strict=True)):
        for team in sorted({tour.team for tour in tours}):
            ours = [tour for tour in tours if tour.team == team]
            left += [(number, tour) for tour in _set_round(board, window, ours, rhythm)]
    return left


def _set_round(
    board: Board, window: range, tours: list[Going], rhythm: dict[tuple[int, frozenset[int]], float]
) -> list[Going]:
    """One team's tours of one round; those that found no day."""
    left: list[Going] = []
    long = [tour for tour in tours if tour.days > 1]
    short = [tour for tour in tours if tour.days == 1]
    for index, tour in enumerate(
        long
    ):  # few, and they need days in a row: before the others, nearest to their rhythm
        wish = rhythm.get(_key(tour), (index + 0.5) / len(tours))
        starts = sorted(window, key=lambda day: abs(_offset(window, day) - wish))
        day = next((day for day in starts if board.allows(tour.team, day, tour.order)), None)
        if day is None:
            left.append(tour)
        else:
            board.put(tour.team, day, tour.order)
            rhythm[_key(tour)] = _offset(window, day)
    return left + _set_day_trips(board, window, short, rhythm)


def _set_day_trips(
    board: Board, window: range, tours: list[Going], rhythm: dict[tuple[int, frozenset[int]], float]
) -> list[Going]:
    if not tours or not len(window):
        return tours
    cost = np.full((len(tours), len(window)), NEVER)
    for row, tour in enumerate(tours):
        wish = rhythm.get(_key(tour), (row + 0.5) / len(tours))
        for column, day in enumerate(window):
            if board.allows(tour.team, day, tour.order):
                cost[row, column] = abs(_offset(window, day) - wish) - len(tour.order)
    left = set(range(len(tours)))
    rows, columns = linear_sum_assignment(np.minimum(cost, 1e4))
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        tour, day = tours[row], window[column]
        if cost[row, column] < NEVER and board.allows(tour.team, day, tour.order):
            board.put(tour.team, day, tour.order)
            rhythm[_key(tour)] = _offset(window, day)
            left.discard(row)
    return [tours[row] for row in sorted(left)]


def _key(tour: Going) -> tuple[int, frozenset[int]]:
    return tour.team, frozenset(tour.order)


def _offset(window: range, day: int) -> float:
    """Where in its window a day lies, 0..1."""
    return (day - window.start + 0.5) / max(1, len(window))
