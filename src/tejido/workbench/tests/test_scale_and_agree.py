"""`tejido scale` and `tejido agree`: answers and ratings from lists. No database is touched."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tejido.web.estimates import CAUTIONS, WHY_NONE
from tejido_analytics import reasons
from tejido_analytics.tests.real import folder


def write(path: Path, rows: list[list[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)
    return path


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """Forty people of ten schools, four items, the third worded the other way; after, everybody is one point up."""
    draw = np.random.default_rng(6)
    mood = np.clip(np.round(3 + draw.normal(size=40)), 1, 4)
    items = np.clip(mood[:, None] + draw.integers(-1, 2, (40, 4)), 1, 4).astype(int)
    for name, more in (("before.csv", 0), ("after.csv", 1)):
        rows: list[list[object]] = [["id", "escuela", "T1", "T2", "T3", "T4"]]
        for at, (a, b, c, d) in enumerate((items + more).tolist()):
            rows.append([f"p{at}", f"s{at % 10}", a, b, 6 - c, d])
        write(tmp_path / name, rows)
    return tmp_path


def scale(path: Path, *more: str) -> None:
    call_command("scale", str(path), "--resamples", "40", *more)


def refused(command: str, path: Path, *more: str) -> str:
    out = () if command == "agree" else ("--out", str(path.parent / "out.csv"))
    with pytest.raises(CommandError) as error:
        call_command(command, str(path), *more, *out)
    assert error.value.returncode == 2
    assert not (path.parent / "out.csv").exists()
    return str(error.value)


def test_a_scale_is_scored_and_its_reliability_said(lists, capsys):
    scale(
        lists / "after.csv",
        "--scale",
        "confianza=T1,T2,-T3,T4",
        "--range",
        "1:5",
        "--person",
        "id",
        "--out",
        str(lists / "s.csv"),
        "--json",
    )
    (found,) = json.loads(capsys.readouterr().out)["scales"]
    assert (found["name"], found["reverse"]) == ("confianza", ["T3"])
    assert found["alpha"]["value"] > 0.6
    assert found["alpha"]["low"] < found["alpha"]["value"] < found["alpha"]["high"]
    scores = list(csv.DictReader((lists / "s.csv").open()))
    first = next(csv.DictReader((lists / "after.csv").open()))
    by_hand = (int(first["T1"]) + int(first["T2"]) + 6 - int(first["T3"]) + int(first["T4"])) / 4
    assert (scores[0]["person"], float(scores[0]["confianza"])) == ("p0", by_hand)


def test_an_item_that_runs_against_the_others_is_pointed_out(lists, capsys):
    scale(lists / "after.csv", "--items", "T1..T4", "--range", "1:5")
    said = capsys.readouterr().out
    assert "T3 runs against the others" in said
    assert "T1 runs" not in said


def test_people_linked_one_by_one_show_what_changed_with_their_schools(lists, capsys):
    more = ("--items", "T1,T2,-T3,T4", "--range", "1:5", "--before", str(lists / "before.csv"))
    scale(lists / "after.csv", *more, "--person", "id", "--group", "escuela", "--json")
    change = json.loads(capsys.readouterr().out)["scales"][0]["change"]
    assert (change["linked_by"], change["groups"], change["before"]["n"]) == ("people", 10, 40)
    assert change["difference"]["value"] == pytest.approx(1.0)
    scale(lists / "after.csv", *more, "--group", "escuela", "--json")
    change = json.loads(capsys.readouterr().out)["scales"][0]["change"]
    assert (change["linked_by"], change["difference"]["value"]) == ("groups", pytest.approx(1.0))
    scale(lists / "after.csv", *more, "--json")
    shown = capsys.readouterr()
    assert json.loads(shown.out)["scales"][0]["change"]["linked_by"] == "nothing"
    assert "People of one school resemble each other" in shown.err


def test_answers_in_words_have_an_order(tmp_path, capsys):
    rows = [["a", "b"], *[["sí", "algo"], ["no", "no"], ["algo", "algo"], ["Sí", "sí"], ["NA", ""]]]
    path = write(tmp_path / "w.csv", rows)
    scale(path, "--words", "no,algo,sí", "--out", str(tmp_path / "s.csv"))
    assert [line["scale"] for line in csv.DictReader((tmp_path / "s.csv").open())] == [
        "2.5",
        "1.0",
        "2.0",
        "3.0",
        "",
    ]
    assert "«quizás»" in refused(
        "scale",
        write(tmp_path / "x.csv", [["a", "b"], ["sí", "quizás"], ["no", "sí"]]),
        "--items",
        "a,b",
        "--words",
        "no,algo,sí",
    )


@pytest.mark.parametrize(
    ("more", "part"),
    [
        (("--items", "T1,T9"), "no column «T9»"),
        (("--items", "T1"), "two items or more"),
        (("--items", "T1,T2", "--range", "1:3"), "outside 1 to 3"),
        (("--items", "T1,T2", "--range", "5"), "--range 1:5"),
        (("--items", "T1,T2", "--range", "5:1"), "--range 1:5"),
        (("--items", "T1,escuela"), "is not a number"),
        (("--scale", "T1,T2"), "is no scale"),
        (("--items", "T1,T2", "--group", "liceo"), "no column «liceo»"),
        (("--items", "T1,T2", "--least", "0"), "above 0"),
    ],
)
def test_what_cannot_be_scored_is_one_sentence(lists, more, part):
    assert part in refused("scale", lists / "after.csv", *more)


@pytest.mark.parametrize("command", ["scale", "agree"])
def test_an_empty_list_is_refused(tmp_path, command):
    path = tmp_path / "empty.csv"
    path.write_text("")
    assert "empty" in refused(command, path, *(("--level", "nominal") if command == "agree" else ()))


def test_few_people_are_too_few_to_say(tmp_path, capsys):
    path = write(tmp_path / "f.csv", [["a", "b"], [1, 2], [2, 2], [3, 4]])
    scale(path, "--before", str(path))
    said = capsys.readouterr().out
    assert "change, after minus before: too few answers to say (n = 6)" in said
    assert "reach from 1 to 4" in said


def test_without_being_told_items_are_the_columns_of_answers_and_not_the_number_of_the_person(
    tmp_path, capsys
):
    rows = [
        ["nr", "a", "b", "edad"],
        *([at + 1, 1 + at % 4, 1 + (at + at // 5) % 4, 20 + at] for at in range(20)),
    ]
    scale(write(tmp_path / "a.csv", rows), "--json")
    assert json.loads(capsys.readouterr().out)["scales"][0]["items"] == ["a", "b"]


RATINGS = [
    ["unidad", "Ana", "Eva"],
    ["u1", "sí", "sí"],
    ["u2", "no", "no"],
    ["u3", "sí", "no"],
    ["u4", "no", "no"],
]


def test_two_raters_agree_so_far(tmp_path, capsys):
    call_command("agree", str(write(tmp_path / "r.csv", RATINGS)), "--level", "nominal", "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["alpha"] == pytest.approx(8 / 15)
    assert found["coefficients"]["cohen"]["value"] == pytest.approx(0.5)
    assert [code["code"] for code in found["codes"]] == ["no", "sí"]
    assert found["rater_names"] == ["Ana", "Eva"]


def test_one_rating_a_line_and_raters_as_lines_say_the_same(tmp_path, capsys):
    long = [["fragmento", "codificadora", "código"]]
    long += [
        [row[0], rater, cell]
        for row in RATINGS[1:]
        for rater, cell in zip(("Ana", "Eva"), row[1:], strict=True)
    ]
    across = [["codificadora", *(row[0] for row in RATINGS[1:])]]
    across += [[rater, *(row[at] for row in RATINGS[1:])] for at, rater in ((1, "Ana"), (2, "Eva"))]
    for rows in (long, across):
        call_command("agree", str(write(tmp_path / "r.csv", rows)), "--level", "nominal", "--json")
        assert json.loads(capsys.readouterr().out)["alpha"] == pytest.approx(8 / 15)
    doubled = [*long, ["u1", "Ana", "no"]]
    assert "judges «u1» twice" in refused("agree", write(tmp_path / "d.csv", doubled), "--level", "nominal")


def test_levels_that_the_ratings_do_not_have_are_refused(tmp_path):
    path = write(tmp_path / "r.csv", RATINGS)
    assert "is not a number" in refused("agree", path, "--level", "interval")
    assert "no column «caso»" in refused("agree", path, "--level", "nominal", "--unit", "caso")
    assert "below 0" in refused(
        "agree", write(tmp_path / "n.csv", [["a", "b"], [-1, 2], [3, 3]]), "--level", "ratio"
    )
    assert "two raters or more" in refused(
        "agree", write(tmp_path / "o.csv", [["a"], [1], [3]]), "--level", "ratio"
    )


def test_words_in_an_order_are_a_level_of_their_own(tmp_path, capsys):
    rows = [
        ["a", "b"],
        ["nunca", "nunca"],
        ["siempre", "a veces"],
        ["a veces", "a veces"],
        ["siempre", "siempre"],
    ]
    call_command(
        "agree",
        str(write(tmp_path / "r.csv", rows)),
        "--level",
        "ordinal",
        "--words",
        "nunca,a veces,siempre",
    )
    assert "Krippendorff's alpha = 0.790" in capsys.readouterr().out


def test_every_reason_and_every_caution_has_words():
    assert set(WHY_NONE) == reasons.STATISTICAL
    assert set(CAUTIONS) == reasons.CAUTIONS


@pytest.mark.real_data
def test_published_reliabilities_come_out_of_the_commands(tmp_path, capsys):
    more = ("--scale", "agree=-A1,A2..A5", "--range", "1:6", "--json")
    scale(folder("reliability-psych") / "bfi.csv", *more)
    (found,) = json.loads(capsys.readouterr().out)["scales"]
    assert found["alpha"]["value"] == pytest.approx(0.70301845, abs=1e-8)
    for level, value in (("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)):
        call_command(
            "agree", str(folder("reliability-irr") / "cac.raw4raters.csv"), "--level", level, "--json"
        )
        assert json.loads(capsys.readouterr().out)["alpha"] == pytest.approx(value, abs=5e-4)
