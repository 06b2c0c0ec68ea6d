"""format-date() and format-date-time(): the letters that forms may use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from tejido_forms import dates

_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS: Final = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# Numbers only, and English short names: the names of the phone's language are the phone's business.
LETTERS: Final[Mapping[str, Callable[[dt.datetime], str]]] = {
    "Y": lambda d: f"{d.year:04}",
    "y": lambda d: f"{d.year % 100:02}",
    "m": lambda d: f"{d.month:02}",
    "n": lambda d: str(d.month),
    "B": lambda d: _MONTHS[d.month - 1],
    "b": lambda d: _MONTHS[d.month - 1][:3],
    "d": lambda d: f"{d.day:02}",
    "e": lambda d: str(d.day),
    "H": lambda d: f"{d.hour:02}",
    "h": lambda d: str(d.hour),
    "M": lambda d: f"{d.minute:02}",
    "S": lambda d: f"{d.second:02}",
    "3": lambda d: f"{d.microsecond // 1000:03}",
    "A": lambda d: _DAYS[d.weekday()],
    "a": lambda d: _DAYS[d.weekday()][:3],
    "W": lambda d: str(d.isocalendar().week),
    "u": lambda d: str(d.isoweekday()),
    "%": lambda _d: "%",
}


def formatted(days: float, shape: str) -> str:
    """`days` since 1970-01-01 written by `shape` (% and a letter of `LETTERS`); "" outside the calendar.

    Raises ValueError for a letter that does not exist.

    >>> formatted(dates.days("2026-02-03T09:05:00"), "%e/%n/%Y %H:%M")
    '3/2/2026 09:05'
    """
    text = dates.iso(days)
    if not text:
        return ""
    moment = dt.datetime.fromisoformat(text)
    parts, rest = [], iter(shape)
    for sign in rest:
        if sign != "%":
            parts.append(sign)
            continue
        letter = next(rest, "%")
        if letter not in LETTERS:
            raise ValueError(f"format-date() knows no %{letter}")
        parts.append(LETTERS[letter](moment))
    return "".join(parts)
