"""Dates as people write them, in Spanish, English and Portuguese, with the order decided for a whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from tejido.foundation.tables.plain import plain, word_set

Order = Literal["dmy", "mdy", "ymd"]
EXCEL_EPOCH = date(1899, 12, 30)  # serial 60 is a day that never was; from 61 on this is exact
EARLIEST_SERIAL, LATEST_SERIAL = 14_610, 73_050  # 1940 to 2099
PIVOT = 70  # two-digit years: 69 is 2069, 70 is 1970

_MONTHS = """
enero january janeiro ene jan
febrero february fevereiro feb fev
marzo march marco mar
abril april abr apr
mayo may maio mai
junio june junho jun
julio july julho jul
agosto august ago aug
septiembre september setembro sep set sept setiembre
octubre october outubro oct out
noviembre november novembro nov
diciembre december dezembro dic dec dez
"""
MONTHS = {word: number for number, line in enumerate(_MONTHS.split("\n")[1:13], 1) for word in line.split()}
_WEEKDAYS = word_set(
    "lunes martes miercoles jueves viernes sabado domingo lun mie jue vie sab dom monday tuesday wednesday thursday "
    "friday saturday sunday mon tue wed thu fri sat sun segunda terca quarta quinta sexta feira seg ter qua qui sex"
)
_FILLERS = word_set("de del do da of the el o a dia on em st nd rd th")
_TRIPLET = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})(?![\d])")
_COMPACT = re.compile(r"(19|20)(\d\d)(\d\d)(\d\d)\Z")
_TIME = re.compile(
    r"(?:^|[\sT,])(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([ap]\.?\s?m\.?)?\s*(?:Z|[+-]\d\d:?\d\d)?\s*\Z",
    re.I,
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?\Z")
_WORDS = re.compile(r"[a-z]+|\d+")


@dataclass(frozen=True, slots=True)
class OrderGuess:
    """How the dates of a column are written.

    order: what to read them by. certain: some date leaves no other reading and none contradicts it.
    because: "all_iso", "day_above_12", "month_above_12" (the second number cannot be a month), "mixed", "ambiguous"
    or "no_dates". Of a mixed column `contradicting` holds examples that do not fit the order that was taken.
    """

    order: Order
    certain: bool
    because: str
    examples: tuple[str, ...] = ()
    contradicting: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


@lru_cache(maxsize=16_384)
def parse_date(text: str, order: Order = "dmy", year: int | None = None) -> date | None:
    """The day that `text` names, or None.

    order: how "01/03/2024" is read. year: the one to take where the text names none ("1 mar"); None refuses such.

    >>> parse_date("1 de marzo de 2024") == parse_date("3/1/24", "mdy") == parse_date("45352") == date(2024, 3, 1)
    True
    """
    text = text.strip()
    if not text or len(text) > 60:
        return None
    found = _TIME.search(text)
    day_text = text[: found.start()].strip() if found else text
    return (
        _numeric(day_text, order)
        or _serial(day_text)
        or _written(day_text, year)
        or _no_year(day_text, order, year)
    )


def parse_moment(text: str, order: Order = "dmy", year: int | None = None) -> datetime | None:
    """`parse_date` with the time of day, midnight where none is written. Naive: the zone is the community's.

    >>> parse_moment("4/4/13 16:32", "mdy"), parse_moment("2024-03-01 9:05 p.m.")
    (datetime.datetime(2013, 4, 4, 16, 32), datetime.datetime(2024, 3, 1, 21, 5))
    """
    day = parse_date(text, order, year)
    if day is None:
        return None
    found = _TIME.search(text.strip())
    if not found:
        serial = text.strip()
        part = float(serial) % 1 if _SERIAL.match(serial) else 0.0
        return datetime.combine(day, time()) + timedelta(minutes=round(part * 24 * 60))
    hour, minute = int(found[1]), int(found[2])
    half = (found[4] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return None
    return datetime.combine(day, time(hour, minute))


def _valid(year: int, month: int, day: int) -> date | None:
    if year < 100:
        year += 2000 if year < PIVOT else 1900
    if not 1900 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric(text: str, order: Order) -> date | None:
    compact = _COMPACT.match(text)
    if compact:
        return _valid(int(compact[1] + compact[2]), int(compact[3]), int(compact[4]))
    numbers = _triplet(text)
    if numbers is None:
        return None
    first, second, third = numbers
    if len(first) > 2:
        return _valid(int(first), int(second), int(third)) if len(third) <= 2 and len(first) == 4 else None
    if len(third) == 1 or len(third) == 3:
        return None
    if order == "mdy":
        return _valid(int(third), int(first), int(second))
    if order == "ymd" and len(third) == 2:
        return _valid(int(first), int(second), int(third))
    return _valid(int(third), int(second), int(first))


def _triplet(text: str) -> tuple[str, str, str] | None:
    """Three numbers at the start, perhaps after the name of a weekday ("vie 01/03/2024")."""
    if text[:1].isalpha():
        first, _, rest = text.partition(" ")
        if plain(first) not in _WEEKDAYS:
            return None
        text = rest.strip()
    found = _TRIPLET.fullmatch(text)
    return (found[1], found[2], found[3]) if found else None


def _serial(text: str) -> date | None:
    if not _SERIAL.match(text):
        return None
    number = int(float(text))
    return EXCEL_EPOCH + timedelta(days=number) if EARLIEST_SERIAL <= number <= LATEST_SERIAL else None


def _written(text: str, year: int | None) -> date | None:
    """A date with the month as a word: in any order, day before year where both could be either."""
    month, numbers = None, []
    for word in _WORDS.findall(plain(text)):
        if word.isdigit():
            numbers.append(word)
        elif word in MONTHS and month is None:
            month = MONTHS[word]
        elif word not in _FILLERS and word not in _WEEKDAYS:
            return None
    if month is None or not 1 <= len(numbers) <= 2:
        return None
    if len(numbers) == 1:
        return _valid(year, month, int(numbers[0])) if year is not None and len(numbers[0]) <= 2 else None
    day, written_year = (numbers[1], numbers[0]) if len(numbers[0]) == 4 else (numbers[0], numbers[1])
    return (
        _valid(int(written_year), month, int(day)) if len(written_year) in (2, 4) and len(day) <= 2 else None
    )


def _no_year(text: str, order: Order, year: int | None) -> date | None:
    found = re.fullmatch(r"(\d{1,2})[-/](\d{1,2})", text)
    if not found or year is None:
        return None
    first, second = int(found[1]), int(found[2])
    return _valid(year, first, second) if order == "mdy" else _valid(year, second, first)


def date_order(values: Iterable[str], *, usual: Order = "dmy") -> OrderGuess:
    """How the dates in a column are written, from all its values.

    usual: what to assume where every date can be read both ways ("01/03/2024"); the guess is then not certain.

    >>> date_order(["03/14/2024", "3/1/2024"]).order, date_order(["01/03/2024"]).because
    ('mdy', 'ambiguous')
    """
    day_first: list[str] = []
    month_first: list[str] = []
    either: list[str] = []
    unreadable: list[str] = []
    plain_ones = 0
    for value in values:
        kind = _kind(value.strip())
        if kind == "day_first":
            day_first.append(value)
        elif kind == "month_first":
            month_first.append(value)
        elif kind == "either":
            either.append(value)
        elif kind == "plain":
            plain_ones += 1
        elif kind == "unreadable":
            unreadable.append(value)
    lost = tuple(unreadable[:10])
    if day_first and month_first:
        order: Order = "dmy" if len(day_first) >= len(month_first) else "mdy"
        against = month_first if order == "dmy" else day_first
        return OrderGuess(order, False, "mixed", tuple(either[:3]), tuple(against[:10]), lost)
    if day_first:
        return OrderGuess("dmy", True, "day_above_12", tuple(day_first[:3]), unreadable=lost)
    if month_first:
        return OrderGuess("mdy", True, "month_above_12", tuple(month_first[:3]), unreadable=lost)
    if either:
        return OrderGuess(usual, False, "ambiguous", tuple(either[:3]), unreadable=lost)
    return OrderGuess(usual, True, "all_iso" if plain_ones else "no_dates", unreadable=lost)


@lru_cache(maxsize=16_384)
def _kind(text: str) -> str:
    if not text:
        return "empty"
    found = _TIME.search(text)
    numbers = _triplet(text[: found.start()].strip() if found else text)
    if numbers is None or len(numbers[0]) == 4:
        return "plain" if parse_date(text, "dmy", 2024) else "unreadable"
    as_day, as_month = parse_date(text, "dmy"), parse_date(text, "mdy")
    if as_day and as_month:
        return "either" if as_day != as_month else "plain"
    if as_day:
        return "day_first"
    return "month_first" if as_month else "unreadable"
