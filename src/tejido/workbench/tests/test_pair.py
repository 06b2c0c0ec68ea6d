"""`tejido pair`: buddies and mentors from a list, and a sentence for whoever stays alone."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from tejido.workbench.pairs.refusals import why_alone
from tejido_analytics.pairing import ALONE

PEOPLE = """persona;centro;área;años;mentora;cupo
ana;Sol;Ciencias;20;sí;2
bea;Sol;Arte;18;sí;1
eva;Luna;Ciencias;2;no;
leo;Luna;Arte;3;no;
paz;Río;Ciencias;1;;
"""


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="latin-1")
    return tmp_path


def run(lists: Path, *more: str) -> None:
    call_command("pair", str(lists / "people.csv"), "--out", str(lists / "pairs.csv"), *more)


def groups(lists: Path, by: str = "pair") -> set[frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    with (lists / "pairs.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            assert list(row) == [by, "person"]
            found[row[by]].add(row["person"])
    return {frozenset(group | ({key} if by == "mentor" else set())) for key, group in found.items()}


def refusal(lists: Path, *more: str) -> str:
    with pytest.raises(CommandError) as refused:
        run(lists, *more)
    assert refused.value.returncode == 2
    assert not (lists / "pairs.csv").exists()
    return str(refused.value)


def test_buddies_come_from_other_schools_and_share_a_subject_with_a_three_for_the_odd_one(lists, capsys):
    run(lists, "--mix", "centro=5", "--alike", "área=1")
    assert groups(lists) == {frozenset({"ana", "eva", "paz"}), frozenset({"bea", "leo"})}
    assert capsys.readouterr().out.splitlines()[:2] == ["1 pair.", "1 group of three."]


def test_who_met_and_who_refuses_does_not_go_together(lists):
    (lists / "met.csv").write_text("person,other\nbea,leo\n", encoding="utf-8")
    (lists / "apart.csv").write_text("person,group\nana,x\neva,x\npaz,x\n", encoding="utf-8")
    run(lists, "--met", str(lists / "met.csv"), "--apart", str(lists / "apart.csv"))
    for group in groups(lists):
        assert len(group & {"ana", "eva", "paz"}) <= 1 or group == set()
        assert group != {"bea", "leo"}


def test_mentors_take_as_many_as_they_have_room_for(lists, capsys):
    run(lists, "--mentors", "mentora", "--room", "cupo", "--alike", "área=2", "--json")
    assert groups(lists, "mentor") == {frozenset({"ana", "eva", "paz"}), frozenset({"bea", "leo"})}
    said = capsys.readouterr()
    assert json.loads(said.out) == {
        "mentor_of": {"eva": "ana", "leo": "bea", "paz": "ana"},
        "price": 0.0,
        "alone": [],
    }
    assert "3 people have a mentor." in said.err


def test_who_stays_alone_is_told_why(lists, capsys):
    run(lists, "--mentors", "mentora", "--near", "años=0.1")
    assert "has no mentor: those whom the rules allow have no room left." in capsys.readouterr().out
    run(lists, "--no-threes", "--json")
    alone = json.loads(capsys.readouterr().out)["alone"]
    assert [one["because"] for one in alone] == ["everybody_taken"]


def test_what_cannot_be_is_one_sentence_and_nothing_is_written(lists):
    assert "has no column «school»" in refusal(lists, "--mix", "school")
    assert "«Ciencias» is neither yes nor no" in refusal(lists, "--mentors", "área")
    assert "a mentor cannot take -2 people" in _with_room(lists, "-2")
    assert "«Sol» is not a number" in refusal(lists, "--mentors", "mentora", "--room", "centro")
    (lists / "apart.csv").write_text("person,group\nzoe,x\nana,x\n", encoding="utf-8")
    assert "«apart.csv» names «zoe»" in refusal(lists, "--apart", str(lists / "apart.csv"))
    assert "0 or more" in refusal(lists, "--repeat", "-1")
    (lists / "people.csv").write_text("person,mentor\nana,no\nbea,no\n", encoding="utf-8")
    assert "makes 0 mentors for 2 people" in refusal(lists, "--mentors", "mentor")
    (lists / "people.csv").write_text("", encoding="utf-8")
    assert "«people.csv» is empty" in refusal(lists)


def _with_room(lists: Path, room: str) -> str:
    (lists / "people.csv").write_text(PEOPLE.replace("sí;2", f"sí;{room}"), encoding="utf-8")
    said = refusal(lists, "--mentors", "mentora", "--room", "cupo")
    (lists / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return said


@pytest.mark.parametrize("language", ["en", "es", "pt-br"])
def test_every_reason_has_a_sentence(language):
    with translation.override(language):
        said = {why_alone("Ana", because) for because in ALONE}
    assert len(said) == len(ALONE) and all("«Ana»" in sentence for sentence in said)
