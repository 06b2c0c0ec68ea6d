"""Terms and cycles laid out from a first day. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class Preset:
    """A way of counting time: how long a period is, when the next one begins, what it is called."""

    words: Any
    months: int  # that a period lasts
    every: int  # months from one beginning to the next
    name: Callable[[int, date, date], str]  # number from 1, first day, last day


def _years(first: date, last: date) -> str:
    return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"


PRESETS: dict[str, Preset] = {
    "terms": Preset(
        gettext_lazy("Terms: three a year, four months each"),
        4,
        4,
        lambda number, first, _last: (
            _("Term %(number)d, %(year)d") % {"number": (number - 1) % 3 + 1, "year": first.year}
        ),
    ),
    "halves": Preset(
        gettext_lazy("Half years: two a year, six months each"),
        6,
        6,
        lambda number, first, _last: (
            _("Half %(number)d, %(year)d") % {"number": (number - 1) % 2 + 1, "year": first.year}
        ),
    ),
    "ten_months": Preset(
        gettext_lazy("Ten-month cycles: one a year, with a break of two months"),
        10,
        12,
        lambda _number, first, last: _("Cycle %(years)s") % {"years": _years(first, last)},
    ),
    "years": Preset(
        gettext_lazy("Whole years"),
        12,
        12,
        lambda _number, first, last: _("Year %(years)s") % {"years": _years(first, last)},
    ),
}


def months_later(day: date, months: int) -> date:
    """The same day of the month some months later; the last one where the month is shorter.

    >>> months_later(date(2024, 1, 31), 1), months_later(date(2024, 11, 15), 3)
    (datetime.date(2024, 2, 29), datetime.date(2025, 2, 15))
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def laid_out(preset: str, first_day: date, count: int) -> list[tuple[str, date, date]]:
    """`count` periods of a preset, one after the other from `first_day`: (name, first day, last day).

    >>> [(str(start), str(end)) for _, start, end in laid_out("ten_months", date(2024, 2, 1), 2)]
    [('2024-02-01', '2024-11-30'), ('2025-02-01', '2025-11-30')]
    >>> [(str(start), str(end)) for _, start, end in laid_out("terms", date(2024, 9, 2), 2)]
    [('2024-09-02', '2025-01-01'), ('2025-01-02', '2025-05-01')]
    """
    chosen = PRESETS[preset]
    found = []
    for number in range(count):
        start = months_later(first_day, number * chosen.every)
        end = months_later(first_day, number * chosen.every + chosen.months) - timedelta(days=1)
        found.append((chosen.name(number + 1, start, end), start, end))
    return found
