"""How the statistics grow: seconds and megabytes for n, 2n, 4n …, and the exponent fitted to them.

    OPENBLAS_NUM_THREADS=1 PYTHONPATH=src .venv/bin/python tests/benchmarks/stats_bench.py [--chart]

One thread, because the matrices are small and waiting threads would be counted as work.

Prints one line for each job and size: processor seconds, peak megabytes of new memory, and at the end the exponent b of
seconds ~ n^b over the sizes (the last ones weigh most, where fixed costs no longer hide it). With --chart also what a
drawn chart costs warm. Ends with status 1 where Krippendorff's alpha with 1000 resamples of 10 000 units takes more than
five seconds, or a warm chart more than .25 s. Seconds are of a shared machine; exponents are sound.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from tejido_analytics.agreement import alpha
from tejido_analytics.charts import control_chart
from tejido_analytics.counting import cast, schulze, stv
from tejido_analytics.effects import change_of_people
from tejido_analytics.scales import OmegaOptions, cronbach, icc_of_groups, omega

MOST_ALPHA, MOST_CHART = 5.0, 0.25


def measured(job: Callable[[], object]) -> tuple[float, float]:
    """(processor seconds, peak MB of new memory), each in a run of its own: tracing memory costs time."""
    started = time.process_time()
    job()
    seconds = time.process_time() - started
    tracemalloc.start()
    job()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, peak / 1e6


def ratings(units: int) -> np.ndarray:
    draw = np.random.default_rng(1)
    first = draw.integers(1, 6, (units, 1))
    return np.where(draw.random((units, 3)) < 0.6, first, draw.integers(1, 6, (units, 3))).astype(float)


def answers(people: int, items: int) -> np.ndarray:
    draw = np.random.default_rng(2)
    groups = np.repeat(draw.normal(size=(people, items // 3)), 3, axis=1)
    return draw.normal(size=(people, 1)) + groups + draw.normal(size=(people, items))


def ballots(voters: int) -> list[tuple[list[list[str]], int]]:
    draw = np.random.default_rng(3)
    names = [f"c{n}" for n in range(12)]
    return [
        ([[names[at]] for at in draw.permutation(12)[: draw.integers(1, 8)]], 1) for _voter in range(voters)
    ]


def jobs() -> dict[str, tuple[list[int], Callable[[int], Callable[[], object]]]]:
    """name -> (sizes, what to run for a size, its data made beforehand)."""

    def prepared(
        make: Callable[[int], object], run: Callable[[object], object]
    ) -> Callable[[int], Callable[[], object]]:
        def of(n: int) -> Callable[[], object]:
            data = make(n)
            return lambda: run(data)

        return of

    found = {
        f"alpha {level}, 1000 resamples (units)": (
            [1250, 2500, 5000, 10000],
            prepared(ratings, lambda x, level=level: alpha(x, level)),
        )
        for level in ("nominal", "ordinal", "interval", "ratio")
    }
    found["omega, 9 items, 500 resamples (people)"] = (
        [500, 1000, 2000, 4000],
        prepared(lambda n: answers(n, 9), omega),
    )
    found["omega, 500 people, 100 resamples (items)"] = (
        [9, 18, 36, 72],
        prepared(lambda n: answers(500, n), lambda x: omega(x, OmegaOptions(resamples=100))),
    )
    found["Cronbach, 12 items (people)"] = (
        [10000, 20000, 40000, 80000],
        prepared(lambda n: answers(n, 12), cronbach),
    )
    found["ICC(1), groups of 20 (people)"] = (
        [20000, 40000, 80000, 160000],
        prepared(
            lambda n: (answers(n, 3)[:, 0], [f"g{at // 20}" for at in range(n)]), lambda x: icc_of_groups(*x)
        ),
    )
    found["change with mixed model, groups of 20 (people)"] = (
        [10000, 20000, 40000, 80000],
        prepared(
            lambda n: (answers(n, 3)[:, 0], answers(n, 3)[:, 1], [f"g{at // 20}" for at in range(n)]),
            lambda x: change_of_people(*x),
        ),
    )
    found["xmr chart (readings)"] = (
        [2500, 5000, 10000, 20000],
        prepared(lambda n: answers(n, 3)[:, 0], lambda x: control_chart("xmr", x)),
    )
    found["stv, 12 candidates, 3 seats (ballots)"] = (
        [5000, 10000, 20000, 40000],
        prepared(lambda n: cast(ballots(n)), lambda x: stv(x, 3)),
    )
    found["schulze, 12 candidates (ballots)"] = (
        [5000, 10000, 20000, 40000],
        prepared(lambda n: cast(ballots(n)), schulze),
    )
    return found


def chart_seconds() -> float:
    """Processor seconds of a chart with 36 readings drawn as SVG, the third time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tejido.config.settings")
    import django

    django.setup()
    from tejido.workbench.charts.drawing import Picture, as_svg

    chart = control_chart("xmr", answers(36, 3)[:, 0])
    picture = Picture("xmr", tuple(str(at) for at in range(36)), "value", "")
    for _warm in range(2):
        as_svg(chart, picture)
    started = time.process_time()
    as_svg(chart, picture)
    return time.process_time() - started


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--chart", action="store_true")
    missed = False
    with_chart = parser.parse_args().chart
    for name, (sizes, of) in jobs().items():
        seen = [measured(of(n)) for n in sizes]
        for n, (seconds, megabytes) in zip(sizes, seen, strict=True):
            print(f"{name:<52}{n:>8}{seconds:>9.2f} s{megabytes:>8.1f} MB")
            missed |= name.startswith("alpha") and n == 10000 and seconds > MOST_ALPHA
        seconds = np.maximum([one[0] for one in seen], 1e-4)
        exponent = np.polyfit(np.log(sizes), np.log(seconds), 1, w=np.arange(1, len(sizes) + 1))[0]
        print(f"{'':<52}exponent{exponent:>9.2f}\n")
    if with_chart:
        seconds = chart_seconds()
        missed |= seconds > MOST_CHART
        print(f"a chart of 36 readings as SVG, warm {seconds:.3f} s")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
