"""Days that come again: every so many weeks, the same weekday of each month, a list that somebody wrote. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

MOST_DAYS = 200
BETWEEN = re.compile(r"\s+(?:–|-|—|a|até|hasta|to|until)\s+|\s*(?:–|—|\.\.)\s*", re.IGNORECASE)


def every_weeks(first: date, until: date, weeks: int) -> list[date]:
    """`first` and the same weekday every `weeks` (1 or more) weeks, up to `until` and at most `MOST_DAYS`.

    >>> [day.day for day in every_weeks(date(2026, 3, 3), date(2026, 3, 31), 2)]
    [3, 17, 31]
    """
    found, day = list[date](), first
    while day <= until and len(found) < MOST_DAYS:
        found.append(day)
        day += timedelta(weeks=weeks)
    return found


def every_month(first: date, until: date) -> list[date]:
    """`first` and the weekday of the same number in each later month; of a fifth one: the last of each month.

    >>> [day.isoformat() for day in every_month(date(2026, 3, 10), date(2026, 5, 31))]  # second Tuesday
    ['2026-03-10', '2026-04-14', '2026-05-12']
    >>> [day.isoformat() for day in every_month(date(2026, 3, 31), date(2026, 5, 31))]  # fifth, so the last
    ['2026-03-31', '2026-04-28', '2026-05-26']
    """
    number = (first.day - 1) // 7  # from 0
    found, year, month = list[date](), first.year, first.month
    while len(found) < MOST_DAYS:
        day = _nth(year, month, first.weekday(), number)
        if day > until:
            break
        found.append(day)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    start = date(year, month, 1)
    day = start + timedelta(days=(weekday - start.weekday()) % 7, weeks=number)
    return day if day.month == month and number < 4 else _last(year, month, weekday)


def _last(year: int, month: int, weekday: int) -> date:
    end = (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
    return end - timedelta(days=(end.weekday() - weekday) % 7)


def days_written(text: str, read: Callable[[str], date]) -> list[date]:
    """The days of a text: one a line or after a comma; "first – last" means all from one to the other. In order, each once.

    read: turns one day's words into a day; raises ValueError where it cannot, and so does this, with the words.

    >>> [day.day for day in days_written("2026-07-13 – 2026-07-15, 2026-07-14\\n2026-08-01", date.fromisoformat)]
    [13, 14, 15, 1]
    """
    found: set[date] = set()
    for words in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
        ends = BETWEEN.split(words)
        try:
            first, last = read(ends[0].strip()), read(ends[-1].strip())
        except ValueError as error:
            raise ValueError(words) from error
        if len(ends) > 2 or last < first or (last - first).days > 400:
            raise ValueError(words)
        found.update(_from_to(first, last))
    return sorted(found)


def _from_to(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def without(days: Iterable[date], skipped: Iterable[date]) -> list[date]:
    """`days` but for those on which nobody meets."""
    closed = set(skipped)
    return [day for day in days if day not in closed]
