"""What comes in: files of any engine, tables that lack columns, words outside the vocabulary, silence about consent."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import ibis
import pytest

from tejido_analytics.options import Options
from tejido_analytics.tables import Attendance, Gathering, Person, Tables
from tejido_analytics.tests.samples import YEAR, came, crowd, day
from tejido_analytics.wide import Met, Net, Wide, connect, given, held, indicators, read, roll_of
from tejido_analytics.wide.clean import _merged
from tejido_analytics.wide.engine import rows


def test_csv_files_with_the_needed_columns_are_enough(tmp_path: Path) -> None:
    (tmp_path / "gatherings.csv").write_text("id,date\ng1,2024-05-02\ng2,2024-06-02\n", encoding="utf-8")
    (tmp_path / "attendance.csv").write_text("person,gathering\nana,g1\neva,g1\nana,g2\n", encoding="utf-8")
    paths = {name: str(tmp_path / f"{name}.csv") for name in ("gatherings", "attendance")}
    found = indicators(roll_of(Wide(read(connect(), paths)), YEAR))
    assert found["active_members"].value == 2
    assert found["density"].value == 1
    assert found["retention"].because == "nobody was active in the period before"


def test_a_table_of_another_name_or_a_missing_one_is_said() -> None:
    engine, table = connect(), ibis.memtable({"id": ["g"], "date": ["2024-05-02"]})
    with pytest.raises(ValueError, match="no table is called meetings"):
        given(engine, {"meetings": table})
    with pytest.raises(ValueError, match="without the table attendance"):
        given(engine, {"gatherings": table})
    seats = ibis.memtable({"who": ["ana"], "gathering": ["g"]})
    with pytest.raises(ValueError, match="attendance needs a column person; it has who, gathering"):
        given(engine, {"gatherings": table, "attendance": seats})
    with pytest.raises(ValueError, match="not both"):
        connect("duckdb://", session=object())


@pytest.mark.parametrize(
    ("column", "word", "said"),
    [("status", "maybe", "attendance status: 'maybe'"), ("state", "done", "gathering state")],
)
def test_words_outside_the_vocabulary_are_named(column: str, word: str, said: str) -> None:
    gatherings = {"id": ["g"], "date": ["2024-05-02"], "state": [word if column == "state" else "held"]}
    seats = {"person": ["ana"], "gathering": ["g"], "status": [word if column == "status" else "on_site"]}
    tables = {"gatherings": ibis.memtable(gatherings), "attendance": ibis.memtable(seats)}
    with pytest.raises(ValueError, match=said):
        Wide(given(connect(), tables))


def test_silence_about_consent_is_no_consent() -> None:
    engine = connect()
    tables = {
        "people": ibis.memtable(
            {"id": ["ana", "eva", "luz"], "consent": [True, True, None]},
            schema={"id": "string", "consent": "boolean"},
        ),
        "gatherings": ibis.memtable({"id": ["g"], "date": ["2024-05-02"]}),
        "attendance": ibis.memtable({"person": ["ana", "eva", "luz", "zoe"], "gathering": ["g"] * 4}),
    }
    wide = Wide(given(engine, tables))
    assert {row["id"]: row["consent"] for row in rows(wide.people, engine)} == {
        "ana": True,
        "eva": True,
        "luz": False,
        "zoe": False,
    }
    found = indicators(roll_of(wide, YEAR))
    assert found["active_members"].value == 4
    assert (found["density"].n, found["mean_strength"].value) == (
        2,
        pytest.approx(found["density"].value * 1 / 3 * 2 ** (-243 / 365)),
    )


def test_overlapping_memberships_are_one_spell_and_gaps_stay() -> None:
    engine = connect()
    stays = ibis.memtable({"person": [1, 1, 1, 1, 2], "start": [0, 3, 6, 20, 5], "end": [9, 4, 12, 30, 5]})
    found = sorted((row["person"], row["start"], row["end"]) for row in rows(_merged(stays), engine))
    assert found == [(1, 0, 12), (1, 20, 30), (2, 5, 5)]


def test_a_hall_makes_no_tie_and_an_empty_country_no_number() -> None:
    hall = Wide(held(connect(), came(hall=(day(5), crowd(40)))))
    net = Net(roll_of(hall, YEAR))
    assert net.met.missing == {"larger gatherings without tables": 1}
    assert (
        indicators(net.roll, net)["density"].because
        == "no recorded group was small enough to say who met whom"
    )
    nothing = indicators(roll_of(Wide(held(connect(), Tables())), YEAR))
    assert all(measure.value is None for measure in nothing.values())


def test_a_tie_fades_by_half_in_a_half_life() -> None:
    pair = Tables(
        people=[Person("ana"), Person("eva")],
        gatherings=[Gathering("g", YEAR.end - dt.timedelta(days=365))],
        attendance=[Attendance("ana", "g"), Attendance("eva", "g")],
    )
    roll = roll_of(Wide(held(connect(), pair)), YEAR)
    (tie,) = rows(Met(roll.wide, YEAR, roll.options).ties, roll.engine)
    assert tie["weight"] == pytest.approx(0.5, rel=1e-12)
    quick = dataclasses.replace(roll.options, half_life_days=100.0)
    assert not rows(Met(roll.wide, YEAR, quick).ties, roll.engine)


def test_the_period_before_has_to_lie_before() -> None:
    wide = Wide(held(connect(), came(g=(day(5), "ana"))))
    with pytest.raises(ValueError, match="has to end before"):
        roll_of(wide, YEAR, YEAR)


def test_thirty_people_make_an_encounter_and_thirty_one_do_not() -> None:
    both = came(thirty=(YEAR.end, crowd(30, "a")), more=(YEAR.end, crowd(31, "b")))
    net = Net(roll_of(Wide(held(connect(), both)), YEAR, options=Options(tie_threshold=0.01)))
    assert net.numbers["ties"] == 30 * 29 // 2
    assert (net.met.counts["halls"], net.met.counts["with_groups"]) == (1, 1)
