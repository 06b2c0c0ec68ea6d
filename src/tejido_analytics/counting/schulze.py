"""Schulze's method: whoever beats every other on the strongest chain of pairwise comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tejido_analytics.counting.ballots import Cast
from tejido_analytics.counting.result import COUNTED, ELECTED, Result, Round, Settling, checked


@dataclass(frozen=True, slots=True, eq=False)
class Pairwise:
    """preferred[i, j]: ballots that rank candidate i above j. paths[i, j]: strength of the strongest path, 0 for none."""

    candidates: tuple[str, ...]
    preferred: np.ndarray
    paths: np.ndarray


def pairwise(ballots: Cast) -> Pairwise:
    """Count every pair, and the strength of the strongest path from each to each.

    Who is named is above who is not; names in one place are alike. A path leads over pairs that were won; its strength
    is its weakest pair, measured by the ballots that won it (winning votes). Floyd (1962); O(candidates³).

    >>> from tejido_analytics.counting.ballots import cast
    >>> seen = pairwise(cast([([["a"], ["b"], ["c"]], 3), ([["b"], ["c"], ["a"]], 2)], equal=True))
    >>> seen.preferred.tolist(), seen.paths.tolist()
    ([[0, 3, 3], [2, 0, 5], [2, 0, 0]], [[0, 3, 3], [0, 0, 5], [0, 0, 0]])
    """
    k = len(ballots.candidates)
    at = {name: number for number, name in enumerate(ballots.candidates)}
    preferred = np.zeros((k, k), dtype=np.int64)
    for places, times in ballots.ballots:
        rank = np.full(k, len(places))
        for level, place in enumerate(places):
            rank[[at[name] for name in place]] = level
        preferred += times * (rank[:, None] < rank[None, :])
    paths = np.where(preferred > preferred.T, preferred, 0)
    for middle in range(k):
        np.maximum(paths, np.minimum(paths[:, [middle]], paths[[middle], :]), out=paths)
    np.fill_diagonal(paths, 0)
    return Pairwise(ballots.candidates, preferred, paths)


def schulze(ballots: Cast, seats: int = 1, *, order: Sequence[str] | None = None, seed: int = 1) -> Result:
    """The `seats` best in the ranking in which a stands above b if the strongest path from a to b is stronger than back.

    Several seats are filled from the top of the ranking (not in proportion: that would be another method). Those whom
    the paths do not separate are a tie, settled by `order` (all candidates, the luckiest first), else by lot from `seed`.
    detail: `preferred` and `paths` (name -> name -> ballots), `ranking` (lists of those who stand alike, best first).
    rounds: one, with for each candidate how many others she stands above.
    Schulze (2011), A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
    election method, Social Choice and Welfare 36, 267-303.

    >>> from tejido_analytics.counting.ballots import cast
    >>> schulze(cast([([["a"], ["b"], ["c"]], 3), ([["b"], ["c"], ["a"]], 2)], equal=True)).detail["ranking"]
    [['a'], ['b'], ['c']]
    """
    checked(ballots, seats)
    settling, seen = Settling.of(ballots.candidates, order, seed), pairwise(ballots)
    above = seen.paths > seen.paths.T
    wins = {name: Fraction(int(above[at].sum())) for at, name in enumerate(seen.candidates)}
    losses = {name: int(above[:, at].sum()) for at, name in enumerate(seen.candidates)}
    elected: list[str] = []
    left = list(seen.candidates)
    ranking: list[list[str]] = []
    while left:
        inside = [seen.candidates.index(name) for name in left]
        beaten: list[bool] = np.asarray(above[np.ix_(inside, inside)].any(axis=0)).tolist()
        best = [name for name, lost in zip(left, beaten, strict=True) if not lost]
        ranking.append(sorted(best))
        free = seats - len(elected)
        if free:
            elected += settling.best(best, min(free, len(best)), (1, ELECTED))
        left = [name for name in left if name not in best]
    detail = {
        "preferred": _named(seen.candidates, seen.preferred),
        "paths": _named(seen.candidates, seen.paths),
        "ranking": ranking,
        "losses": losses,
    }
    rounds = (Round(1, COUNTED, (), wins, tuple(elected)),)
    return Result("schulze", seats, tuple(elected), rounds, tuple(settling.ties), detail=detail)


def _named(names: Sequence[str], table: np.ndarray) -> dict[str, dict[str, int]]:
    return {
        name: {other: int(table[i, j]) for j, other in enumerate(names) if i != j}
        for i, name in enumerate(names)
    }
