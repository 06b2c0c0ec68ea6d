"""`tejido visits`: from two lists to a plan, and a sentence for everything that cannot be. No database is touched."""

from __future__ import annotations

import csv
import datetime as dt
import json
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from tejido.workbench.visits.sentences import why_no_plan, why_not
from tejido_analytics.routes import causes
from tejido_analytics.tests.real import folder

SCHOOLS = """centro educativo;nombre;latitud;longitud;visitas;habilidad
a;Escuela Los Álamos;-33,45;-70,60;2;
b;Liceo Río;-33,47;-70,61;2;
b;Liceo Río;-33,47;-70,61;1;inclusión
c;Colegio Sol;;;1;
"""
TEAMS = "equipo;latitud;longitud;habilidades;integrantes\nNorte;-33,40;-70,60;inclusión|arte;Ana|Rosa\nSur;-33,60;-70,60;;Inés|Luz\n"
ARGUMENTS = ["--from", "2025-05-05", "--to", "2025-06-27", "--seed", "3"]


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    (tmp_path / "schools.csv").write_text(SCHOOLS, encoding="latin-1")
    (tmp_path / "teams.csv").write_text(TEAMS, encoding="utf-8")
    return tmp_path


def run(lists: Path, *more: str, schools: str = "schools.csv", teams: str = "teams.csv") -> None:
    call_command(
        "visits",
        str(lists / schools),
        "--teams",
        str(lists / teams),
        *ARGUMENTS,
        "--out",
        str(lists / "plan.csv"),
        *more,
    )


