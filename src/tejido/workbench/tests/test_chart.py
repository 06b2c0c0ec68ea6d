"""`tejido chart`: readings from a list become a picture, sentences and an object. No database is touched."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from tejido.workbench.charts import sentences
from tejido.workbench.charts.reading import Wanted, read_readings
from tejido_analytics.charts import model
from tejido_analytics.tests.real import folder

MONTHS = [f"{year}-{month:02}-01" for year in (2023, 2024) for month in range(1, 13)]
LOW_THEN_HIGH = [3, 4, 2, 5, 3, 4, 2, 3, 4, 5, 3, 2, 9, 8, 10, 9, 8, 9, 11, 9, 8, 10, 9, 9]


@pytest.fixture
def readings(tmp_path: Path) -> Path:
    lines = [f"{month};{value}" for month, value in zip(MONTHS, LOW_THEN_HIGH, strict=True)]
    (tmp_path / "readings.csv").write_text("mes;asistencia\n" + "\n".join(lines), encoding="utf-8")
    return tmp_path / "readings.csv"


def chart(path: Path, *more: str, out: str = "c.svg") -> Path:
    call_command("chart", str(path), "--out", str(path.parent / out), *more)
    return path.parent / out


def refused(path: Path, *more: str) -> str:
    with pytest.raises(CommandError) as error:
        chart(path, *more)
    assert error.value.returncode == 2
    assert not (path.parent / "c.svg").exists()
    return str(error.value)


def test_a_run_chart_is_drawn_and_says_what_is_no_chance(readings, capsys):
    svg = chart(readings, "--kind", "run").read_text(encoding="utf-8")
    tree = ET.fromstring(svg)
    assert tree.attrib["role"] == "img"
    words = {child.tag.rpartition("}")[2]: child.text for child in tree[:2]}
    assert words["title"] == "asistencia"
    said = capsys.readouterr().out
    assert "12 readings in a row lie on one side of the centre (1–12)" in said
    assert "The line crosses the centre 1 time" in said
    assert said.splitlines()[1] in words["desc"]
    assert "#A62B3F" in svg  # signals have a colour, and a shape of their own


def test_the_object_of_a_run_chart_has_its_agreed_names(readings, capsys):
    chart(readings, "--kind", "run", "--json")
    shown = capsys.readouterr()
    found = json.loads(shown.out)
    agreed = {
        "median": 6.5,
        "n_useful": 24,
        "longest_run": 12,
        "longest_run_max": 8,
        "crossings": 1,
        "crossings_min": 8,
        "signal": True,
    }
    assert {key: found[key] for key in agreed} == agreed
    assert "Written to" in shown.err


def test_the_object_of_an_xmr_chart_has_its_agreed_names(readings, capsys):
    chart(readings, "--kind", "xmr", "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["centre"] == pytest.approx(sum(LOW_THEN_HIGH) / 24)
    assert found["lower"] < found["centre"] < found["upper"]
    assert {"rule": "shift", "side": "below", "points": list(range(1, 13))} in found["signals"]


def test_phases_begin_where_a_column_changes_or_where_one_says(readings, tmp_path, capsys):
    chart(readings, "--kind", "xmr", "--phase", "13", "--json")
    assert [(p["first"], p["last"]) for p in json.loads(capsys.readouterr().out)["phases"]] == [
        (1, 12),
        (13, 24),
    ]
    text = readings.read_text().splitlines()
    marked = [text[0] + ";etapa", *(f"{line};{'a' if at < 12 else 'b'}" for at, line in enumerate(text[1:]))]
    readings.write_text("\n".join(marked))
    chart(readings, "--kind", "xmr", "--phases", "etapa", "--json")
    assert len(json.loads(capsys.readouterr().out)["phases"]) == 2


def test_dates_put_the_readings_in_order_and_other_columns_are_left_alone(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text(
        'nr,fecha,valor,nota\n1,03/02/2024,5,a\n2,01/02/2024,7,b\n3,02/02/2024,"6,5",c\n4,05/02/2024,NA,d\n'
    )
    found = read_readings(path, Wanted())
    assert found.names == ("valor", "", "fecha")
    assert found.values.tolist()[:3] == [7.0, 6.5, 5.0]
    assert [day.day for day in found.labels] == [1, 2, 3, 5]


def test_months_and_decimals_are_written_in_the_language_of_the_picture(readings):
    spanish = chart(readings, "--kind", "xmr", "--lang", "es").read_text(encoding="utf-8")
    assert "ene 2023" in spanish
    brazilian = chart(readings, "--kind", "xmr", "--lang", "pt-br").read_text(encoding="utf-8")
    assert "6,21" in brazilian
    assert "6.21" in chart(readings, "--kind", "xmr", "--lang", "en").read_text(encoding="utf-8")


def test_shares_need_a_size_and_stay_below_it(tmp_path, capsys):
    path = tmp_path / "shares.csv"
    path.write_text(
        "mes,contestaron,total\n" + "\n".join(f"{m},{8 + i % 3},{20 + i % 5}" for i, m in enumerate(MONTHS))
    )
    chart(path, "--kind", "p", "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["columns"] == {"value": "contestaron", "of": "total", "label": "mes"}
    assert len(found["upper"]) == 24
    (path.parent / "c.svg").unlink()
    assert "no share" in refused(path, "--kind", "p", "--value", "total", "--of", "contestaron")
    path.write_text("mes,contestaron\n2024-01-01,5\n2024-02-01,6\n")
    assert "--of" in refused(path, "--kind", "p")


@pytest.mark.parametrize(
    ("more", "part"),
    [
        (("--kind", "run", "--value", "presencia"), "no column «presencia»"),
        (("--kind", "run", "--phase", "1"), "readings 2 to 24"),
        (("--kind", "run", "--baseline", "25"), "1 to 24"),
        (("--kind", "run", "--baseline", "9", "--phase", "5"), "Either phases or a baseline"),
        (("--kind", "run", "--value", "mes"), "is not a number"),
    ],
)
def test_what_cannot_be_charted_is_one_sentence_and_nothing_is_written(readings, more, part):
    assert part in refused(readings, *more)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "empty"),
        ("mes;valor\n", "empty"),
        ("mes;nota\n2024-01-01;a\n2024-02-01;b\n2024-03-01;c\n", "no column of numbers"),
        ("valor\n-3\n4\n5\n", "below 0"),
    ],
)
def test_an_empty_list_and_one_without_numbers_are_refused(tmp_path, text, part):
    path = tmp_path / "readings.csv"
    path.write_text(text)
    assert part in refused(path, "--kind", "c")


@pytest.mark.parametrize("kind", ["run", "xmr", "c"])
@pytest.mark.parametrize("text", ["valor\n5\n", "valor\n5\n5\n5\n5\n", "valor\n5\nNA\n7\n"])
def test_one_reading_the_same_readings_and_a_gap_are_drawn_too(tmp_path, kind, text, capsys):
    path = tmp_path / "r.csv"
    path.write_text(text)
    assert chart(path, "--kind", kind).read_text(encoding="utf-8").startswith("<svg")
    assert len(capsys.readouterr().out.splitlines()) == 2  # no signal, and where it was written


def test_every_rule_and_every_sentence_has_words(readings):
    assert set(sentences._RULES) == set(model.RULES)
    assert all(
        sentences.whole(type("C", (), {"sentence": model.Sentence(code, {"signals": 2})})())
        for code in model.SENTENCES
    )


@pytest.mark.real_data
def test_a_hospital_s_infections_are_read_without_being_told_which_column(tmp_path, capsys):
    with translation.override("es"):
        call_command(
            "chart",
            str(folder("spc-qicharts2") / "cdi.csv"),
            "--kind",
            "run",
            "--out",
            str(tmp_path / "c.svg"),
            "--json",
        )
    found = json.loads(capsys.readouterr().out)
    assert (found["median"], found["n_useful"], found["longest_run"], found["crossings"]) == (17, 32, 14, 6)
    assert (found["longest_run_max"], found["crossings_min"], found["signal"]) == (8, 11, True)


VISITS = [
    ("2024-03-05", (4, 5, 6)),
    ("2024-03-12", (5, 5, 6)),
    ("2024-03-19", (6, 5, 4)),
    ("2024-03-26", (5, 4, 5)),
]


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    """Four days, three schools visited on each; the days stand in the wrong order."""
    lines = [f"{day};E{at};{mark}" for day, marks in reversed(VISITS) for at, mark in enumerate(marks)]
    (tmp_path / "visits.csv").write_text("día;centro;pauta\n" + "\n".join(lines), encoding="utf-8")
    return tmp_path / "visits.csv"


def test_readings_of_a_day_become_a_mean_and_a_spread(visits, capsys):
    svg = chart(visits, "--kind", "xbar-s").read_text(encoding="utf-8")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Means of 4 subgroups, each counted as a reading:"
    assert said[2] == "Spread within the subgroups (standard deviations):"
    tree = ET.fromstring(svg)
    words = {child.tag.rpartition("}")[2]: child.text for child in tree[:2]}
    assert words["title"] == "pauta"
    assert said[0] in words["desc"] and said[2] in words["desc"]
    assert "mean of pauta" in svg and "standard deviation of pauta" in svg
    assert svg.count(">upper limit ") == 2


def test_the_object_of_subgroups_holds_two_charts_by_day(visits, capsys):
    chart(visits, "--kind", "xbar-s", "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["sizes"] == [3, 3, 3, 3]
    means, spreads = found["means"], found["spreads"]
    assert [one["label"] for one in means["readings"]] == [day for day, _marks in VISITS]
    assert [one["value"] for one in means["readings"]] == pytest.approx([5, 16 / 3, 5, 14 / 3])
    assert means["centre"] == pytest.approx(5)
    # The mean of 1, .577, 1 and .577, over c4 of three, .8862.
    assert (means["upper"] - 5) * 3**0.5 / 3 == pytest.approx((1 + 3**-0.5) / 2 / 0.8862, rel=1e-4)
    assert (spreads["kind"], spreads["lower"]) == ("s", 0)
    assert means["columns"] == {"value": "pauta", "of": "", "label": "día"}


def test_any_column_can_say_what_belongs_together(visits, capsys):
    chart(visits, "--kind", "xbar-s", "--group", "centro", "--value", "pauta", "--json")
    found = json.loads(capsys.readouterr().out)
    assert [one["label"] for one in found["means"]["readings"]] == ["E0", "E1", "E2"]
    assert found["sizes"] == [4, 4, 4]


@pytest.mark.parametrize(
    ("more", "part"),
    [
        (("--kind", "xbar-s", "--group", "sala"), "no column «sala»"),
        (("--kind", "xbar-s", "--value", "centro"), "is not a number"),
        (("--kind", "xbar-s", "--phase", "5"), "readings 2 to 4"),
        (("--kind", "xmr", "--group", "centro"), "--kind xbar-s"),
    ],
)
def test_what_makes_no_subgroups_is_one_sentence_and_nothing_is_written(visits, more, part):
    assert part in refused(visits, *more)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("día;pauta\n2024-03-05;4\n2024-03-12;5\n", "Use --kind xmr"),
        ("nota;pauta\na;4\nb;5\n", "--group"),
        ("grupo;pauta\na;NA\na;NA\n", "no column of numbers"),
        ("grupo;pauta\na;4\na;5\nb;NA\n", "has no reading in it"),
    ],
)
def test_lists_without_subgroups_are_refused_with_a_remedy(tmp_path, text, part):
    path = tmp_path / "readings.csv"
    path.write_text(text, encoding="utf-8")
    assert part in refused(path, "--kind", "xbar-s", *(["--phase", "2"] if "b;NA" in text else []))
