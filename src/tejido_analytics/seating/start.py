"""A first seating that keeps every rule: by good sense where that is enough, else by constraint programming."""

from __future__ import annotations

import numpy as np

from tejido_analytics.seating import codes
from tejido_analytics.seating.codes import Impossible
from tejido_analytics.seating.costs import Places, places_before
from tejido_analytics.seating.problem import Problem
from tejido_analytics.seating.rules import Ruled

TRIES = 12


def first_seating(problem: Problem, rules: Ruled, seed: int) -> Places:
    """(R, P) tables from 0, -1 absent, that keep every rule; near the seating before, where there is one.

    Raises Impossible: rules_contradict, with the rules that cannot hold together (proved), or rules_too_tight where
    neither a seating nor a proof was found.
    """
    draw = np.random.default_rng(seed)
    before = places_before(problem)
    places = np.full(rules.there.shape, -1, dtype=np.int32)
    for number in range(problem.rounds):
        for attempt in range(TRIES):
            row = _deal(rules, number, before[number], draw, careful=attempt > 0)
            if row is not None:
                break
        else:
            row = _proved(problem, rules, number)
        places[number] = row
    return places


def _deal(
    rules: Ruled, number: int, before: Places, draw: np.random.Generator, *, careful: bool
) -> Places | None:
    """One round: those without a choice, those who sat before, then the hardest to place first; None if that fails."""
    row = rules.fixed[number].copy()
    size = np.bincount(row[row >= 0], minlength=len(rules.low)).astype(np.int64)
    waiting = []
    for people in rules.units:
        here = [one for one in people if rules.there[number, one] and row[one] < 0]
        if not here:
            continue
        homes = {int(before[one]) for one in here}
        home = homes.pop() if len(homes) == 1 else -1
        keeps = home >= 0 and not careful and size[home] + len(here) <= rules.high[home]
        if keeps and not _quarrel(rules, row, here)[home]:
            row[here] = home
            size[home] += len(here)
        else:
            waiting.append(here)
    hardness = [(-len(here), -int(rules.apart[here].sum()), draw.random()) for here in waiting]
    left = sum(map(len, waiting))
    for index in sorted(range(len(waiting)), key=hardness.__getitem__):
        here = waiting[index]
        table = _table_for(rules, row, size, here, left)
        if table is None:
            return None
        row[here] = table
        size[table] += len(here)
        left -= len(here)
    return row if (size >= rules.low).all() else None


def _quarrel(rules: Ruled, row: Places, here: list[int]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """(T,) whether somebody at the table must sit apart from one of `here`."""
    against = rules.apart[here].any(axis=0) & (row >= 0)
    found = np.zeros(len(rules.low), dtype=np.bool_)
    found[row[against]] = True
    return found


def _table_for(
    rules: Ruled,
    row: Places,
    size: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    here: list[int],
    left: int,
) -> int | None:
    """The emptiest table that may take `here`; one below its least where everybody left is needed for those."""
    open_to = (size + len(here) <= rules.high) & ~_quarrel(rules, row, here)
    lacking = np.maximum(rules.low - size, 0)
    if lacking.sum() > left - len(here):
        open_to &= lacking > 0
    if not open_to.any():
        return None
    return int(np.argmin(np.where(open_to, size - rules.low, np.iinfo(np.int64).max)))


def _proved(problem: Problem, rules: Ruled, number: int) -> Places:
    """One round by CP-SAT, or Impossible with the rules that contradict each other."""
    from tejido_analytics.seating.proof import contradiction, feasible_round

    row = feasible_round(rules, number)
    if row is not None:
        return row
    named = contradiction(problem, rules, number)
    if named is None:
        raise Impossible(codes.RULES_TOO_TIGHT, round=number + 1)
    raise Impossible(codes.RULES_CONTRADICT, round=number + 1, rules=named)
