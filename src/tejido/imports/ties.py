"""What the cells of a row of a list of ties say: of each of its two people, and of the tie. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tejido.communities.models import RecordedTie
from tejido.foundation.tables.names import split_name
from tejido.foundation.tables.plain import plain
from tejido.foundation.tables.values import clean_code, is_ruined_code, parse_email, parse_number
from tejido.imports.fields import words_of
from tejido.imports.rows import ColumnUse, Said, day_said, not_too_long

Kind = RecordedTie.Kind
SOURCE, TARGET = "source", "target"
NO_WEIGHT = "0"  # a list of all pairs says of most that there is no tie
KINDS = words_of(
    {
        Kind.ADVICE: "advice|asks for advice|asks|asked|ask|advises|consejo|pide consejo|pide consejo a|asesoria|consulta|pregunta|pregunta a|conselho|pede conselho|pergunta|asesora",
        Kind.REPLIED: "replied|reply|replies|answer|answered|answered a message|message|respondio|responde|respuesta|respondio un mensaje|contesto|contesta|mensaje|respondeu|resposta|mensagem",
        Kind.WORKED: "worked|works with|worked with|work|collaboration|collaborates|trabaja con|trabajo|trabajo con|colabora|colaboracion|trabalha com|trabalhou com|trabalho|colaboracao",
        Kind.ACCOMPANIED: "accompanied|accompanies|accompaniment|coaching|coaches|mentoring|mentors|acompana|acompano|acompano a|acompanamiento|mentoria|acompanha|acompanhou|acompanhamento",
    }
)


def staged_number(line: int, side: str) -> int:
    """The number of a staged row: a line of a list of ties is two rows, for it speaks of two people.

    >>> staged_number(7, "source"), staged_number(7, "target")
    (14, 15)
    """
    return 2 * line + (side == TARGET)


def side_of(number: int) -> str:
    """Which of the two people of its line a staged row speaks of.

    >>> side_of(14), side_of(15)
    ('source', 'target')
    """
    return TARGET if number % 2 else SOURCE


def tie_kind_of(text: str) -> str | None:
    """The `RecordedTie.Kind` that a list means, or None.

    >>> tie_kind_of("Pide consejo"), tie_kind_of("Acompañó"), tie_kind_of("envidia")
    ('advice', 'accompanied', None)
    """
    word = plain(text)
    return word if word in Kind.values else KINDS.get(word)


def end_said(cells: Sequence[str], columns: Sequence[ColumnUse], side: str) -> Said:
    """What a line says of one of its two people, and on the side of the source, of the tie itself."""
    said = Said()
    for column in columns:
        text = " ".join(cells[column.position].split()) if column.position < len(cells) else ""
        if not text:
            continue
        if column.field == side:
            _who(said, text)
        elif side == SOURCE and column.field == "tie_kind":
            _kind(said, text)
        elif side == SOURCE and column.field == "weight":
            _weight(said, text)
        elif side == SOURCE and column.field == "date":
            day_said(said, column, text)
    not_too_long(said)
    return said


def _who(said: Said, text: str) -> None:
    """An e-mail address, a code (whatever holds a digit: 17, 3-B, educator 17), or a name."""
    address = parse_email(text)
    if address:
        said.values["email"] = address
    elif is_ruined_code(text):
        said.note("ruined_code", text=text[:40])
    elif any(letter.isdigit() for letter in text):
        said.values["list_code"] = clean_code(text)[:40]
    elif any(letter.isalpha() for letter in text):
        name = split_name(text)
        said.values["given_names"] = name.given or name.family
        if name.given and name.family:
            said.values["family_names"] = name.family


def _kind(said: Said, text: str) -> None:
    kind = tie_kind_of(text)
    if kind is None:
        said.note("unknown_tie_kind", text=text[:60])
    else:
        said.values["tie_kind"] = kind


def _weight(said: Said, text: str) -> None:
    number = parse_number(text)
    if number is None or math.isinf(number):
        said.note("bad_weight", text=text[:40])
    else:
        said.values["weight"] = repr(float(number)) if number > 0 else NO_WEIGHT
