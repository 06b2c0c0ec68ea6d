"""The same expressions on PostgreSQL: every indicator as in memory. Runs where the tests have a PostgreSQL."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import ibis
import psycopg
import pytest
from psycopg import sql

from tejido_analytics.tests.samples import YEAR
from tejido_analytics.tests.test_wide import OPTIONS, country, differences, in_memory
from tejido_analytics.wide import Net, Wide, columns_of, connect, held, indicators, roll_of, there
from tejido_analytics.wide.graph import collect, whole_network

ADDRESS = os.environ.get("DATABASE_URL", "")


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty database, which is gone afterwards."""
    if not ADDRESS.startswith("postgres"):
        pytest.skip("tools/postgres.py starts a PostgreSQL")
    name = f"wide_{uuid.uuid4().hex}"
    with psycopg.connect(ADDRESS, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"{ADDRESS.rpartition('/')[0]}/{name}"
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.mark.parametrize("seed", [3, 7])  # invitations and terms; memberships, posts and tables
def test_every_indicator_is_the_same_on_postgresql_as_in_memory(seed: int, postgres: str) -> None:
    tables, options = country(seed), OPTIONS[seed % len(OPTIONS)]
    engine = connect(postgres)
    for name, table in columns_of(tables).items():
        engine.create_table(name, table)
    on_server = there(engine, schools_are_register=tables.schools_are_register)
    rolls = [roll_of(Wide(given), YEAR, options=options) for given in (on_server, held(connect(), tables))]
    nets = [Net(roll) for roll in rolls]
    found, memory = indicators(rolls[0], nets[0]), in_memory(tables, YEAR, options)
    wrong = {name: differences(measure, memory[name]) for name, measure in found.items()}
    assert not {name: (fields, found[name], memory[name]) for name, fields in wrong.items() if fields}
    assert found["active_members"].value > 5
    far, near = (collect(net) for net in nets)
    assert far.pairs() == near.pairs() != set()
    assert whole_network(far) == whole_network(near)
    assert isinstance(engine, ibis.backends.postgres.Backend)
    engine.disconnect()
