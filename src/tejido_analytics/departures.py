"""What becomes of a school when a member leaves: how long somebody else there keeps taking part.

`leadership.survives_departure` asks it of the period just ended and of schools with one active member. Here every
school that ever lost an active member is followed from that day on, as patients are after an operation: some have
fallen silent, others take part still and are known to last at least so long (Kaplan & Meier 1958).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.measure import Measure
from tejido_analytics.options import Options
from tejido_analytics.survival import Curve, kaplan_meier
from tejido_analytics.tables import Period

YEAR = 365
_SHOWN = (0, 90, 180, 365, 730, 1095)  # days after the departure at which the numbers still followed are told

Days = list[dt.date]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A school after the first active member who left it. left: that day; days: from then to the last gathering that
    somebody else of the school attended (0 where nobody ever did); ended: whether silence followed (True), or the
    school is only known to have lasted so long."""

    school: str
    left: dt.date
    days: int
    ended: bool


def follow_ups(activity: Activity, until: dt.date, options: Options | None = None) -> list[FollowUp]:
    """One `FollowUp` for each school that an active member left by the day `until`, by school.

    An active member attended a gathering while belonging to the school and the community, within `silence_days` before
    the day on which the membership or the post ended. Of several departures the first counts, so that schools are
    independent of each other. The school has ended when nobody else of it attended for `silence_days` in which at least
    `silence_gatherings` gatherings with attendance took place; a later return does not undo that.

    >>> from tejido_analytics.tables import Attendance, Gathering, Membership, Person, Tables
    >>> days = [dt.date(2023, month, 1) for month in range(1, 13)]
    >>> data = Tables(people=[Person("ana", school="s1"), Person("eva", school="s1"), Person("luz", school="s2")],
    ...     memberships=[Membership("ana", None, dt.date(2023, 2, 1)), Membership("eva"), Membership("luz")],
    ...     gatherings=[Gathering(f"g{day.month}", day) for day in days],
    ...     attendance=[Attendance("ana", "g1"), Attendance("eva", "g3"), *(Attendance("luz", f"g{n}") for n in range(1, 13))])
    >>> follow_ups(Activity(data), dt.date(2023, 12, 31))
    [FollowUp(school='s1', left=datetime.date(2023, 2, 1), days=28, ended=True)]
    """
    options = options or Options()
    held = sorted(activity.date_of(key) for key in activity.recorded if activity.date_of(key) <= until)
    present = _presence(activity, until)
    first: dict[str, tuple[dt.date, str]] = {}
    for person in sorted(activity.history):
        for school, end in _departures(activity, person, until):
            came = [day for day in present[school].get(person, ()) if day <= end]
            if came and (end - came[-1]).days < options.silence_days:
                first[school] = min(first.get(school, (end, person)), (end, person))
    found = []
    for school, (left, person) in sorted(first.items()):
        others = {day for who, days in present[school].items() if who != person for day in days if day > left}
        found.append(_followed(school, left, sorted(others), (held, until, options)))
    return found


def _presence(activity: Activity, until: dt.date) -> dict[str, dict[str, Days]]:
    """school -> person -> days on which they attended as a member of the community and of the school."""
    present: dict[str, dict[str, Days]] = defaultdict(lambda: defaultdict(list))
    spells: dict[str, list[tuple[dt.date, dt.date]]] = {}
    for key, people in activity.attended.items():
        day = activity.date_of(key)
        if day > until:
            continue
        for person in people:
            if person not in spells:
                spells[person] = activity.spells_of(person)
            school = activity.school_of(person, Period(day, day))
            if school and any(start <= day <= end for start, end in spells[person]):
                present[school][person].append(day)
    return present


def _departures(activity: Activity, person: str, until: dt.date) -> list[tuple[str, dt.date]]:
    """(school, last day) of each time the person stopped belonging to a school or to the community by `until`."""
    memberships = activity.spells_of(person)
    ends = []
    for school, start, end in activity.stays_of(person):
        for since, last in memberships:
            begin, over = max(start, since), min(end, last)
            if begin <= over <= until and over < dt.date.max:
                ends.append((school, over))
    # A spell that goes on the next day in another row is no departure.
    return [(school, end) for school, end in ends if not _goes_on(activity, person, school, end)]


