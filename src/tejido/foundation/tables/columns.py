"""What each column of a list is, by its heading and, where that says nothing, by its content.

A guess with its reason, to be corrected by hand; nothing depends on it being right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rapidfuzz import fuzz, process

from tejido.foundation.tables.dates import parse_date
from tejido.foundation.tables.plain import plain, word_set
from tejido.foundation.tables.reading import Table
from tejido.foundation.tables.statuses import read_statuses
from tejido.foundation.tables.values import parse_email, parse_number, parse_phone
from tejido.foundation.tables.vocabulary import FIELDS, Kind

SAMPLE = 300  # rows looked at
SESSION = "session"  # a column of a wide attendance list: one gathering
STATES_OF_SCHOOLS = word_set(
    "activo activa inactivo inactiva abierto abierta cerrado cerrada funcionando open closed ativa inativa em atividade "
    "paralisada extinta receso proposed to open"
)
_TITLE = re.compile(
    r"(sesion|session|encuentro|encontro|reunion|reuniao|taller|meeting|clase|oficina|workshop|s|e)\s*\d{1,3}\Z"
)


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column seems to be.

    field: of `vocabulary.FIELDS[kind]`, "session", or None for a column that is left out.
    confidence: 0..1. because: "heading" (known word), "part_of_heading", "like_heading" (a near spelling), "content",
    "date_heading", "taken" (another column is a better fit for the same field), "unknown" or "by_hand".
    """

    header: str
    field: str | None
    confidence: float
    because: str


def recognise_columns(table: Table, kind: Kind, *, region: str = "CO") -> list[ColumnGuess]:
    """A guess for each heading of `table`, in its order. Reads the first SAMPLE rows.

    region: the country of telephone numbers without a prefix. Each field is given to one column at most, except
    "session".
    """
    sample = [row.cells for row in islice(table.rows(), SAMPLE)]
    columns = list(zip(*sample, strict=True)) if sample else [()] * len(table.headers)
    guesses = [
        _guess(header, column, kind, region) for header, column in zip(table.headers, columns, strict=True)
    ]
    guesses = _one_column_per_field(guesses)
    if kind == "attendance":
        guesses = _sessions(guesses, columns)
    if kind == "ties":
        return _two_ends(guesses)
    if kind == "gatherings":
        return guesses
    guesses = _names_complete(guesses)
    return _somebody(guesses, columns) if kind in {"people", "memberships", "attendance"} else guesses


def by_hand(guesses: Sequence[ColumnGuess], header: str, field: str | None) -> list[ColumnGuess]:
    """The guesses after a person said what `header` is; another column with that field is left out."""
    return [
        ColumnGuess(guess.header, field, 1.0, "by_hand")
        if guess.header == header
        else replace(guess, field=None, because="taken")
        if field not in (None, SESSION) and guess.field == field
        else guess
        for guess in guesses
    ]


def _guess(header: str, column: Sequence[str], kind: Kind, region: str) -> ColumnGuess:
    by_heading = _by_heading(header, kind)
    if by_heading and _contradicted(by_heading.field, column):
        by_heading = None
    if by_heading and by_heading.confidence >= 0.9:
        return by_heading
    by_content = _by_content(header, column, kind, region)
    best = [guess for guess in (by_heading, by_content) if guess]
    if not best:
        return ColumnGuess(header, None, 0.0, "unknown")
    return max(best, key=lambda guess: guess.confidence)


def _by_heading(header: str, kind: Kind) -> ColumnGuess | None:
    word = plain(re.sub(r"\s*\(\d+\)\Z", "", header).replace("_", " "))
    if not word:
        return None
    for field, synonyms in FIELDS[kind].items():
        if word in synonyms:
            return ColumnGuess(header, field, 0.97, "heading")
    inside = _inside(word, kind)
    if inside:
        return ColumnGuess(header, inside[0], inside[1], "part_of_heading")
    if len(word) < 5:
        return None
    choices = {(field, synonym): synonym for field, synonyms in FIELDS[kind].items() for synonym in synonyms}
    near = process.extractOne(word, choices, scorer=fuzz.ratio, score_cutoff=86)
    return ColumnGuess(header, near[2][0], near[1] / 100 * 0.85, "like_heading") if near else None


