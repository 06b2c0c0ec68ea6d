from __future__ import annotations

import pytest

from tejido.foundation.tables.columns import ColumnGuess, by_hand, recognise_columns
from tejido.foundation.tables.reading import read_table
from tejido.foundation.tables.tests.samples import real


def fields(text: str, kind: str) -> dict[str, str | None]:
    return {g.header: g.field for g in recognise_columns(read_table(text.encode(), "x.csv"), kind)}


def test_a_spanish_list_of_people_is_recognised():
    text = (
        "Cédula;NOMBRES;Apellidos;Correo electrónico institucional;Celular;Institución Educativa;Código DANE;"
        "Cargo;Asignatura;Localidad;Fecha de ingreso;Observaciones\n"
        "123;Ana;Ruiz;a@x.org;3001234567;Sol;105001008206;Docente;Ciencias;Suba;01/03/2024;nada\n"
    )
    assert fields(text, "people") == {
        "Cédula": "list_code", "NOMBRES": "given_names", "Apellidos": "family_names",
        "Correo electrónico institucional": "email", "Celular": "phone", "Institución Educativa": "school_name",
        "Código DANE": "school_code", "Cargo": "function", "Asignatura": "subject", "Localidad": "district",
        "Fecha de ingreso": "starts_on", "Observaciones": None,
    }  # fmt: skip


def test_an_english_and_a_portuguese_list_are_recognised():
    english = "First name,Surname,E-mail address,School,URN,Job title\nAna,Ruiz,a@x.org,Sun,100000,Teacher\n"
    assert list(fields(english, "people").values()) == [
        "given_names", "family_names", "email", "school_name", "school_code", "function",
    ]  # fmt: skip
    portuguese = (
        "Nome completo;Telefone;Escola;Código INEP;Disciplina\nAna Ruiz;11912345678;Sol;35000001;Artes\n"
    )
    assert list(fields(portuguese, "people").values()) == [
        "full_name", "phone", "school_name", "school_code", "subject",
    ]  # fmt: skip


def test_a_name_beside_a_surname_is_the_given_name():
    assert fields("Nombre;Apellido\nAna;Ruiz\n", "people") == {
        "Nombre": "given_names",
        "Apellido": "family_names",
    }
    assert fields("Nombre;Colegio\nAna Ruiz;Sol\n", "people")["Nombre"] == "full_name"


def test_a_heading_with_a_slip_is_recognised_and_less_certain():
    guess = recognise_columns(read_table(b"Nombre;Correo electronco\nAna;a@x.org\n", "x.csv"), "people")[1]
    assert guess.field == "email"
    assert guess.confidence < 0.95


def test_content_speaks_where_the_heading_does_not():
    text = "Dato 1;Dato 2;Dato 3\n" + "Ana Ruiz;ana@x.org;300 123 4567\nLuis Gil;luis@x.org;301 222 3344\n"
    assert list(fields(text, "people").values()) == ["full_name", "email", "phone"]


def test_a_heading_that_its_cells_contradict_is_not_believed():
    text = "Nombre;Contacto\nAna Ruiz;ana@x.org\nLuis Gil;luis@x.org\n"
    assert fields(text, "people")["Contacto"] == "email"


def test_a_field_is_given_once_and_the_other_column_is_left_out():
    text = "Correo;Correo personal;Nombre\na@x.org;b@x.org;Ana\n"
    guesses = recognise_columns(read_table(text.encode(), "x.csv"), "people")
    assert [(g.field, g.because) for g in guesses[:2]] == [("email", "heading"), (None, "taken")]


def test_a_long_attendance_list_is_recognised():
    text = "Docente;Encuentro;Fecha;Asistió;Minutos\nAna Ruiz;Taller 1;01/03/2024;Sí;90\nLuis Gil;Taller 1;01/03/2024;No;\n"
    assert list(fields(text, "attendance").values()) == [
        "full_name",
        "gathering_title",
        "date",
        "status",
        "minutes",
    ]


@pytest.mark.parametrize(
    "headings",
    [
        "2024-03-01;2024-03-08", "01/03/2024;08/03/2024", "1 mar;8 mar", "Sesión 1;Sesión 2", "Taller de marzo;Taller de abril",
        "3/25;4/8", "S1;S2",
    ],
)  # fmt: skip
def test_a_wide_attendance_list_is_recognised_whatever_heads_its_gatherings(headings: str):
    text = f"Nombre;Colegio;{headings}\nAna Ruiz;Sol;P;A\nLuis Gil;Luna;;P\nEva Paz;Sol;P;J\n"
    assert list(fields(text, "attendance").values()) == ["full_name", "school_name", "session", "session"]


def test_a_person_can_say_what_a_column_is():
    guesses = [ColumnGuess("Nombre", "full_name", 0.9, "heading"), ColumnGuess("Alias", None, 0, "unknown")]
    corrected = by_hand(guesses, "Alias", "full_name")
    assert [(g.field, g.because) for g in corrected] == [(None, "taken"), ("full_name", "by_hand")]


@pytest.mark.real_data
def test_real_lists_are_recognised():
    chile = read_table(real("schools-chile-rbd/extract_lagranja_macul_sanjoaquin.csv"))
    found = {g.field: g.header for g in recognise_columns(chile, "schools") if g.field}
    assert {k: found[k] for k in ("code", "name", "latitude", "longitude", "municipality", "rural", "enrolment")} == {
        "code": "RBD", "name": "NOM_RBD", "latitude": "LATITUD", "longitude": "LONGITUD",
        "municipality": "NOM_COM_RBD", "rural": "RURAL_RBD", "enrolment": "MAT_TOTAL",
    }  # fmt: skip
    call = read_table(next(real("attendance-peru-congress").rglob("asistencias.csv")))
    assert [g.field for g in recognise_columns(call, "attendance")][1:] == ["full_name", "status"]
    women = read_table(real("attendance-southern-women/southern_women_incidence.csv"))
    assert [g.field for g in recognise_columns(women, "attendance")] == ["full_name"] + ["session"] * 14
