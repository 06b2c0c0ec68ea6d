"""Names for invented people. Put together by a seeded generator; any likeness is chance."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random


def _words(kind: str) -> list[str]:
    with (Path(__file__).parent / "figures" / "invented_names.csv").open(
        encoding="utf-8", newline=""
    ) as stream:
        return [row["word"] for row in csv.DictReader(stream) if row["kind"] == kind]


GIVEN_NAMES, SURNAMES, SCHOOL_NAMES = _words("given"), _words("surname"), _words("school")
SCHOOL_KINDS = ("Institución Educativa", "Colegio", "Escuela Rural", "Centro Educativo")


def given(rng: Random) -> str:
    """One given name, or two in a third of the cases."""
    first = rng.choice(GIVEN_NAMES)
    return f"{first} {rng.choice([n for n in GIVEN_NAMES if n != first])}" if rng.random() < 1 / 3 else first


def family(rng: Random) -> str:
    """Two surnames, or one in a tenth of the cases."""
    return rng.choice(SURNAMES) if rng.random() < 0.1 else f"{rng.choice(SURNAMES)} {rng.choice(SURNAMES)}"


def school(rng: Random, place: str, number: int) -> str:
    """A school's name; the number keeps two of one place apart."""
    return f"{rng.choice(SCHOOL_KINDS)} {rng.choice(SCHOOL_NAMES)} de {place} {number}"


# Of Avanzando Juntas; given|family names.
CENTRES = [
    "Los Aromos",
    "El Copihue",
    "Las Araucarias",
    "Rayén",
    "Sol Naciente",
    "Los Canelos",
    "Pequeños Pasos",
    "Violeta",
    "La Ronda",
    "Antü",
    "Los Quillayes",
    "Arcoíris",
    "Semillita",
    "El Volantín",
    "Las Golondrinas",
]
PRINCIPALS = [
    "Ana|Rojas Fuentes",
    "Carolina|Sepúlveda Araya",
    "Marisol|Tapia Godoy",
    "Viviana|Cortés Leiva",
    "Ingrid|Poblete Mena",
    "Jacqueline|Vergara Soto",
    "Paola|Inostroza Díaz",
    "Loreto|Espinoza Vidal",
    "Karina|Moya Riquelme",
    "Ximena|Saavedra Lobos",
    "Gladys|Henríquez Pino",
    "Soledad|Barrientos Cea",
    "Nancy|Ulloa Campos",
    "Macarena|Farías Toro",
    "Elizabeth|Oyarzún Muñoz",
]
SUPPORT = [
    "Daniela|Muena Ortiz",
    "Rodrigo|Pavez Lagos",
    "Constanza|Neira Salas",
    "Felipe|Arriagada Ruz",
    "Gabriela|Toledo Marín",
    "Mónica|Candia Vera",
]
FACILITATORS = [
    "Rosa|Díaz Molina",
    "Inês|Prado Lima",
    "Javier|Quezada Ríos",
    "Teresa|Lillo Paredes",
    "Bruno|Salinas Ojeda",
    "Amanda|Cofré Silva",
]
