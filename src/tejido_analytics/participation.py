"""Formation, part one: who takes part, who stays, who comes once. Shares are 0..1; people are counted once each."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.measure import Measure, share, with_counts
from tejido_analytics.options import Options
from tejido_analytics.privacy import hide_small
from tejido_analytics.tables import Period


def active_members(activity: Activity, period: Period) -> Measure:
    """Members who attended at least one gathering in the period (count of people; n = attendances they made).

    A(P) = {attended in P} ∩ {member on some day of P}. People who came without being members are counted apart
    (`missing`). None where the period has no gathering with attendance.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> year = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    >>> came = Tables(gatherings=[Gathering("g", dt.date(2024, 5, 2))],
    ...               attendance=[Attendance("ana", "g"), Attendance("eva", "g", "absent")])
    >>> active_members(Activity(came), year).value
    1
    """
    missing = with_counts(activity.gaps(period))
    because = activity.why_nothing(period)
    if because:
        return Measure(None, 0, because, missing=missing)
    active = activity.active(period)
    gatherings = activity.gatherings_in(period)
    seats = sum(len(activity.attended[key] & active) for key in gatherings)
    return Measure(
        len(active), seats, missing=missing, detail={"gatherings": len(gatherings), "attendances": seats}
    )


def retention(activity: Activity, period: Period, earlier: Period) -> Measure:
    """Of those active in P-1, the share active in P: |A(P-1) ∩ A(P)| / |A(P-1)|; n = |A(P-1)|.

    None where nobody was active in P-1 or P has no attendance.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> both = Tables(gatherings=[Gathering("a", dt.date(2023, 5, 2)), Gathering("b", dt.date(2024, 5, 2))],
    ...     attendance=[Attendance("ana", "a"), Attendance("eva", "a"), Attendance("ana", "b")])
    >>> year = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    >>> retention(Activity(both), year, year.previous()).value
    0.5
    """
    because = activity.why_nothing(period)
    if because:
        return Measure(None, 0, because)
    before, now = activity.active(earlier), activity.active(period)
    gone = sorted((before - now) & activity.consenting)
    return share(
        len(before & now), len(before), reasons.NOBODY_ACTIVE_BEFORE, detail={"not_active_any_more": gone}
    )


def _before(activity: Activity, period: Period) -> frozenset[str]:
    """Everybody who attended on a day before the period."""
    return frozenset().union(
        *(people for key, people in activity.attended.items() if activity.date_of(key) < period.start)
    )


def _missing_before(activity: Activity, period: Period) -> dict[str, int]:
    first = activity.first_day()
    return {reasons.NOTHING_BEFORE: 1} if first is not None and first >= period.start else {}


def newcomers(activity: Activity, period: Period) -> Measure:
    """Members active in P who had never attended before it (count; n = active members).

    Where the records begin within P everybody is new by this definition; `missing` then says so.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> year = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    >>> data = Tables(gatherings=[Gathering("a", dt.date(2022, 5, 2)), Gathering("b", dt.date(2024, 5, 2))],
    ...     attendance=[Attendance("ana", "a"), Attendance("ana", "b"), Attendance("eva", "b")])
    >>> newcomers(Activity(data), year).detail["people"]
    ['eva']
    """
    because = activity.why_nothing(period)
    if because:
        return Measure(None, 0, because)
    active = activity.active(period)
    new = active - _before(activity, period)
    return Measure(
        len(new),
        len(active),
        missing=_missing_before(activity, period),
        detail={"people": sorted(new & activity.consenting)},
    )


def returners(activity: Activity, period: Period, earlier: Period) -> Measure:
    """Members active in P who attended before, but not in P-1 (count; n = active members).

    newcomers + returners + those who attended in P-1 = active members, when P-1 ends the day before P.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> year = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    >>> data = Tables(gatherings=[Gathering("a", dt.date(2022, 5, 2)), Gathering("b", dt.date(2024, 5, 2))],
    ...     attendance=[Attendance("ana", "a"), Attendance("ana", "b"), Attendance("eva", "b")])
    >>> returners(Activity(data), year, year.previous()).detail["people"]
    ['ana']
    """
    because = activity.why_nothing(period)
    if because:
        return Measure(None, 0, because)
    active = activity.active(period)
    back = (active & _before(activity, period)) - activity.attended_in(earlier)
    return Measure(
        len(back),
        len(active),
        missing=_missing_before(activity, period),
        detail={"people": sorted(back & activity.consenting)},
    )


def core_share(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """Share of active members who attended at least 60 % of the gatherings of P to which they were invited.

    Core: invited to at least 3 gatherings of P, and attended at least 0.6 of those. Only gatherings with
    attendance count. n = active members. None where no active member was invited to 3.
    Invited where no invitation is recorded: see `Activity.invited`.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> met = [Gathering(key, dt.date(2024, 5, day)) for day, key in enumerate("abc", start=1)]
    >>> came = [Attendance("ana", "a"), Attendance("ana", "b"), Attendance("eva", "c")]
    >>> core_share(Activity(Tables(gatherings=met, attendance=came)), met_in := Period(met[0].date, met[2].date)).value
    0.5
    """
    options = options or Options()
    because = activity.why_nothing(period)
    if because:
        return Measure(None, 0, because)
    active = activity.active(period)
    invited: Counter[str] = Counter()
    came: Counter[str] = Counter()
    for key in activity.gatherings_in(period):
        asked = activity.invited(key) & active
        invited.update(asked)
        came.update(asked & activity.attended[key])
    eligible = {person for person in active if invited[person] >= options.core_gatherings}
    # 1e-12: 3 of 5 is 60 %, whatever the binary fractions say.
    core = {
        person for person in eligible if came[person] >= options.core_share_from * invited[person] - 1e-12
    }
    missing = {reasons.FEW_INVITATIONS: len(active - eligible)}
    if not active:
        return Measure(None, 0, reasons.NOBODY_ACTIVE)
    if not eligible:
        return Measure(None, len(active), reasons.TOO_FEW_GATHERINGS, missing=with_counts(missing))
    return share(
        len(core),
        len(active),
        reasons.NOBODY_ACTIVE,
        missing=missing,
        detail={"people": sorted(core & activity.consenting)},
    )


def drop_in_share(activity: Activity, period: Period) -> Measure:
    """Share of active members whose whole history up to the end of P is one gathering; n = active members.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> year = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    >>> data = Tables(gatherings=[Gathering("a", dt.date(2022, 5, 2)), Gathering("b", dt.date(2024, 5, 2))],
    ...     attendance=[Attendance("ana", "a"), Attendance("ana", "b"), Attendance("eva", "b")])
    >>> drop_in_share(Activity(data), year).value
    0.5
    """
    because = activity.why_nothing(period)
    if because:
        return Measure(None, 0, because)
    active = activity.active(period)
    once = set()
    for person in active:
        until = [key for key in activity.history[person] if activity.date_of(key) <= period.end]
        if len(until) == 1:
            once.add(person)
    return share(
        len(once), len(active), reasons.NOBODY_ACTIVE, detail={"people": sorted(once & activity.consenting)}
    )


def periods_back(
    activity: Activity, period: Period, earlier: Period, options: Options | None = None
) -> list[Period]:
    """P, P-1, P-2 … back to the first attendance, oldest first: the columns of a cohort table.

    The community's own periods where `options.periods` has them; else of the length of the oldest known one.
    At most `options.most_cohorts`; what came before the oldest is then outside the table.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> year = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    >>> data = Tables(gatherings=[Gathering("a", dt.date(2022, 5, 2)), Gathering("b", dt.date(2024, 5, 2))],
    ...     attendance=[Attendance("ana", "a"), Attendance("ana", "b"), Attendance("eva", "b")])
    >>> [back.start.year for back in periods_back(Activity(data), year, year.previous())]
    [2021, 2022, 2024]
    """
    options = options or Options()
    first = activity.first_day()
    found = [period]
    own = sorted((own for own in options.periods if own.end < period.start), reverse=True)
    if earlier not in own:
        own = [earlier, *(other for other in own if other.end < earlier.start)]
    while first is not None and found[-1].start > first and len(found) < options.most_cohorts:
        found.append(own.pop(0) if own else found[-1].previous())
    return found[::-1]


def cohort_retention(
    activity: Activity, period: Period, earlier: Period, options: Options | None = None
) -> Measure:
    """Who came for the first time when, and who was still there later.

    detail: `periods` (the columns' and rows' periods, oldest first, as [start, end]) and `rows`, one for each period
    of first attendance: `size` people, and `cells`, one for each period since (0 = the first): `count` and `value`
    = share of the cohort that attended in it. Everybody who attended counts. The value is the share of all first
    attenders, but those of the last period, who came again in the very next period; n = those first attenders.
    Rows of fewer than `options.smallest_cell` people are hidden (with a second one) unless `options.suppress` is off.
    Cost: attendances + rows².

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> both = Tables(gatherings=[Gathering("a", dt.date(2023, 5, 2)), Gathering("b", dt.date(2024, 5, 2))],
    ...     attendance=[Attendance("ana", "a"), Attendance("eva", "a"), Attendance("ana", "b")])
    >>> year = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    >>> table = cohort_retention(Activity(both), year, year.previous(), Options(suppress=False))
    >>> table.value, [cell["value"] for cell in table.detail["rows"][0]["cells"]]
    (0.5, [1.0, 0.5])
    """
    options = options or Options()
    because = activity.why_nothing(period)
    if because:
        return Measure(None, 0, because)
    columns = periods_back(activity, period, earlier, options)
    present = [activity.attended_in(column) for column in columns]
    seen = _before(activity, columns[0])
    outside = len(seen & frozenset().union(*present))
    rows: list[dict[str, Any]] = []
    again = first_timers = 0
    for index, column in enumerate(columns):
        cohort = present[index] - seen
        seen = seen | cohort
        counts = [len(cohort & later) for later in present[index:]]
        rows.append({"start": column.start, "end": column.end, "size": len(cohort), "counts": counts})
        if index + 1 < len(columns):
            first_timers += len(cohort)
            again += counts[1]
    detail = {
        "periods": [[column.start, column.end] for column in columns],
        "rows": cohort_rows(rows, options),
        "first_attended_before": outside,
    }
    return share(again, first_timers, reasons.NO_LATER_PERIOD, detail=detail)


def cohort_rows(rows: list[dict[str, Any]], options: Options) -> list[dict[str, Any]]:
    """The rows of a cohort table as they are shown: shares of each cohort, small cohorts hidden.

    rows: dicts of start, end, size (people) and counts (of the same people in each period since).

    >>> first = {"start": None, "end": None, "size": 2, "counts": [2, 1]}
    >>> cohort_rows([first], Options(suppress=False))[0]["cells"][1]
    {'count': 1, 'value': 0.5}
    """
    hidden = hide_small([row["size"] for row in rows], options.smallest_cell) if options.suppress else {}
    shown = []
    for number, row in enumerate(rows):
        because = hidden.get(number, "")
        cells = [
            {
                "count": None if because else count,
                "value": None if because or not row["size"] else count / row["size"],
            }
            for count in row["counts"]
        ]
        size = None if because else row["size"]
        shown.append(
            {"start": row["start"], "end": row["end"], "size": size, "because": because, "cells": cells}
        )
    return shown
