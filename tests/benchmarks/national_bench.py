"""What is no sum, at the size of a country: betweenness from pivots and the groups of each piece, and how near estimates are.

    PYTHONPATH=src .venv/bin/python tests/benchmarks/national_bench.py [--most 320000] [--near 8000]

People meet in districts of 58, .625 gatherings a head, some eleven people at each: 320 000 people at 200 000 gatherings have
11.5 million ties. Each job runs in a process of its own (processor seconds on all processors; the most memory above
the network itself; loading and compiling done before). The exponent b is of seconds ~ people^b.
Then, at a size where everybody can be a pivot, how near some pivots come to it: rank correlation, how many of the hundred
who stand between most others are found, the Gini coefficient beside the true one; means of three seeds.

Ends with status 1 where a bar is missed: each job at 320 000 people within 1.3 GB above the network and 180 processor seconds;
from 200 pivots a rank correlation of .95 at least and 60 of the first hundred; every result says what it is.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial

import numpy as np
from growth_bench import Job, exponent
from scipy.stats import spearmanr
from seats import measured, network_of

from tejido_analytics.measure import Measure
from tejido_analytics.network.groups import leiden
from tejido_analytics.network.roles import gini
from tejido_analytics.network.ties import Network
from tejido_analytics.wide.graph import Sample, brokers, circles, pieces, sampled_betweenness

SIZES = (20_000, 80_000, 320_000)
PIVOTS = (20, 50, 100, 200, 400, 800)
SEEDS = range(3)
FIRST = 100
MOST_MB, MOST_SECONDS = 1300, 180
LEAST_RANK, LEAST_FIRST = 0.95, 60


def districts(network: Network) -> dict[str, str]:
    """The home district of everybody, as `seats.seats_of` deals them out."""
    many = max(1, network.size // 58)
    return {name: f"d{at % many}" for at, name in enumerate(network.people)}


JOBS: list[tuple[str, Job]] = [
    ("betweenness from 200 pivots, Gini (`brokers`)", lambda w: brokers(w, Sample(exact_up_to=0))),
    ("networks of the districts (`pieces`)", lambda w: sum(1 for _piece in pieces(w, districts(w)))),
    ("Leiden in each district (`circles`)", lambda w: circles(w, districts(w))),
    ("Leiden in the whole (`leiden`)", lambda w: leiden(w, 1)),
]


def growth(sizes: list[int]) -> bool:
    small = network_of(2_000, 1_250)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name, _job in JOBS}
    for size in sizes:
        network = network_of(size, size * 5 // 8)
        _ = network.adjacency, network.number, network.degree  # of the network itself
        print(f"{size:,} people, {network.ties:,} ties", file=sys.stderr)
        for name, job in JOBS:
            found[name].append(measured(partial(job, network), partial(job, small)))
    print("| job | " + " | ".join(f"{size:,}" for size in sizes) + " | exponent |")
    print("|---|" + "---:|" * (len(sizes) + 1))
    good = True
    for name, done in found.items():
        cells = " | ".join(f"{seconds:.3g} s, {megabytes:.0f} MB" for seconds, megabytes in done)
        print(f"| {name} | {cells} | {exponent(sizes, [seconds for seconds, _mb in done])} |")
        good &= done[-1][0] <= MOST_SECONDS and done[-1][1] <= MOST_MB
    return good


def nearness(people: int) -> bool:
    """How near estimates come to the exact values; whether 200 pivots come near enough."""
    network = network_of(people, people * 5 // 8)
    exact = sampled_betweenness(network, Sample(pivots=people))
    first = set(np.argsort(-exact)[:FIRST].tolist())
    print(f"\n{people:,} people, {network.ties:,} ties; Gini of everybody as pivot {gini(exact).value:.3f}\n")
    print(f"| pivots | rank correlation | of the first {FIRST} | Gini |\n|---:|---:|---:|---:|")
    good = True
    for pivots in PIVOTS:
        seen = []
        for seed in SEEDS:
            guess = sampled_betweenness(network, Sample(pivots=pivots, seed=seed))
            there = len(first & set(np.argsort(-guess)[:FIRST].tolist()))
            seen.append((float(spearmanr(exact, guess).statistic), there, gini(guess).value))
        rank, there, spread = np.mean(seen, axis=0)
        print(f"| {pivots} | {rank:.3f} | {there:.0f} | {spread:.3f} |")
        if pivots == Sample().pivots:
            good = rank >= LEAST_RANK and there >= LEAST_FIRST
    return good


def say_what_they_are(network: Network) -> bool:
    """Whether an estimate says that it is one and from how many, and groups say in what they were looked for."""
    guess: Measure = brokers(network, Sample(exact_up_to=0))
    groups = circles(network, districts(network))
    print(f"\nbrokers: {dict(guess.detail)}\ncircles: {dict(groups.detail)}")
    return bool(guess.detail["sampled"] and guess.detail["of"] == network.size and groups.detail["by_piece"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest number of people")
    parser.add_argument(
        "--near", type=int, default=8_000, help="people where everybody is a pivot; 0: leave it out"
    )
    chosen = parser.parse_args()
    good = growth([size for size in SIZES if size <= chosen.most])
    good &= say_what_they_are(network_of(2_000, 1_250))
    if chosen.near:
        good &= nearness(chosen.near)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
