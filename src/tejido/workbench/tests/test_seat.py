"""`tejido seat`: from a list of people to a list of seats, and a sentence for everything that cannot be."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from tejido.workbench.seats.sentences import in_words, why_not
from tejido_analytics.seating import codes
from tejido_analytics.seating.codes import Unmet

PEOPLE = "persona;distrito;años;tutoría\n" + "\n".join(
    f"p{n:02};{('Norte', 'Sur', 'Este')[n % 3]};{n % 7};{'sí' if n % 4 == 0 else 'no'}" for n in range(18)
)


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="latin-1")
    return tmp_path


def run(lists: Path, *more: str, rounds: int = 4, size: str = "4", out: str = "seats.csv") -> None:
    call_command(
        "seat",
        str(lists / "people.csv"),
        *("--rounds", str(rounds), "--size", size, "--steps", "40000", "--out", str(lists / out), *more),
    )


def seats(lists: Path, name: str = "seats.csv") -> dict[tuple[int, int], set[str]]:
    """(round, table) -> who sits there."""
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    with (lists / name).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            assert list(row) == ["person", "round", "table"]
            found[int(row["round"]), int(row["table"])].add(row["person"])
    return found


def refusal(lists: Path, *more: str, **given: object) -> str:
    with pytest.raises(CommandError) as refused:
        run(lists, *more, **given)  # type: ignore[arg-type]
    assert refused.value.returncode == 2
    assert not (lists / "seats.csv").exists()
    return str(refused.value)


def write(lists: Path, name: str, text: str) -> str:
    (lists / name).write_text(text, encoding="utf-8")
    return str(lists / name)


def test_everybody_sits_once_in_every_round_and_nobody_meets_twice(lists):
    run(lists, "--mix", "distrito=2", "--expert", "tutoría", "--even", "años=0.1")
    found = seats(lists)
    assert {number for number, _table in found} == {1, 2, 3, 4}
    assert {table for _number, table in found} == {1, 2, 3, 4, 5}
    assert all(3 <= len(group) <= 4 for group in found.values())
    for number in range(1, 5):
        there = [person for (when, _table), group in found.items() if when == number for person in group]
        assert sorted(there) == [f"p{n:02}" for n in range(18)]
    met = Counter(pair for group in found.values() for pair in combinations(sorted(group), 2))
    assert max(met.values()) == 1


def test_rules_hold_and_who_met_in_an_earlier_seating_does_not_meet_again(lists):
    run(lists, rounds=2, out="earlier.csv")
    together = write(lists, "together.csv", "persona,grupo\np01,a\np02,a\n")
    apart = write(lists, "apart.csv", "person,group\np03,x\np04,x\np05,x\n")
    fixed = write(lists, "fixed.csv", "persona,mesa,ronda\np06,2,\np07,5,1\n")
    met = str(lists / "earlier.csv")
    run(lists, "--together", together, "--apart", apart, "--fixed", fixed, "--met", met, rounds=2)
    found = seats(lists)
    for group in found.values():
        assert ("p01" in group) == ("p02" in group)
        assert len(group & {"p03", "p04", "p05"}) <= 1
    assert "p06" in found[1, 2] & found[2, 2] and "p07" in found[1, 5]
    before = {
        frozenset(pair) for group in seats(lists, "earlier.csv").values() for pair in combinations(group, 2)
    }
    now = {frozenset(pair) for group in found.values() for pair in combinations(group, 2)}
    assert not (before & now) - {frozenset({"p01", "p02"})}


def test_pairs_who_met_may_be_listed_with_how_often_and_when(lists):
    met = write(lists, "met.csv", "persona,con,veces,fecha\np00,p01,2,01/03/2024\np00,p02,1,01/03/2023\n")
    run(lists, "--met", met, "--json", rounds=1)
    assert not any({"p00", other} <= group for other in ("p01", "p02") for group in seats(lists).values())


def test_json_is_one_object_on_stdout_and_sentences_go_beside_it(lists, capsys):
    run(lists, "--mix", "distrito", "--json")
    said = capsys.readouterr()
    summary = json.loads(said.out)
    assert (summary["people"], summary["rounds"], summary["tables"]) == (18, 4, 5)
    assert summary["cost"] >= summary["bound"] and set(summary["terms"]) == {"repeats", "mix:distrito"}
    assert "18 people at 5 tables, 4 rounds." in said.err


def test_a_seating_that_stands_is_changed_little_when_somebody_comes_late(lists):
    run(lists)
    first = seats(lists)
    write(lists, "people.csv", "person\n" + "\n".join([*(f"p{n:02}" for n in range(1, 18)), "late"]))
    run(lists, "--seated", str(lists / "seats.csv"), "--price", "100", "--played", "2", out="again.csv")
    again = seats(lists, "again.csv")
    for place, group in first.items():
        assert again[place] - {"late"} == group - {"p00"}
    assert {number for (number, _table), group in again.items() if "late" in group} == {3, 4}


def test_twelve_people_who_must_all_sit_apart_at_two_tables_get_a_sentence(lists):
    apart = write(lists, "apart.csv", "person,group\n" + "".join(f"p{n:02},x\n" for n in range(12)))
    said = refusal(lists, "--apart", apart, size="9")
    assert said.startswith(
        "12 people must all sit apart (p00, p01, p02, p03, p04, p05 and 6 more), and there are 2 tables."
    )
    with translation.override("es"):
        assert refusal(lists, "--apart", apart, size="9").startswith("12 personas deben sentarse separadas")


def test_what_cannot_be_read_is_one_sentence_and_nothing_is_written(lists):
    assert "has no column «district». Its columns are: persona, distrito" in refusal(
        lists, "--mix", "district"
    )
    assert "«distrito=much» is not a column with a weight" in refusal(lists, "--mix", "distrito=much")
    assert "«Norte» is not a number" in refusal(lists, "--even", "distrito")
    assert "«Norte» is neither yes nor no" in refusal(lists, "--expert", "distrito")
    assert "«zoe» is named in the rule «apart»" in refusal(
        lists, "--apart", write(lists, "apart.csv", "person,group\nzoe,x\np01,x\n")
    )
    assert "«2.5» is not a whole number from 1 on" in refusal(
        lists, "--fixed", write(lists, "fixed.csv", "person,table\np01,2.5\n")
    )
    assert "«some» is not a size of tables" in refusal(lists, size="some")
    assert "No number of tables of 7 to 8 people seats exactly 18" in refusal(lists, size="7-8")
    assert "1 or more" in refusal(lists, rounds=0)
    assert "--played" in refusal(lists, "--played", "4")
    assert "0 or more" in refusal(lists, "--price", "-1")
    assert "«people.csv» names «p01» twice" in _with_people(lists, "person\np01\np01\n")
    assert "row 3 has nobody" in _with_people(lists, "person,x\np01,1\n,2\n")
    assert "«people.csv» has no column «person»" in _with_people(lists, "who\np01\n")
    assert "no row with data" in _with_people(lists, "person,district\n")
    assert "«people.csv»" in _with_people(lists, "")


def _with_people(lists: Path, text: str) -> str:
    write(lists, "people.csv", text)
    return refusal(lists)


def test_the_shell_sees_exit_code_two_and_one_line(lists):
    command = [
        sys.executable,
        "-m",
        "tejido",
        "seat",
        str(lists / "people.csv"),
        "--rounds",
        "2",
        "--size",
        "4",
    ]
    command += ["--mix", "nothing", "--out", str(lists / "seats.csv")]
    home = Path(__file__).parents[3]
    surroundings = {
        name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "LC_"))
    }
    surroundings |= {"PYTHONPATH": str(home), "LANG": "en"}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=lists, env=surroundings)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert len(ran.stderr.strip().splitlines()) == 1 and not (lists / "seats.csv").exists()


def test_asking_for_help_does_not_load_the_compiler(lists):
    home = Path(__file__).parents[3]
    asked = (
        "import sys, tejido.cli as cli; sys.argv[1:] = ['help']; cli.main(); sys.exit('numba' in sys.modules)"
    )
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    surroundings |= {"PYTHONPATH": str(home)}
    command = [sys.executable, "-c", asked]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=lists, env=surroundings)
    assert ran.returncode == 0, ran.stderr
    assert "seat" in ran.stdout


NUMBERS = {
    "people": ("Ana", "Eva"), "number": 2, "tables": 2, "largest": 4, "smallest": 3, "seats": 8, "needed": 9, "round": 1,
    "person": "Ana", "other": "Eva", "rule": "apart", "table": 1, "rounds": 3, "rules": ("apart Ana Eva",),
    "pairs": 1, "most": 2, "name": "ict", "holders": 1, "persons": 3,
}  # fmt: skip
COUNTED = {codes.SIZES_DO_NOT_FIT, codes.TOO_FEW_SEATS, codes.TOO_FEW_PEOPLE_FOR_TABLES, codes.PEOPLE_MOVED}


@pytest.mark.parametrize("language", ["en", "es", "pt-br"])
def test_every_code_has_a_sentence_in_every_language(language):
    said = {}
    with translation.override(language):
        for code in codes.IMPOSSIBLE:
            said[code] = why_not(code, {**NUMBERS, "people": 3} if code in COUNTED else NUMBERS)
        for code in codes.UNMET:
            said[code] = in_words(Unmet(code, {**NUMBERS, "people": 3}))
    assert all(len(sentence) > 20 and "%" not in sentence for sentence in said.values())
    assert len(set(said.values())) == len(said)
