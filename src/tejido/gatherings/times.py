"""Days and clock times in a community's own time zone. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def day_in(zone: str, moment: datetime) -> date:
    """The day on which an aware `moment` falls where the clocks show `zone`.

    >>> day_in("America/Bogota", datetime(2025, 3, 2, 1, 0, tzinfo=UTC))
    datetime.date(2025, 3, 1)
    """
    return moment.astimezone(ZoneInfo(zone)).date()


def moment_in(zone: str, day: date, clock: time) -> datetime | None:
    """The moment at which clocks in `zone` show `clock` on `day`, in UTC; None where they skip it.

    An hour that comes twice is the first of the two.

    >>> moment_in("America/Bogota", date(2025, 3, 1), time(20, 0))
    datetime.datetime(2025, 3, 2, 1, 0, tzinfo=datetime.timezone.utc)
    >>> moment_in("America/Santiago", date(2025, 9, 7), time(0, 30)) is None  # clocks go from 24:00 to 1:00
    True
    """
    local = datetime.combine(day, clock, tzinfo=ZoneInfo(zone))
    moment = local.astimezone(UTC)
    back = moment.astimezone(ZoneInfo(zone))
    return moment if (back.date(), back.time()) == (day, clock) else None


def days_of(zone: str, starts_at: datetime, ends_at: datetime) -> list[date]:
    """Every day on which something runs from `starts_at` to `ends_at` (which is no longer part of it).

    >>> days_of("UTC", datetime(2025, 3, 1, 9, tzinfo=UTC), datetime(2025, 3, 3, 0, tzinfo=UTC))
    [datetime.date(2025, 3, 1), datetime.date(2025, 3, 2)]
    """
    first, last = day_in(zone, starts_at), day_in(zone, max(starts_at, ends_at - timedelta(microseconds=1)))
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]
