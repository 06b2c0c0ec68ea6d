"""The engine under the expressions: DuckDB in this process, or one that is already there (Spark, others by address).

Nothing here knows an indicator. What differs between engines is said in this module and nowhere else:

- Spark reads a bare `180.0` as DECIMAL, so that a quotient of two of them has six decimals; operands of every division
  and power are therefore columns cast to float64 (`real`).
- Spark numbers rows and days in 32 bits while ibis believes 64; `whole_of` makes them so.
- Sums of booleans come back as narrow unsigned integers in some engines; everything counted is cast to int64 (`count_of`).
- Days are whole numbers since 1970-01-01, so that no engine's time zone moves a gathering to the evening before.
"""

from __future__ import annotations

import itertools
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import ibis
import ibis.expr.types as ir
import pyarrow as pa

Rows = list[dict[str, Any]]
_DUCKDB: Final = "duckdb"
_SPARK: Final = "pyspark"
_names = itertools.count(1)


def connect(
    url: str = "", *, session: Any = None, threads: int | None = None, memory: str = ""
) -> ibis.BaseBackend:
    """The engine that will compute: by default DuckDB, inside this process and in memory.

    url: any address that `ibis.connect` understands (`duckdb:///data/network.duckdb`, `postgres://…`,
    `pyspark://?spark.master=spark://host:7077`). session: a running `pyspark.sql.SparkSession` of the caller, who made it
    and will stop it. The time zone of Spark is set to UTC. threads, memory: of DuckDB only (`memory` as "800MB"); what
    does not fit goes to the disk. DuckDB is told to fetch no extension.
    Raises ValueError where both an address and a session are given, and for an address that nobody understands;
    ImportError where the engine's own package is not installed; what the engine raises where it cannot be reached.

    >>> connect().name
    'duckdb'
    """
    if url and session is not None:
        raise ValueError("an engine is given by its address or as a session, not both")
    if session is not None:
        session.conf.set("spark.sql.session.timeZone", "UTC")
        return ibis.pyspark.connect(session)
    if url.startswith(f"{_SPARK}:"):
        return connect(session=_spark_of(url))
    engine = ibis.connect(url or "duckdb://")
    if engine.name == _DUCKDB:
        chosen = {"threads": threads, "memory_limit": f"'{memory}'" if memory else None}
        chosen |= {"autoinstall_known_extensions": "false", "preserve_insertion_order": "false"}
        for name, value in chosen.items():
            if value is not None:
                engine.raw_sql(f"SET {name} = {value}")
    return engine


def _spark_of(url: str) -> Any:
    """A session with the settings that stand behind the question mark. (ibis sets them again on the running session, which
    Spark refuses for most of them.)"""
    from pyspark.sql import SparkSession

    settings = dict(parse_qsl(urlsplit(url).query))
    return SparkSession.builder.config(map=settings).getOrCreate()


def names_in(engine: ibis.BaseBackend) -> set[str]:
    """The names of the tables that an engine holds, in its own database or schema.

    >>> engine = connect()
    >>> _ = engine.create_table("people", ibis.memtable({"id": ["ana"]}))
    >>> "people" in names_in(engine)
    True
    """
    if engine.name != _DUCKDB:
        return set(engine.list_tables())
    # ibis asks DuckDB in words that DuckDB 2 has no more.
    listed = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    return {name for (name,) in engine.raw_sql(listed).fetchall()}


def kept(table: ir.Table, engine: ibis.BaseBackend) -> ir.Table:
    """The same table computed once and held by the engine (in memory where it fits) until its connection ends.

    >>> engine = connect()
    >>> kept(ibis.memtable({"a": [1, 2]}), engine).count().to_pyarrow().as_py()
    2
    """
    if engine.name == _SPARK:
        return table.cache()
    name = f"tejido_{next(_names)}"
    if engine.name != _DUCKDB:
        return engine.create_table(name, table, temp=True)
    # Only the table's name is put into the statement, and it is ours; the rest is what ibis wrote.
    for memory in table.op().find(ibis.expr.operations.InMemoryTable):
        engine.to_pyarrow(ir.Table(memory).limit(0))  # makes it known to the engine
    engine.raw_sql(f"CREATE TEMP TABLE {name} AS {engine.compile(table)}")
    return engine.table(name)


def drop(table: ir.Table, engine: ibis.BaseBackend) -> None:
    """Give back the memory of a `kept` table; what was computed from it and kept stays.

    >>> engine = connect()
    >>> drop(kept(ibis.memtable({"a": [1, 2]}), engine), engine)
    """
    if isinstance(table, ir.CachedTable):
        table.release()
        return
    ended = engine.raw_sql(f"DROP TABLE {table.get_name()}")
    if engine.name != _DUCKDB:
        ended.close()  # a cursor, of which an engine allows only one at a time; in DuckDB it would be the connection


def rows(table: ir.Table, engine: ibis.BaseBackend) -> Rows:
    """A small result as plain dicts, one for each row.

    >>> rows(ibis.memtable({"a": [1]}), connect())
    [{'a': 1}]
    """
    found: Rows = engine.to_pyarrow(table).to_pylist()
    return found


def arrow(table: ir.Table, engine: ibis.BaseBackend) -> pa.Table:
    """A large result as Arrow columns.

    >>> arrow(ibis.memtable({"a": [1, 2]}), connect())["a"].to_pylist()
    [1, 2]
    """
    return engine.to_pyarrow(table)


def real(number: ir.NumericValue) -> ir.FloatingValue:
    """A column as float64, so that no engine divides whole numbers or decimals in its own way.

    >>> real(ibis.memtable({"a": [1]}).a).type()
    Float64(nullable=True)
    """
    return number.cast("float64")


def whole_of(number: ir.IntegerValue) -> ir.IntegerValue:
    """A column that truly is int64: some engines number rows and days in 32 bits where ibis believes 64 and casts nothing.

    For what stays below 2³¹: numbers of people and gatherings, days.

    >>> whole_of(ibis.row_number().over(order_by=ibis.memtable({"a": [1]}).a)).type()
    Int64(nullable=True)
    """
    return number.cast("int32").cast("int64")


def count_of(condition: ir.BooleanValue) -> ir.IntegerScalar:
    """How many rows fulfil a condition, as int64; an unknown one is not fulfilled, no rows are 0.

    >>> t = ibis.memtable({"a": [True, False, None]}, schema={"a": "boolean"})
    >>> rows(t.aggregate(n=count_of(t.a)), connect())
    [{'n': 1}]
    """
    return ibis.ifelse(condition, 1, 0).cast("int64").sum().fill_null(0).cast("int64")
