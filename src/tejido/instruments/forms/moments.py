"""Dates, times and numbers as controls of a browser hold them, and as answers do. Pure."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from tejido_forms.pages import FieldKind

_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")


def as_sent(kind: FieldKind, text: str, zone: dt.tzinfo) -> str:
    """What a control sent as the value of an answer; text that cannot be read stays as it was typed.

    >>> as_sent("decimal", " 1 234,5 ", dt.UTC), as_sent("integer", "tres", dt.UTC), as_sent("time", "10:30", dt.UTC)
    ('1234.5', 'tres', '10:30:00.000+00:00')
    >>> as_sent("date_time", "2026-03-04T10:30", dt.UTC)
    '2026-03-04T10:30:00.000+00:00'
    """
    text = text.strip()
    if kind in {"integer", "decimal", "range"}:
        plain = _SPACES.sub("", text)
        plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain
        return plain if re.fullmatch(r"[+-]?[\d.]+", plain) else text
    try:
        if kind == "date_time" and text:
            return dt.datetime.fromisoformat(text).replace(tzinfo=zone).isoformat(timespec="milliseconds")
        if kind == "time" and text:
            at = dt.time.fromisoformat(text)
            moment = dt.datetime.combine(dt.datetime.now(zone).date(), at, zone)
            return moment.isoformat(timespec="milliseconds").partition("T")[2]
    except ValueError:
        return text
    return text


def as_shown(kind: FieldKind, value: str) -> str:
    """The value of an answer as a control takes it.

    >>> as_shown("date_time", "2026-03-04T10:30:00.000-05:00"), as_shown("time", "10:30:00.000-05:00")
    ('2026-03-04T10:30', '10:30')
    """
    return value[: {"date_time": 16, "time": 5, "date": 10}.get(kind, len(value))]
