"""A first seating by algebra: nobody meets twice, where the numbers allow it and no rule stands in the way."""

from __future__ import annotations

import numpy as np

from tejido_analytics.seating.costs import Places
from tejido_analytics.seating.designs import Design, design
from tejido_analytics.seating.problem import Problem
from tejido_analytics.seating.rules import Ruled

MOST_PEOPLE = 1500  # above it designs take longer than they are worth: a search finds no repeats either


def designed_seating(problem: Problem, rules: Ruled, seed: int) -> Places | None:
    """(R, P) without a repeated pair, people dealt to its places at random; None where no design fits.

    A design is for full tables; where fewer people come its last points stay empty, and rounds whose tables would
    then fall below their least are not used.
    """
    people, tables = len(problem.people), len(problem.tables)
    if _hindered(problem, rules) or not 2 <= problem.rounds <= 100 or people > MOST_PEOPLE:
        return None
    size = int(rules.high[0])
    if size < 2 or tables < 2 or tables * size - people > tables:
        return None
    made = design(tables, size)
    best = max((_thinned(made, gone, rules) for gone in _gaps(made, tables * size - people)), key=len)
    if len(best) < problem.rounds:
        return None
    order = np.random.default_rng(seed).permutation(people)
    places = np.zeros((problem.rounds, people), dtype=np.int32)
    places[:, order] = best[: problem.rounds]
    return places


def _hindered(problem: Problem, rules: Ruled) -> bool:
    asked = problem.rules
    same = bool((rules.high == rules.high[0]).all() and (rules.low == rules.low[0]).all())
    return bool(asked.together or asked.apart or asked.fixed or asked.absent or problem.before) or not same


def _gaps(made: Design, number: int) -> list[list[int]]:
    """Which points to leave empty: the last ones (one class of a transversal design), or one table of the last round."""
    people = made.shape[1]
    table = np.flatnonzero(made[-1] == 0).tolist()
    ways = [list(range(people - number, people))]
    return [*ways, table[:number]] if number <= len(table) else ways


def _thinned(made: Design, gone: list[int], rules: Ruled) -> Design:
    left = np.delete(made, gone, axis=1)
    sizes = np.array([np.bincount(row, minlength=len(rules.low)) for row in left])
    return left[(sizes >= rules.low).all(axis=1)]
