"""When a message may arrive: quiet hours and the weekly digest, by the reader's own clock. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DIGEST_DAY, DIGEST_HOUR = 0, 8  # Monday, eight o'clock


def is_quiet(hour: int, quiet_from: int, quiet_to: int) -> bool:
    """Whether an hour of the day (0..23) is quiet; the same hour twice means never.

    >>> is_quiet(23, 21, 7), is_quiet(7, 21, 7), is_quiet(13, 12, 14), is_quiet(3, 0, 0)
    (True, False, True, False)
    """
    if quiet_from <= quiet_to:
        return quiet_from <= hour < quiet_to
    return hour >= quiet_from or hour < quiet_to


def after_quiet(now: datetime, zone: str, quiet_from: int, quiet_to: int) -> datetime:
    """The first moment from `now` (aware) on that is not quiet where clocks show `zone`, in UTC.

    >>> after_quiet(datetime(2026, 3, 2, 3, 30, tzinfo=UTC), "America/Bogota", 21, 7)  # 22:30 on Sunday there
    datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.timezone.utc)
    >>> after_quiet(datetime(2026, 3, 2, 15, 0, tzinfo=UTC), "America/Bogota", 21, 7)
    datetime.datetime(2026, 3, 2, 15, 0, tzinfo=datetime.timezone.utc)
    """
    there = now.astimezone(ZoneInfo(zone))
    if not is_quiet(there.hour, quiet_from, quiet_to):
        return now.astimezone(UTC)
    day = there.date() + timedelta(days=1 if there.hour >= quiet_to else 0)
    return datetime.combine(day, time(quiet_to), ZoneInfo(zone)).astimezone(UTC)


def next_digest(now: datetime, zone: str) -> datetime:
    """The next Monday at eight where clocks show `zone`, later than `now`, in UTC.

    >>> next_digest(datetime(2026, 3, 2, 12, 0, tzinfo=UTC), "America/Bogota")  # Monday, seven o'clock there
    datetime.datetime(2026, 3, 2, 13, 0, tzinfo=datetime.timezone.utc)
    >>> next_digest(datetime(2026, 3, 2, 13, 0, tzinfo=UTC), "America/Bogota")
    datetime.datetime(2026, 3, 9, 13, 0, tzinfo=datetime.timezone.utc)
    """
    there = now.astimezone(ZoneInfo(zone))
    day = there.date() + timedelta(days=(DIGEST_DAY - there.weekday()) % 7)
    moment = datetime.combine(day, time(DIGEST_HOUR), ZoneInfo(zone))
    if moment <= there:
        moment = datetime.combine(day + timedelta(days=7), time(DIGEST_HOUR), ZoneInfo(zone))
    return moment.astimezone(UTC)
