"""What the cells of a row say: texts in one form, and notes on what could not be understood. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone

from tejido.foundation.tables.columns import SESSION
from tejido.foundation.tables.dates import Order, parse_date, parse_moment
from tejido.foundation.tables.formulas import looks_like_formula
from tejido.foundation.tables.matching import Identity
from tejido.foundation.tables.names import name_words, nice_case, split_name
from tejido.foundation.tables.plain import plain
from tejido.foundation.tables.values import (
    clean_code,
    code_key,
    is_ruined_code,
    parse_email,
    parse_number,
    parse_phone,
)
from tejido.imports.consents import answer_of
from tejido.imports.fields import ATTRIBUTES, CONSENTS, function_of, gender_of, role_of

Values = dict[str, str]
Note = dict[str, Any]  # {"code": …, "detail": {…}}
LENGTHS = {
    "given_names": 100,
    "family_names": 100,
    "list_code": 40,
    "email": 254,
    "subject": 100,
    "level": 60,
    "district": 200,
    "sector": 40,
    **dict.fromkeys(ATTRIBUTES, 100),
}
EARLIEST_YEAR = 1940
TEXTS = (
    "school_name", "community", "status", "gathering_title", "gathering_id", "subject", "level", "district", "sector",
    "origin", "first_language", "disability",
)  # fmt: skip
SCHOOL_WORDS = frozenset(
    ["institucion", "educativa", "educativo", "educacional", "ie", "i", "e", "colegio", "escuela", "centro", "liceo", "school", "escola",
     "de", "la", "el", "los", "las", "del", "da", "do", "n", "no", "numero", "sede", "establecimiento", "the", "of"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A column as somebody decided it. position: of its cell."""

    position: int
    field: str
    header: str = ""
    order: Order = "dmy"
    m_is: str = "M"  # of a column of genders: what a bare M means, "F" beside H


@dataclass(slots=True)
class Said:
    """What one row says. values: {field: text}, only what is there."""

    values: Values = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def note(self, code: str, /, **detail: Any) -> None:
        self.notes.append({"code": code, "detail": detail})


Take = Callable[[Said, ColumnUse, str], None]


def person_said(cells: Sequence[str], columns: Sequence[ColumnUse], *, region: str) -> Said:
    """What a row of a list with people says, memberships and gatherings included. region: for telephones."""
    said = Said()
    raw: Values = {}
    for column in columns:
        text = cells[column.position] if column.position < len(cells) else ""
        if not text:
            continue
        if looks_like_formula(text) and column.field not in {"phone", SESSION, "status"}:
            said.note("formula", column=column.header)
        if column.field == SESSION:
            said.values[f"{SESSION}:{column.position}"] = text
        elif column.field in _TAKE:
            _TAKE[column.field](said, column, text)
        elif column.field == "phone":
            _phone(said, text, region)
        else:
            raw[column.field] = text
    _name(said, raw)
    for name in TEXTS:
        if raw.get(name):
            said.values[name] = " ".join(raw[name].split())[:200]
    _dates_in_order(said)
    _consents_have_a_day(said)
    not_too_long(said)
    return said


def _name(said: Said, raw: Values) -> None:
    given = " ".join(filter(None, [raw.get("given_names"), raw.get("given_names_2")]))
    family = " ".join(filter(None, [raw.get("family_names"), raw.get("family_names_2")]))
    if given or family:
        given, family = nice_case(given), nice_case(family, surname=bool(given))
        if not given:  # the list holds whole names in its column of surnames
            whole = split_name(family)
            given, family = whole.given, whole.family
    else:
        whole = split_name(raw.get("full_name", ""))
        given, family = whole.given, whole.family
    if not given and family:
        given, family = family, ""
    if any(letter.isalpha() for letter in given):
        said.values["given_names"] = given
        if family:
            said.values["family_names"] = family


def _email(said: Said, column: ColumnUse, text: str) -> None:
    address = parse_email(text)
    if address:
        said.values["email"] = address
    else:
        said.note("bad_email", text=text[:80])


def _phone(said: Said, text: str, region: str) -> None:
    number = parse_phone(text, region)
    if number:
        said.values["phone"] = number
    elif any(letter.isdigit() for letter in text):
        said.note("bad_phone", text=text[:80])


def _code(said: Said, column: ColumnUse, text: str) -> None:
    if is_ruined_code(text):
        said.note("ruined_code", text=text[:40])
    else:
        said.values[column.field] = clean_code(text)[:40]


def day_said(said: Said, column: ColumnUse, text: str) -> None:
    """A day under the field of its column, or a note that it is none."""
    day = parse_date(text, column.order)
    if day is None:
        said.note("bad_date", text=text[:40], column=column.header)
    else:
        said.values[column.field] = day.isoformat()


def _moment(said: Said, column: ColumnUse, text: str) -> None:
    moment = parse_moment(text, column.order)
    if moment is None:
        said.note("bad_date", text=text[:40], column=column.header)
    else:
        said.values[column.field] = (
            moment.isoformat(" ", "minutes") if moment.time().hour else moment.date().isoformat()
        )


