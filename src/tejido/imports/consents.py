"""What the cells of a list say about consent, and which of two answers counts. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from tejido.foundation.tables.plain import plain, word_set
from tejido.foundation.tables.values import parse_yes_no
from tejido.imports.fields import CONSENTS

GIVES = word_set(
    "acepto acepta aceptado autorizo autoriza autorizado aceito aceita autorizado concordo agree agreed given"
)
REFUSES = word_set("rechazo rechaza rechazado niego niega recuso recusa declined refused withdrawn")


class Said(NamedTuple):
    """One answer of a list. on: its day, None where the list gives none."""

    given: bool
    on: date | None


class Standing(NamedTuple):
    """The answer that counts here so far. on: its day; pk: of its row."""

    pk: int
    given: bool
    on: date


def answer_of(text: str) -> bool | None:
    """Whether a cell gives consent; None where it says neither yes nor no.

    >>> [answer_of(cell) for cell in ("Sí", "x", "Sí, acepto", "No autoriza", "n/a", "pendiente")]
    [True, True, True, False, None, None]
    """
    answer = parse_yes_no(text)
    words = plain(text).split()
    if answer is not None or not words or len(words) > 6:
        return answer
    if words[0] in {"no", "nao", "not"} or words[0] in REFUSES:
        return None if words[:2] in (["no", "aplica"], ["no", "sabe"], ["nao", "sabe"]) else False
    return True if words[0] in {"si", "sim", "yes"} or words[0] in GIVES else None


def answers_in(values: Mapping[str, str]) -> dict[str, Said]:
    """What a row says, by purpose. An empty or unclear cell is no answer."""
    found: dict[str, Said] = {}
    for name in CONSENTS:
        said, day = values.get(name), values.get(f"{name}_on")
        if said in {"yes", "no"}:
            purpose = name.removeprefix("consent_")
            found[purpose] = Said(said == "yes", date.fromisoformat(day) if day else None)
    return found


def counts(said: Said, standing: Standing | None) -> bool:
    """Whether the answer of a list takes the place of the one that stands.

    Where nobody answered yet, it does. The same answer again changes nothing. An answer without a day never
    takes the place of another, and one with a day only where it is the later one: on the same day what stands counts.
    """
    if standing is None:
        return True
    return said.given != standing.given and said.on is not None and said.on > standing.on


def joined(one: Said, other: Said) -> Said:
    """Two answers of the same person on one list: the later day, and "no" where the days do not tell.

    >>> joined(Said(True, None), Said(False, None)).given
    False
    """
    if one.given == other.given:
        return max(one, other, key=lambda said: said.on or date.min)
    if one.on and other.on and one.on != other.on:
        return max(one, other, key=lambda said: said.on or date.min)
    return one if not one.given else other