def _goes_on(activity: Activity, person: str, school: str, end: dt.date) -> bool:
    day = end + dt.timedelta(days=1)
    stays = any(start <= day <= last for at, start, last in activity.stays_of(person) if at == school)
    return stays and any(start <= day <= last for start, last in activity.spells_of(person))


def _followed(school: str, left: dt.date, came: Days, seen: tuple[Days, dt.date, Options]) -> FollowUp:
    """From silence to silence: the first one that is long enough ends it. seen: gatherings held, last day, options."""
    held, until, options = seen
    last = left
    for day in [*came, None]:
        over = until if day is None else day
        upto = bisect_right(held, until) if day is None else bisect_left(held, day)
        missed = upto - bisect_right(held, last)
        if (over - last).days >= options.silence_days and missed >= options.silence_gatherings:
            return FollowUp(school, left, (last - left).days, True)
        last = day or last
    return FollowUp(school, left, (last - left).days, False)


def school_survival(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """Of schools that lost an active member, the share that still takes part a year later through others; n = schools.

    Kaplan & Meier's estimate at 365 days from everything recorded up to the end of the period (`follow_ups`), so that
    schools whose year is not over count for as long as they were seen. detail: `ended` (schools that fell silent),
    `low`, `high` (95 per cent interval of the share, None where it is undefined), `median`, `median_low`,
    `median_high` (days, None while more than half last), `curve` (`days`, `share`, `low`, `high`, `followed`,
    `fell_silent` at each step), `at_risk` (schools still followed after 0, 90, 180, 365, 730 and 1095 days).
    None where nobody is known to have left, and where no school was followed for a year and not all fell silent.

    >>> from tejido_analytics.tables import Attendance, Gathering, Membership, Person, Tables
    >>> days = [dt.date(2023, month, 1) for month in range(1, 13)]
    >>> data = Tables(people=[Person("ana", school="s1"), Person("luz", school="s2")],
    ...     memberships=[Membership("ana", None, dt.date(2023, 2, 1)), Membership("luz")],
    ...     gatherings=[Gathering(f"g{day.month}", day) for day in days],
    ...     attendance=[Attendance("ana", "g1"), *(Attendance("luz", f"g{n}") for n in range(1, 13))])
    >>> school_survival(Activity(data), Period(dt.date(2023, 1, 1), dt.date(2023, 12, 31))).value
    0.0
    """
    if not activity.recorded:
        return Measure(None, 0, activity.why_nothing(period) or reasons.NO_ATTENDANCE)
    if not activity.tables.memberships and not activity.tables.posts:
        return Measure(None, 0, reasons.NO_MEMBERSHIPS)
    found = follow_ups(activity, period.end, options)
    if not found:
        return Measure(None, 0, reasons.NO_MEMBER_LEFT)
    curve = kaplan_meier([one.days for one in found], [one.ended for one in found])
    value = curve.at(YEAR)
    detail = _told(found, curve)
    if value is None:
        return Measure(None, len(found), reasons.SHORT_FOLLOW_UP, detail=detail)
    return Measure(value, len(found), detail=detail)


def _told(found: list[FollowUp], curve: Curve) -> dict[str, Any]:
    steps = [step for step in curve.steps if step.time <= YEAR]
    return {
        "ended": [one.school for one in found if one.ended],
        "low": steps[-1].low if steps else None,
        "high": steps[-1].high if steps else None,
        "median": curve.median,
        "median_low": curve.median_low,
        "median_high": curve.median_high,
        "curve": [
            {
                "days": int(step.time),
                "share": step.survival,
                "low": step.low,
                "high": step.high,
                "followed": step.at_risk,
                "fell_silent": step.ended,
            }
            for step in curve.steps
        ],
        "at_risk": {str(day): sum(one.days >= day for one in found) for day in _SHOWN},
    }