def _year(said: Said, column: ColumnUse, text: str) -> None:
    number = parse_number(text)
    day = parse_date(text, column.order)
    year = int(number) if number and EARLIEST_YEAR <= number <= date.max.year else day.year if day else 0
    if EARLIEST_YEAR <= year <= 2100:
        said.values[column.field] = str(year)
    else:
        said.note("bad_date", text=text[:40], column=column.header)


def _function(said: Said, column: ColumnUse, text: str) -> None:
    function = function_of(text)
    said.values["function"] = function or "other"
    if function is None:
        said.note("unknown_function", text=text[:60])


def _role(said: Said, column: ColumnUse, text: str) -> None:
    role = role_of(text)
    if role is None:
        said.note("unknown_role", text=text[:60])
    said.values["role"] = role or "member"


def _minutes(said: Said, column: ColumnUse, text: str) -> None:
    number = parse_number(text)
    if number is not None and 1 <= round(number) <= 24 * 60:
        said.values["minutes"] = str(round(number))
    elif number != 0:
        said.note("bad_minutes", text=text[:40])


def _gender(said: Said, column: ColumnUse, text: str) -> None:
    said.values["gender"] = gender_of(text, m_is=column.m_is)


def _consent(said: Said, column: ColumnUse, text: str) -> None:
    """Yes, no, or a date: the day on which it was given."""
    answer = answer_of(text)
    if answer is not None:
        said.values[column.field] = "yes" if answer else "no"
        return
    day = parse_date(text, column.order) if any(letter.isdigit() for letter in text) else None
    if day is None:
        said.note("unclear_consent", text=text[:40], column=column.header)
        said.values[column.field] = "unclear"
    else:
        said.values[column.field], said.values[f"{column.field}_on"] = "yes", day.isoformat()


_TAKE: dict[str, Take] = {
    "email": _email, "list_code": _code, "school_code": _code, "starts_on": day_said, "ends_on": day_said, "date": _moment,
    "teaching_since": _year, "function": _function, "role": _role, "minutes": _minutes,
    "gender": _gender, "consent_on": day_said, **dict.fromkeys(CONSENTS, _consent),
}  # fmt: skip


def _dates_in_order(said: Said) -> None:
    starts, ends = said.values.get("starts_on"), said.values.get("ends_on")
    if starts and ends and ends < starts:
        said.note("ends_before_start", starts=starts, ends=ends)
        del said.values["ends_on"]


def _consents_have_a_day(said: Said) -> None:
    """Each answer has its own day or that of the row, where the list says one. Nobody answered tomorrow."""
    of_the_row = said.values.pop("consent_on", "")
    today = timezone.localdate().isoformat()
    ahead = set()
    for name in CONSENTS:
        if said.values.get(name) not in {"yes", "no"}:
            continue
        day = said.values.get(f"{name}_on") or of_the_row
        if day > today:
            ahead.add(day)
            day = ""
        if day:
            said.values[f"{name}_on"] = day
        else:
            said.values.pop(f"{name}_on", None)
    for day in sorted(ahead):
        said.note("consent_ahead", day=day)


def not_too_long(said: Said) -> None:
    """Cut what is longer than its field, and say so."""
    for name, longest in LENGTHS.items():
        if len(said.values.get(name, "")) > longest:
            said.note("too_long", text=said.values[name][:40], longest=longest)
            said.values[name] = said.values[name][:longest].strip()


def whole_name(values: Mapping[str, str]) -> str:
    return f"{values.get('given_names', '')} {values.get('family_names', '')}".strip()


@lru_cache(maxsize=8_192)
def school_key(name: str) -> str:
    """What two spellings of a school's name share: I.E. San José and INSTITUCIÓN EDUCATIVA SAN JOSE.

    >>> school_key("I.E. San José de la Salle") == school_key("Institución Educativa SAN JOSE LA SALLE")
    True
    """
    words = plain(name).split()
    return " ".join(word for word in words if word not in SCHOOL_WORDS) or " ".join(words)


def identity(number: int, values: Mapping[str, str], school: str) -> Identity:
    """Who a row speaks of. school: of `school_key`, or the id of a known one."""
    return Identity(
        number,
        whole_name(values),
        code=values.get("list_code", ""),
        emails=tuple(filter(None, [values.get("email")])),
        phones=tuple(filter(None, [values.get("phone")])),
        school=school,
    )


def fingerprint(values: Mapping[str, str]) -> str:
    """A hash of whom a row speaks of, the same whenever the same row comes again."""
    parts = [
        " ".join(sorted(name_words(whole_name(values)))),
        code_key(values["list_code"]) if "list_code" in values else "",
        values.get("email", ""),
        values.get("phone", ""),
        code_key(values["school_code"]) if "school_code" in values else "",
        school_key(values["school_name"]) if "school_name" in values else "",
    ]
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()