def plan(lists: Path) -> list[dict[str, str]]:
    with (lists / "plan.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def refusal(lists: Path, *more: str, **files: str) -> str:
    with pytest.raises(CommandError) as refused:
        run(lists, *more, **files)
    assert refused.value.returncode == 2
    assert not (lists / "plan.csv").exists()
    return str(refused.value)


def test_the_plan_is_a_list_with_a_line_for_every_visit_due(lists):
    run(lists)
    rows = plan(lists)
    assert len(rows) == 6
    placed = [row for row in rows if row["date"]]
    assert {row["school"] for row in placed} == {"a", "b"}
    assert all(row["arrival"] < row["departure"] and int(row["order"]) >= 1 for row in placed)
    assert [row["team"] for row in placed if row["skill"]] == ["Norte"]
    assert placed[0]["name"] in {"Escuela Los Álamos", "Liceo Río"}
    assert [(row["school"], bool(row["because"])) for row in rows if not row["date"]] == [("c", True)]
    dates = sorted(dt.date.fromisoformat(row["date"]) for row in placed if row["school"] == "b")
    assert min((after - before).days for before, after in pairwise(dates)) >= 7


def test_json_is_one_object_on_stdout_and_the_sentences_go_beside_it(lists, capsys):
    run(lists, "--json")
    said = capsys.readouterr()
    summary = json.loads(said.out)
    assert (summary["due"], summary["done"]) == (6, 5)
    assert summary["coverage"] == pytest.approx(5 / 6, abs=1e-4)
    assert [team["team"] for team in summary["teams"]] == ["Norte", "Sur"]
    assert sum(team["visits"] for team in summary["teams"]) == 5
    assert summary["unplaced"][0]["because"] == causes.NO_PLACE
    assert "plan.csv" in said.err


def test_closures_holidays_absences_and_measured_ways_are_kept(lists, capsys):
    (lists / "closures.csv").write_text("school,date,until\na,2025-05-05,2025-05-30\n")
    (lists / "holidays.csv").write_text("fecha\n21/05/2025\n29/06/2025\n")
    (lists / "away.csv").write_text("team,from,to\nSur,2025-05-05,2025-06-27\n")
    (lists / "ways.csv").write_text("from,to,km,minutes\nNorte,a,33,45\nNorte,b,35,50\na,b,5,10\n")
    more = [f"--{name}={lists / name}.csv" for name in ("closures", "holidays", "away")]
    run(lists, *more, "--matrix", str(lists / "ways.csv"))
    rows = [row for row in plan(lists) if row["date"]]
    assert {row["team"] for row in rows} == {"Norte"}
    assert all(row["date"] > "2025-05-30" for row in rows if row["school"] == "a")
    assert "2025-05-21" not in {row["date"] for row in rows}
    first = next(row for row in rows if row["order"] == "1" and row["school"] == "a")
    assert (first["arrival"], first["km"]) == ("07:45", "33.0")


def test_a_register_of_the_british_grid_and_defaults_for_all_schools(lists):
    (lists / "urn.csv").write_text("URN,EstablishmentName,Easting,Northing\n1,St Thomas,524351,182075\n")
    (lists / "pairs.csv").write_text("team,easting,northing\nWest,524000,181000\n")
    run(lists, "--visits", "3", "--minutes", "90", schools="urn.csv", teams="pairs.csv")
    rows = plan(lists)
    assert len(rows) == 3
    assert float(rows[0]["km"]) == pytest.approx(1.3 * 1.13, abs=0.03)


def test_a_list_without_its_column_is_named_with_the_columns_it_has(lists):
    (lists / "wrong.csv").write_text("place,latitude\na,1\n")
    said = refusal(lists, schools="wrong.csv")
    assert "wrong.csv" in said and "school" in said and "latitude" in said


def test_empty_lists_unreadable_cells_and_strangers_are_each_one_sentence(lists):
    (lists / "empty.csv").write_text("school,latitude,longitude\n")
    refusal(lists, schools="empty.csv")
    (lists / "odd.csv").write_text("school,latitude,longitude,visits\na,x,1,1\n")
    assert "«x»" in refusal(lists, schools="odd.csv")
    (lists / "half.csv").write_text("school,latitude,longitude,visits\na,1,1,1.5\n")
    assert "1.5" in refusal(lists, schools="half.csv")
    (lists / "keyless.csv").write_text("school,latitude,longitude\na,1,1\n,1,1\n")
    assert "3" in refusal(lists, schools="keyless.csv")
    (lists / "strange.csv").write_text("team,date\nEste,2025-05-05\n")
    assert "Este" in refusal(lists, "--away", str(lists / "strange.csv"))
    (lists / "undated.csv").write_text("school,date\na,soon\n")
    assert "«soon»" in refusal(lists, "--closures", str(lists / "undated.csv"))
    (lists / "endless.csv").write_text("date,until\n2025-05-05,2025-05-01\n")
    assert "2" in refusal(lists, "--holidays", str(lists / "endless.csv"))
    (lists / "back.csv").write_text("from,to,km,minutes\na,b,-1,3\n")
    assert "2" in refusal(lists, "--matrix", str(lists / "back.csv"))


def test_rules_that_allow_nothing_are_refused_with_the_reason(lists):
    assert "min-days" in refusal(lists, "--min-days", "0")
    assert "2025-05-05" in refusal(lists, "--to", "2025-05-01")
    assert "600" not in refusal(lists, "--day-minutes", "100")  # a visit takes 120
    (lists / "twice.csv").write_text("school,latitude,longitude\na,1,1\na,1,1\n")
    assert "«a»" in refusal(lists, schools="twice.csv")
    (lists / "one.csv").write_text("team,latitude,longitude,members\nA,1,1,Ana\nB,1,1,Ana\n")
    assert "«Ana»" in refusal(lists, teams="one.csv")
    (lists / "far.csv").write_text("school,latitude,longitude\nfar,60,10\n")
    assert "far" in refusal(lists, schools="far.csv")


def mended(lists: Path, *more: str) -> list[dict[str, str]]:
    """The rows of the plan after `tejido visits --plan plan.csv --today 2025-05-26`."""
    (lists / "plan.csv").rename(lists / "before.csv")
    run(lists, "--plan", str(lists / "before.csv"), "--today", "2025-05-26", *more)
    return plan(lists)


def where(rows: list[dict[str, str]]) -> set[tuple[str, ...]]:
    return {(row["school"], row["skill"], row["team"], row["date"]) for row in rows if row["date"]}


def test_after_a_change_only_what_must_move_moves_and_the_list_says_from_where(lists, capsys):
    run(lists)
    old = plan(lists)
    late = next(row for row in old if row["date"] >= "2025-05-26")
    (lists / "closures.csv").write_text(f"school,date\n{late['school']},{late['date']}\n")
    capsys.readouterr()
    new = mended(lists, "--closures", str(lists / "closures.csv"), "--json")
    change = json.loads(capsys.readouterr().out)["change"]
    assert len(where(old) - where(new)) == change["moved"] == 1
    assert change["kept"] + change["moved"] + change["made"] == 5
    assert (change["added"], change["lost"]) == (0, 0)
    assert change["moves"][0]["from"] == {"team": late["team"], "date": late["date"]}
    moved = [row for row in new if row["before"]]
    assert [row["before"] for row in moved] == [f"{late['team']} {late['date']}"]
    assert moved[0]["date"] == change["moves"][0]["to"]["date"] != late["date"]
    assert {row["done"] for row in new if row["date"] and row["date"] < "2025-05-26"} == {"yes"}


def test_a_visit_that_fell_through_is_due_again_and_a_mended_plan_can_be_mended(lists, capsys):
    run(lists)
    rows = plan(lists)
    early = next(row for row in rows if row["date"])
    assert early["date"] < "2025-05-26"
    with (lists / "plan.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*rows[0], "hecha"])
        writer.writeheader()
        writer.writerows({**row, "hecha": "no" if row == early else ""} for row in rows)
    new = mended(lists)
    assert "1 are new" in capsys.readouterr().out
    assert (early["school"], early["skill"], early["team"], early["date"]) not in where(new)
    assert len(where(new)) == 5
    (lists / "before.csv").unlink()
    assert where(mended(lists)) == where(new)


def test_visits_to_a_school_that_has_left_the_list_are_said_to_be_gone(lists, capsys):
    run(lists)
    ahead = sum(row["school"] == "a" and row["date"] >= "2025-05-26" for row in plan(lists))
    without = "\n".join(line for line in SCHOOLS.splitlines() if not line.startswith("a;"))
    (lists / "schools.csv").write_text(without, encoding="latin-1")
    assert "a" not in {row["school"] for row in mended(lists)}
    assert ahead and f"{ahead} visit" in capsys.readouterr().out


def test_a_plan_that_cannot_be_read_is_one_sentence(lists):
    refusal(lists, "--today", "2025-05-26")
    for cells, said in (
        ("Norte,soon,,a,", "«soon»"),
        ("Norte,2025-05-06,25:00,a,", "«25:00»"),
        ("Norte,2025-05-06,07:00,a,perhaps", "«perhaps»"),
    ):
        (lists / "old.csv").write_text(f"team,date,arrival,school,done\n{cells}\n")
        assert said in refusal(lists, "--plan", str(lists / "old.csv"), "--today", "2025-06-01")


@pytest.mark.parametrize("language", ["en", "es", "pt-br"])
def test_every_code_has_its_sentence_in_every_language(language):
    numbers = dict.fromkeys(
        [
            "skill",
            "minutes",
            "day_minutes",
            "days",
            "days_allowed",
            "fit",
            "due",
            "min_days",
            "route_days",
            "available",
            "teams",
            "open_days",
            "free_days",
            "team",
            "first",
            "last",
            "person",
            "other",
            "school",
            "what",
            "value",
            "least",
            "most",
        ],
        7,
    )
    with translation.override(language):
        said = [why_not(code, numbers) for code in sorted(causes.UNPLACED)]
        said += [why_no_plan(code, numbers) for code in sorted(causes.IMPOSSIBLE)]
    assert all(len(sentence) > 15 and "%(" not in sentence for sentence in said)
    assert len(set(said)) == len(said)


@pytest.mark.real_data
def test_the_open_schools_of_three_comunas_of_santiago_get_their_visits(lists):
    text = (folder("schools-chile-rbd") / "extract_lagranja_macul_sanjoaquin.csv").read_text("utf-8-sig")
    heading, *rows = text.splitlines()
    place = heading.split(";").index("ESTADO_ESTAB")
    kept = [row for row in rows if row.split(";")[place] == "1"]
    (lists / "rbd.csv").write_text("\n".join([heading, *kept]) + "\n", encoding="utf-8")
    (lists / "pairs.csv").write_text("team,latitude,longitude\nUno,-33.52,-70.62\nDos,-33.49,-70.59\n")
    run(lists, "--speed", "20", schools="rbd.csv", teams="pairs.csv")
    written = plan(lists)
    assert len(written) == 140  # open schools of the extract, one visit each
    assert [row["school"] for row in written if not row["date"]] == ["42099"]  # the one without coordinates
    assert max(int(row["order"]) for row in written if row["order"]) == 4  # of two hours, in a day of ten
