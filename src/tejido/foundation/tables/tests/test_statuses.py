from __future__ import annotations

import csv

import pytest

from tejido.foundation.tables.statuses import read_statuses
from tejido.foundation.tables.tests.samples import real


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("P A J", "on_site absent excused"),
        ("PRE AUS LIC", "on_site absent excused"),
        ("presente ausente justificado", "on_site absent excused"),
        ("✓ ✗", "on_site absent"),
        ("1 0", "on_site absent"),
        ("sí no", "on_site absent"),
        ("Sim Não", "on_site absent"),
        ("x", "on_site"),
        ("P x", "on_site absent"),
        ("A F", "on_site absent"),
        ("A F J", "on_site absent excused"),
        ("Presente|Faltou|Atestado", "on_site absent excused"),
        ("present|absent|excused|online", "on_site absent excused online"),
        ("en línea|virtual|remoto|Asistió por Zoom", "online online online online"),
        ("tarde|Presente tarde|TAR|retardo", "on_site on_site on_site on_site"),
        ("LICENCIA_OFICIAL|LICENCIA_POR_ENFERMEDAD|LOM", "excused excused excused"),
        ("Falta injustificada|Falta justificada|FI|FJ", "absent excused absent excused"),
        ("no asistió|No show|inasistente", "absent absent absent"),
        ("FALLECIDO|N/A|zzz", "unknown unknown unknown"),
    ],
)
def test_the_words_of_roll_calls_are_understood(column: str, expected: str):
    words = column.split("|") if "|" in column else column.split()
    assert [guess.status for guess in read_statuses(words).values()] == expected.split()


def test_what_was_only_assumed_is_said():
    guesses = read_statuses(["A", "P", "", "presente"])
    assert guesses["A"].certain is False and guesses["A"].because == "beside_present"
    assert guesses["presente"].certain is True
    assert guesses[""].certain is False


def test_an_empty_cell_is_an_absence_only_where_just_presence_is_marked():
    assert read_statuses(["x", "", "x"])[""].status == "absent"
    assert read_statuses(["P", "A", ""])[""].status == "unknown"


def test_spellings_are_counted():
    assert read_statuses(["P", "P ", "p"])["P"].count == 2


@pytest.mark.real_data
def test_all_statuses_of_the_roll_calls_of_peru_are_understood():
    words: list[str] = []
    for path in real("attendance-peru-congress").rglob("asistencias.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            words += [row["asistencia"] for row in csv.DictReader(lines)]
    guesses = {word: guess.status for word, guess in read_statuses(words).items()}
    assert guesses == {
        "PRESENTE": "on_site",
        "AUSENTE": "absent",
        "LICENCIA_OFICIAL": "excused",
        "LICENCIA_POR_ENFERMEDAD": "excused",
        "LICENCIA_PERSONAL": "excused",
        "FALLECIDO": "unknown",
    }
