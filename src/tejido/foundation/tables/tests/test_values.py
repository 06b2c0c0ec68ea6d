from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.foundation.tables.names import name_words, nice_case, split_name
from tejido.foundation.tables.values import (
    clean_code,
    code_key,
    decimal_mark,
    parse_email,
    parse_number,
    parse_phone,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("-33,488564", -33.488564), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("1'234.5", 1234.5), ("12", 12.0),
        ("1.234.567", 1234567.0), ("45 %", 45.0), ("1,05E+11", 1.05e11), (",5", 0.5), ("n/a", None), ("", None), ("1-2", None),
    ],
)  # fmt: skip
def test_numbers_with_commas_and_points(text, number):
    assert parse_number(text) == number


def test_the_sign_of_a_column_decides_what_one_value_leaves_open():
    assert parse_number("1.234", decimal_mark(["1.234", "2.500", "0,5"])) == 1234.0
    assert parse_number("1.234", decimal_mark(["1.234", "0.5"])) == 1.234


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_numbers_written_as_in_bogota_and_as_in_london_come_back(whole: int, cents: int):
    number = whole + (cents / 100 if whole >= 0 else -cents / 100)
    english = f"{number:,.2f}"
    spanish = english.translate(str.maketrans(",.", ".,"))
    assert parse_number(english) == parse_number(spanish) == pytest.approx(number)


@pytest.mark.parametrize(
    ("text", "region", "phone"),
    [
        ("300 123 4567", "CO", "+573001234567"),
        ("(601) 745 1234", "CO", "+576017451234"),
        ("+56 9 8765 4321", "CO", "+56987654321"),
        ("11 91234-5678", "BR", "+5511912345678"),
        ("07400 123456", "GB", "+447400123456"),
        ("3001234567.0", "CO", "+573001234567"),
        ("300 123 4567 / 301 222 3344", "CO", "+573001234567"),
        ("no tiene", "CO", None),
        ("12345", "CO", None),
    ],
)
def test_telephones_become_one_form(text, region, phone):
    assert parse_phone(text, region) == phone


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Ana@Escuela.EDU.co ", "ana@escuela.edu.co"),
        ("Ana Ruiz <ana@x.org>; otra@x.org", "ana@x.org"),
        ("ana@@x.org", None),
        ("ana arroba x.org", None),
        ("a..b@x.org", None),
    ],
)
def test_addresses_become_one_form(text, address):
    assert parse_email(text) == address


def test_codes_keep_their_zeros_and_are_compared_without_them():
    assert clean_code("05001") == "05001"
    assert code_key("05001") == code_key("5001") == code_key("5001.0") == code_key(" 5.001 ")
    assert code_key("105001008206") != code_key("105001008207")


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("ACUÑA PERALTA, MARÍA GRIMANEZA", "María Grimaneza", "Acuña Peralta"),
        ("María José Pérez González", "María José", "Pérez González"),
        ("Ana Pérez", "Ana", "Pérez"),
        ("Ana Pérez García", "Ana", "Pérez García"),
        ("María José Pérez", "María José", "Pérez"),
        ("Juan de la Cruz", "Juan", "de la Cruz"),
        ("María del Carmen Ruiz Gil", "María del Carmen", "Ruiz Gil"),
        ("João dos Santos Silva", "João", "dos Santos Silva"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("José Ortega y Gasset", "José", "Ortega y Gasset"),
        ("Prof. Ana Ruiz", "Ana", "Ruiz"),
        ("EVELYN", "Evelyn", ""),
        ("", "", ""),
    ],
)
def test_names_are_taken_apart_as_their_country_does(text, given, family):
    name = split_name(text)
    assert (name.given, name.family) == (given, family)


@pytest.mark.parametrize(
    ("shouted", "nice"),
    [
        ("MARÍA DE LOS ÁNGELES NÚÑEZ", "María de los Ángeles Núñez"),
        ("O'HIGGINS", "O'Higgins"),
        ("ANA-MARÍA", "Ana-María"),
        ("ana ruiz", "Ana Ruiz"),
        ("Ana McDonald", "Ana McDonald"),
        ("JUAN CARLOS I.", "Juan Carlos I."),
    ],
)
def test_names_are_written_nicely(shouted, nice):
    assert nice_case(shouted) == nice


def test_a_particle_that_leads_a_surname_stays_small():
    assert split_name("DE LA CRUZ PAZ, LUZ").full == "Luz de la Cruz Paz"
    assert nice_case("DE LA CRUZ", surname=True) == "de la Cruz"


@given(st.text(max_size=40))
def test_no_text_breaks_a_name(text: str):
    name = split_name(text)
    assert nice_case(nice_case(text)) == nice_case(text)
    assert isinstance(name_words(name.full), tuple)
