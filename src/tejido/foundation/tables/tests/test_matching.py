from __future__ import annotations

import random
import time

import pytest

from tejido.foundation.tables.matching import Identity, PersonIndex, repeated_in
from tejido.foundation.tables.reading import read_table
from tejido.foundation.tables.scoring import compare_names
from tejido.foundation.tables.tests.samples import real

# Looked at one by one: as two lists of the same school write them, is it one person?
SAME = """
María José Pérez = PEREZ GONZALEZ, MARIA JOSE
Ana Lucía Gómez Ruiz = Ana Gómez
ANA LUCIA GOMEZ = Gómez Ruiz, Ana Lucía
José Luis Núñez = NUNEZ JOSE LUIS
Ma. del Carmen Ortiz = María del Carmen Ortiz Vela
Juan Carlos de la Hoz = JUAN CARLOS DE LA HOZ PINTO
Yesica Gonsales Peña = Yessica González Peña
Luz Marina Castaño = Luz Marina Castano Ríos
Jhon Jairo Zapata = John Jairo Zapata
Stefany Valencia Mora = Stephany Valencia Mora
Carlos A. Restrepo = Carlos Alberto Restrepo
João da Silva Santos = Joao Silva Santos
Conceição Aparecida Souza = Conceicao Aparecida de Sousa
Bibiana Vélez = Viviana Velez
Gustavo Giménez = Gustavo Jiménez
Ester Rojas Díaz = Esther Rojas Diaz
Óscar Iván Quintero = OSCAR IVAN QUINTERO G
Sandra Milena Chavarría = Sandra Chavarria Lopez
William Ospina = Wiliam Ospina
Nelson Enrique Baquero = NELSON BAQUERO ROA
Martha Cecilia Hoyos = Marta Cecilia Hoyos
Rocío del Pilar Amaya = Rocio Pilar Amaya
Katherine Muñoz Toro = Catherine Muñoz Toro
Iñaki Etxeberria = Inaki Etxeberria
Mary-Jane O'Neill = Mary Jane ONeill
Francisco Javier Leal = Fco. Javier Leal
Zoraida Yépez = Zoraida Yepes
Héctor Fabio Arias Gil = ARIAS GIL HECTOR FABIO
Gloria Inés Cano = Gloria I. Cano
Alejandra Betancur = Alejandra Betancourt
""".strip().splitlines()
OTHER = """
Juan Pérez Gómez = Juan Pérez González
Ana María Pérez = Ana Lucía Pérez
María José Pérez = María Fernanda Pérez
Luis Fernando Díaz = Luisa Fernanda Díaz
Carlos Martín = Carlos Martínez
José Gómez Ruiz = José Gómez Rojas
Marcela Torres = Marcela Correa
Andrea Castro Gil = Andrés Castro Gil
Diana Patricia Mesa = Diana Carolina Mesa
Paola Andrea Ruiz = Paola Alejandra Ruiz
Jorge Iván Mejía = Jorge Luis Mejía
Claudia Rojas Peña = Claudia Vargas Peña
Ana Ruiz = Eva Ruiz
Pedro Gil Mora = Pablo Gil Mora
Rosa Elena Cruz = Rosa María Cruz
Daniel Suárez Ríos = Daniela Suárez Ríos
Víctor Manuel Lara = Víctor Hugo Lara
Camilo Rincón = Camila Rincón
Laura Sofía León Paz = Laura Camila León Paz
Ramón Peña Vidal = Ramón Peña Valdés
Julio César Mora = Julio Mario Mora
Sara Gómez = Sara Gámez
Mario Alberto Paz = María Alberta Paz
Elena Duarte Gil = Elena Duarte Cely
Ángela Pardo = Ángel Pardo
Mónica Salas Rey = Mónica Salazar Rey
Tomás Vera Luna = Tomás Veras Lugo
Felipe Soto = Felipa Soto
Inés Lugo Mar = Inés Lago Mar
Hugo Cruz Sáenz = Hugo Cruz Santos
""".strip().splitlines()


def pairs(lines: list[str]) -> list[tuple[str, str]]:
    return [tuple(line.split(" = ")) for line in lines]  # type: ignore[misc]


def likely_at_one_school(left: str, right: str) -> bool:
    index = PersonIndex(
        [Identity(1, right, school="Sol"), Identity(2, "Otra Persona Distinta", school="Sol")]
    )
    return index.match(Identity(0, left, school="Sol")).verdict == "likely"


def test_people_of_one_school_are_recognised_and_told_apart():
    """Sixty pairs judged by hand: at least 28 of 30 found, at most 2 of 30 wrongly proposed (proposed, never merged)."""
    found = [pair for pair in pairs(SAME) if likely_at_one_school(*pair)]
    wrong = [pair for pair in pairs(OTHER) if likely_at_one_school(*pair)]
    precision, recall = len(found) / (len(found) + len(wrong)), len(found) / len(SAME)
    missed = [pair for pair in pairs(SAME) if pair not in found]
    assert recall >= 28 / 30, f"recall {recall:.2f}, missed {missed}"
    assert precision >= 0.93, f"precision {precision:.2f}, wrongly proposed {wrong}"


def test_order_accents_case_and_a_missing_surname_say_nothing():
    assert compare_names("María José Pérez", "PEREZ GONZALEZ, MARIA JOSE").value > 95
    assert compare_names("Núñez, Ana", "ana nunez").same


KNOWN = [
    Identity(
        1,
        "María José Pérez González",
        code="05001",
        emails=("mj@x.org",),
        phones=("+573001234567",),
        school="Sol",
    ),
    Identity(2, "Luis Gil", emails=("rectoria@x.org",), school="Luna"),
    Identity(3, "Eva Paz Ríos", school="Sol"),
    Identity(4, "Eva Paz Ríos", school="Luna"),
]


