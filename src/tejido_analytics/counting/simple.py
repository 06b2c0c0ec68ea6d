"""Methods of one round: who has the most votes."""

from __future__ import annotations

from collections.abc import Sequence
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


def _most(method: str, votes: dict[str, Fraction], seats: int, settling: Settling) -> Result:
    elected: list[str] = []
    for number in sorted(set(votes.values()), reverse=True):
        alike = [name for name in votes if votes[name] == number]
        elected += settling.best(alike, min(len(alike), seats - len(elected)), (1, ELECTED))
        if len(elected) == seats:
            break
    rounds = (Round(1, COUNTED, (), votes, tuple(elected)),)
    return Result(method, seats, tuple(elected), rounds, tuple(settling.ties))
