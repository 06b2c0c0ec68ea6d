"""Who goes with whom: buddies, two and sometimes three, and mentors with room for so many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Prices = NDArray[np.float64]

# Why somebody has nobody ----------------------------------------------------------------------------------
NOBODY_ALLOWED: Final = "nobody_allowed"  # a rule stands between this person and everybody else
EVERYBODY_TAKEN: Final = (
    "everybody_taken"  # those who are allowed go with others, which is better for more people
)
MENTORS_FULL: Final = "mentors_full"  # the mentors who are allowed have no room left
ALONE: Final = frozenset({NOBODY_ALLOWED, EVERYBODY_TAKEN, MENTORS_FULL})

TRIED_FOR_THE_THIRD = 41  # up to so many people everybody is tried as the third one
_WHOLE = 1 << 40  # prices as whole numbers: the largest difference counts this much


@dataclass(frozen=True, slots=True)
class Alone:
    """Somebody without a partner, and why: `because` is one of `ALONE`."""

    person: str
    because: str


@dataclass(frozen=True, slots=True)
class Buddies:
    """groups: pairs, and threes, each in the order of the list. price: the sum over all pairs of people inside them."""

    groups: tuple[tuple[str, ...], ...]
    price: float
    alone: tuple[Alone, ...]


@dataclass(frozen=True, slots=True)
class Mentoring:
    """mentor_of: (person, mentor). price: their sum, without what fuller mentors cost. alone: people without a mentor."""

    mentor_of: tuple[tuple[str, str], ...]
    price: float
    alone: tuple[Alone, ...]


def buddies(
    people: Sequence[str], prices: ArrayLike, *, threes: bool = True, candidates: int | None = None
) -> Buddies:
    """As many pairs as can be, at the least total price: exact, by matching in a general graph.

    people: P ids, each once. prices: (P, P), symmetric, any unit, lower is better, negative allowed; inf where two may
    not go together (a refusal, a rule). The diagonal is not used. threes: who is left over joins a pair that may take
    her, at most one to a pair, where that costs least; with an odd number of up to 41 people everybody is tried as the
    one left over, so that three and pairs are the best together. candidates: each is looked at with so many partners only,
    the cheapest of either side, and who is left over then with all others who are; near the least price, no longer it
    (tests/benchmarks/pairing_bench.py).
    Raises ValueError where people are listed twice or prices have another shape, NaN, or two directions that differ.
    Edmonds' blossom algorithm, as in Galil, Efficient algorithms for finding maximum matching in graphs, ACM Computing
    Surveys 18 (1986); rustworkx. Time P³.

    >>> no = float("inf")
    >>> found = buddies(["ana", "bea", "eva"], [[0, 1, 5], [1, 0, 9], [5, 9, 0]])
    >>> found.groups, found.price
    ((('ana', 'bea', 'eva'),), 15.0)
    >>> buddies(["ana", "bea", "eva"], [[0, 1, no], [1, 0, no], [no, no, 0]]).alone
    (Alone(person='eva', because='nobody_allowed'),)
    """
    table = _table(people, prices)
    np.fill_diagonal(table, np.inf)  # nobody is a candidate for herself
    everybody = list(range(len(people)))
    groups = _grouped(table, everybody, threes, candidates)
    odd = threes and len(people) % 2 == 1
    if odd and len(people) <= TRIED_FOR_THE_THIRD:
        for third in everybody:
            others = [person for person in everybody if person != third]
            groups = min(groups, _with_third(table, others, third), key=lambda made: _rank(table, made))
    together = {person for group in groups for person in group}
    alone = tuple(
        Alone(
            people[one], EVERYBODY_TAKEN if np.isfinite(np.delete(table[one], one)).any() else NOBODY_ALLOWED
        )
        for one in everybody
        if one not in together
    )
    named = tuple(tuple(people[one] for one in group) for group in sorted(groups))
    return Buddies(named, _price(table, groups), alone)


def _table(people: Sequence[str], prices: ArrayLike) -> Prices:
    table = np.array(prices, dtype=np.float64).reshape(-1, len(people)) if len(people) else np.zeros((0, 0))
    if len(set(people)) < len(people):
        raise ValueError("each person is listed once")
    if table.shape != (len(people), len(people)) or np.isnan(table).any() or (table == -np.inf).any():
        raise ValueError("prices are a square table with a number or inf for every two people")
    if not np.array_equal(table, table.T):
        raise ValueError("prices are the same in both directions")
    return table


def _matched(table: Prices, people: list[int], candidates: int | None = None) -> list[list[int]]:
    """As many pairs as can be among `people`, at the least price; among the cheapest `candidates` of each first."""
    import rustworkx

    if candidates is not None and candidates < len(people) - 1:
        cheap = np.argpartition(table, candidates, axis=1)[:, :candidates]
        kept = np.full(table.shape, np.inf)
        np.put_along_axis(kept, cheap, np.take_along_axis(table, cheap, 1), 1)
        cheapest = _matched(np.minimum(kept, kept.T), people)
        together = {person for pair in cheapest for person in pair}
        return cheapest + _matched(table, [person for person in people if person not in together])

    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(people)
    here = table[np.ix_(people, people)]
    one, other = np.nonzero(np.triu(np.isfinite(here), 1))
    if not len(one):
        return []
    found = here[one, other]
    spread = float(found.max() - found.min()) or 1.0
    whole = np.rint((found.max() - found) / spread * _WHOLE).astype(np.int64).tolist()
    graph.add_edges_from(list(zip(one.tolist(), other.tolist(), whole, strict=True)))
    pairs = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return [sorted((people[a], people[b])) for a, b in pairs]


def _grouped(
    table: Prices, people: list[int], threes: bool, candidates: int | None = None
) -> list[list[int]]:
    groups = sorted(_matched(table, people, candidates))
    if threes:
        together = {person for pair in groups for person in pair}
        for person in people:
            if person not in together:
                _join(table, groups, person)
    return groups


def _with_third(table: Prices, others: list[int], third: int) -> list[list[int]]:
    groups = sorted(_matched(table, others))
    _join(table, groups, third)
    return groups


def _join(table: Prices, groups: list[list[int]], person: int) -> None:
    """Add a third to the pair where that costs least; nothing where no pair may take her."""
    added = [float(table[person, pair].sum()) if len(pair) == 2 else np.inf for pair in groups]
    if added and np.isfinite(best := min(added)):
        at = added.index(best)
        groups[at] = sorted([*groups[at], person])


def _rank(table: Prices, groups: list[list[int]]) -> tuple[int, float]:
    """More people first, then the lower price."""
    return -sum(map(len, groups)), _price(table, groups)


def _price(table: Prices, groups: list[list[int]]) -> float:
    return float(sum(np.triu(table[np.ix_(group, group)], 1).sum() for group in groups))


def mentors(
    mentees: Sequence[str],
    guides: Sequence[str],
    prices: ArrayLike,
    *,
    room: Sequence[int] | int = 1,
    fuller: float = 0.0,
) -> Mentoring:
    """A mentor for as many people as can be, at the least total price: exact, by the assignment problem.

    prices: (mentees, guides), any unit, lower is better; inf where the two may not go together. room: how many people
    each mentor takes, 0 or more. fuller: what each further person of one mentor costs more than the one before, so that
    the load is shared; 0: only the prices count.
    Raises ValueError for other shapes, NaN, room or `fuller` below 0.
    Crouse, On implementing 2D rectangular assignment algorithms, IEEE Transactions on Aerospace and Electronic Systems
    52 (2016), as in scipy. Time N³ for N places.

    >>> found = mentors(["eva", "leo", "paz"], ["ana", "rui"], [[1, 2], [1, 5], [3, 3]], room=[1, 2])
    >>> found.mentor_of, found.price
    ((('eva', 'rui'), ('leo', 'ana'), ('paz', 'rui')), 6.0)
    >>> mentors(["eva", "leo"], ["ana"], [[1], [2]]).alone
    (Alone(person='leo', because='mentors_full'),)
    """
    from scipy.optimize import linear_sum_assignment

    table = np.array(prices, dtype=np.float64).reshape(len(mentees), len(guides))
    places = np.full(len(guides), room) if isinstance(room, int) else np.array(room, dtype=np.int64)
    if np.isnan(table).any() or (table == -np.inf).any():
        raise ValueError("prices are a number or inf for every person and mentor")
    if len(places) != len(guides) or (places < 0).any() or fuller < 0:
        raise ValueError("room is one number, 0 or more, for each mentor, and `fuller` is not negative")
    seat = np.repeat(np.arange(len(guides)), np.minimum(places, len(mentees)))
    nth = np.array([k for n in places for k in range(min(int(n), len(mentees)))], dtype=np.float64)
    cost = table[:, seat] + fuller * nth
    known = cost[np.isfinite(cost)]
    span = float(known.max() - min(known.min(), 0.0)) + 1.0 if len(known) else 1.0
    nobody = span * (len(mentees) + 1)  # dearer than any rearrangement of the others
    cost = np.hstack([np.where(np.isfinite(cost), cost, 2 * nobody), np.full((len(mentees),) * 2, nobody)])
    chosen = dict(zip(*(axis.tolist() for axis in linear_sum_assignment(cost)), strict=True))
    pairs = [(at, int(seat[place])) for at, place in sorted(chosen.items()) if place < len(seat)]
    served = {at for at, _guide in pairs}
    alone = tuple(
        Alone(mentees[at], MENTORS_FULL if np.isfinite(table[at]).any() else NOBODY_ALLOWED)
        for at in range(len(mentees))
        if at not in served
    )
    named = tuple((mentees[at], guides[guide]) for at, guide in pairs)
    return Mentoring(named, float(sum(table[pair] for pair in pairs)), alone)