@pytest.mark.parametrize(
    ("row", "person", "reason"),
    [
        (Identity(0, "M. J. Pérez", code="5001"), 1, "code"),
        (Identity(0, "María Pérez", emails=("mj@x.org",)), 1, "email"),
        (Identity(0, "Maria Jose Perez", phones=("+573001234567",)), 1, "phone"),
        (Identity(0, "", code="5001"), 1, "code"),
    ],
)
def test_a_code_an_address_or_a_telephone_decides(row: Identity, person: int, reason: str):
    match = PersonIndex(KNOWN).match(row)
    assert match.verdict == "exact"
    assert match.best is not None and (match.best.id, match.best.reasons) == (person, (reason,))


def test_an_address_that_two_people_share_does_not_decide():
    match = PersonIndex(KNOWN).match(Identity(0, "Rosa Amaya Duque", emails=("rectoria@x.org",)))
    assert match.verdict == "likely"
    assert match.best is not None and match.best.reasons == ("email", "other_name")


def test_a_name_never_decides_alone_not_even_with_the_school():
    index = PersonIndex(KNOWN)
    with_school = index.match(Identity(0, "PAZ RIOS, EVA", school="sol"))
    assert with_school.verdict == "likely"
    assert [c.id for c in with_school.candidates] == [3, 4], "the one of the same school first"
    assert with_school.candidates[0].reasons == ("same_name", "school")
    assert with_school.candidates[1].reasons == ("same_name", "other_school")
    assert index.match(Identity(0, "Eva Paz Ríos")).verdict == "likely"
    assert index.match(Identity(0, "Eva", school="Lejos")).verdict == "none"


def test_two_official_codes_are_two_people():
    assert (
        PersonIndex(KNOWN).match(Identity(0, "María José Pérez González", code="777", school="Sol")).verdict
        == "none"
    )


def test_who_was_said_to_be_somebody_else_is_not_proposed_again():
    index = PersonIndex(KNOWN)
    row = Identity(0, "PAZ RIOS, EVA", school="sol")
    assert [c.id for c in index.match(row, not_the_same={3}).candidates] == [4]
    assert index.match(Identity(0, "M. J. Pérez", code="5001"), not_the_same={1}).verdict == "none"


def test_a_person_twice_in_one_list_is_noticed():
    rows = [
        Identity(1, "Ana Ruiz", emails=("a@x.org",), school="Sol"),
        Identity(2, "RUIZ GIL, ANA", emails=("a@x.org",), school="Sol"),
        Identity(3, "Ruiz, Ana", school="Sol"),
        Identity(4, "Ana Ruiz", school="Luna"),
        Identity(5, "Ana Ruiz"),
        Identity(6, "Luis Gil", emails=("a@x.org",)),
        Identity(7, "Ana Ruiz", code="9", emails=("b@x.org",), phones=("+1",), school="Sol"),
    ]
    assert repeated_in(rows) == {2: (1, "email"), 3: (1, "same_name"), 7: (1, "same_name")}


def test_twins_at_one_school_with_their_own_addresses_and_telephones_are_two():
    rows = [
        Identity(1, "Ana Ruiz", emails=("a@x.org",), phones=("+1",), school="Sol"),
        Identity(2, "Ana Ruiz", emails=("b@x.org",), phones=("+2",), school="Sol"),
    ]
    assert repeated_in(rows) == {}


GIVEN = [a + b for a in ("Mar", "Jos", "Luc", "Car", "San", "Mil", "Jua", "Pab", "Dia", "Pao", "And", "Ser") for b in
         ("ía", "é", "elia", "ina", "los", "dra", "bert", "ián")]  # fmt: skip
FAMILY = [a + b for a in ("Gon", "Ro", "Mar", "Her", "Val", "Cas", "Mon", "Ri", "Sal", "Pe") for b in
          ("zález", "dríguez", "tínez", "nández", "encia", "taño", "salve", "vera", "azar", "reira", "cón", "tilla")]  # fmt: skip


def crowd(size: int) -> list[Identity]:
    chance = random.Random(3)
    return [
        Identity(
            number,
            f"{chance.choice(GIVEN)} {chance.choice(GIVEN)} {chance.choice(FAMILY)} {chance.choice(FAMILY)}",
            school=f"Escuela {chance.randrange(size // 20 + 1)}",
        )
        for number in range(size)
    ]


def surnames_first(name: str) -> str:
    one, two, three, four = name.split()
    return f"{three} {four}, {one} {two}".upper()


@pytest.mark.slow
def test_twenty_thousand_against_twenty_thousand_is_a_matter_of_seconds():
    known = crowd(20_000)
    rows = [Identity(p.id, surnames_first(p.name), school=p.school) for p in known]
    before = time.process_time()
    index = PersonIndex(known)
    right = sum(
        p.id in {c.id for c in index.match(row).candidates} for p, row in zip(known, rows, strict=True)
    )
    assert right / len(rows) > 0.99
    assert time.process_time() - before < 20


@pytest.mark.real_data
def test_the_congress_of_peru_finds_itself_in_every_roll_call():
    calls = sorted(real("attendance-peru-congress").rglob("asistencias.csv"))
    names = {row.cells[1] for path in calls for row in read_table(path).rows()}
    index = PersonIndex(Identity(number, name) for number, name in enumerate(sorted(names)))
    for number, name in enumerate(sorted(names)):
        best = index.match(Identity(-1, " ".join(reversed(name.title().split(", "))))).best
        assert best is not None and best.id == number, name