def _inside(word: str, kind: Kind) -> tuple[str, float] | None:
    """The longest known heading whose words all stand in `word` ("Correo electrónico del docente")."""
    words = word.split()
    best: tuple[str, float] | None = None
    longest = 3
    for field, synonyms in FIELDS[kind].items():
        for synonym in synonyms:
            parts = synonym.split()
            if len(synonym) > longest and len(parts) < len(words) and _consecutive(parts, words):
                # A heading that begins with it is about it ("colegio donde trabaja"); one that ends with it may not be.
                best = (field, 0.8 if words[: len(parts)] == parts else 0.6)
                longest = len(synonym)
    return best


def _consecutive(parts: list[str], words: list[str]) -> bool:
    return any(words[start : start + len(parts)] == parts for start in range(len(words) - len(parts) + 1))


def _share(column: Sequence[str], test: Callable[[str], object]) -> float:
    filled = [cell for cell in column if cell]
    if not filled:
        return 0.0
    return sum(1 for cell in filled if test(cell)) / len(filled)


def _contradicted(field: str | None, column: Sequence[str]) -> bool:
    """The heading says one thing and the cells another: "Contacto" full of e-mail addresses."""
    if field == "phone":
        return _share(column, parse_email) > 0.5
    if field in {"date", "starts_on", "ends_on", "consent_on"}:
        return (
            any(column)
            and _share(column, lambda cell: parse_date(cell, "dmy", 2024) or parse_date(cell, "mdy")) < 0.3
        )
    if field == "email":
        return any(column) and _share(column, parse_email) < 0.2
    if field == "latitude":
        return any(column) and _share(column, lambda cell: parse_number(cell) is not None) < 0.3
    if field == "status":
        return any(column) and not _is_status_column(column)
    if field == "region":
        return _share(column, lambda cell: plain(cell) in STATES_OF_SCHOOLS) > 0.5
    if field == "list_code":
        return _share(column, _looks_like_name) > 0.6
    return False


def _by_content(header: str, column: Sequence[str], kind: Kind, region: str) -> ColumnGuess | None:
    if not any(column):
        return None
    if kind == "ties":
        return None
    if kind == "gatherings":
        dated = _share(column, lambda cell: parse_date(cell) is not None) > 0.8
        return ColumnGuess(header, "date", 0.6, "content") if dated else None
    if kind in {"schools", "register"}:
        states = _share(column, lambda cell: plain(cell) in STATES_OF_SCHOOLS)
        return ColumnGuess(header, "state", 0.8, "content") if states > 0.5 else None
    if _share(column, parse_email) > 0.6:
        return ColumnGuess(header, "email", 0.92, "content")
    if _share(column, lambda cell: sum(map(str.isdigit, cell)) >= 7 and parse_phone(cell, region)) > 0.6:
        return ColumnGuess(header, "phone", 0.75, "content")
    if kind == "attendance" and _is_status_column(column):
        return ColumnGuess(header, "status", 0.7, "content")
    if kind == "attendance" and _share(column, lambda cell: parse_date(cell) is not None) > 0.8:
        return ColumnGuess(header, "date", 0.6, "content")
    if _share(column, _looks_like_name) > 0.7:
        return ColumnGuess(header, "full_name", 0.55, "content")
    return None


def _is_status_column(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell]
    spellings = set(filled)
    if not filled or len(spellings) > 15 or max(map(len, spellings)) > 40:
        return False
    guesses = read_statuses(filled)
    known = sum(guess.count for guess in guesses.values() if guess.status != "unknown")
    return known >= 0.8 * len(filled)


