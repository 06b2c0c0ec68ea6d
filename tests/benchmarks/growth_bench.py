"""How every family of functions grows: n → seconds, megabytes, and the exponent, as two tables for the reference.

    PYTHONPATH=src .venv/bin/python tests/benchmarks/growth_bench.py [--most 320000] [--only networks|families]

The first table is of networks, the second of everything else (`growth_families`); seating, visits and what an engine computes
have benchmarks of their own, because their time is chosen, or theirs is a whole country.

People meet in districts of 58, some eleven at each of 0.625 gatherings a head; each job runs in a process of its own
(processor seconds; the most memory above the data; loading and compiling done before). The exponent b of seconds ~ n^b
is fitted to the sizes that took more than a hundredth of a second; a job is not run where it took more than
half a minute at the size before, or would by what it says of itself.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from growth_families import FAMILIES
from seats import LAST_DAY, measured, names_of, seats_of

from tejido_analytics.activity import Activity
from tejido_analytics.departures import school_survival
from tejido_analytics.network import cohesion, directed, groups, roles
from tejido_analytics.network.assortativity import assortativity, degree_assortativity
from tejido_analytics.network.bridging import bridging
from tejido_analytics.network.change import tie_change
from tejido_analytics.network.core import core_periphery
from tejido_analytics.network.encounters import met_network
from tejido_analytics.network.layout import layout
from tejido_analytics.network.projection import Seats, projected
from tejido_analytics.network.qap import qap
from tejido_analytics.network.ties import Network
from tejido_analytics.options import Options
from tejido_analytics.panorama import panorama
from tejido_analytics.participation import cohort_retention, core_share, retention
from tejido_analytics.tables import Attendance, Gathering, Membership, Period, Person, Tables

SIZES = (500, 2_000, 8_000, 32_000, 128_000, 320_000)
YEAR = Period(dt.date(2024, 1, 1), LAST_DAY)
TOO_LONG = 30.0
TABLES_UP_TO = 32_000  # people, as Python objects


@dataclass(frozen=True)
class World:
    """One size: the seats, what is made of them, and the tables of a caller (only where they are asked for)."""

    people: int
    seats: Seats
    names: list[str]
    network: Network
    before: Network
    district: dict[str, str]
    tables: Tables | None
    activity: Activity | None


def world(people: int, with_tables: bool) -> World:
    seats = seats_of(people, people * 5 // 8)
    names = names_of(people)
    network = projected(names, seats, LAST_DAY)
    district = {name: f"d{at % max(1, people // 58)}" for at, name in enumerate(names)}
    tables = _tables(seats, names, district) if with_tables else None
    activity = Activity(tables) if tables else None
    if activity:
        len(activity.history)
    before = projected(names, seats, dt.date(2023, 12, 31), threshold=0.1)
    return World(people, seats, names, network, before, district, tables, activity)


def _tables(seats: Seats, names: list[str], district: dict[str, str]) -> Tables:
    days = seats.day.astype("datetime64[D]").tolist()
    leaves = {name: dt.date(2024, 3, 1) for name in names[::9]}
    return Tables(
        people=[Person(name, school=f"s{at // 3}", district=district[name]) for at, name in enumerate(names)],
        memberships=[Membership(name, None, leaves.get(name)) for name in names],
        gatherings=[Gathering(f"g{at}", day) for at, day in enumerate(days)],
        attendance=[
            Attendance(names[who], f"g{at}")
            for who, at in zip(seats.person.tolist(), seats.encounter.tolist(), strict=True)
        ],
    )


def _likeness(w: World) -> object:
    return assortativity(w.network, w.district), degree_assortativity(w.network)


def _arcs(w: World) -> dict[tuple[str, str], float]:
    names = w.names
    pairs = zip(w.network.a.tolist(), w.network.b.tolist(), w.network.weight.tolist(), strict=True)
    return {(names[a], names[b]): weight for a, b, weight in pairs}


def _participation(w: World) -> object:
    earlier = YEAR.previous()
    return (
        retention(w.activity, YEAR, earlier),
        core_share(w.activity, YEAR),
        cohort_retention(w.activity, YEAR, earlier, OPTIONS),
    )


Job = Callable[[Any], object]
OPTIONS = Options(permutations=0, layout=False)
# What each job is called, how, and the most people it is asked for.
JOBS: list[tuple[str, Job, int]] = [
    ("seats → ties (`projected`)", lambda w: projected(w.names, w.seats, LAST_DAY), 320_000),
    ("density, isolates, strength", lambda w: [f(w.network) for f in _SIMPLE], 320_000),
    ("components", lambda w: cohesion.largest_component(w.network), 320_000),
    ("k-core", lambda w: cohesion.k_core(w.network), 320_000),
    ("transitivity", lambda w: cohesion.clustering(w.network), 320_000),
    ("constraint", lambda w: roles.constraint(w.network), 320_000),
    ("assortativity (group, degree)", _likeness, 320_000),
    ("E-I with 99 permutations", lambda w: bridging(w.network, w.district, permutations=99), 128_000),
    ("tie change", lambda w: tie_change(w.before, w.network), 128_000),
    ("QAP with 99 permutations", lambda w: qap(w.before, w.network, permutations=99), 32_000),
    ("PageRank", lambda w: directed.pagerank(_arcs(w)), 128_000),
    ("Leiden", lambda w: groups.leiden(w.network, 1), 320_000),
    ("core and edge", lambda w: core_periphery(w.network), 8_000),
    ("betweenness", lambda w: roles.betweenness(w.network), 2_000),
    ("closeness", lambda w: roles.closeness(w.network), 8_000),
    ("layout", lambda w: layout(w.network, seed=1), 8_000),
    ("tables cleaned (`Activity`)", lambda w: Activity(w.tables), TABLES_UP_TO),
    ("retention, core, cohorts", _participation, 8_000),
    ("schools after a departure", lambda w: school_survival(w.activity, YEAR), TABLES_UP_TO),
    (
        "tables → ties (`met_network`)",
        lambda w: met_network(w.activity, LAST_DAY, Options(hall_limit=60)),
        TABLES_UP_TO,
    ),
    ("panorama", lambda w: panorama(w.tables, YEAR, options=OPTIONS), 2_000),
]
_COMPILED = {"k-core", "transitivity", "constraint"}
_SIMPLE = (cohesion.density, cohesion.isolates_share, cohesion.mean_strength)


def exponent(sizes: list[int], seconds: list[float]) -> str:
    """b of seconds ~ n^b by least squares on logarithms; a dash below two sizes that took long enough."""
    told = [(math.log(n), math.log(s)) for n, s in zip(sizes, seconds, strict=True) if s > 0.01]
    if len(told) < 2:
        return "–"
    x, y = np.array(told).T
    return f"{np.polyfit(x, y, 1)[0]:.2f}"


def families() -> None:
    """Prints the second table."""
    print("| family | function | n | seconds | MB | exponent |\n|---|---|---|---|---|---:|")
    for one in FAMILIES:
        one.run(one.make(one.sizes[0]))  # loading and compiling
        seen = [measured(partial(one.run, one.make(size))) for size in one.sizes]
        seconds, megabytes = zip(*seen, strict=True)
        ends = [f"{row[0]:.2g} → {row[-1]:.2g}" for row in (seconds, megabytes)]
        print(
            f"| {one.family} | {one.function} | {one.sizes[0]:,} → {one.sizes[-1]:,} {one.n} | "
            f"{ends[0]} | {ends[1]} | {exponent(list(one.sizes), list(seconds))} |",
            flush=True,
        )


def main() -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--most", type=int, default=SIZES[-1], help="the largest number of people in a network"
    )
    parser.add_argument("--only", choices=("networks", "families"), default="")
    chosen = parser.parse_args()
    if chosen.only != "families":
        networks([size for size in SIZES if size <= chosen.most])
    if chosen.only != "networks":
        families()
    return 0


def networks(sizes: list[int]) -> None:
    """Prints the first table."""
    small = world(2_000, with_tables=True)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name, _job, _most in JOBS}
    for size in sizes:
        there = world(size, with_tables=size <= TABLES_UP_TO)
        print(f"{size:,} people, {there.network.ties:,} ties", file=sys.stderr)
        for name, job, most in JOBS:
            done = found[name]
            if size > most or (done and done[-1][0] > TOO_LONG):
                continue
            warm = partial(job, small) if name in _COMPILED else None
            done.append(measured(partial(job, there), warm))
    print("| measure | " + " | ".join(f"{size:,}" for size in sizes) + " | exponent |")
    print("|---|" + "---:|" * (len(sizes) + 1))
    for name, done in found.items():
        cells = [f"{seconds:.3g} s, {megabytes:.0f} MB" for seconds, megabytes in done]
        cells += ["–"] * (len(sizes) - len(cells))
        print(
            f"| {name} | " + " | ".join(cells) + f" | {exponent(sizes[: len(done)], [s for s, _m in done])} |"
        )


if __name__ == "__main__":
    sys.exit(main())
