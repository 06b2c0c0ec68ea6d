"""Which days insight is about: the last twelve months, the community's own periods, or any two dates. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tejido_analytics.tables import Period

LAST_TWELVE_MONTHS = "12m"


@dataclass(frozen=True, slots=True)
class Choice:
    """A period that a reader may ask for: the key in the address, its name (empty for any two dates), its days."""

    key: str
    name: str
    period: Period

    @property
    def is_rolling(self) -> bool:
        return self.key == LAST_TWELVE_MONTHS


def last_twelve_months(today: date) -> Period:
    """Twelve months up to and including `today`.

    >>> last_twelve_months(date(2024, 2, 29))
    Period(start=datetime.date(2023, 3, 1), end=datetime.date(2024, 2, 29))
    """
    try:
        year_ago = today.replace(year=today.year - 1)
    except ValueError:  # 29 February
        year_ago = today.replace(year=today.year - 1, day=28)
    return Period(year_ago + timedelta(days=1), today)


def key_of(period: Period) -> str:
    """How a period stands in an address.

    >>> key_of(Period(date(2024, 1, 1), date(2024, 6, 30)))
    '2024-01-01:2024-06-30'
    """
    return f"{period.start.isoformat()}:{period.end.isoformat()}"


def read(key: str) -> Period | None:
    """The period of a key made by `key_of`; None for anything else.

    >>> read("2024-01-01:2024-06-30"), read("next year"), read("2024-06-30:2024-01-01")
    (Period(start=datetime.date(2024, 1, 1), end=datetime.date(2024, 6, 30)), None, None)
    """
    first, _colon, last = key.partition(":")
    try:
        return Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return None


def before(period: Period, own: Iterable[Period]) -> Period:
    """P-1: for one of the community's own periods the one before it; else the same number of days just before.

    >>> terms = [Period(date(2024, 1, 1), date(2024, 5, 31)), Period(date(2024, 7, 1), date(2024, 12, 31))]
    >>> before(terms[1], terms) == terms[0]
    True
    """
    ordered = sorted(own)
    if period in ordered[1:]:
        return ordered[ordered.index(period) - 1]
    return period.previous()


def chosen(key: str, choices: Sequence[Choice]) -> Choice:
    """The choice that an address asks for: one of the list, any two dates, else the first of the list."""
    for choice in choices:
        if choice.key == key:
            return choice
    asked = read(key)
    return choices[0] if asked is None else Choice(key_of(asked), "", asked)
