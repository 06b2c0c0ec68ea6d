"""How good and how fast seating is, side by side with the alternatives, all in one run on the same data.

    PYTHONPATH=src .venv/bin/python tests/benchmarks/seating_bench.py [--quick] [--growth]

Alternatives: the best of random seatings, a deal round the tables by district, simulated annealing in plain Python,
OR-tools CP-SAT, and, where a C compiler is there, the inner loop in C and a three-phase search in C. All searches stop on
processor time; ratios of one run are sound while other work shares the machine. Ends with status 1 where a bar is missed.

Bars: gap at most 1/4 of plain Python's at 62x4 and 200x5, 1/50 at 1000x3, nobody meeting twice; golf 5-3-7 and 8-4-7
without a repeat in 1 s for 5 of 5 seeds, 8-4-9 and 15x5 by construction; groups at least 99.5 % of the three-phase search
at 1 s and 99.9 % at 10 s; inner loop at least .7 of C; 200x5 whole in 2 s.
"""

from __future__ import annotations

import argparse
import ctypes
import itertools
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from seating_rivals import best_random, c_library, dealt_by_district, plain_python

from tejido_analytics.pairing import buddies
from tejido_analytics.seating import kernels, search
from tejido_analytics.seating.costs import Places, costs, seated_pairs
from tejido_analytics.seating.diverse import most_diverse_groups
from tejido_analytics.seating.limit import Limit
from tejido_analytics.seating.problem import Mix, Problem, Rules, Table, tables_for
from tejido_analytics.seating.rules import ruled
from tejido_analytics.seating.search import Run, seat
from tejido_analytics.seating.start import first_seating

SIZES = ((62, 4, 6, 0.25), (200, 5, 8, 0.25), (1000, 3, 8, 0.02))  # people, rounds, size of tables, bar
RECORDED = {
    120: (10, 47_909),
    240: (12, 155_021),
    480: (20, 376_617),
    960: (24, 1_202_500),
}  # analytics.md, RanInt
missed: list[str] = []


def bar(name: str, held: bool, said: str) -> None:
    print(f"  {'held  ' if held else 'MISSED'}  {name}: {said}", flush=True)
    if not held:
        missed.append(name)


