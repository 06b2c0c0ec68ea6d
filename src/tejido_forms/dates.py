"""Dates and times as XForms calculate with them: days since 1970-01-01, the time of day as the fraction."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Final

EPOCH: Final = dt.date(1970, 1, 1)
_DATE = re.compile(r"(-?\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?(Z|[+-]-?\d{2}:?\d{2})?$")


def date_of(text: str) -> dt.date | None:
    """The day that an ISO text names, also where a time follows; None where there is none.

    >>> date_of("2026-02-03T10:00:00.000-05:00"), date_of("2026-02-30"), date_of("soon")
    (datetime.date(2026, 2, 3), None, None)
    """
    found = _DATE.match(text.strip())
    if not found:
        return None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def time_of(text: str) -> dt.time | None:
    """The local time of day in an ISO text, its zone left aside ("10:30:00.000-05:00" is 10:30); None where none.

    >>> time_of("10:30:00.000-05:00"), time_of("25:00"), time_of("09:05")
    (datetime.time(10, 30), None, datetime.time(9, 5))
    """
    found = _TIME.search(text.strip().rpartition("T")[2])
    if not found:
        return None
    try:
        micro = int((found[4] or "").ljust(6, "0") or 0)
        return dt.time(int(found[1]), int(found[2]), int(found[3] or 0), micro)
    except ValueError:
        return None


def days(text: str) -> float:
    """Days since 1970-01-01 of an ISO date or dateTime, local time as fraction; NaN where it is neither.

    >>> days("1970-01-02"), days("1970-01-02T12:00:00.000-05:00"), days("x")
    (1.0, 1.5, nan)
    """
    day = date_of(text)
    if day is None:
        return math.nan
    whole = float((day - EPOCH).days)
    moment = time_of(text) if "T" in text else None
    return whole + (fraction(moment) if moment else 0.0)


def fraction(moment: dt.time) -> float:
    """The part of the day that has passed at `moment`, 0..1.

    >>> fraction(dt.time(18))
    0.75
    """
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return seconds / 86400


def iso(value: float) -> str:
    """The ISO date of a number of days; with a time where there is a fraction; "" for NaN and what no calendar has.

    >>> iso(1.0), iso(1.5), iso(float("nan"))
    ('1970-01-02', '1970-01-02T12:00:00', '')
    """
    if not math.isfinite(value) or abs(value) > 2_900_000:
        return ""
    whole = math.floor(value)
    try:
        day = EPOCH + dt.timedelta(days=whole)
    except OverflowError:
        return ""
    part = value - whole
    if part < 1e-9:
        return day.isoformat()
    moment = dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=round(part * 86400))
    return moment.isoformat(timespec="seconds")
