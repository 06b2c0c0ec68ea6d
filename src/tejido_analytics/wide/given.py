"""The input of the wide indicators: the tables of `tejido_analytics.tables`, held by an engine instead of by Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from tejido_analytics.tables import Tables
from tejido_analytics.wide.engine import names_in

ATTRIBUTE: Final = "attribute_"

COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "people": {
        "id": "string",
        "school": "string",
        "district": "string",
        "sector": "string",
        "subject": "string",
        "role": "string",
        "leader": "boolean",
        "consent": "boolean",
    },
    "memberships": {"person": "string", "start": "date", "end": "date"},
    "posts": {"person": "string", "school": "string", "start": "date", "end": "date"},
    "gatherings": {
        "id": "string",
        "date": "date",
        "lat": "float64",
        "lon": "float64",
        "state": "string",
        "kind": "string",
        "modality": "string",
    },
    "attendance": {
        "person": "string",
        "gathering": "string",
        "status": "string",
        "round": "string",
        "table": "string",
    },
    "invitations": {"person": "string", "gathering": "string"},
    "ties": {"source": "string", "target": "string", "kind": "string", "weight": "float64", "date": "date"},
    "schools": {
        "id": "string",
        "lat": "float64",
        "lon": "float64",
        "rural": "boolean",
        "territory": "string",
    },
}
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "people": ("id",),
    "memberships": ("person",),
    "posts": ("person", "school"),
    "gatherings": ("id", "date"),
    "attendance": ("person", "gathering"),
    "invitations": ("person", "gathering"),
    "ties": ("source", "target"),
    "schools": ("id",),
}
"""Columns without which the rows of a table mean nothing."""
_ABSENT: Final[Mapping[tuple[str, str], Any]] = {
    ("people", "consent"): True,
    ("attendance", "status"): "on_site",
    ("ties", "kind"): "worked",
    ("ties", "weight"): 1.0,
}


@dataclass(frozen=True, eq=False)
class Given:
    """Tables of one engine, with the columns of `COLUMNS`; words are never null, days and numbers may be.

    engine: what computes. people may have more columns `attribute_NAME` (text), of which `attributes` are the names.
    schools_are_register: as in `tables.Tables`.
    """

    engine: ibis.BaseBackend
    people: ir.Table
    memberships: ir.Table
    posts: ir.Table
    gatherings: ir.Table
    attendance: ir.Table
    invitations: ir.Table
    ties: ir.Table
    schools: ir.Table
    schools_are_register: bool = False

    @property
    def attributes(self) -> tuple[str, ...]:
        """Names of further attributes of people, sorted."""
        found = (name for name in self.people.columns if name.startswith(ATTRIBUTE))
        return tuple(sorted(name.removeprefix(ATTRIBUTE) for name in found))


def given(
    engine: ibis.BaseBackend, tables: Mapping[str, ir.Table], *, schools_are_register: bool = False
) -> Given:
    """Tables of `engine` by the names of `COLUMNS`, in any types that can be cast; other columns are left aside.

    `gatherings` and `attendance` are needed, every other table may be missing, and so may every column but those of
    `NEEDED`: consent is then given, status on_site, the weight of a tie 1, everything else unknown. A person
    whose consent is null gave none. Raises ValueError for a table of another name, or where a table or a column that is needed is missing.
    tables: name -> table. schools_are_register: whether the schools are all there are, so that shares of them
    can be said.

    >>> from tejido_analytics.wide.engine import connect
    >>> engine = connect()
    >>> found = given(engine, {"gatherings": ibis.memtable({"id": ["g"], "date": ["2024-05-02"]}),
    ...                        "attendance": ibis.memtable({"person": ["ana"], "gathering": ["g"]})})
    >>> engine.to_pyarrow(found.attendance).to_pylist()
    [{'person': 'ana', 'gathering': 'g', 'status': 'on_site', 'round': '', 'table': ''}]
    """
    strange = sorted(tables.keys() - COLUMNS.keys())
    if strange:
        raise ValueError(f"no table is called {', '.join(strange)}; there are {', '.join(COLUMNS)}")
    missing = [name for name in ("gatherings", "attendance") if name not in tables]
    if missing:
        raise ValueError(f"nothing can be said without the table {missing[0]}")
    for name, table in tables.items():
        for column in NEEDED[name]:
            if column not in table.columns:
                raise ValueError(
                    f"the table {name} needs a column {column}; it has {', '.join(table.columns) or 'none'}"
                )
    shaped = {
        name: _shaped(name, tables[name]) if name in tables else _empty(name, tables["gatherings"])
        for name in COLUMNS
    }
    return Given(engine, **shaped, schools_are_register=schools_are_register)


def read(engine: ibis.BaseBackend, paths: Mapping[str, str], *, schools_are_register: bool = False) -> Given:
    """Tables from files that the engine itself can reach: `{"attendance": "s3://…/attendance.parquet", …}`.

    A path that ends in .csv is read as such (with a line of names), any other as Parquet; both may be patterns or
    folders where the engine knows them. On a cluster every worker has to reach the path. See `given`.
    paths: name of the table -> path. schools_are_register: as in `given`.
    """
    tables = {
        name: engine.read_csv(path) if path.endswith(".csv") else engine.read_parquet(path)
        for name, path in paths.items()
    }
    return given(engine, tables, schools_are_register=schools_are_register)


def there(engine: ibis.BaseBackend, *, schools_are_register: bool = False) -> Given:
    """The tables that the engine holds already, by the names of `COLUMNS`; others are left aside.

    engine: of `connect`. schools_are_register, and errors: as in `given`.

    >>> from tejido_analytics.wide.engine import connect
    >>> engine = connect()
    >>> _ = engine.create_table("gatherings", ibis.memtable({"id": ["g"], "date": ["2024-05-02"]}))
    >>> _ = engine.create_table("attendance", ibis.memtable({"person": ["ana"], "gathering": ["g"]}))
    >>> engine.to_pyarrow(there(engine).gatherings.id).to_pylist()
    ['g']
    """
    inside = names_in(engine)
    names = [name for name in COLUMNS if name in inside]
    return given(
        engine, {name: engine.table(name) for name in names}, schools_are_register=schools_are_register
    )


def columns_of(tables: Tables) -> dict[str, pa.Table]:
    """The tables of Python as Arrow, one for each name of `COLUMNS`; attributes of people as `attribute_NAME`.

    >>> from tejido_analytics.tables import Attendance
    >>> columns_of(Tables(attendance=[Attendance("ana", "g", table=3)]))["attendance"]["table"].to_pylist()
    ['3']
    """
    found = {}
    for name, columns in COLUMNS.items():
        listed = getattr(tables, name)
        known = {field.name for field in fields(listed[0])} if listed else set()
        found[name] = pa.table(
            {
                column: pa.array([_plain(getattr(row, column), kind) for row in listed], type=_ARROW[kind])
                for column, kind in columns.items()
                if not listed or column in known
            }
        )
    for attribute in sorted({key for person in tables.people for key in person.attributes}):
        values = [str(person.attributes.get(attribute) or "") for person in tables.people]
        found["people"] = found["people"].append_column(ATTRIBUTE + attribute, pa.array(values, pa.string()))
    return found


def held(engine: ibis.BaseBackend, tables: Tables) -> Given:
    """The tables of Python in an engine of this process (DuckDB); a cluster reads files instead (`read`).

    >>> from tejido_analytics.wide.engine import connect
    >>> held(connect(), Tables()).attributes
    ()
    """
    made = {name: ibis.memtable(table) for name, table in columns_of(tables).items()}
    return given(engine, made, schools_are_register=tables.schools_are_register)


_ARROW: Final = {
    "string": pa.string(),
    "boolean": pa.bool_(),
    "float64": pa.float64(),
    "date": pa.date32(),
}


def _plain(value: Any, kind: str) -> Any:
    return str(value) if kind == "string" and value is not None else value


def _shaped(name: str, table: ir.Table) -> ir.Table:
    chosen: dict[str, ir.Value] = {}
    for column, kind in COLUMNS[name].items():
        absent = _ABSENT.get((name, column))
        if column not in table.columns:
            chosen[column] = ibis.literal("" if kind == "string" and absent is None else absent, type=kind)
            continue
        value = table[column].cast(kind)
        if kind == "string":
            value = value.fill_null(absent or "")
        elif column == "consent":
            value = value.fill_null(False)
        elif column == "weight":
            value = value.fill_null(1.0)
        chosen[column] = value
    extra = [column for column in table.columns if name == "people" and column.startswith(ATTRIBUTE)]
    chosen |= {column: table[column].cast("string").fill_null("") for column in extra}
    return table.select(**chosen)


def _empty(name: str, other: ir.Table) -> ir.Table:
    """A table without rows, made of one that exists: no engine needs to be told of a new one."""
    nothing = {column: ibis.null(kind) for column, kind in COLUMNS[name].items()}
    return other.filter(ibis.literal(False)).select(**nothing)