def _looks_like_name(cell: str) -> bool:
    words = cell.replace(",", " ").split()
    return (
        2 <= len(words) <= 8
        and all(word[0].isupper() or word.islower() for word in words)
        and not any(letter.isdigit() or letter == "@" for letter in cell)
    )


def _one_column_per_field(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    best: dict[str, int] = {}
    for index, guess in enumerate(guesses):
        if guess.field and (
            guess.field not in best or guess.confidence > guesses[best[guess.field]].confidence
        ):
            best[guess.field] = index
    return [
        guess
        if guess.field is None or best[guess.field] == index
        else replace(guess, field=None, because="taken")
        for index, guess in enumerate(guesses)
    ]


def _sessions(guesses: list[ColumnGuess], columns: Sequence[Sequence[str]]) -> list[ColumnGuess]:
    """On a wide list (people × gatherings) the columns headed by dates or numbered titles are gatherings.

    Columns of status words with other headings are gatherings too where there are several of them.
    """
    dated = {i for i, guess in enumerate(guesses) if _names_a_day(guess.header)}
    titled = {i for i, guess in enumerate(guesses) if _TITLE.match(plain(guess.header))}
    marks = {
        i
        for i, guess in enumerate(guesses)
        if i not in dated
        and guess.field in (None, "status", "gathering_title")
        and _is_status_column(columns[i])
    }
    wide = dated | {i for i in titled if _is_status_column(columns[i]) or not any(columns[i])}
    if wide or len(marks) > 1:
        wide |= marks
    if not wide or (len(wide) == 1 and not dated):
        return guesses
    return [
        ColumnGuess(
            guess.header, SESSION, 0.9 if i in dated else 0.75, "date_heading" if i in dated else "content"
        )
        if i in wide
        else guess
        for i, guess in enumerate(guesses)
    ]


def _names_a_day(header: str) -> bool:
    text = re.sub(r"\s*\(\d+\)\Z", "", header)
    if parse_date(text) or parse_date(text, "mdy"):
        return True
    either = parse_date(text, "dmy", 2024) or parse_date(text, "mdy", 2024)
    return bool(re.search(r"\d", text)) and either is not None


def _names_complete(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """ "Nombre" beside "Apellido" is the given name; alone it is the whole name."""
    fields = {guess.field for guess in guesses}
    if "full_name" in fields and "family_names" in fields and "given_names" not in fields:
        return [
            replace(guess, field="given_names") if guess.field == "full_name" else guess for guess in guesses
        ]
    if "given_names" in fields and not fields & {"family_names", "full_name"}:
        return [
            replace(guess, field="full_name") if guess.field == "given_names" else guess for guess in guesses
        ]
    return guesses


def _two_ends(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """Where no column says who is tied to whom, the first two of which nothing is known: from the first to the second."""
    if {guess.field for guess in guesses} & {"source", "target"}:
        return guesses
    free = [index for index, guess in enumerate(guesses) if guess.field is None][:2]
    ends = dict(zip(free, ("source", "target"), strict=False)) if len(free) == 2 else {}
    return [
        ColumnGuess(guess.header, ends[index], 0.4, "content") if index in ends else guess
        for index, guess in enumerate(guesses)
    ]


def _somebody(guesses: list[ColumnGuess], columns: Sequence[Sequence[str]]) -> list[ColumnGuess]:
    """Where no column says who: the first of plain words that hardly repeat ("EVELYN", "LAURA" under no heading)."""
    if {guess.field for guess in guesses} & {"full_name", "given_names", "list_code", "email"}:
        return guesses
    for index, (guess, column) in enumerate(zip(guesses, columns, strict=True)):
        filled = [cell for cell in column if cell]
        wordy = _share(column, lambda cell: not any(map(str.isdigit, cell)) and len(cell) > 1)
        if guess.field is None and wordy > 0.9 and len(set(filled)) > 0.9 * len(filled):
            return [
                *guesses[:index],
                ColumnGuess(guess.header, "full_name", 0.4, "content"),
                *guesses[index + 1 :],
            ]
    return guesses
