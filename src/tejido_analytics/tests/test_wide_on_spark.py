"""The same expressions on a Spark cluster of two workers and on DuckDB: the same counts, floats to 1e-9."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from tejido_analytics.tests.samples import YEAR
from tejido_analytics.tests.test_wide import OPTIONS, country, differences, in_memory
from tejido_analytics.wide import Given, Net, Wide, columns_of, connect, indicators, read, roll_of
from tejido_analytics.wide.graph import collect, whole_network

pytestmark = [pytest.mark.spark, pytest.mark.slow]
TRIES = 3


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A driver and two workers, each a process of its own; a start that fails is tried again, three times in all."""
    if not os.environ.get("SPARK_TESTS"):
        pytest.skip("tools/check.py starts these where there is Java")
    from pyspark.sql import SparkSession

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.codegen.wholeStage": "false",  # compiling takes longer than these few rows
        "spark.sql.session.timeZone": "America/Bogota",  # a caller's own; no day may move by it
    }
    for attempt in range(1, TRIES + 1):
        session = None
        try:
            builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("tejido")
            session = builder.config(map=settings).getOrCreate()
            assert session.range(100).repartition(2).count() == 100  # the workers are there
            break
        except Exception as error:  # noqa: BLE001 - whatever kept it from starting, it is tried again
            _forget(session)
            if attempt == TRIES:
                pytest.fail(f"no Spark cluster after {TRIES} tries: {error!r}")
    yield session
    session.stop()


def _forget(session: Any) -> None:
    """Stop what came up, and the process of Java with it, so that the next try begins anew."""
    from pyspark import SparkContext

    if session is not None:
        session.stop()
    if SparkContext._gateway is not None:
        SparkContext._gateway.shutdown()
    SparkContext._gateway = SparkContext._jvm = None


def on(engine: Any, folder: Path) -> Given:
    paths = {path.stem: str(path) for path in folder.glob("*.parquet")}
    return read(engine, paths, schools_are_register=True)


@pytest.mark.parametrize("seed", [7])  # the one with memberships, invitations, posts and tables
def test_every_indicator_is_the_same_on_two_workers_as_on_duckdb(
    seed: int, spark: Any, tmp_path: Path
) -> None:
    tables, options = country(seed), OPTIONS[seed % len(OPTIONS)]
    for name, table in columns_of(tables).items():
        pyarrow.parquet.write_table(table, tmp_path / f"{name}.parquet")
    rolls = [
        roll_of(Wide(on(engine, tmp_path)), YEAR, options=options)
        for engine in (connect(session=spark), connect())
    ]
    nets = [Net(roll) for roll in rolls]
    there, here = (indicators(roll, net) for roll, net in zip(rolls, nets, strict=True))
    wrong = {name: differences(there[name], here[name]) for name in here}
    assert not {name: (fields, there[name], here[name]) for name, fields in wrong.items() if fields}
    memory = in_memory(tables, YEAR, options)
    assert there["active_members"].value == memory["active_members"].value > 5
    assert there["density"].value == pytest.approx(memory["density"].value, rel=1e-9)
    far, near = (collect(net) for net in nets)
    assert far.pairs() == near.pairs() != set()
    assert far.weight == pytest.approx(near.weight, rel=1e-9)
    assert (far.first == near.first).all() and (far.last == near.last).all()
    assert (far.count == near.count).all()
    assert whole_network(far) == whole_network(near)


def test_the_session_keeps_its_days(spark: Any) -> None:
    assert connect(session=spark).name == "pyspark"
    assert spark.conf.get("spark.sql.session.timeZone") == "UTC"
