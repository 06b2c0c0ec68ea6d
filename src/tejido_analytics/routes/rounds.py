"""The season cut into rounds, and in which of them each school is visited: evenly, as its number of visits allows."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.routes.ground import Ground

Pattern = tuple[int, ...]
MOST_PATTERNS = 8


def windows(days: int, rounds: int) -> list[range]:
    """`days` working days cut into rounds of (nearly) equal length: ranges of day indices.

    >>> windows(5, 2)
    [range(0, 3), range(3, 5)]
    """
    edges = [-(-number * days // rounds) for number in range(rounds + 1)]
    return [range(start, end) for start, end in itertools.pairwise(edges)]


def even_patterns(visits: int, rounds: int) -> list[Pattern]:
    """The ways to spread `visits` evenly over `rounds`: one pattern for each shift, at most eight.

    visits: 1 … rounds. The i-th visit of shift s is in round ⌊i · rounds / visits⌋ + s.

    >>> even_patterns(2, 5)
    [(0, 2), (1, 3), (2, 4)]
    """
    first = [index * rounds // visits for index in range(visits)]
    shifts = range(rounds - first[-1])
    chosen = shifts if len(shifts) <= MOST_PATTERNS else np.linspace(0, len(shifts) - 1, MOST_PATTERNS)
    return [tuple(day + int(shift) for day in first) for shift in chosen]


def patterns_of(ground: Ground, owed: NDArray[np.int64]) -> tuple[int, list[list[Pattern]]]:
    """(number of rounds, patterns that each line may have): as many rounds as the school with most visits has visits.

    A school with several lines gets one even pattern for all its visits, dealt out to the lines in turn, so that its
    lines never meet in one round. Lines without visits have no pattern.
    """
    lines_of: dict[int, list[int]] = defaultdict(list)
    for line in np.flatnonzero(owed):
        lines_of[int(ground.school[line])].append(int(line))
    rounds = max((int(owed[lines].sum()) for lines in lines_of.values()), default=0)
    found: list[list[Pattern]] = [[] for _line in ground.lines]
    for school, lines in lines_of.items():
        choices = even_patterns(int(owed[lines].sum()), rounds)
        if len(lines) == 1:
            found[lines[0]] = choices
            continue
        for one, pattern in zip(lines, _dealt(choices[school % len(choices)], owed[lines]), strict=True):
            found[one] = [pattern]
    return rounds, found


def _dealt(pattern: Pattern, shares: Sequence[int] | NDArray[np.int64]) -> list[Pattern]:
    """The rounds of a pattern dealt to lines: each next one to the line that is furthest behind its share."""
    given: list[list[int]] = [[] for _share in shares]
    for count, number in enumerate(pattern, start=1):
        behind = [
            share * count / len(pattern) - len(got) if len(got) < share else -np.inf
            for share, got in zip(shares, given, strict=True)
        ]
        given[int(np.argmax(behind))].append(number)
    return [tuple(got) for got in given]
