"""A country on one machine: participation, ties and cohesion of 320 000 people, and how each grows.

    PYTHONPATH=src .venv/bin/python tests/benchmarks/wide_bench.py [--largest 1.0] [--spark]

Attendance is drawn anew: sizes of gatherings with a heavy tail, four seats in five inside the home district. Each size runs
in a process of its own, so that megabytes are those of its peak. Prints processor seconds and megabytes for each
function and size with the exponent of growth (seconds against rows of attendance), then the bars. `--spark` repeats the
queries at a twentieth of the size on Spark in this machine (PySpark on PYTHONPATH, Java) beside DuckDB.
Ends with status 1 where a bar is missed.

Bars, at full size: the ties within 1.3 GB and at most 1.5 times the processor seconds of a bare self-join in DuckDB, both
in one process; DuckDB against Spark on one machine: every query at least 3 times, the middle one 8 times as fast (elapsed).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tejido_analytics.network import cohesion
from tejido_analytics.options import Options
from tejido_analytics.tables import Period
from tejido_analytics.wide import Net, Wide, connect, read, roll_of
from tejido_analytics.wide.engine import rows
from tejido_analytics.wide.graph import collect
from tejido_analytics.wide.network import network_sums, tie_change
from tejido_analytics.wide.participation import participation
from tejido_analytics.wide.place import leadership, place
from tejido_analytics.wide.turnout import attendance_rate

PEOPLE, GATHERINGS, DISTRICTS = 320_000, 200_000, 5_500
YEAR = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
OPTIONS = Options(hall_limit=400)  # every gathering makes an encounter, the largest too: the dearer case
MOST_MB, MOST_TIMES, EVERY_TIMES, MIDDLE_TIMES = 1300, 1.5, 3.0, 8.0
BARE = """
    SELECT x.person AS a, y.person AS b, sum(x.share) AS weight, min(x.day), max(x.day), count(*)
    FROM bare x JOIN bare y ON x.encounter = y.encounter AND x.person < y.person GROUP BY 1, 2
