"""Shared leadership: how evenly leading is spread over members, and how much of it is theirs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.agendas import Agendas, Own
from tejido_analytics.measure import Measure, share
from tejido_analytics.network.roles import gini
from tejido_analytics.options import Options
from tejido_analytics.tables import Period


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that was led in the period: a segment, a node, a cycle or a visit.

    people: who led it, each with whether they are a member; each holds an equal part of it. outside: one more part, of a
    guest or an organisation that is nobody of the directory. gathering, day: of a segment; "" and None of the rest.
    """

    kind: str
    people: tuple[tuple[str, bool], ...]
    outside: bool
    gathering: str = ""
    day: dt.date | None = None

    @property
    def part(self) -> float:
        """What each of those who led it holds of it; together 1."""
        return 1 / (len(self.people) + self.outside)

    @property
    def by_members(self) -> float:
        """How much of it members hold (0..1)."""
        return self.part * sum(ours for _person, ours in self.people)


def led_in(activity: Activity, period: Period, options: Options | None = None) -> list[Thing]:
    """Everything of the period of which it is known who led it: segments by gathering, then nodes, cycles, visits.

    An organisation counts as having led a segment only where no person and no guest is named.

    >>> from tejido_analytics.tables import Gathering, Segment, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> rows = [Segment("1", "g", "social", 9, leaders=("ana",), guest="Paz"), Segment("2", "g", "social", 9)]
    >>> data = Activity(Tables(gatherings=[Gathering("g", day)], segments=rows))
    >>> [(thing.part, thing.by_members) for thing in led_in(data, Period(day, day))]
    [(0.5, 0.5)]
    """
    options = options or Options()
    own = Own(activity)
    found = []
    for met, row in Agendas(activity, period, options.as_of).segments:
        people = tuple((person, own.on(person, met.date)) for person in sorted(set(row.leaders)))
        outside = bool(row.guest or (row.organisation and not people))
        if people or outside:
            found.append(Thing("segment", people, outside, met.id, met.date))
    others: dict[tuple[str, str], set[str]] = defaultdict(set)
    for lead in activity.tables.leads:
        if period.overlaps(lead.start, lead.end):
            others[lead.kind, lead.subject].add(lead.person)
    for (kind, _subject), leaders in sorted(others.items()):
        found.append(Thing(kind, tuple((one, own.within(one, period)) for one in sorted(leaders)), False))
    return found


def _why_nothing(activity: Activity, period: Period, options: Options) -> Measure:
    agendas = Agendas(activity, period, options.as_of)
    because = agendas.why_nothing()
    known = because if because and because != reasons.NO_TIMES else reasons.NOBODY_LED
    return Measure(None, 0, known, missing=agendas.gaps())


def leadership_spread(
    activity: Activity, period: Period, options: Options | None = None, most: int = 10
) -> Measure:
    """How unequally leading is spread over members: Gini of what each led, 0 alike … towards 1 one person; n = members.

    Who leads a segment, a node, a cycle or a visit together with others holds an equal part of it. Over the active members
    of the period and whoever of the members led something; people of the accompanying team are no members here
    (`Membership.outside`). None where no member led anything, and below two members.
    detail: `led` (how much members led in all), `top_share` (of the one who led most), `leaders` (how many led anything),
    `people`: those who consent and led most (at most `most`, ties by id), each with `person`, `led`, `share`.
    Source: Gini (1912), as `network.roles.gini`; indicators of the house (Shared leadership).

    >>> from tejido_analytics.tables import Attendance, Gathering, Segment, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> rows = [Segment(str(at), "g", "discussion", 20, leaders=("ana",)) for at in range(3)]
    >>> data = Tables(gatherings=[Gathering("g", day)], attendance=[Attendance(name, "g") for name in ("ana", "eva")],
    ...     segments=[*rows, Segment("3", "g", "social", 5, leaders=("eva",))])
    >>> spread = leadership_spread(Activity(data), Period(day, day))
    >>> spread.value, spread.detail["top_share"]
    (0.25, 0.75)
    """
    options = options or Options()
    things = led_in(activity, period, options)
    held: dict[str, float] = defaultdict(float)
    for thing in things:
        for person, ours in thing.people:
            if ours:
                held[person] += thing.part
    if not held:
        return _why_nothing(activity, period, options)
    own = Own(activity)
    members = {person for person in activity.active(period) if own.within(person, period)} | held.keys()
    total = sum(held.values())
    ranked = sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))
    people = [
        {"person": person, "led": amount, "share": amount / total}
        for person, amount in ranked
        if person in activity.consenting
    ]
    detail = {
        "led": total,
        "top_share": ranked[0][1] / total,
        "leaders": len(held),
        "people": people[:most],
    }
    gaps = Agendas(activity, period, options.as_of).gaps()
    if len(members) < 2:
        return Measure(None, len(members), reasons.TOO_FEW_PEOPLE, missing=gaps, detail=detail)
    return replace(gini([held.get(person, 0.0) for person in members]), missing=gaps, detail=detail)


def member_led(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """How much of what was led, was led by members and not by the outside team (share).

    Each segment, node, cycle and visit counts 1 and is divided evenly among those who led it; numerator: the parts of
    members, denominator = n: things of which it is known who led them. Guests, organisations and people of the accompanying
    team are not members. Accompaniment is a scaffolding: the share should rise.
    detail: `by_kind`: `key`, `numerator`, `denominator`, `value`; `by_gathering`: the same with `key` and `date`; `by_month`:
    the same, `key` is the first day of the month, in order.

    >>> from tejido_analytics.tables import Gathering, Membership, Segment, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> rows = [Segment("1", "g", "social", 9, leaders=("ana", "fac")), Segment("2", "g", "social", 9, leaders=("ana",))]
    >>> data = Tables(gatherings=[Gathering("g", day)], segments=rows, memberships=[Membership("ana")])
    >>> member_led(Activity(data), Period(day, day)).value
    0.75
    """
    options = options or Options()
    things = led_in(activity, period, options)
    if not things:
        return _why_nothing(activity, period, options)
    gathered = [thing for thing in things if thing.day is not None]
    detail = {
        "by_kind": list(_shares(things, [thing.kind for thing in things])),
        "by_gathering": [
            {**cell, "date": activity.date_of(cell["key"])}
            for cell in _shares(gathered, [thing.gathering for thing in gathered])
        ],
        "by_month": list(_shares(gathered, [_month(thing.day) for thing in gathered if thing.day])),
    }
    return share(
        sum(thing.by_members for thing in things),
        len(things),
        reasons.NOBODY_LED,
        missing=Agendas(activity, period, options.as_of).gaps(),
        detail=detail,
    )


def _month(day: dt.date) -> dt.date:
    return day.replace(day=1)


def _shares(things: list[Thing], keys: list[Any]) -> Iterator[dict[str, Any]]:
    """A cell for each key, in the order in which keys come first. keys: one for each thing."""
    grouped: dict[Any, list[Thing]] = {}
    for key, thing in zip(keys, things, strict=True):
        grouped.setdefault(key, []).append(thing)
    for key, group in grouped.items():
        led = sum(thing.by_members for thing in group)
        yield {"key": key, "numerator": led, "denominator": len(group), "value": led / len(group)}
