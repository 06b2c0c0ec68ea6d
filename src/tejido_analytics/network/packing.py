"""Circles side by side without overlap: room for each component of a drawn network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Points = NDArray[np.float64]
_GOLDEN: Final = 2.399963229728653  # the golden angle


def packed(radii: Points, wished: Sequence[Points | None] = ()) -> Points:
    """Centres, float64[k, 2], of circles that do not overlap, the largest in the middle, the others around it.

    Each circle, from the largest, goes to the first free place along a spiral around the middle; all those of the
    smallest size that follow (people without ties) lie around the whole like the seeds of a sunflower. `wished` is
    there for the same call as `settled`, and holds no wish. O(j²) for the j circles larger than the smallest.

    >>> centres = packed(np.array([2.0, 1.0, 1.0]))
    >>> bool(np.linalg.norm(centres[0] - centres[1]) >= 3.0)
    True
    """
    assert all(wish is None for wish in wished)
    order = np.argsort(-radii, kind="stable")
    large = order[radii[order] > radii.min()]
    centres = np.zeros((len(radii), 2))
    turn = 0.0
    for placed, at in enumerate(large.tolist()):
        if placed and radii[at] < radii[large[placed - 1]]:
            turn *= 0.5  # a smaller one may fit into the gaps that the larger ones left
        turn, centres[at] = _first_free(
            centres[large[:placed]], radii[large[:placed]], float(radii[at]), turn
        )
    edge = _edge(centres[large], radii[large], np.zeros(2)) if len(large) else 0.0
    small = order[len(large) :]
    centres[small] = _seeds(len(small), float(radii.min()), edge)
    return centres


def _first_free(centres: Points, radii: Points, radius: float, turn: float) -> tuple[float, Points]:
    """The first place on the spiral, from the angle `turn`, where a circle touches no other; and its angle."""
    step = radius / 2
    while True:
        away = step * turn / (2 * np.pi)
        spot = away * np.array([np.cos(turn), np.sin(turn)])
        if (np.sqrt(((centres - spot) ** 2).sum(axis=1)) >= radii + radius - 1e-9).all():
            return turn, spot
        turn += step / max(away, step)


def _edge(centres: Points, radii: Points, middle: Points) -> float:
    """Distance from `middle` to the far side of the farthest circle."""
    return float((np.sqrt(((centres - middle) ** 2).sum(axis=1)) + radii).max())


def _seeds(count: int, radius: float, edge: float) -> Points:
    """Evenly spread places outside the circle `edge` around (0, 0): Vogel's sunflower (1979), cut in its middle."""
    number = np.arange(count)
    away = np.sqrt((edge + radius) ** 2 * (edge > 0) + (2 * radius) ** 2 * number)
    angle = _GOLDEN * number
    seeds: Points = away[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return seeds


def settled(radii: Points, wished: Sequence[Points | None]) -> Points:
    """Centres near where each circle wishes to be, pushed apart where they overlap; those without a wish go outside.

    radii: float64[k]; wished: earlier centres or None. Overlaps are relaxed in at most 100 rounds, larger circles
    giving way less; circles without a wish are then put around all others, in order.

    >>> settled(np.array([1.0, 1.0]), [np.array([0.0, 0.0]), np.array([5.0, 0.0])]).tolist()
    [[0.0, 0.0], [5.0, 0.0]]
    """
    has = np.array([wish is not None for wish in wished])
    centres = np.zeros((len(radii), 2))
    centres[has] = [wish for wish in wished if wish is not None]
    known = np.flatnonzero(has)
    centres[known] = _apart(centres[known], radii[known])
    middle = centres[known].mean(axis=0)
    edge = _edge(centres[known], radii[known], middle)
    new = np.flatnonzero(~has)
    if len(new):
        centres[new] = middle + _seeds(len(new), float(radii[new].max()), edge)
    return centres


def _apart(centres: Points, radii: Points) -> Points:
    """Overlapping circles pushed apart; the same result for the same input."""
    moved = centres.copy()
    # Circles in exactly one place have no direction to part in: a golden-angle nudge gives them one.
    angle = _GOLDEN * np.arange(len(moved))
    moved += 1e-6 * np.column_stack([np.cos(angle), np.sin(angle)])
    reach = 2 * float(radii.max())
    touched = False
    for _round in range(100):
        pairs = cKDTree(moved).query_pairs(reach, output_type="ndarray")
        if not len(pairs):
            break
        i, j = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].T
        apart = moved[j] - moved[i]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=1)), 1e-9)
        overlap = radii[i] + radii[j] - distance
        inside = overlap > 1e-6
        if not inside.any():
            break
        touched = True
        i, j, overlap = i[inside], j[inside], overlap[inside]
        way = apart[inside] / distance[inside, None]
        weight_i = radii[j] ** 2 / (radii[i] ** 2 + radii[j] ** 2)
        np.add.at(moved, i, -way * (overlap * weight_i)[:, None])
        np.add.at(moved, j, way * (overlap * (1 - weight_i))[:, None])
    return moved if touched else centres
