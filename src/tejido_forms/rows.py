"""Answers as rows of one long table, made again from the XML whenever that is wanted."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from tejido_forms import dates
from tejido_forms.answers import Answer
from tejido_forms.definition import FormDefinition
from tejido_forms.judging import Judgement, repeat_of
from tejido_forms.numbers import as_number

Blank = Literal["not_relevant", "left_empty", "not_in_version"]
MANY: Final = frozenset({"select", "odk:rank"})
META: Final = frozenset({"instanceID", "instanceName", "deprecatedID"})


@dataclass(frozen=True, slots=True)
class Row:
    """One value. position: which of several choices, from 1 (the order of a rank); 1 elsewhere.

    number: its number where it has one (days since 1970 for dates). day: its date. A blank has no row.
    """

    path: str
    repeat: str
    position: int
    text: str
    number: float | None = None
    day: dt.date | None = None


def rows(answer: Answer, judgement: Judgement) -> list[Row]:
    """Every value of the answer but those that are not relevant and the answer's own id.

    A question of several choices gives a row for each that was ticked.
    """
    found: list[Row] = []
    for element, node in answer.leaves():
        text = answer.text(element)
        if not text or element in judgement.irrelevant or node.name in META:
            continue
        repeat = repeat_of(answer, element)
        if node.type in MANY:
            found += [Row(node.path, repeat, place, word) for place, word in enumerate(text.split(), 1)]
        else:
            found.append(_row(node.path, repeat, text, node.type))
    return found


def _row(path: str, repeat: str, text: str, type_name: str) -> Row:
    number: float | None = None
    day: dt.date | None = None
    if type_name in {"date", "dateTime"}:
        day, number = dates.date_of(text), dates.days(text)
    elif type_name == "time":
        moment = dates.time_of(text)
        number = dates.fraction(moment) if moment else None
    elif type_name in {"int", "decimal", "string", "select1"}:
        number = as_number(text)
    return Row(path, repeat, 1, text, None if number is None or not math.isfinite(number) else number, day)


def blanks(answer: Answer, judgement: Judgement) -> Iterator[tuple[str, str, Blank]]:
    """(path, repeat, why) of every question without a value: not relevant, or left empty."""
    for element, node in answer.leaves():
        if node.asked and not answer.text(element) and element not in judgement.irrelevant:
            yield node.path, repeat_of(answer, element), "left_empty"
        elif node.asked and element in judgement.irrelevant:
            yield node.path, repeat_of(answer, element), "not_relevant"


def why_blank(definition: FormDefinition, path: str) -> Blank | None:
    """`not_in_version` where this version of the form does not ask for `path`; None where it does."""
    return None if path in definition.by_path else "not_in_version"
