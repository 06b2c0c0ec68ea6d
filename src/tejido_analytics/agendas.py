"""What the time of gatherings went to, whose voices were heard, and which organisations helped. Read from agendas.

Source: indicators of the house (Meetings: time_mix, voices, partners).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.measure import Measure, with_counts
from tejido_analytics.meetings import time_mix
from tejido_analytics.options import Options
from tejido_analytics.tables import Gathering, Period, Segment


@dataclass(frozen=True)
class Agendas:
    """The agendas of a period: its gatherings that took place, or should have by `as_of`, and their segments.

    A segment listed twice is one; segments of gatherings that are cancelled, not listed or still to come are left out.
    """

    activity: Activity
    period: Period
    as_of: dt.date | None = None

    @cached_property
    def gatherings(self) -> list[Gathering]:
        """Gatherings of the period that are due and not cancelled, by (date, id)."""
        rows = (row for row in self.activity.gatherings.values() if row.date in self.period)
        return [row for row in rows if self.as_of is None or row.date <= self.as_of]

    @cached_property
    def by_gathering(self) -> dict[str, list[Segment]]:
        """Gathering -> its segments, by id, for those that have an agenda; in the order of `gatherings`."""
        found: dict[str, dict[str, Segment]] = defaultdict(dict)
        for row in sorted(self.activity.tables.segments, key=lambda one: (one.id, repr(one))):
            found[row.gathering].setdefault(row.id, row)
        return {row.id: list(found[row.id].values()) for row in self.gatherings if row.id in found}

    @cached_property
    def segments(self) -> list[tuple[Gathering, Segment]]:
        """Every segment with its gathering."""
        known = self.activity.gatherings
        return [(known[key], row) for key, rows in self.by_gathering.items() for row in rows]

    def why_nothing(self) -> str:
        """Why there is no agenda: no gathering, or none with one; empty where there is."""
        if self.by_gathering:
            return ""
        if not self.gatherings:
            known = self.activity.every_gathering
            return reasons.NO_GATHERINGS_IN_PERIOD if known else reasons.NO_GATHERINGS
        return reasons.NO_TIMES

    def gaps(self) -> dict[str, int]:
        """How many gatherings have no agenda, and of how many segments nobody noted who led them."""
        return with_counts(
            {
                reasons.GATHERINGS_WITHOUT_AGENDA: len(self.gatherings) - len(self.by_gathering),
                reasons.SEGMENTS_WITHOUT_LEADER: sum(not is_led(row) for _met, row in self.segments),
            }
        )


def is_led(segment: Segment) -> bool:
    """Whether it is known who led it: people, a guest, or an organisation.

    >>> is_led(Segment("1", "g", "social", 10)), is_led(Segment("1", "g", "social", 10, guest="Eva"))
    (False, True)
    """
    return bool(segment.leaders or segment.guest or segment.organisation)


def minutes_of(segment: Segment) -> float:
    """Minutes that were measured, else those that were planned.

    >>> minutes_of(Segment("1", "g", "social", 10)), minutes_of(Segment("1", "g", "social", 10, actual=25))
    (10, 25)
    """
    return segment.minutes if segment.actual is None else segment.actual


def time_mix_in(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """`meetings.time_mix` of all gatherings of the period that have an agenda: actual minutes, else planned (share).

    n = denominator = minutes; numerator = minutes of hands-on, discussion and reflection. detail: as of `time_mix`, and
    `by_gathering`: `key`, `date`, `value` (its own share), `minutes` (in all), `presentation` (share), `measured` (whether
    any of its time was), `warnings`.

    >>> from tejido_analytics.tables import Tables
    >>> day = dt.date(2024, 5, 2)
    >>> rows = [Segment("1", "g", "presentation", 30, actual=45), Segment("2", "g", "discussion", 15)]
    >>> mix = time_mix_in(Activity(Tables(gatherings=[Gathering("g", day)], segments=rows)), Period(day, day))
    >>> mix.value, mix.n, mix.detail["warnings"]
    (0.25, 60, ['much_presentation', 'little_active'])
    """
    agendas = Agendas(activity, period, (options or Options()).as_of)
    because = agendas.why_nothing()
    if because:
        return Measure(None, 0, because, missing=_without_agenda(agendas))
    whole = time_mix((row.kind, minutes_of(row)) for _met, row in agendas.segments)
    cells = [_mix_cell(activity, key, rows) for key, rows in agendas.by_gathering.items()]
    return replace(whole, missing=_without_agenda(agendas), detail={**whole.detail, "by_gathering": cells})


def balanced(activity: Activity) -> frozenset[str]:
    """Gatherings, held or to come, whose agenda is at most half presentation; those without an agenda are not among them.

    >>> from tejido_analytics.tables import Tables
    >>> day = dt.date(2024, 5, 2)
    >>> rows = [Segment("1", "g", "presentation", 30), Segment("2", "g", "discussion", 30)]
    >>> sorted(balanced(Activity(Tables(gatherings=[Gathering("g", day)], segments=rows))))
    ['g']
    """
    agendas = Agendas(activity, Period(dt.date.min, dt.date.max))
    mixes = {
        key: time_mix((row.kind, minutes_of(row)) for row in rows)
        for key, rows in agendas.by_gathering.items()
    }
    return frozenset(key for key, mix in mixes.items() if "much_presentation" not in mix.detail["warnings"])


def _without_agenda(agendas: Agendas) -> dict[str, int]:
    gaps = agendas.gaps()
    gaps.pop(reasons.SEGMENTS_WITHOUT_LEADER, None)
    return gaps


def _mix_cell(activity: Activity, key: str, rows: list[Segment]) -> dict[str, Any]:
    mix = time_mix((row.kind, minutes_of(row)) for row in rows)
    return {
        "key": key,
        "date": activity.date_of(key),
        "value": mix.value,
        "minutes": mix.n,
        "presentation": mix.detail["shares"]["presentation"],
        "measured": any(row.actual is not None for row in rows),
        "warnings": mix.detail["warnings"],
    }


class Own:
    """Who belongs to the community itself, and is not of the team that accompanies it from outside.

    >>> from tejido_analytics.tables import Membership, Tables
    >>> rows = [Membership("ana"), Membership("fac", outside=True)]
    >>> own = Own(Activity(Tables(memberships=rows)))
    >>> own.on("ana", dt.date(2024, 5, 2)), own.on("fac", dt.date(2024, 5, 2)), own.on("eva", dt.date(2024, 5, 2))
    (True, False, False)
    """

    def __init__(self, activity: Activity) -> None:
        self._everybody = not activity.tables.memberships
        self._spells: dict[str, list[tuple[dt.date | None, dt.date | None]]] = defaultdict(list)
        for row in activity.tables.memberships:
            if not row.outside:
                self._spells[row.person].append((row.start, row.end))

    def on(self, person: str, day: dt.date) -> bool:
        """Whether the person had a membership of their own that day; everybody has where none are recorded."""
        return self.within(person, Period(day, day))

    def within(self, person: str, period: Period) -> bool:
        """Whether they had one on at least one day of `period`."""
        return self._everybody or any(period.overlaps(*spell) for spell in self._spells.get(person, ()))


def voices(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """Distinct people who led a segment (count): people of the directory and guests by name.

    n: segments of which it is known who led them. numerator: members among the voices; denominator: all voices. A member
    is who had a membership of their own (not of the accompanying team) on the day of a segment they led.
    detail: `members`, `team` (people who are not), `guests` (counts), `share` of members (0..1), `by_gathering`: `key`,
    `date`, `people` (voices), `members`.

    >>> from tejido_analytics.tables import Membership, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> rows = [Segment("1", "g", "social", 9, leaders=("ana", "fac")), Segment("2", "g", "social", 9, guest="Dr. Paz")]
    >>> data = Tables(gatherings=[Gathering("g", day)], segments=rows, memberships=[Membership("ana")])
    >>> heard = voices(Activity(data), Period(day, day))
    >>> heard.value, heard.numerator, heard.denominator
    (3, 1, 3)
    """
    agendas = Agendas(activity, period, (options or Options()).as_of)
    led = [(met, row) for met, row in agendas.segments if row.leaders or row.guest]
    if not led:
        return Measure(None, 0, agendas.why_nothing() or reasons.NO_VOICES, missing=agendas.gaps())
    own = Own(activity)
    people = {person for _met, row in led for person in row.leaders}
    members = {person for met, row in led for person in row.leaders if own.on(person, met.date)}
    guests = {_plain(row.guest) for _met, row in led if row.guest}
    cells = []
    for key, rows in agendas.by_gathering.items():
        here = {person for row in rows for person in row.leaders}
        names = {_plain(row.guest) for row in rows if row.guest}
        day = activity.date_of(key)
        ours = sum(own.on(person, day) for person in here)
        if here or names:
            cells.append({"key": key, "date": day, "people": len(here) + len(names), "members": ours})
    count = len(people) + len(guests)
    detail = {
        "members": len(members),
        "team": len(people - members),
        "guests": len(guests),
        "share": len(members) / count,
        "by_gathering": cells,
    }
    return Measure(
        count, len(led), numerator=len(members), denominator=count, missing=agendas.gaps(), detail=detail
    )


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def partners(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """Distinct outside organisations that contributed in the period: led a segment, or gave something (count).

    n: how many times, one for each segment and each thing given. 0 where agendas are there and none names one; None where
    neither an agenda nor a contribution is recorded. detail: `organisations`, most times first: `organisation`, `times`,
    `kinds` (of what was given, sorted; "segment" for a part of an agenda), `gatherings` (ids by date).

    >>> from tejido_analytics.tables import Contribution, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> data = Tables(gatherings=[Gathering("g", day)], contributions=[Contribution("museum", "g", kind="venue")])
    >>> helped = partners(Activity(data), Period(day, day))
    >>> helped.value, helped.detail["organisations"][0]["kinds"]
    (1, ['venue'])
    """
    agendas = Agendas(activity, period, (options or Options()).as_of)
    given = [(row.organisation, met.id, "segment") for met, row in agendas.segments if row.organisation]
    due = {row.id for row in agendas.gatherings}
    for row in sorted(set(activity.tables.contributions), key=repr):
        dated = not row.gathering and row.date is not None and row.date in period
        if row.gathering in due or dated:
            given.append((row.organisation, row.gathering, row.kind))
    if not given and not agendas.by_gathering:
        because = agendas.why_nothing()
        return Measure(None, 0, reasons.NO_CONTRIBUTIONS if because == reasons.NO_TIMES else because)
    times = Counter(organisation for organisation, _key, _kind in given)
    order = {row.id: at for at, row in enumerate(agendas.gatherings)}
    listed = [
        {
            "organisation": name,
            "times": count,
            "kinds": sorted({kind for one, _key, kind in given if one == name and kind}),
            "gatherings": sorted(
                {key for one, key, _kind in given if one == name and key}, key=order.__getitem__
            ),
        }
        for name, count in sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Measure(len(times), len(given), missing=_without_agenda(agendas), detail={"organisations": listed})
