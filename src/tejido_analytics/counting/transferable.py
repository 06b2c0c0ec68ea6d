"""Votes that pass on: instant run-off for one seat, the single transferable vote for several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tejido_analytics.counting.ballots import Cast
from tejido_analytics.counting.result import (
    COUNTED,
    EXCLUDED,
    SURPLUS,
    Result,
    Round,
    Settling,
    checked,
)


def instant_runoff(ballots: Cast, *, order: Sequence[str] | None = None, seed: int = 1) -> Result:
    """One seat: whoever has the fewest votes is excluded, until somebody has more than half of those still in the count.

    Votes of the excluded pass to the next choice that is still in. One is excluded at a time. Ties for exclusion: whoever
    had fewer votes in the latest earlier round in which they differed; then `order` (all candidates, the luckiest
    first), else lot from `seed`. The last two standing alike are settled the same way.
    Also called alternative vote or ranked choice; Ware (1871). O(rounds · ballots).

    >>> from tejido_analytics.counting.ballots import cast
    >>> ballots = [([["a"]], 4), ([["b"], ["c"]], 3), ([["c"], ["b"]], 2)]
    >>> instant_runoff(cast(ballots)).elected
    ('b',)
    """
    checked(ballots, 1)
    count = _Count.of(ballots, Settling.of(ballots.candidates, order, seed))
    while True:
        votes = {name: count.votes[name] for name in count.hopeful}
        most = max(votes.values())
        if most * 2 > sum(votes.values()) or len(votes) == 1:
            count.elect(next(name for name in votes if votes[name] == most))
            break
        fewest = min(votes.values())
        alike = [name for name in votes if votes[name] == fewest]
        count.exclude(count.settling.worst(alike, 1, (len(count.rounds) + 1, EXCLUDED), count.rounds)[0])
    return Result("instant-runoff", 1, tuple(count.elected), tuple(count.rounds), tuple(count.settling.ties))


def stv(
    ballots: Cast,
    seats: int,
    *,
    decimals: int | None = None,
    order: Sequence[str] | None = None,
    seed: int = 1,
) -> Result:
    """Several seats in proportion: single transferable vote, Droop quota, weighted inclusive Gregory transfers.

    Quota ⌊votes / (seats + 1)⌋ + 1, kept throughout. Whoever reaches it is elected. The largest surplus passes on first:
    every vote that the elected one holds goes to its next choice in the count, at its value times surplus / all her
    votes. Without a surplus whoever has the fewest votes is excluded, and her votes pass on at their value. When as many
    are left as seats, they are elected. decimals: values of passed votes are cut to so many places, 5 as in Scotland's
    council elections; None keeps them exact.
    Ties (which surplus first, whom to exclude): the latest earlier round in which they differed; then `order` (all
    candidates, the luckiest first), else lot from `seed`. Raises ValueError where the seats do not fit.
    Droop (1868); Gregory (1880); Scottish Local Government Elections Order 2007, rules 45 to 52. O(rounds · ballots).

    >>> from tejido_analytics.counting.ballots import cast
    >>> result = stv(cast([([["a"], ["b"]], 6), ([["c"]], 3), ([["b"]], 1)]), 2)
    >>> result.quota, result.elected, [float(votes) for votes in result.rounds[1].votes.values()]
    (Fraction(4, 1), ('a', 'c'), [4.0, 3.0, 3.0])
    """
    checked(ballots, seats)
    quota = Fraction(ballots.valid // (seats + 1) + 1)
    count = _Count.of(ballots, Settling.of(ballots.candidates, order, seed), decimals)
    waiting: list[str] = []  # elected, with a surplus to pass on
    while len(count.elected) < seats:
        for name in count.reached(quota)[: seats - len(count.elected)]:
            count.elect(name)
            if count.votes[name] > quota:
                waiting.append(name)
        if len(count.elected) == seats:
            break
        if len(count.hopeful) <= seats - len(count.elected):
            for name in count.by_votes():
                count.elect(name)
            break
        here = (len(count.rounds) + 1, SURPLUS if waiting else EXCLUDED)
        if waiting:
            most = max(count.votes[name] for name in waiting)
            alike = [name for name in waiting if count.votes[name] == most]
            name = count.settling.best(alike, 1, here, count.rounds)[0]
            waiting.remove(name)
            count.pass_surplus(name, quota)
        else:
            fewest = min(count.votes[name] for name in count.hopeful)
            alike = [name for name in count.hopeful if count.votes[name] == fewest]
            count.exclude(count.settling.worst(alike, 1, here, count.rounds)[0])
    return Result("stv", seats, tuple(count.elected), tuple(count.rounds), tuple(count.settling.ties), quota)


@dataclass(slots=True)
class _Paper:
    """Ballots that are alike: their choices in order, their number, what one of them is worth now."""

    choices: tuple[str, ...]
    times: int
    value: Fraction = Fraction(1)


@dataclass(slots=True)
class _Count:
    """A count under way: who holds which papers, and what happened."""

    papers: dict[str, list[_Paper]]
    votes: dict[str, Fraction]
    hopeful: list[str]
    settling: Settling
    decimals: int | None
    elected: list[str] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    exhausted: Fraction = Fraction(0)

    @classmethod
    def of(cls, ballots: Cast, settling: Settling, decimals: int | None = None) -> _Count:
        """Every ballot with its first choice, and the first round written down."""
        papers: dict[str, list[_Paper]] = {name: [] for name in ballots.candidates}
        for places, times in ballots.ballots:
            if any(len(place) > 1 for place in places):
                raise ValueError(
                    "votes that pass on have one name in each place: cast them without equal places"
                )
            papers[places[0][0]].append(_Paper(tuple(name for (name,) in places), times))
        votes = {name: Fraction(sum(paper.times for paper in held)) for name, held in papers.items()}
        count = cls(papers, votes, list(ballots.candidates), settling, decimals)
        count._write(COUNTED, ())
        return count

    def reached(self, quota: Fraction) -> list[str]:
        """Those in the count with the quota or more, most votes first."""
        return [name for name in self.by_votes() if self.votes[name] >= quota]

    def by_votes(self) -> list[str]:
        """Those in the count, most votes first, equals by name: all of them are elected, only the order is at stake."""
        return sorted(self.hopeful, key=lambda name: (-self.votes[name], name))

    def elect(self, name: str) -> None:
        self.elected.append(name)
        self.hopeful.remove(name)
        now = self.rounds[-1]
        self.rounds[-1] = replace(now, elected=(*now.elected, name))

    def exclude(self, name: str) -> None:
        self.hopeful.remove(name)
        held, self.papers[name], self.votes[name] = self.papers[name], [], Fraction(0)
        self._pass_on(held)
        self._write(EXCLUDED, (name,), Fraction(1))

    def pass_surplus(self, name: str, quota: Fraction) -> None:
        held, whole = self.papers[name], self.votes[name]
        factor = (whole - quota) / whole
        self.papers[name], self.votes[name] = [], quota
        passed = [_Paper(paper.choices, paper.times, self._cut(paper.value * factor)) for paper in held]
        lost = whole - quota - sum((paper.value * paper.times for paper in passed), Fraction(0))
        self.exhausted += lost  # what cutting to decimals leaves over
        self._pass_on(passed)
        self._write(SURPLUS, (name,), factor)

    def _cut(self, value: Fraction) -> Fraction:
        if self.decimals is None:
            return value
        unit = 10**self.decimals
        return Fraction(value * unit // 1, unit)

    def _pass_on(self, papers: Sequence[_Paper]) -> None:
        inside = set(self.hopeful)
        for paper in papers:
            after = next((at for at, name in enumerate(paper.choices) if name in inside), None)
            if after is None:
                self.exhausted += paper.value * paper.times
                continue
            to = paper.choices[after]
            self.papers[to].append(_Paper(paper.choices[after:], paper.times, paper.value))
            self.votes[to] += paper.value * paper.times

    def _write(self, deed: str, names: tuple[str, ...], transfer: Fraction | None = None) -> None:
        number = len(self.rounds) + 1
        votes = dict(self.votes)
        self.rounds.append(Round(number, deed, names, votes, exhausted=self.exhausted, transfer=transfer))
