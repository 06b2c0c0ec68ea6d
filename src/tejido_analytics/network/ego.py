"""One person's ties: with whom, how strong, from which gatherings, and whom they have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from tejido_analytics.network.encounters import Encounters
from tejido_analytics.network.roles import constraint
from tejido_analytics.network.ties import Network


@dataclass(frozen=True, slots=True)
class EgoTie:
    """A tie of one person: other person, weight, encounters (or recorded ties) it is made of, first and last day,
    gatherings shared (ids, by date) and neighbours in common (ids)."""

    person: str
    weight: float
    count: int
    first: date | None
    last: date | None
    gatherings: tuple[str, ...]
    common: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ego:
    """A person in a network. strength: sum of weights; constraint: Burt's, None without ties; share_closed: of the
    pairs of neighbours, those tied to each other (None below two neighbours). ties: strongest first, then by id."""

    person: str
    strength: float
    constraint: float | None
    share_closed: float | None
    ties: tuple[EgoTie, ...]


def ego(network: Network, person: str, found: Encounters | None = None) -> Ego | None:
    """The ties of `person`, or None for somebody who is not in the network (no consent, or not active).

    found: encounters from which the network was made, for the shared gatherings. O(m + encounters).

    >>> seen = ego(Network.of({("a", "b"): 2, ("a", "c"): 1, ("b", "c"): 1}), "a")
    >>> [(tie.person, tie.weight, tie.common) for tie in seen.ties], seen.share_closed
    ([('b', 2.0, ('c',)), ('c', 1.0, ('b',))], 1.0)
    """
    at = network.number.get(person)
    if at is None:
        return None
    mine = np.flatnonzero((network.a == at) | (network.b == at)).tolist()
    others = [int(network.a[row] + network.b[row]) - at for row in mine]
    around = _neighbourhoods(network, {at, *others})
    shared = _shared_gatherings(found, person)
    ties: list[EgoTie] = []
    for row, other in zip(mine, others, strict=True):
        name = network.people[other]
        common = sorted(network.people[third] for third in around[other] & around[at])
        ties.append(
            EgoTie(
                name,
                float(network.weight[row]),
                int(network.count[row]),
                _day(network.first[row]),
                _day(network.last[row]),
                shared.get(name, ()),
                tuple(common),
            )
        )
    ties.sort(key=lambda tie: (-tie.weight, tie.person))
    pairs = len(others) * (len(others) - 1) // 2
    closed = sum(len(tie.common) for tie in ties) // 2
    small = network.among(
        {network.people[node] for node in {at, *others}.union(*(around[o] for o in others))}
    )
    hold = constraint(small)[small.number[person]] if others else None
    return Ego(person, float(network.strength[at]), hold, closed / pairs if pairs else None, tuple(ties))


def _neighbourhoods(network: Network, nodes: set[int]) -> dict[int, set[int]]:
    matrix = network.adjacency
    return {
        node: set(matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]].tolist()) for node in nodes
    }


def _shared_gatherings(found: Encounters | None, person: str) -> dict[str, tuple[str, ...]]:
    shared: dict[str, dict[str, None]] = {}
    for group in found.groups if found else ():
        if person in group.people:
            for other in group.people - {person}:
                shared.setdefault(other, {})[group.gathering] = None
    return {other: tuple(gatherings) for other, gatherings in shared.items()}


def _day(value: Any) -> date | None:
    day = value.astype("datetime64[D]").item()
    return day if isinstance(day, date) else None