def evening(people: int, rounds: int, size: int, *, hard: bool = True, districts: int = 0) -> Problem:
    """A few districts, two sectors, one expert in seven, some who worked together, must and must-not pairs."""
    draw = np.random.default_rng(1)
    names = tuple(f"p{n:04}" for n in range(people))
    count = districts or max(4, people // 40)
    weight = 1 / np.arange(1, count + 1)
    district = tuple(f"d{d}" for d in draw.choice(count, people, p=weight / weight.sum()))
    sector = tuple("public" if x < 0.7 else "private" for x in draw.random(people))
    expert = tuple("yes" if x < 0.15 else None for x in draw.random(people))
    met = {tuple(sorted(draw.choice(names, 2, replace=False).tolist())): 0.3 for _pair in range(5 * people)}
    order = draw.permutation(people)
    few = max(1, people // 30) if hard else 0
    pairs = [(names[order[2 * at]], names[order[2 * at + 1]]) for at in range(2 * few)]
    return Problem(
        people=names,
        rounds=rounds,
        tables=tables_for(people, size),
        mix=(
            Mix("district", district),
            Mix("sector", sector, 0.5),
            Mix("expert", expert, 0.5),
        ),
        met=met if hard else {},
        rules=Rules(together=tuple(pairs[:few]), apart=tuple(pairs[few:])),
    )


def against_plain_python(seconds: float) -> None:
    print(f"gap above the bound after {seconds:g} s of processor time")
    print(
        f"  {'people x rounds':<16}{'seat':>8}{'python':>9}{'random':>9}{'by district':>13}{'met twice':>11}"
    )
    for people, rounds, size, most in SIZES:
        problem = evening(people, rounds, size)
        rules = ruled(problem)
        ours = seat(problem, seconds=seconds, seed=1)
        plain = costs(problem, rules, plain_python(problem, rules, seconds))
        theirs = plain.total - plain.bound
        met = seated_pairs(ours.tables.T, len(problem.tables))
        twice = int((np.triu((met > 1) & (rules.unit[:, None] != rules.unit[None, :]), 1)).sum())
        chance, deal = best_random(problem, rules, seconds), dealt_by_district(problem)
        print(f"  {people}x{rounds:<12}{ours.gap:>12.2f}{theirs:>9.1f}{chance:>9.0f}{deal:>13.0f}{twice:>11}")
        bar(
            f"{people}x{rounds}",
            ours.gap <= most * theirs and not twice,
            f"{ours.gap:.2f} <= {most:g} x {theirs:.1f}",
        )


def golf() -> None:
    print("rounds in which nobody meets twice")
    designs = search.designed_seating
    try:
        search.designed_seating = lambda *_given: None  # type: ignore[assignment]
        for tables, size, rounds in ((5, 3, 7), (8, 4, 7)):
            problem = _golf(tables, size, rounds)
            left = [seat(problem, seconds=1.0, seed=seed).gap / 10 for seed in range(5)]
            bar(f"search {tables}-{size}-{rounds}, 5 seeds, 1 s", not any(left), f"repeats {left}")
    finally:
        search.designed_seating = designs
    for tables, size, rounds in ((8, 4, 9), (5, 3, 5)):
        found = seat(_golf(tables, size, rounds), steps=0)
        bar(f"construction {tables}-{size}-{rounds}", found.proved, f"repeats {found.gap / 10:g}")


def _golf(tables: int, size: int, rounds: int) -> Problem:
    people = tuple(f"p{n:03}" for n in range(tables * size))
    return Problem(people=people, rounds=rounds, tables=tables_for(len(people), size))


def against_cp_sat(limit: float) -> None:
    """15 people, 3 rounds, 3 districts of five: the optimum proved by CP-SAT."""
    from ortools.sat.python import cp_model

    drawn = evening(15, 3, 3, hard=False, districts=3)
    problem = replace(drawn, mix=(Mix("district", ("north", "south", "east") * 5),))
    model, tables = cp_model.CpModel(), len(problem.tables)
    at = {(p, r, t): model.new_bool_var("") for p in range(15) for r in range(3) for t in range(tables)}
    for r in range(3):
        for p in range(15):
            model.add_exactly_one(at[p, r, t] for t in range(tables))
        for t in range(tables):
            model.add(sum(at[p, r, t] for p in range(15)) == 3)
            for p in range(t):  # tables are numbered by their first person
                model.add(at[p, r, t] == 0)
    cost = []
    for a, b in itertools.combinations(range(15), 2):
        meets = []
        for r in range(3):
            meet = model.new_bool_var("")
            for t in range(tables):
                model.add_bool_or([at[a, r, t].negated(), at[b, r, t].negated(), meet])
            meets.append(meet)
        price = sum(
            2 * m.weight for m in problem.mix if m.values[a] is not None and m.values[a] == m.values[b]
        )
        again = model.new_int_var(0, 2, "")
        model.add(again >= sum(meets) - 1)
        cost += [int(price) * meet for meet in meets] + [20 * again]
    model.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = limit, 2
    status = solver.solve(model)
    rules = ruled(problem)
    ours = seat(problem, seconds=1.0)
    even = costs(problem, rules, ours.tables.T)
    raw = (
        sum(  # pairs with their prices, twice, as CP-SAT counts them
            2
            * m.weight
            * sum(
                m.values[a] is not None and m.values[a] == m.values[b] for a, b in _at_one_table(ours.tables)
            )
            for m in problem.mix
        )
        + 20 * even.of("repeats").count
    )
    proved = status == cp_model.OPTIMAL
    said = f"seat {raw / 2:g} in {1.0:g} s, CP-SAT {solver.objective_value / 2:g} ({solver.status_name(status)}, {solver.wall_time:.1f} s)"
    bar("15x3 equals the proved optimum", raw <= solver.objective_value + 1e-6 or not proved, said)


def _at_one_table(tables: Places) -> list[tuple[int, int]]:
    return [
        (a, b) for row in tables.T for a, b in itertools.combinations(range(len(row)), 2) if row[a] == row[b]
    ]


def inner_loop(library: ctypes.CDLL, moves: int) -> None:
    print("moves tried in a second, the loop by numba and by C")
    for tables, size, rounds in ((5, 3, 7), (8, 4, 7), (25, 8, 5), (125, 8, 3)):
        problem = _golf(tables, size, rounds)
        rules = ruled(problem)
        run = Run(problem, rules, Limit(1, None), 1)
        search.ready()
        rates: list[float] = []
        boards = [run.board(first_seating(problem, rules, 0)) for _each in range(2)]
        for board in boards:
            kernels.anneal(board, run.terms, 1e-3, 200_000, -(1 << 60))
        cold = run.scale.unit * 0.5
        for _turn in range(3):
            began = time.thread_time()
            kernels.anneal(boards[0], run.terms, cold, moves, -(1 << 60))
            ours = moves / (time.thread_time() - began)
            b = boards[1]
            began = time.thread_time()
            pointers = [array.ctypes.data_as(ctypes.c_void_p) for array in _as_c_wants(b, run.terms)]
            numbers = ctypes.c_double(cold), ctypes.c_int64(moves), ctypes.c_int64(0)
            library.seat_c(rounds, tables, size, *pointers, run.scale.repeat, *numbers)
            theirs = moves / (time.thread_time() - began)
            rates.append(ours / theirs)
        said = f"{ours / 1e6:.1f} and {theirs / 1e6:.1f} million, {np.median(rates):.2f}"
        bar(f"loop {tables}-{size}-{rounds}", float(np.median(rates)) >= 0.7, said)


def _as_c_wants(board: kernels.Board, terms: kernels.Terms) -> list[np.ndarray]:
    rules = [
        terms.high,
        terms.open_rounds,
        terms.choices,
        terms.choice,
        terms.start,
        terms.member,
        terms.free,
    ]
    return [board.seat, board.table, board.slot, board.price, board.size, *rules]


def random_whole(people: int, seed: int) -> np.ndarray:
    """MDGPLIB's RanInt rule: whole numbers from 0 to 100, each as likely."""
    half = np.triu(np.random.default_rng(seed).integers(0, 101, (people, people)), 1).astype(float)
    return half + half.T


def points(people: int, seed: int) -> np.ndarray:
    """MDGPLIB's Geo rule: distances of points with 2 to 21 coordinates from 0 to 10."""
    draw = np.random.default_rng(seed)
    at = draw.uniform(0, 10, (people, draw.integers(2, 22)))
    return np.sqrt(((at[:, None] - at[None]) ** 2).sum(axis=-1))


def diverse(library: ctypes.CDLL | None, seconds: float, share: float) -> None:
    print(
        f"maximally diverse groups after {seconds:g} s; instances by the published rules, three-phase search in C beside"
    )
    for name, make in (("RanInt", random_whole), ("Geo", points)):
        for people, (groups, recorded) in RECORDED.items():
            far = np.ascontiguousarray(make(people, 1))
            ours = most_diverse_groups(
                far, [Table(people // groups, people // groups)] * groups, seconds=seconds, seed=1
            )
            said = f"{ours.value:,.0f}"
            if name == "RanInt":
                said += f" (another instance of this size, recorded: {recorded:,})"
            if library is None:
                print(f"  {name} {people}: {said}")
                continue
            pointer = far.ctypes.data_as(ctypes.c_void_p)
            theirs = library.three_phase(
                people, groups, pointer, ctypes.c_double(seconds), ctypes.c_uint64(1)
            )
            ratio = ours.value / theirs
            bar(
                f"{name} {people}, {seconds:g} s",
                ratio >= share,
                f"{said} against {theirs:,.0f}: {100 * ratio:.2f} %",
            )


def page() -> None:
    problem = evening(200, 5, 8)
    seat(problem, steps=1000)
    began = time.process_time()
    found = seat(problem, seconds=1.0)
    spent = time.process_time() - began
    bar("200x5 in the page", spent <= 2.0, f"{spent:.2f} s with 1 s of search, gap {found.gap:.1f}")


def growth() -> None:
    """Seconds and megabytes by number of people, for a fixed number of moves for each person and round."""
    jobs: dict[str, tuple[Callable[[int], object], tuple[int, ...]]] = {
        "seat, 3 rounds at 8, 1000 moves a person": (
            lambda n: seat(evening(n, 3, 8), steps=1000 * n),
            (125, 250, 500, 1000, 2000),
        ),
        "most_diverse_groups, 12 a group, 10000 moves a person": (
            lambda n: most_diverse_groups(points(n, 1), [Table(12, 12)] * (n // 12), steps=10_000 * n),
            (120, 240, 480, 960, 1920),
        ),
        "buddies, every pair allowed": (
            lambda n: buddies([str(p) for p in range(n)], points(n, 1)),
            (50, 100, 200, 400),
        ),
    }
    for name, (work, sizes) in jobs.items():
        work(sizes[0])
        print(name)
        seen = []
        for people in sizes:
            began = time.process_time()
            work(people)
            seconds = time.process_time() - began
            tracemalloc.start()
            work(people)
            megabytes = tracemalloc.get_traced_memory()[1] / 1e6
            tracemalloc.stop()
            seen.append((people, seconds, megabytes))
            print(f"  {people:>6} {seconds:>9.3f} s {megabytes:>9.1f} MB", flush=True)
        logs = np.log(np.array(seen))
        print(
            "  exponents: "
            + ", ".join(
                f"{what} {np.polyfit(logs[:, 0], logs[:, at], 1)[0]:.2f}"
                for what, at in (("time", 1), ("memory", 2))
            )
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="without the ten-second comparisons")
    parser.add_argument(
        "--growth", action="store_true", help="only seconds and megabytes by number of people"
    )
    asked = parser.parse_args()
    if asked.growth:
        growth()
        return
    search.ready()
    library = c_library()
    against_plain_python(1.0)
    golf()
    against_cp_sat(60.0)
    page()
    if library:
        inner_loop(library, 2_000_000)
    diverse(library, 1.0, 0.995)
    if not asked.quick:
        diverse(library, 10.0, 0.999)
    if missed:
        sys.exit(f"{len(missed)} missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
