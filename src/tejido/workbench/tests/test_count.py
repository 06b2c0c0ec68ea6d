"""`tejido count`: ballots from a list, five methods. No database is touched."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tejido.workbench.counting import sentences
from tejido.workbench.counting.reading import read_ballots
from tejido_analytics.counting import ballots, result

CAPITALS = ["Memphis,Nashville,Chattanooga,Knoxville"] * 42
CAPITALS += ["Nashville,Chattanooga,Knoxville,Memphis"] * 26
CAPITALS += ["Chattanooga,Knoxville,Nashville,Memphis"] * 15
CAPITALS += ["Knoxville,Chattanooga,Nashville,Memphis"] * 17


@pytest.fixture
def box(tmp_path: Path) -> Path:
    path = tmp_path / "ballots.csv"
    path.write_text("\n".join(CAPITALS) + "\n", encoding="utf-8")
    return path


def count(path: Path, *more: str) -> None:
    call_command("count", str(path), *more)


def refused(path: Path, *more: str) -> str:
    with pytest.raises(CommandError) as error:
        count(path, "--out", str(path.parent / "rounds.csv"), *more)
    assert error.value.returncode == 2
    assert not (path.parent / "rounds.csv").exists()
    return str(error.value)


@pytest.mark.parametrize(
    ("method", "elected", "rounds"),
    [
        ("plurality", ["Memphis"], 1),
        ("instant-runoff", ["Knoxville"], 3),
        ("stv", ["Knoxville"], 3),
        ("schulze", ["Nashville"], 1),
    ],
)
def test_the_capital_of_tennessee_is_counted_by_each_method(box, capsys, method, elected, rounds):
    count(box, "--method", method, "--json")
    shown = capsys.readouterr()
    found = json.loads(shown.out)
    assert (found["elected"], len(found["rounds"]), found["ties"]) == (elected, rounds, [])
    assert "100 ballots, 100 of them valid." in shown.err
    assert f"The result: {elected[0]}." in shown.err


def test_a_heading_a_number_of_ballots_and_one_cell_for_a_ballot_are_understood(tmp_path):
    path = tmp_path / "b.csv"
    path.write_text("papeletas;primera opción;segunda opción\n3;Ana;Eva\n2;Eva;\n0;Luz;\n")
    box = read_ballots(path)
    assert box.heading
    assert [(list(map(list, places)), times) for places, times in box.ballots] == [
        ([["Ana"], ["Eva"]], 3),
        ([["Eva"], []], 2),
    ]
    path.write_text("Ana > Eva = Luz > Tom\nEva>Ana\n")
    assert read_ballots(path).ballots[0][0] == [["Ana"], ["Eva", "Luz"], ["Tom"]]
    path.write_text("Ana,Eva\n\nEva,Ana\nen blanco\n")
    box = read_ballots(path)
    assert not box.heading
    assert [len(places) for places, _times in box.ballots] == [2, 0, 2, 0]


def test_numbers_may_stand_for_candidates_and_the_first_line_is_a_ballot(tmp_path, capsys):
    path = tmp_path / "b.csv"
    path.write_text("1,2,3\n1,3,2\n2,1,3\n")
    count(path, "--method", "plurality", "--json")
    assert json.loads(capsys.readouterr().out)["rounds"][0]["votes"] == {"1": 2, "2": 1, "3": 0}


def test_what_is_wrong_with_ballots_is_counted_and_said(tmp_path, capsys):
    path = tmp_path / "b.csv"
    path.write_text('Ana,Eva\n\nEva,Eva,Ana\nTom,Ana\nTom\n"Ana=Eva",Luz\nLuz,,Ana\n')
    count(
        path, "--method", "instant-runoff", "--candidates", "Ana,Eva,Luz", "--order", "Ana,Eva,Luz", "--json"
    )
    shown = capsys.readouterr()
    found = json.loads(shown.out)
    assert found["ballots"]["invalid"] == {
        "blank": 1,
        "only names that do not stand": 1,
        "several first choices": 1,
    }
    for sentence in ("1 is blank.", "names somebody twice", "leaves a place empty", "does not stand"):
        assert sentence in shown.err


def test_a_tie_is_named_and_settled_by_the_order_given(tmp_path, capsys):
    path = tmp_path / "b.csv"
    path.write_text("Ana\nEva\n")
    count(path, "--method", "plurality", "--order", "Eva,Ana", "--json")
    shown = capsys.readouterr()
    assert json.loads(shown.out)["ties"] == [
        {
            "round": 1,
            "between": ["Ana", "Eva"],
            "for": "elected",
            "chosen": ["Eva"],
            "settled_by": "the order given beforehand",
        }
    ]
    assert (
        "Tie in round 1 between Ana, Eva: Eva – elected, settled by the order given beforehand." in shown.err
    )


def test_the_rounds_can_be_kept_as_a_list(box, tmp_path):
    count(box, "--method", "instant-runoff", "--out", str(tmp_path / "rounds.csv"))
    lines = list(csv.DictReader((tmp_path / "rounds.csv").open()))
    assert len(lines) == 12
    assert [(line["candidate"], line["votes"]) for line in lines if line["elected"]] == [("Knoxville", "58")]


@pytest.mark.parametrize(
    ("more", "part"),
    [
        (("--method", "stv", "--seats", "9"), "4 candidates stand"),
        (("--method", "stv", "--seats", "0"), "4 candidates stand"),
        (("--method", "instant-runoff", "--seats", "2"), "--method stv"),
        (("--method", "stv", "--order", "Memphis"), "names every candidate once: Chattanooga"),
        (("--method", "stv", "--candidates", "Ana,Ana"), "twice"),
        (("--method", "stv", "--candidates", "Ana"), "No ballot counts"),
        (("--method", "stv", "--decimals", "99"), "0 to 12"),
        (("--method", "borda"), "borda"),
    ],
)
def test_an_impossible_count_is_one_sentence(box, more, part):
    assert part in refused(box, *more)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "empty"),
        ("choice 1,choice 2\n", "no ballot below"),
        ("ballots,choice 1\nmany,Ana\n", "not a number of ballots"),
    ],
)
def test_an_empty_box_is_refused(tmp_path, text, part):
    path = tmp_path / "b.csv"
    path.write_text(text)
    assert part in refused(path, "--method", "stv")


def test_every_code_of_the_library_has_words():
    assert set(sentences.DEEDS) == set(result.DEEDS)
    assert set(sentences.SETTLED_BY) == set(result.SETTLED_BY)
    assert set(sentences._WHY_INVALID) == set(ballots.INVALID)
    assert set(sentences._MENDED) == set(ballots.MENDED)
