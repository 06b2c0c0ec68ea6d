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
