"""What a count says: who is elected, round by round, and how ties were settled."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from tejido_analytics.counting.ballots import Cast

METHODS: Final = ("plurality", "approval", "instant-runoff", "stv", "schulze")

COUNTED: Final = "counted"
SURPLUS: Final = "surplus passed on"
EXCLUDED: Final = "excluded"
ELECTED: Final = "elected"
# What a round does, and (the last three) what a tie can be about.
DEEDS: Final = (COUNTED, SURPLUS, EXCLUDED, ELECTED)

BY_EARLIER_ROUND: Final = "an earlier round"
BY_GIVEN_ORDER: Final = "the order given beforehand"
BY_LOT: Final = "lot"
SETTLED_BY: Final = (BY_EARLIER_ROUND, BY_GIVEN_ORDER, BY_LOT)


@dataclass(frozen=True, slots=True)
class Tie:
    """Candidates who stood alike where one had to be chosen.

    round: from 1. between: by name. what_for: a deed of `DEEDS`. chosen: for that deed. settled_by: of `SETTLED_BY`.
    """

    round: int
    between: tuple[str, ...]
    what_for: str
    chosen: tuple[str, ...]
    settled_by: str


@dataclass(frozen=True, slots=True)
class Round:
    """One count of the votes. deed: what led to it, of `DEEDS`: counted (the first), surplus passed on, or excluded.

    candidates: whose votes passed on. votes: candidate -> votes after it, exact. elected: who is elected in it.
    exhausted: votes that name nobody more who is in the count, and what cutting to decimals left over.
    transfer: the factor by which passed votes were worth less (1 of an exclusion), None where none passed.
    """

    number: int
    deed: str
    candidates: tuple[str, ...]
    votes: Mapping[str, Fraction] = field(hash=False)
    elected: tuple[str, ...] = ()
    exhausted: Fraction = Fraction(0)
    transfer: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """elected: in the order of their election. quota: of votes, None where the method has none.

    detail: what else the method shows (for Schulze: pairs, paths, ranking), as plain dicts, lists and numbers.
    """

    method: str
    seats: int
    elected: tuple[str, ...]
    rounds: tuple[Round, ...]
    ties: tuple[Tie, ...]
    quota: Fraction | None = None
    detail: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(slots=True)
class Settling:
    """How ties are settled in one count: by the round before in which they differed, then by an order.

    order: the candidates, the luckiest first. Given beforehand, or drawn by lot from the seed.
    """

    order: tuple[str, ...]
    settled_by: str
    ties: list[Tie] = field(default_factory=list)

    @classmethod
    def of(cls, candidates: Sequence[str], order: Sequence[str] | None, seed: int) -> Settling:
        """By `order`, which names every candidate once; else by lot. Raises ValueError for another order.

        >>> Settling.of(["ana", "eva"], ["eva", "ana"], 1).order
        ('eva', 'ana')
        """
        if order is None:
            drawn = sorted(candidates)
            random.Random(seed).shuffle(drawn)
            return cls(tuple(drawn), BY_LOT)
        if sorted(order) != sorted(candidates):
            raise ValueError("the order names every candidate once")
        return cls(tuple(order), BY_GIVEN_ORDER)

    def best(
        self, alike: Sequence[str], how_many: int, where: tuple[int, str], rounds: Sequence[Round] = ()
    ) -> list[str]:
        """`how_many` of those who stand alike, by name; a tie is written down where there is a choice.

        where: (round, deed). rounds: those before; the latest in which they differ decides as far as it does.
        """
        return self._chosen(alike, how_many, where, (rounds, True))

    def worst(
        self, alike: Sequence[str], how_many: int, where: tuple[int, str], rounds: Sequence[Round] = ()
    ) -> list[str]:
        """The same for those who must go: the fewest votes before, then the unluckiest."""
        return self._chosen(alike, how_many, where, (rounds, False))

    def _chosen(
        self,
        alike: Sequence[str],
        how_many: int,
        where: tuple[int, str],
        history: tuple[Sequence[Round], bool],
    ) -> list[str]:
        if len(alike) <= how_many:
            return sorted(alike)
        rounds, most = history
        left, chosen, by = list(alike), list[str](), ""
        for earlier in reversed(rounds):
            wanted = sorted({earlier.votes[name] for name in left}, reverse=most)
            for votes in wanted:
                level = [name for name in left if earlier.votes[name] == votes]
                if len(chosen) + len(level) > how_many:
                    left = level
                    break
                chosen += level
            if len(chosen) == how_many:
                by = BY_EARLIER_ROUND
                break
            left = [name for name in left if name not in chosen]
        if not by:
            lucky = sorted(left, key=self.order.index, reverse=not most)
            chosen, by = chosen + lucky[: how_many - len(chosen)], self.settled_by
        number, deed = where
        self.ties.append(Tie(number, tuple(sorted(alike)), deed, tuple(sorted(chosen)), by))
        return sorted(chosen)


def checked(ballots: Cast, seats: int) -> None:
    """Raises ValueError below one seat, where more seats than candidates are there, and where no ballot counts.

    >>> from tejido_analytics.counting.ballots import cast
    >>> checked(cast([([["ana"]], 1)]), 1)
    """
    if seats < 1:
        raise ValueError("at least one seat is to be filled")
    if not ballots.valid:
        raise ValueError("no ballot counts")
    if seats > len(ballots.candidates):
        raise ValueError(f"{seats} seats are to be filled and {len(ballots.candidates)} candidates stand")