"""


def country(folder: Path, scale: float, seed: int = 1) -> int:
    """Write people, gatherings and attendance of `scale` times the national size; returns the rows of attendance."""
    draw = np.random.default_rng(seed)
    people, gatherings = int(PEOPLE * scale), int(GATHERINGS * scale)
    districts = max(1, int(DISTRICTS * scale))
    sizes = np.minimum(4 + (draw.pareto(1.35, gatherings) * 4).astype(np.int64), 250)
    which = np.repeat(np.arange(gatherings), sizes)
    home = draw.integers(0, districts, gatherings)[which]
    per = people // districts
    # Some come to everything and most to little: the square of an even draw.
    there = home * per + (per * draw.random(len(which)) ** 2).astype(np.int64)
    away = draw.random(len(which)) >= 0.8
    there[away] = draw.integers(0, people, int(away.sum()))
    names = np.char.add("p", np.char.zfill(np.arange(people).astype(str), 6))
    keys = np.char.add("g", np.char.zfill(np.arange(gatherings).astype(str), 6))
    days = np.datetime64("2022-01-01") + draw.integers(0, 1096, gatherings)
    tables = {
        "people": {
            "id": names,
            "district": np.char.add("d", (np.arange(people) // per).astype(str)),
            "school": np.char.add("s", (np.arange(people) // 4).astype(str)),
            "sector": np.where(np.arange(people) % 3 == 0, "private", "public"),
            "role": np.where(np.arange(people) % 10 == 0, "principal", "teacher"),
        },
        "gatherings": {"id": keys, "date": days.astype("datetime64[D]")},
        "attendance": {"person": names[there], "gathering": keys[which]},
    }
    for name, columns in tables.items():
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")
    return len(which)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one_size(scale: float) -> dict[str, Any]:
    """Processor seconds of each function at one size, and the peak of memory up to its end (megabytes)."""
    found: dict[str, Any] = {"seconds": {}, "mb": {}}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        result = work()
        found["seconds"][name] = time.process_time() - start
        found["mb"][name] = peak_mb()
        return result

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = subprocess.run(
            [sys.executable, __file__, "--make", str(folder), "--scale", str(scale)],
            check=True,
            capture_output=True,
            text=True,
        )
        found["rows"] = int(made.stdout)
        engine = connect(threads=2, memory="500MB")
        engine.raw_sql(f"SET temp_directory = '{folder}/spill'")
        given = read(engine, {path.stem: str(path) for path in folder.glob("*.parquet")})
        wide = timed("cleaning", lambda: Wide(given))
        roll = roll_of(wide, YEAR, options=OPTIONS)
        timed("participation", lambda: participation(roll))
        timed("attendance rate", lambda: attendance_rate(roll))
        timed("place, leadership", lambda: (place(roll), leadership(roll)))
        net = Net(roll)
        timed("ties", lambda: net.met.ties)
        engine.raw_sql(f"CREATE TEMP TABLE bare AS {engine.compile(net.met.members)}")
        least = f"CREATE TEMP TABLE joined AS SELECT * FROM ({BARE}) WHERE weight >= 0.1"
        timed("(bare self-join)", lambda: engine.raw_sql(least).fetchall())
        engine.raw_sql("DROP TABLE joined")
        engine.raw_sql("DROP TABLE bare")
        timed("density, E-I", lambda: network_sums(net))
        timed("tie change", lambda: tie_change(net))
        network = timed("to arrays", lambda: collect(net, days=False))
        measures = (cohesion.largest_component, cohesion.clustering, cohesion.k_core)
        timed("components, cores", lambda: [measure(network).value for measure in measures])
        found |= {"ties": rows(net.met.ties.count().name("n").as_table(), engine)[0]["n"]}
    return found


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """Slope of log seconds on log rows: 1 grows as the data, 2 as its square."""
    return float(np.polyfit(np.log(sizes), np.log(np.maximum(seconds, 1e-4)), 1)[0])


def growth(largest: float) -> list[dict[str, Any]]:
    found = []
    for scale in (largest / 16, largest / 4, largest):
        command = [sys.executable, __file__, "--one", str(scale)]
        ended = subprocess.run(command, check=True, capture_output=True, text=True)
        found.append(json.loads(ended.stdout.splitlines()[-1]))
    sizes = [one["rows"] for one in found]
    print("| function | " + " | ".join(f"{size:,} rows" for size in sizes) + " | exponent |")
    print("|---|" + "---|" * (len(sizes) + 1))
    for name in found[0]["seconds"]:
        seconds = [one["seconds"][name] for one in found]
        cells = [f"{one['seconds'][name]:.2f} s, {one['mb'][name]:.0f} MB" for one in found]
        print(f"| {name} | " + " | ".join(cells) + f" | {exponent(sizes, seconds):.2f} |")
    print(f"Ties: {', '.join(format(one['ties'], ',') for one in found)}")
    return found


def judged(largest: dict[str, Any]) -> bool:
    times = largest["seconds"]["ties"] / largest["seconds"]["(bare self-join)"]
    mb = largest["mb"]["ties"]
    print(f"ties: {times:.2f} times the bare self-join (bar {MOST_TIMES}), {mb:.0f} MB (bar {MOST_MB})")
    return times <= MOST_TIMES and mb <= MOST_MB


def queries(engine: Any, folder: Path) -> dict[str, float]:
    """Elapsed seconds of each query, once it has run before on the same engine."""
    given = read(engine, {path.stem: str(path) for path in folder.glob("*.parquet")})
    found: dict[str, float] = {}
    for _warm in (False, True):
        started = time.monotonic()

        def lap(name: str, result: object) -> None:
            nonlocal started
            assert result is not None
            found[name], started = time.monotonic() - started, time.monotonic()

        roll = roll_of(Wide(given), YEAR, options=OPTIONS)
        lap("cleaning", rows(roll.wide.seats.count().name("n").as_table(), engine))
        lap("participation", participation(roll))
        lap("attendance rate", attendance_rate(roll))
        lap("place, leadership", (place(roll), leadership(roll)))
        net = Net(roll)
        lap("ties", rows(net.met.ties.count().name("n").as_table(), engine))
        lap("density, E-I", network_sums(net))
        lap("tie change", tie_change(net))
    return found


def beside_spark(scale: float) -> bool:
    """The same queries on DuckDB and on Spark, both on this machine with two threads."""
    from pyspark.sql import SparkSession

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.driver.memory": "3g",
    }
    spark = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    with tempfile.TemporaryDirectory() as name:
        size = country(Path(name), scale)
        here = queries(connect(threads=2), Path(name))
        there = queries(connect(session=spark), Path(name))
    spark.stop()
    times = {name: there[name] / here[name] for name in here}
    print(f"\n| query, {size:,} rows | DuckDB s | Spark s | times |\n|---|---|---|---|")
    for name, ratio in times.items():
        print(f"| {name} | {here[name]:.2f} | {there[name]:.2f} | {ratio:.1f} |")
    middle = statistics.median(times.values())
    print(
        f"slowest {min(times.values()):.1f} times (bar {EVERY_TIMES}), middle {middle:.1f} (bar {MIDDLE_TIMES})"
    )
    return min(times.values()) >= EVERY_TIMES and middle >= MIDDLE_TIMES


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=float, default=1.0, help="1 is the national size")
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--one", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--scale", type=float, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.make:
        print(country(chosen.make, chosen.scale))
        return 0
    if chosen.one:
        print(json.dumps(one_size(chosen.one)))
        return 0
    found = growth(chosen.largest)
    good = judged(found[-1]) if math.isclose(chosen.largest, 1.0) else True
    if chosen.spark:
        good = beside_spark(chosen.largest / 20) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
