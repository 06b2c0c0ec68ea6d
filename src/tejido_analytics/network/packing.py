"""Boxes side by side without overlap: room for each component of a drawn network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


def packed(halves: Points) -> Points:
    """Centres, float64[k, 2], of boxes that do not overlap, the largest in the middle, the others around it.

    halves: half width and half height of each box, float64[k, 2]. Each box, from the largest, goes to the first free
    place along a spiral around the middle. O(k²) for k boxes, with a search that goes on where the last one ended.

    >>> packed(np.array([[2.0, 1.0], [1.0, 1.0]])).shape
    (2, 2)
    """
    order = _largest_first(halves)
    centres = np.zeros((len(halves), 2))
    turn = 0.0
    for placed, at in enumerate(order.tolist()):
        before = order[:placed]
        if placed and (halves[at] < halves[before[-1]]).any():
            turn *= 0.5  # a smaller one may fit into the gaps that the larger ones left
        turn, centres[at] = _first_free(centres[before], halves[before], halves[at], turn)
    return centres


def settled(halves: Points, wished: Sequence[Points | None]) -> Points:
    """Centres near where each box wishes to be, pushed apart where they overlap; those without a wish go around.

    halves: as in `packed`; wished: earlier centres or None. Overlaps are relaxed in at most 100 rounds, larger boxes
    giving way less; boxes without a wish then take the first free places around, from the largest.

    >>> settled(np.array([[1.0, 1.0], [1.0, 1.0]]), [np.array([0.0, 0.0]), np.array([5.0, 0.0])]).tolist()
    [[0.0, 0.0], [5.0, 0.0]]
    """
    has = np.array([wish is not None for wish in wished])
    centres = np.zeros((len(halves), 2))
    centres[has] = [wish for wish in wished if wish is not None]
    there = np.flatnonzero(has)
    centres[there] = _apart(centres[there], halves[there])
    middle = (centres[there] * _area(halves[there])[:, None]).sum(axis=0) / _area(halves[there]).sum()
    turn = 0.0
    for at in _largest_first(halves).tolist():
        if has[at]:
            continue
        turn, spot = _first_free(centres[there] - middle, halves[there], halves[at], turn * 0.5)
        centres[at] = middle + spot
        there = np.append(there, at)
    return centres


def rows_below(count: int, width: float) -> Points:
    """Places in rows, float64[count, 2], from (0, 2) downwards, one unit apart, about as wide as `width`.

    Rows are filled from the left; with nothing above them they make a square.

    >>> rows_below(3, 1.0).tolist()
    [[0.0, 2.0], [1.0, 2.0], [0.0, 3.0]]
    """
    columns = max(int(width) + 1, int(np.ceil(np.sqrt(count))))
    number = np.arange(count)
    return np.column_stack([number % columns, 2 + number // columns]).astype(np.float64)


def _area(halves: Points) -> Points:
    area: Points = 4 * halves[:, 0] * halves[:, 1]
    return area


def _largest_first(halves: Points) -> NDArray[np.int64]:
    return np.argsort(-_area(halves), kind="stable").astype(np.int64)


def _first_free(centres: Points, halves: Points, half: Points, turn: float) -> tuple[float, Points]:
    """The first place on the spiral, from the angle `turn`, where a box overlaps no other; and its angle."""
    step = float(half.min()) / 2
    room = halves + half - 1e-9
    while True:
        away = step * turn / (2 * np.pi)
        spot = away * np.array([np.cos(turn), np.sin(turn)])
        if (np.abs(centres - spot) >= room).any(axis=1).all():
            return turn, spot
        turn += step / max(away, step)


def _apart(centres: Points, halves: Points) -> Points:
    """Overlapping boxes pushed apart along the shorter way; the same result for the same input."""
    moved = centres.copy()
    area = _area(halves)
    i, j = np.triu_indices(len(moved), 1)
    room = halves[i] + halves[j]
    gives_way = area[j] / (area[i] + area[j])
    for _round in range(100):
        between = moved[j] - moved[i]
        overlap = room - np.abs(between)
        hit = np.flatnonzero((overlap > 1e-6).all(axis=1))
        if not len(hit):
            break
        axis = overlap[hit].argmin(axis=1)
        # Boxes in exactly one place part by their numbers, the later one to the right or down.
        way = np.where(between[hit, axis] < 0, -1.0, 1.0) * overlap[hit, axis]
        np.add.at(moved, (i[hit], axis), -way * gives_way[hit])
        np.add.at(moved, (j[hit], axis), way * (1 - gives_way[hit]))
    return moved
