"""The alternatives that seating_bench.py sets beside seating: plain Python, random, a deal by district, C."""

from __future__ import annotations

import ctypes
import itertools
import math
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from tejido_analytics.seating import search
from tejido_analytics.seating.board import board_of, scale_of, terms_of
from tejido_analytics.seating.costs import Places, costs
from tejido_analytics.seating.problem import Problem, Rules
from tejido_analytics.seating.rules import Ruled, ruled
from tejido_analytics.seating.start import first_seating


def plain_python(  # noqa: C901 - one search, with the two functions it calls
    problem: Problem, rules: Ruled, seconds: float
) -> Places:
    """The same annealing, temperatures and start, written as one would in plain Python, with swaps of single people."""
    places = first_seating(problem, rules, 0)
    price, repeat, tables = _price_list(problem, rules, places)
    where = places.tolist()
    seats = [[[p for p, t in enumerate(row) if t == at] for at in range(tables)] for row in where]
    alone = [p for p in range(len(problem.people)) if len(rules.units[rules.unit[p]]) == 1]
    free, chance = set(alone), random.Random(1)

    def change_of(r: int, a: int, b: int) -> int:
        s, t = seats[r][where[r][a]], seats[r][where[r][b]]
        mine, other = price[a], price[b]
        change = sum(other[x] - mine[x] for x in s) + sum(mine[x] - other[x] for x in t)
        return change + repeat * (len(s) + len(t) - 2) - 2 * mine[b]

    def swap(r: int, a: int, b: int) -> None:
        s, t = where[r][a], where[r][b]
        for one, other, table in ((a, b, s), (b, a, t)):
            for x in seats[r][table]:
                if x != one:
                    price[one][x] -= repeat
                    price[x][one] -= repeat
                    price[other][x] += repeat
                    price[x][other] += repeat
        seats[r][s][seats[r][s].index(a)], seats[r][t][seats[r][t].index(b)] = b, a
        where[r][a], where[r][b] = t, s

    def drawn() -> Iterator[tuple[int, int, int]]:
        while True:
            r, a = chance.randrange(len(where)), chance.choice(alone)
            b = chance.choice(seats[r][chance.randrange(tables)])
            if b in free and where[r][a] != where[r][b]:
                yield r, a, b

    moves, began = drawn(), time.thread_time()
    worse = [c for r, a, b in itertools.islice(moves, 2000) if 0 < (c := change_of(r, a, b)) < 1 << 28]
    typical = float(np.percentile(worse, 1)) if worse else 1.0
    now, best, kept = 0, 0, [row[:] for row in where]
    while (part := (time.thread_time() - began) / seconds) < 1:
        heat = typical * search.HOT * (search.COLD / search.HOT) ** part if part > 0.1 else 1e-3
        for r, a, b in itertools.islice(moves, 200):
            change = change_of(r, a, b)
            if change <= 0 or chance.random() < math.exp(-min(700.0, change / heat)):
                if change > 0 and now < best:
                    best, kept = now, [row[:] for row in where]
                swap(r, a, b)
                now += change
    return np.array(where if now < best else kept, dtype=np.int32)


def _price_list(problem: Problem, rules: Ruled, places: Places) -> tuple[list[list[int]], int, int]:
    scale = scale_of(problem, rules)
    board = board_of(problem, rules, terms_of(problem, rules, scale), scale, places)
    return board.price.tolist(), scale.repeat, len(problem.tables)


def best_random(problem: Problem, rules: Ruled, seconds: float) -> float:
    """The least gap of random seatings that keep the rules."""
    began, best, seed = time.thread_time(), math.inf, 0
    while time.thread_time() - began < seconds:
        found = costs(problem, rules, first_seating(problem, rules, seed))
        best, seed = min(best, found.total - found.bound), seed + 1
    return best


def dealt_by_district(problem: Problem) -> float:
    """The gap of dealing the list, sorted by district, round the tables, one further in each round; rules not asked."""
    order = np.argsort(np.array(problem.mix[0].values, dtype=str), kind="stable")
    places = np.zeros((problem.rounds, len(order)), dtype=np.int32)
    for number in range(problem.rounds):
        places[number, order] = (np.arange(len(order)) * (1 + number)) % len(problem.tables)
        full, sizes = problem.tables[0].largest, np.bincount(places[number], minlength=len(problem.tables))
        if sizes.max() > full:  # a step that shares a divisor with the tables: shift instead
            laps = np.arange(len(order)) // len(problem.tables)
            places[number, order] = (np.arange(len(order)) + number * laps) % len(problem.tables)
    loose = replace(problem, rules=Rules())
    found = costs(loose, ruled(loose), places)
    return found.total - found.bound


def c_library() -> ctypes.CDLL | None:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        print("no C compiler: the comparisons with C are left out")
        return None
    folder = tempfile.mkdtemp(prefix="seating-bench-")
    built = Path(folder) / "seating.so"
    source = Path(__file__).with_name("seating_in_c.c")
    command = [compiler, "-O3", "-march=native", "-shared", "-fPIC", str(source), "-o", str(built), "-lm"]
    subprocess.run(command, check=True)
    library = ctypes.CDLL(str(built))
    library.three_phase.restype = ctypes.c_double
    library.seat_c.restype = ctypes.c_int64
    return library
