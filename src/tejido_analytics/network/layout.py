"""Where to draw each person: the same picture for the same network, and a similar one after a small change."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.network.cohesion import components
from tejido_analytics.network.engine import seeded
from tejido_analytics.network.packing import packed, rows_below, settled
from tejido_analytics.network.ties import Network

Points = NDArray[np.float64]
_ROUNDS = 300
_GENTLE_ROUNDS = 60
_MARGIN = 0.5
_LOYALTY = 0.7  # how much of the way known people are drawn back to where they were


def layout(
    network: Network, *, seed: int = 0, start: Mapping[str, tuple[float, float]] | None = None
) -> Points:
    """Positions of all people, float64[n, 2] in 0..1, near where strongly tied.

    Each component is laid out by Fruchterman & Reingold (Graph drawing by force-directed placement, 1991), strong
    ties pulling more and people with many ties less, so that groups who all met do not shrink to a dot; it lies on
    its long side, gets room by its size, and the components are packed side by side, largest in the middle. People
    without ties stand in rows below (y grows downwards, as on a screen). The picture keeps its proportions: the
    longer side spans 0..1, the shorter is centred. Depends on the network and the seed only, not on the order in
    which it was given.

    start: earlier positions in 0..1, person -> (x, y). Components begin from them (newcomers beside the people
    they are tied to) and move gently; known components stay where they were and only make room.
    One person lies at (0.5, 0.5). Cost: some 300 rounds of n·√n and m; 2 000 people take about half a second.

    >>> layout(Network.of({}, people=["ana"])).tolist()
    [[0.5, 0.5]]
    """
    if not network.size:
        return np.empty((0, 2))
    label = np.array(components(network), dtype=np.int64)
    known = {name: place for name, place in (start or {}).items() if name in network.number}
    members = np.split(np.argsort(label, kind="stable"), np.cumsum(np.bincount(label))[:-1])
    tied = [nodes for nodes in members if len(nodes) > 1]
    points = _placed(network, tied, known, seed) if tied else np.zeros((network.size, 2))
    alone = [int(nodes[0]) for nodes in members if len(nodes) == 1]
    # In their earlier order, newcomers last: few have to move.
    alone.sort(key=lambda at: (*known.get(network.people[at], (2.0, 2.0))[::-1], at))
    if alone:
        above = points[np.concatenate(tied)] if tied else points[:1]
        corner = np.array([above[:, 0].min(), above[:, 1].max()])
        points[alone] = rows_below(len(alone), float(np.ptp(above[:, 0]))) + corner
    return _into_square(points)


def _placed(
    network: Network, tied: list[NDArray[np.int64]], known: Mapping[str, tuple[float, float]], seed: int
) -> Points:
    """Positions of all components of at least two people, float64[n, 2]; (0, 0) for everybody else."""
    points = np.zeros((network.size, 2))
    scale = _scale_of(tied, known, network)
    shapes, halves, centres = [], [], []
    for nodes in tied:
        before = _start_of(network, nodes, known, scale)
        shape = _one_component(network, nodes, seed, before)
        middle, _reach = _circle(shape)
        shapes.append(shape - middle)
        halves.append(np.ptp(shape, axis=0) / 2 + _MARGIN)
        centres.append(middle if before is not None else None)
    fresh = all(centre is None for centre in centres)
    placed = packed(np.array(halves)) if fresh else settled(np.array(halves), centres)
    for nodes, shape, centre in zip(tied, shapes, placed, strict=True):
        points[nodes] = shape + centre
    return points


def _one_component(
    network: Network, nodes: NDArray[np.int64], seed: int, start: tuple[Points, NDArray[np.bool_]] | None
) -> Points:
    """Fruchterman-Reingold of one component; people about one unit apart, so that area grows with their number."""
    before, known = start or (None, np.zeros(len(nodes), dtype=bool))
    part = network.graph.induced_subgraph(nodes.tolist())
    inside = np.zeros(network.size, dtype=bool)
    inside[nodes] = True
    # Edges of the induced graph keep the order of the whole; a square root keeps one strong pair from collapsing.
    here = inside[network.a]
    pull = np.sqrt(network.weight[here] / network.weight.max())
    weights = (
        pull / np.sqrt(np.minimum(network.degree[network.a[here]], network.degree[network.b[here]]))
    ).tolist()
    begin = _circle_start(len(nodes), seed) if before is None else before
    with seeded(seed):
        found = part.layout_fruchterman_reingold(
            weights=weights,
            niter=_ROUNDS if before is None else _GENTLE_ROUNDS,
            start_temp=np.sqrt(len(nodes)) if before is None else 0.1 * np.sqrt(len(nodes)),
            seed=begin.tolist(),
            grid="auto",
        )
    shape = np.array(found.coords, dtype=np.float64)
    if before is None:
        return _lying(_spread(shape))
    return _beside(shape, before, known)


def _beside(shape: Points, before: Points, known: NDArray[np.bool_]) -> Points:
    """A new shape turned, scaled and moved onto the earlier one, and the known people most of the way back to it.

    The similarity that brings the known people nearest to where they were (Procrustes; Schönemann & Carroll 1970).
    """
    here, there = shape[known].mean(axis=0), before[known].mean(axis=0)
    new, old = shape - here, before - there
    left, singular, right = np.linalg.svd(new[known].T @ old[known])
    size = float((new[known] ** 2).sum())
    scale = float(singular.sum()) / size if size > 0 else 0.0
    if scale * np.sqrt(size) < 1e-3:  # one known person, or all in one place: nothing to turn towards
        moved: Points = _spread(new) + there
        return moved
    moved = scale * (new @ (left @ right)) + there
    moved[known] += _LOYALTY * (before[known] - moved[known])
    return moved


def _circle_start(n: int, seed: int) -> Points:
    """People on a circle in the order of a seeded shuffle, a little off it so that nothing is symmetric."""
    generator = np.random.default_rng([seed, n])
    angle = 2 * np.pi * generator.permutation(n) / n
    ring: Points = np.sqrt(n) * np.column_stack([np.cos(angle), np.sin(angle)])
    ring += generator.uniform(-0.1, 0.1, size=(n, 2))
    return ring


def _lying(shape: Points) -> Points:
    """Turned so that its long side is horizontal; screens are wider than high."""
    middle = shape.mean(axis=0)
    _left, _singular, axes = np.linalg.svd(shape - middle, full_matrices=False)
    turned: Points = (shape - middle) @ axes.T
    return turned


def _spread(shape: Points) -> Points:
    """Scaled so that the circle around the component has the area of one unit square for each of its people."""
    _middle, reach = _circle(shape)
    return shape if reach == 0 else shape * (np.sqrt(len(shape)) / reach)


def _circle(shape: Points) -> tuple[Points, float]:
    """Centre of the box around the points and the distance to the farthest of them."""
    middle = (shape.min(axis=0) + shape.max(axis=0)) / 2
    return middle, float(np.sqrt(((shape - middle) ** 2).sum(axis=1)).max())


def _scale_of(
    members: list[NDArray[np.int64]], known: Mapping[str, tuple[float, float]], network: Network
) -> float:
    """Units of this layout in one unit of the earlier picture: by the largest component with two known people."""
    for nodes in members:
        old = [known[network.people[at]] for at in nodes.tolist() if network.people[at] in known]
        if len(old) > 1:
            _middle, reach = _circle(np.array(old, dtype=np.float64))
            if reach > 0:
                return float(np.sqrt(len(old)) / reach)
    return float(2 * np.sqrt(network.size))


def _start_of(
    network: Network, nodes: NDArray[np.int64], known: Mapping[str, tuple[float, float]], scale: float
) -> tuple[Points, NDArray[np.bool_]] | None:
    """Earlier positions of a component in units of this layout, newcomers beside those they are tied to; who is known."""
    names = [network.people[at] for at in nodes.tolist()]
    if not any(name in known for name in names):
        return None
    old = {name: np.array(known[name], dtype=np.float64) * scale for name in names if name in known}
    middle = np.mean(list(old.values()), axis=0)
    places = []
    for at, name in zip(nodes.tolist(), names, strict=True):
        if name in old:
            places.append(old[name])
            continue
        near = [old[other] for other in _neighbours(network, at) if other in old]
        turn = 2.399963 * at  # the golden angle, so that several newcomers do not lie on one another
        aside = 0.7 * np.array([np.cos(turn), np.sin(turn)])
        places.append((np.mean(near, axis=0) if near else middle) + aside)
    return np.array(places), np.array([name in old for name in names])


def _neighbours(network: Network, at: int) -> list[str]:
    row = network.adjacency.indices[network.adjacency.indptr[at] : network.adjacency.indptr[at + 1]]
    return [network.people[other] for other in row.tolist()]


def _into_square(points: Points) -> Points:
    low, high = points.min(axis=0), points.max(axis=0)
    side = float((high - low).max())
    if side == 0:
        return np.full_like(points, 0.5)
    inside: Points = np.clip((points - (low + high) / 2) / side + 0.5, 0.0, 1.0)
    return inside
