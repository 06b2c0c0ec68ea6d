"""`tejido analyse`: no database is touched (none of these tests asks pytest for one)."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import igraph
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation
from pypdf import PdfReader

from tejido.foundation.errors import Refusal
from tejido.reports.analysis import analyse
from tejido.reports.folder import read_folder
from tejido_analytics.tables import Period

PEOPLE = """código;nombre;centro educativo;distrito;asignatura;cargo;consentimiento
1;Ana Núñez;Escuela Los Álamos;Macul;Ciencias;directora;sí
2;Beto Paz;Escuela Los Álamos;Macul;Ciencias;docente;sí
3;Carla Ruiz;Liceo Río;La Granja;Arte;docente;no
4;Dina Gil;Liceo Río;La Granja;Arte;docente;sí
5;Elsa Mora;Colegio Sol;La Granja;Arte;docente;sí
"""
GATHERINGS = "id,fecha,título,lat,lon\ng1,05/03/2024,Primer encuentro,-33.45,-70.6\ng2,16/04/2024,Segundo encuentro,0,0\ng3,no sé,Tercero,,\n"
ATTENDANCE = "persona,encuentro,estado\n1,g1,Presente\n2,g1,PRESENTE\n3,g1,presente\n4,g1,faltó\n1,g2,presente\n4,g2,en línea\n5,g2,presente\n2,g2,???\n"


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "listas"
    folder.mkdir()
    (folder / "people.csv").write_text(PEOPLE, encoding="latin-1")
    (folder / "gatherings.csv").write_text(GATHERINGS, encoding="utf-8")
    (folder / "attendance.csv").write_text(ATTENDANCE, encoding="utf-8")
    return folder


YEAR = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))


def test_the_folder_is_read_whatever_wrote_it(lists):
    reading = read_folder(lists)
    assert reading.names["1"] == "Ana Núñez"
    assert [g.date for g in reading.tables.gatherings] == [dt.date(2024, 3, 5), dt.date(2024, 4, 16)]
    assert reading.tables.gatherings[1].lat is None  # 0,0 cannot be true
    assert {(a.person, a.gathering, a.status) for a in reading.tables.attendance} >= {
        ("4", "g1", "absent"),
        ("4", "g2", "online"),
    }
    said = " ".join(reading.notes)
    assert "«???» (1)" in said
    assert "row 4 was left out: the date cannot be read." in said
    assert "coordinates of 1 gatherings cannot be true" in said


def test_memberships_tell_who_left_and_so_what_became_of_the_school(lists, tmp_path):
    """Beto leaves Los Álamos, where Ana carries on; Elsa was the only one of Colegio Sol."""
    days = [f"g{month},{day:02}/{month:02}/2024" for month in range(1, 13) for day in (5,)]
    (lists / "gatherings.csv").write_text("id,fecha\n" + "\n".join(days) + "\n")
    came = [("1", range(1, 13)), ("2", range(1, 4)), ("5", range(1, 4)), ("4", range(1, 13))]
    rows = [f"{person},g{month}" for person, months in came for month in months]
    (lists / "attendance.csv").write_text("persona,encuentro\n" + "\n".join(rows) + "\n")
    (lists / "memberships.csv").write_text(
        "persona,desde,hasta\n1,,\n2,,31/03/2024\n4,01/01/2024,\n5,,31/03/2024\n,01/01/2024,\n3,31/05/2024,01/05/2024\n3,ayer,\n"
    )
    reading = read_folder(lists)
    assert [(row.person, row.end) for row in reading.tables.memberships] == [
        ("1", None),
        ("2", dt.date(2024, 3, 31)),
        ("4", None),
        ("5", dt.date(2024, 3, 31)),
    ]
    said = " ".join(reading.notes)
    assert "row 6 was left out: the person is missing." in said
    assert "row 7 was left out: it ends before it starts." in said
    assert "row 8 was left out: the date cannot be read." in said
    found = analyse(lists, tmp_path / "informe", period=YEAR).seen.indicators["school_survival"]
    assert (found.n, found.detail["ended"]) == (2, ["Colegio Sol"])
    assert found.because == "no school could be followed for long enough"
    assert "school_survival" in (tmp_path / "informe" / "indicators.json").read_text()


def test_six_files_are_written_and_say_the_same(lists, tmp_path):
    out = tmp_path / "informe"
    result = analyse(lists, out, period=YEAR)
    assert sorted(path.name for path in out.iterdir()) == sorted(result.files)
    written = json.loads((out / "indicators.json").read_text())
    assert written["period"] == {"start": "2024-01-01", "end": "2024-12-31"}
    active = written["indicators"]["active_members"]
    assert (active["value"], active["unit"], active["because"]) == (5, "count", "")
    assert written["indicators"]["retention"]["value"] is None
    assert written["indicators"]["retention"]["because"] == "nobody was active in the period before"
    ties = list(csv.DictReader((out / "ties.csv").open()))
    graph = igraph.Graph.Read_GraphML(str(out / "network.graphml"))
    assert len(ties) == graph.ecount() == result.seen.network.ties
    assert {frozenset((t["source"], t["target"])) for t in ties} == {
        frozenset((graph.vs[e.source]["name"], graph.vs[e.target]["name"])) for e in graph.es
    }
    package = json.loads((out / "datapackage.json").read_text())
    assert {resource["name"] for resource in package["resources"]} >= {
        "ties",
        "indicators",
        "network",
        "input-people",
    }


def test_asked_for_json_it_prints_the_indicators_and_nothing_else(lists, tmp_path, capsys):
    out = tmp_path / "informe"
    call_command("analyse", str(lists), "--out", str(out), "--period", "2024-01-01:2024-12-31", "--json")
    printed = capsys.readouterr()
    assert json.loads(printed.out) == json.loads((out / "indicators.json").read_text())
    assert "indicators.json" in printed.err


def test_who_said_no_is_in_no_tie_and_nowhere_by_name(lists, tmp_path):
    out = tmp_path / "informe"
    analyse(lists, out, period=YEAR)
    page = (out / "report.html").read_text()
    assert "Ana Núñez" in page
    for name in ("report.html", "ties.csv", "network.graphml", "indicators.json"):
        assert "Carla" not in (out / name).read_text()
    assert all("3" not in (t["source"], t["target"]) for t in csv.DictReader((out / "ties.csv").open()))


def test_nobody_is_named_where_nobody_was_asked(lists, tmp_path):
    text = PEOPLE.replace(";consentimiento", "").replace(";sí\n", "\n").replace(";no\n", "\n")
    (lists / "people.csv").write_text(text, encoding="utf-8")
    out = tmp_path / "informe"
    analyse(lists, out, period=YEAR)
    assert "Ana Núñez" not in (out / "report.html").read_text()


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "Quiénes participaron"), ("pt-br", "Quem participou"), ("en", "Who took part")],
)
def test_the_pdf_speaks_the_readers_language_and_is_tagged(lists, tmp_path, language, words):
    with translation.override(language):
        analyse(lists, tmp_path / "out", period=YEAR)
    reader = PdfReader(io.BytesIO((tmp_path / "out" / "report.pdf").read_bytes()))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert words in text
    assert bool(reader.trailer["/Root"]["/MarkInfo"]["/Marked"])
    assert str(reader.trailer["/Root"]["/Lang"]).lower().startswith(language[:2])


def test_what_people_write_is_never_run_as_markup(lists, tmp_path):
    (lists / "people.csv").write_text(
        PEOPLE.replace("Ana Núñez", '#panic("x") <b>Ana</b> *a*'), encoding="latin-1"
    )
    out = tmp_path / "informe"
    analyse(lists, out, period=YEAR)
    assert "<b>Ana</b>" not in (out / "report.html").read_text()
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO((out / "report.pdf").read_bytes())).pages
    )
    assert '#panic("x")' in text


@pytest.mark.parametrize("left", ["people", "gatherings", "attendance"])
def test_any_table_may_be_missing(lists, tmp_path, left):
    (lists / f"{left}.csv").unlink()
    result = analyse(lists, tmp_path / "out")
    assert all(found.value is not None or found.because for found in result.seen.indicators.values())


def test_ties_alone_are_enough(tmp_path):
    (tmp_path / "ties.csv").write_text(
        "source,target,kind,weight\na,b,advice,1\nb,a,advice,1\nb,c,advice,x\n,c,advice,1\n"
    )
    result = analyse(tmp_path, tmp_path / "out", period=YEAR)
    assert result.seen.indicators["reciprocity"].value == 1.0
    assert any("weight is not a number" in note for note in result.notes)
    assert any("one of the two people is missing" in note for note in result.notes)


def test_a_missing_column_is_named_with_those_that_are_there_and_nothing_is_written(lists, tmp_path):
    (lists / "attendance.csv").write_text("quien,encuentro\n1,g1\n")
    with pytest.raises(Refusal) as refusal:
        analyse(lists, tmp_path / "out")
    assert refusal.value.code == "column_missing"
    assert "«person»" in refusal.value.message
    assert "quien, encuentro" in refusal.value.message
    assert not (tmp_path / "out").exists()


def test_an_empty_folder_and_no_folder_are_refused_in_words(tmp_path):
    with pytest.raises(Refusal, match="holds none of"):
        analyse(tmp_path, tmp_path / "out")
    with pytest.raises(Refusal, match="is not a folder"):
        analyse(tmp_path / "nowhere", tmp_path / "out")


@pytest.mark.parametrize("period", ["2024", "2024-13-01:2024-12-31", "2024-05-01:2024-04-01"])
def test_a_period_that_is_none_is_refused_with_an_example(lists, tmp_path, period):

    with pytest.raises(CommandError, match="2024-01-01:2024-12-31") as error:
        call_command("analyse", str(lists), out=str(tmp_path / "o"), period=period, lang="en", title="")
    assert error.value.returncode == 2


def test_without_a_period_the_last_twelve_months_with_data_are_taken(lists, tmp_path):
    assert analyse(lists, tmp_path / "out").seen.period == Period(dt.date(2023, 4, 17), dt.date(2024, 4, 16))
