"""Seat people: build, then anneal, then say what it costs, what is the least that it could, and what was not met."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from tejido_analytics.seating import kernels, trades
from tejido_analytics.seating.board import board_of, scale_of, terms_of, whole_cost
from tejido_analytics.seating.codes import Unmet
from tejido_analytics.seating.costs import Costs, Places, costs
from tejido_analytics.seating.designed import designed_seating
from tejido_analytics.seating.kernels import Board
from tejido_analytics.seating.limit import Limit
from tejido_analytics.seating.notes import unmet_of
from tejido_analytics.seating.problem import Problem, still_open, tables_for
from tejido_analytics.seating.rules import Ruled, ruled
from tejido_analytics.seating.start import first_seating

SAMPLE = 20_000
HOT, COLD = 0.6, 0.05  # of the first percentile of worsening moves at a local optimum


@dataclass(frozen=True, slots=True)
class Seating:
    """Who sits where.

    people: as in the problem. tables: (P, R) table of each person in each round, from 0; -1 where absent. costs: every
    term with its bound; those of rounds that are still open. unmet: what could not be met, weightiest first.
    moves: how many changes were tried. proved: no seating that keeps the rules costs less.
    """

    people: tuple[str, ...]
    tables: Places
    costs: Costs
    unmet: tuple[Unmet, ...]
    moves: int

    @property
    def proved(self) -> bool:
        """Whether the cost equals its lower bound."""
        return self.costs.total <= self.costs.bound + 1e-9

    @property
    def gap(self) -> float:
        """Cost above the lower bound, in units of cost; 0 is proved to be the best."""
        return max(0.0, self.costs.total - self.costs.bound)


def seat(problem: Problem, *, seconds: float = 2.0, steps: int | None = None, seed: int = 0) -> Seating:
    """The best seating found within the limit; every rule is kept.

    seconds: processor time of the search, after the machine code is there (compiled once, some seconds, then cached).
    steps: moves to try instead: the same problem, seed and steps give the same seating on every machine.
    Minimises, over rounds r and tables t: repeat·Σ_pairs (n·h + n(n-1)/2), n meetings here and h before; for each Mix
    the pairs of the same word above an even spread, or S²/2; for each Expertise the missing holders; for each person
    and round a price for a change from the seating before. Where algebra knows a seating without repeats, it is the
    start; simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983) with swaps, moves into free seats and moves of whole
    groups goes on, its temperatures taken from the instance: from .6 to .05 of the first percentile of worsening moves
    at a local optimum. Anytime: more time never gives a worse seating from the same start, only from the same steps
    an equal one.
    Raises Impossible, with code and numbers, where the rules cannot be kept; ValueError for seconds or steps below 0.

    >>> from tejido_analytics.seating.problem import Problem, tables_for
    >>> people = tuple(f"p{n:02}" for n in range(32))
    >>> seating = seat(Problem(people=people, rounds=9, tables=tables_for(32, 4)), steps=1000)
    >>> seating.costs.total, seating.proved, seating.tables.shape
    (0.0, True, (32, 9))
    """
    limit = Limit(seconds, steps)  # refuses before anything is computed
    today = still_open(problem)
    rules = ruled(today)
    places, moves = _searched(today, rules, limit, seed)
    found = costs(today, rules, places)
    return Seating(
        problem.people, _with_past(problem, places), found, unmet_of(today, rules, places, found), moves
    )


def _with_past(problem: Problem, places: Places) -> Places:
    """(P, R) with the rounds that are over in front."""
    before = problem.before
    past = before.settled if before else 0
    front = np.full((len(problem.people), past), -1, dtype=np.int32)
    for index, person in enumerate(problem.people):
        for number, place in enumerate((before.places.get(person, ()) if before else ())[:past]):
            front[index, number] = -1 if place is None else place
    return np.hstack([front, places.T]).astype(np.int32)


def _searched(problem: Problem, rules: Ruled, limit: Limit, seed: int) -> tuple[Places, int]:
    start = designed_seating(problem, rules, seed)
    built = start is not None
    places = start if start is not None else first_seating(problem, rules, seed)
    run = Run(problem, rules, limit, seed)
    if run.aim(places) or not len(run.terms.open_rounds) or len(rules.low) < 2:
        return places, 0
    ready()
    limit.start()
    if built:
        places = run.roles(places, 0.4)
    return run.anneal(places, gently=built or problem.before is not None), run.moves


class Run:
    """One search: its limit, its generator, the moves it has tried, the cost at which nothing better can be."""

    def __init__(self, problem: Problem, rules: Ruled, limit: Limit, seed: int) -> None:
        self.problem, self.rules, self.limit = problem, rules, limit
        self.scale = scale_of(problem, rules)
        self.terms = terms_of(problem, rules, self.scale)
        self.enough, self.moves = np.iinfo(np.int64).min, 0
        self.random = np.array([np.random.SeedSequence(seed).generate_state(1, np.uint64)[0] | 1], np.uint64)

    def aim(self, places: Places) -> bool:
        """Set the cost at which to stop, the lower bound; whether `places` has it already."""
        now = whole_cost(self.problem, self.rules, self.scale, places)
        first = costs(self.problem, self.rules, places)
        self.enough = now - self.scale.whole(first.total) + self.scale.whole(first.bound)
        return now <= self.enough

    def board(self, places: Places) -> Board:
        """A board for `places` with this search's generator."""
        return board_of(self.problem, self.rules, self.terms, self.scale, places)._replace(random=self.random)

    def anneal(self, places: Places, *, gently: bool) -> Places:
        """The best seating found from `places` until the limit."""
        board = self.board(places)
        self._chunk(board, 1e-3, max(self.limit.chunk(), 0))
        hot, cold = self._temperatures(board)
        if gently:
            hot = (hot * cold) ** 0.5
        begun = self.limit.spent()
        while (spent := self.limit.spent()) < 1 and board.tally[1] > self.enough:
            part = (spent - begun) / max(1e-9, 1 - begun)
            self._chunk(board, hot * (cold / hot) ** part, self.limit.chunk())
        return np.asarray(board.best)

    def _chunk(self, board: Board, temperature: float, moves: int) -> None:
        before = int(board.tally[2])
        kernels.anneal(board, self.terms, temperature, moves, self.enough)
        tried = int(board.tally[2]) - before
        self.moves += tried
        self.limit.done += max(1, tried)

    def _temperatures(self, board: Board) -> tuple[float, float]:
        found = np.zeros(SAMPLE, dtype=np.int64)
        filled = kernels.worsenings(board, self.terms, found)
        if not filled:
            return float(self.scale.unit), 0.1 * self.scale.unit
        low = max(1.0, float(np.percentile(found[:filled], 1)))
        return HOT * low, COLD * low

    def roles(self, places: Places, share: float) -> Places:
        """Give the places of a design to people so that the rest of the cost is least, for a share of the limit."""
        board = self.board(places)
        prices = self.scale.prices.astype(np.int32)
        prices[self.rules.apart] = kernels.FORBIDDEN
        found = np.zeros(SAMPLE // 4, dtype=np.int64)
        filled = trades.roles_worsenings(board, self.terms, prices, found)
        if not filled:
            return places
        low = max(1.0, float(np.percentile(found[:filled], 10)))
        while (spent := self.limit.spent()) < share and board.tally[1] > self.enough:
            moves = max(1, self.limit.chunk() // (2 * self.problem.rounds))
            trades.anneal_roles(board, self.terms, prices, low * 0.03 ** (spent / share), moves)
            self.moves += moves
            self.limit.done += moves
        return np.asarray(board.best)


@cache
def ready() -> None:
    """Have the machine code there before a clock starts: compiled once for a machine, loaded once for a process."""
    tiny = Problem(people=("a", "b", "c", "d"), rounds=1, tables=tables_for(4, 2))
    run = Run(tiny, ruled(tiny), Limit(0, 0), 0)
    board, prices = run.board(np.array([[0, 0, 1, 1]], dtype=np.int32)), run.scale.prices.astype(np.int32)
    kernels.anneal(board, run.terms, 1.0, 1, 0)
    kernels.worsenings(board, run.terms, np.zeros(1, np.int64))
    trades.anneal_roles(board, run.terms, prices, 1.0, 0)
    trades.roles_worsenings(board, run.terms, prices, np.zeros(1, np.int64))
