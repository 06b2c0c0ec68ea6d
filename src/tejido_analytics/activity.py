"""Who belonged, who was invited, who came: the tables cleaned once, for every indicator to read.

Rules of cleaning, the same for all orders of the input: a person listed twice is one (consent only if every row
gives it); a gathering listed twice is one; a cancelled gathering did not take place; somebody was there if any row
of theirs says on_site or online; attendance at a gathering that is not listed is left out and counted.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from functools import cached_property
from typing import Any, TypeVar

from tejido_analytics import reasons
from tejido_analytics.tables import ATTENDED, Gathering, Period, Person, School, Tables

Row = TypeVar("Row", Person, Gathering, School)


class Activity:
    """The tables of one community, indexed. Built in one pass; every attribute is sorted and never changed.

    people: id -> Person, with those who only occur in attendance or ties; gatherings: id -> Gathering, without
    the cancelled ones, by (date, id); attended: gathering -> people who were there; recorded: gatherings for which
    at least one row of attendance (of any status) exists; on_site, excused: gathering -> people of that status.
    Cost: time and memory grow with the number of rows.

    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> seen = Activity(Tables(gatherings=[Gathering("g", day)],
    ...     attendance=[Attendance("eva", "g"), Attendance("ana", "g"), Attendance("luz", "g", "excused")]))
    >>> sorted(seen.active(Period(day, day))), sorted(seen.invited("g"))
    (['ana', 'eva'], ['ana', 'eva', 'luz'])
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        every_gathering = _merged(tables.gatherings)
        self._cancelled = {key for key, row in every_gathering.items() if row.state == "cancelled"}
        self.every_gathering = every_gathering
        live = [row for row in every_gathering.values() if row.state != "cancelled"]
        self.gatherings = {row.id: row for row in sorted(live, key=lambda row: (row.date, row.id))}
        self.schools = _merged(tables.schools)
        self._read_attendance()
        self._read_people()

    def _read_attendance(self) -> None:
        here: dict[str, set[str]] = defaultdict(set)
        on_site: dict[str, set[str]] = defaultdict(set)
        excused: dict[str, set[str]] = defaultdict(set)
        recorded: set[str] = set()
        strangers = 0
        for row in self.tables.attendance:
            if row.gathering not in self.gatherings:
                strangers += row.gathering not in self._cancelled
                continue
            recorded.add(row.gathering)
            if row.status in ATTENDED:
                here[row.gathering].add(row.person)
                if row.status == "on_site":
                    on_site[row.gathering].add(row.person)
            elif row.status == "excused":
                excused[row.gathering].add(row.person)
        self.recorded = frozenset(recorded)
        self.attended = {key: frozenset(here.get(key, ())) for key in self.gatherings if key in recorded}
        self.on_site = {key: frozenset(people) for key, people in on_site.items()}
        self.excused = {key: frozenset(people) for key, people in excused.items()}
        self.attendance_at_unlisted = strangers

    def _read_people(self) -> None:
        listed = _merged(self.tables.people)
        named = {row.person for row in self.tables.attendance}
        named |= {end for tie in self.tables.ties for end in (tie.source, tie.target)}
        unlisted = named - listed.keys()
        # Where consent was evidently asked, silence is not consent.
        assumed = all(person.consent for person in listed.values())
        people = listed | {key: Person(key, consent=assumed) for key in unlisted}
        self.people = {key: people[key] for key in sorted(people)}
        self.unlisted = len(unlisted) if listed else 0
        self.consenting = frozenset(key for key, person in self.people.items() if person.consent)

    # -- who belongs ------------------------------------------------------------------------------------
    @cached_property
    def _spells(self) -> dict[str, list[tuple[dt.date | None, dt.date | None]]]:
        spells: dict[str, list[tuple[dt.date | None, dt.date | None]]] = defaultdict(list)
        for row in self.tables.memberships:
            spells[row.person].append((row.start, row.end))
        return spells

    def spells_of(self, person: str) -> list[tuple[dt.date, dt.date]]:
        """First and last day of each membership of a person; always, where no memberships are recorded at all."""
        if not self.tables.memberships:
            return [(dt.date.min, dt.date.max)]
        spells = self._spells.get(person, [])
        return sorted((start or dt.date.min, end or dt.date.max) for start, end in spells)

    def members_in(self, period: Period) -> frozenset[str]:
        """People with a membership on at least one day of `period`; everybody where none are recorded."""
        if not self.tables.memberships:
            return frozenset(self.people)
        return frozenset(
            person
            for person, spells in self._spells.items()
            if any(period.overlaps(start, end) for start, end in spells)
        )

    @cached_property
    def guests(self) -> frozenset[str]:
        """People who never had a membership, where memberships are recorded: of them other rows tell."""
        return frozenset(self.people) - self._spells.keys() if self.tables.memberships else frozenset()

    def members_on(self, day: dt.date) -> frozenset[str]:
        """People with a membership on `day`; everybody where none are recorded. Remembered per day."""
        known = self._members_by_day.get(day)
        if known is None:
            known = self._members_by_day[day] = self.members_in(Period(day, day))
        return known

    @cached_property
    def _members_by_day(self) -> dict[dt.date, frozenset[str]]:
        return {}

    # -- who was invited ----------------------------------------------------------------------------------
    @cached_property
    def _invitations(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.tables.invitations:
            found[row.gathering].add(row.person)
        return {key: frozenset(people) for key, people in found.items()}

    def invited(self, gathering: str) -> frozenset[str]:
        """Members invited to a gathering: the recorded invitations of people who were members that day.

        Where no invitation to that gathering is recorded: the members of that day; where no memberships are
        recorded either: everybody known.
        """
        members = self.members_on(self.gatherings[gathering].date)
        asked = self._invitations.get(gathering)
        return members if asked is None else members & asked

    # -- who came -------------------------------------------------------------------------------------------
    def gatherings_in(self, period: Period) -> list[str]:
        """Ids of gatherings of the period with attendance, by (date, id). A sheet that nobody filled in is no evidence."""
        return [key for key, row in self.gatherings.items() if row.date in period and key in self.recorded]

    def attended_in(self, period: Period) -> frozenset[str]:
        """People who attended at least one gathering of the period, members or not."""
        return frozenset().union(*(self.attended[key] for key in self.gatherings_in(period)))

    def active(self, period: Period) -> frozenset[str]:
        """Members active in the period: attended in it, and members on at least one of its days."""
        return self.attended_in(period) & self.members_in(period)

    @cached_property
    def history(self) -> dict[str, list[str]]:
        """person -> ids of all gatherings attended, by (date, id)."""
        history: dict[str, list[str]] = defaultdict(list)
        for key, people in self.attended.items():
            for person in people:
                history[person].append(key)
        return history

    def date_of(self, gathering: str) -> dt.date:
        """The day of a gathering."""
        return self.gatherings[gathering].date

    def first_day(self) -> dt.date | None:
        """Day of the first gathering with attendance; None where there is none."""
        return next((row.date for key, row in self.gatherings.items() if key in self.recorded), None)

    def why_nothing(self, period: Period) -> str:
        """Why nothing can be said about attendance in `period`; empty where something can."""
        if self.gatherings_in(period):
            return ""
        if not self.every_gathering:
            return reasons.NO_GATHERINGS
        if not any(row.date in period for row in self.gatherings.values()):
            return reasons.NO_GATHERINGS_IN_PERIOD
        return reasons.NO_ATTENDANCE_IN_PERIOD if self.recorded else reasons.NO_ATTENDANCE

    def gaps(self, period: Period) -> dict[str, int]:
        """What is missing from the attendance of `period`, in the phrases of `reasons.MISSING`."""
        unrecorded = sum(
            row.date in period and key not in self.recorded for key, row in self.gatherings.items()
        )
        visitors = len(self.attended_in(period) - self.members_in(period))
        return {
            reasons.GATHERINGS_WITHOUT_ATTENDANCE: unrecorded,
            reasons.GATHERINGS_NOT_LISTED: self.attendance_at_unlisted,
            reasons.VISITORS: visitors,
            reasons.PEOPLE_NOT_LISTED: self.unlisted,
        }

    # -- where people work ------------------------------------------------------------------------------------
    @cached_property
    def _posts(self) -> dict[str, list[tuple[dt.date, dt.date, str]]]:
        posts: dict[str, list[tuple[dt.date, dt.date, str]]] = defaultdict(list)
        for row in self.tables.posts:
            posts[row.person].append((row.end or dt.date.max, row.start or dt.date.min, row.school))
        return {person: sorted(rows) for person, rows in posts.items()}

    def school_of(self, person: str, period: Period) -> str:
        """School of a person in a period: of the post held last in it; without posts `Person.school`; else empty."""
        posts = self._posts.get(person)
        if posts is None:
            return self.people[person].school if person in self.people else ""
        held = [row for row in posts if period.overlaps(row[1], row[0])]
        return held[-1][2] if held else ""

    def stays_of(self, person: str) -> list[tuple[str, dt.date, dt.date]]:
        """School, first and last day of each post of a person; without posts `Person.school`, always."""
        posts = self._posts.get(person)
        if posts is not None:
            return [(school, start, end) for end, start, school in posts if school]
        school = self.people[person].school if person in self.people else ""
        return [(school, dt.date.min, dt.date.max)] if school else []

    @cached_property
    def seated(self) -> dict[tuple[str, str, str], frozenset[str]]:
        """Recorded tables: (gathering, round, table) -> people who sat there and attended. Empty where none are."""
        tables: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for row in self.tables.attendance:
            if row.table in (None, "") or row.status not in ATTENDED or row.gathering not in self.gatherings:
                continue
            tables[row.gathering, _word(row.round), _word(row.table)].add(row.person)
        return {key: frozenset(people) for key, people in tables.items()}


def _word(value: str | int | None) -> str:
    return "" if value is None else str(value)


def _merged(rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by id; rows of the same id made one, the same in whatever order they come."""
    by_id: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_id[row.id].append(row)
    return {key: same[0] if len(same) == 1 else _one_of(same) for key, same in by_id.items()}


def _one_of(rows: list[Row]) -> Row:
    chosen: dict[str, Any] = {}
    for field in fields(rows[0]):
        values = [getattr(row, field.name) for row in rows]
        if field.name == "consent":
            chosen[field.name] = all(values)
        elif field.name == "attributes":
            chosen[field.name] = dict(sorted(pair for value in values for pair in value.items()))
        elif field.name in ("offers", "wants"):
            chosen[field.name] = tuple(sorted({word for value in values for word in value}))
        else:
            given = [value for value in values if value not in (None, "")]
            chosen[field.name] = min(given) if given else values[0]
    return type(rows[0])(**chosen)
