"""Methods of one round: who has the most votes, or the most points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from tejido_analytics.counting.ballots import Cast
from tejido_analytics.counting.result import COUNTED, ELECTED, Result, Round, Settling, checked


def plurality(ballots: Cast, seats: int = 1, *, order: Sequence[str] | None = None, seed: int = 1) -> Result:
    """Each ballot is one vote, for its first choice; the `seats` with most votes are elected.

    With several seats that is the single non-transferable vote. Ties: by `order` (all candidates, the luckiest first),
    else by lot from `seed`. Raises ValueError where the seats do not fit.

    >>> from tejido_analytics.counting.ballots import cast
    >>> plurality(cast([([["ana"], ["eva"]], 3), ([["eva"]], 2)])).elected
    ('ana',)
    """
    checked(ballots, seats)
    votes = dict.fromkeys(ballots.candidates, Fraction(0))
    for places, times in ballots.ballots:
        if len(places[0]) > 1:
            raise ValueError(
                "in plurality a ballot has one first choice: cast the ballots without equal places"
            )
        votes[places[0][0]] += times
    return _most("plurality", votes, seats, Settling.of(ballots.candidates, order, seed))


def approval(ballots: Cast, seats: int = 1, *, order: Sequence[str] | None = None, seed: int = 1) -> Result:
    """Each ballot is one vote for everybody it names, in whatever order; the `seats` with most votes are elected.

    Ties and errors as in `plurality`. Brams & Fishburn (1978).
    seats, order, seed, ties and errors as in `plurality`.

    >>> from tejido_analytics.counting.ballots import cast
    >>> approval(cast([([["ana", "eva"]], 3), ([["eva"]], 2)], equal=True)).elected
    ('eva',)
    """
    checked(ballots, seats)
    votes = dict.fromkeys(ballots.candidates, Fraction(0))
    for places, times in ballots.ballots:
        for name in (name for place in places for name in place):
            votes[name] += times
    return _most("approval", votes, seats, Settling.of(ballots.candidates, order, seed))


def points(
    papers: Iterable[Mapping[str, int]],
    candidates: Sequence[str],
    seats: int = 1,
    *,
    order: Sequence[str] | None = None,
    seed: int = 1,
) -> Result:
    """Each voter shares out points as she likes; the `seats` with most points are elected (cumulative voting).

    papers: candidate -> points (0 or more) of each voter who gave at least one; how many may be given is checked where they
    are given. candidates: who stands, also those without a point.
    seats, order, seed and ties as in `plurality`. Raises ValueError for points below 0 or for who does not stand, and where the
    seats do not fit.
    Cole (1949), Legal and mathematical aspects of cumulative voting, South Carolina Law Quarterly 2, 225-244.

    >>> points([{"ana": 3, "eva": 2}, {"eva": 5}], ["ana", "eva"]).elected
    ('eva',)
    """
    votes = dict.fromkeys(candidates, Fraction(0))
    counted = 0
    for paper in papers:
        if any(given < 0 or name not in votes for name, given in paper.items()):
            raise ValueError("points are 0 or more, and for somebody who stands")
        counted += any(paper.values())
        for name, given in paper.items():
            votes[name] += given
    checked(Cast(tuple(candidates), (), counted), seats)
    return _most("points", votes, seats, Settling.of(tuple(candidates), order, seed))


def _most(method: str, votes: dict[str, Fraction], seats: int, settling: Settling) -> Result:
    elected: list[str] = []
    for number in sorted(set(votes.values()), reverse=True):
        alike = [name for name in votes if votes[name] == number]
        elected += settling.best(alike, min(len(alike), seats - len(elected)), (1, ELECTED))
        if len(elected) == seats:
            break
    rounds = (Round(1, COUNTED, (), votes, tuple(elected)),)
    return Result(method, seats, tuple(elected), rounds, tuple(settling.ties))
