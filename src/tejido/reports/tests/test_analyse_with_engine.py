"""`tejido analyse --engine`: the tables are where an engine can reach them; the numbers are those of the lists in memory."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from tejido.foundation.errors import Refusal
from tejido.reports.engines import Source, analyse_with_engine, in_words, without_password
from tejido_analytics.panorama import panorama
from tejido_analytics.tests.samples import YEAR
from tejido_analytics.tests.wide_samples import country
from tejido_analytics.wide import columns_of, connect
from tejido_analytics.wide.country import LEFT_OUT

PERIOD = f"{YEAR.start}:{YEAR.end}"
TABLES = country(3)


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """Files of Parquet, the ties as a folder of them; the register of schools stays at home."""
    folder = tmp_path / "lists"
    for name, table in columns_of(TABLES).items():
        folder.mkdir(exist_ok=True)
        if name == "ties":
            (folder / name).mkdir()
            pq.write_table(table, folder / name / "part-0.parquet")
        elif name != "schools":
            pq.write_table(table, folder / f"{name}.parquet")
    return folder


def analysed(*arguments: str, out: Path) -> dict:
    with translation.override("en"):
        call_command("analyse", *arguments, "--out", str(out), "--period", PERIOD, "--lang", "en")
    return json.loads((out / "indicators.json").read_text(encoding="utf-8"))


def refused(*arguments: str, out: Path) -> str:
    with pytest.raises(CommandError) as error:
        analysed(*arguments, out=out)
    assert error.value.returncode == 2
    assert not out.exists()
    said = str(error.value)
    assert len(said.splitlines()) == 1
    return said


def test_an_engine_says_what_memory_says_and_names_what_it_leaves_out(lists, tmp_path, capsys):
    found = analysed(str(lists), "--engine", out=tmp_path / "out")
    memory = panorama(TABLES, YEAR)
    assert memory.indicators.keys() - found["indicators"].keys() == set(LEFT_OUT)
    for name in (
        "active_members",
        "retention",
        "density",
        "mean_strength",
        "bridging_district",
        "brokers",
        "communities",
    ):
        here, there = memory.indicators[name], found["indicators"][name]
        assert there["value"] == pytest.approx(here.value, rel=1e-9), name
        assert (there["n"], there["unit"], there["because"]) == (here.n, here.unit, here.because)
    assert (
        found["indicators"]["active_members"]["previous"] == memory.indicators["active_members"].previous > 0
    )
    assert found["indicators"]["brokers"]["detail"]["sampled"] is False
    assert found["indicators"]["communities"]["detail"]["by_district"]["by_piece"] is True
    assert all(name in found["notes"][0] for name in LEFT_OUT)
    said = capsys.readouterr().out
    assert f"Active members: {memory.indicators['active_members'].value:.0f}" in said
    assert said.splitlines()[-1].endswith("indicators.json, ties.csv")


def test_the_ties_are_written_and_no_list_of_people_is_in_the_indicators(lists, tmp_path):
    found = analysed(str(lists), "--engine", "duckdb://", out=tmp_path / "out")
    ties = list(csv.DictReader((tmp_path / "out" / "ties.csv").open(encoding="utf-8")))
    memory = panorama(TABLES, YEAR).network
    assert {frozenset((tie["source"], tie["target"])) for tie in ties} == {
        frozenset(pair) for pair in memory.pairs()
    }
    assert all(float(tie["weight"]) > 0 and tie["first"] <= tie["last"] for tie in ties)
    names = {person.id for person in TABLES.people}
    text = json.dumps(found, ensure_ascii=False)
    assert not [name for name in names if f'"{name}"' in text]


def test_only_the_tables_that_are_named_are_read(lists, tmp_path):
    every = analysed(str(lists), "--engine", out=tmp_path / "every")
    some = analysed(str(lists), "--engine", "--tables", "gatherings,attendance", out=tmp_path / "some")
    assert every["indicators"]["bridging_district"]["value"] is not None
    assert some["indicators"]["bridging_district"]["because"] == "nobody's group is known"


def test_an_engine_may_hold_the_tables_itself(tmp_path):
    file = tmp_path / "network.duckdb"
    with duckdb.connect(str(file)) as database:
        for name, table in columns_of(TABLES).items():
            database.register("brought", table)
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM brought")
    address = f"duckdb:///{file}"
    found = analysed("--engine", address, out=tmp_path / "out")
    assert (
        found["indicators"]["active_members"]["value"]
        == panorama(TABLES, YEAR).indicators["active_members"].value
    )


def test_without_a_period_the_twelve_months_up_to_the_last_gathering_are_taken(lists, tmp_path):
    seen, _notes = analyse_with_engine(Source("duckdb://", str(lists)), tmp_path / "out")
    assert seen.period.end == max(row.date for row in [*TABLES.gatherings, *TABLES.ties] if row.date)


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("nonsense://somewhere", "There is no engine at «nonsense://somewhere»"),
        ("words without sense", "Write its address like"),
        ("duckdb:///nowhere/at/all.duckdb", "There is no engine at"),
        ("postgres://ana:s3cret@127.0.0.1:1/network", "«postgres://ana@127.0.0.1:1/network»"),
        ("mssql://host/network", "There is no engine at"),  # its package is not installed
    ],
)
def test_an_address_where_there_is_no_engine_is_one_sentence_without_the_password(
    lists, tmp_path, address, part
):
    said = refused(str(lists), "--engine", address, out=tmp_path / "out")
    assert part in said
    assert "s3cret" not in said


def test_what_an_engine_cannot_do_is_one_sentence(lists, tmp_path):
    out = tmp_path / "out"
    (lists / "attendance.parquet").unlink()
    assert "has no attendance.parquet" in refused(str(lists), "--engine", out=out)
    (lists / "attendance.csv").write_text("quien,gathering\nana,g1\n", encoding="utf-8")
    assert "the table attendance needs a column person; it has quien, gathering" in refused(
        str(lists), "--engine", out=out
    )
    (lists / "attendance.csv").write_text("person,gathering,status\nana,g1,perhaps\n", encoding="utf-8")
    assert "perhaps" in refused(str(lists), "--engine", out=out)
    assert "No table is called «meetings»" in refused(str(lists), "--engine", "--tables", "meetings", out=out)
    assert "is not a folder" in refused(str(lists / "none"), "--engine", out=out)
    assert "without the table gatherings" in refused("--engine", out=out)
    assert "Name the folder" in refused(out=out)


def test_a_password_that_an_engine_repeats_is_not_shown():
    with pytest.raises(Refusal) as refusal, in_words("engine_failed", "trino://ana:s3cret@host/x"):
        raise RuntimeError("cannot log in with s3cret at trino://ana:s3cret@host/x\nsecond line")
    assert "s3cret" not in refusal.value.message
    assert "second line" not in refusal.value.message
    assert without_password("duckdb:///a.duckdb") == "duckdb:///a.duckdb"


def test_a_postgresql_holds_the_tables(tmp_path):
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        pytest.skip("tools/postgres.py starts a PostgreSQL")
    import psycopg

    with psycopg.connect(address, autocommit=True) as server:
        server.execute("CREATE DATABASE engine_of_analyse")
    try:
        mine = f"{address.rpartition('/')[0]}/engine_of_analyse"
        engine = connect(mine)
        for name, table in columns_of(TABLES).items():
            engine.create_table(name, table)
        engine.disconnect()
        found = analysed("--engine", mine, out=tmp_path / "out")
    finally:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute("DROP DATABASE engine_of_analyse WITH (FORCE)")
    assert found["indicators"]["density"]["value"] == pytest.approx(
        panorama(TABLES, YEAR).indicators["density"].value, rel=1e-9
    )
