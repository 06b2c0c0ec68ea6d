"""Who belonged and who came, as tables of an engine: the rules of `activity.Activity`, written once more as expressions.

The same rules of cleaning: rows of one id are one, consent only if every row gives it, a cancelled gathering did not
take place, somebody was there if any row says on_site or online, unlisted gatherings are left out and counted. People
and gatherings get numbers in the order of their ids, so that everything after this joins whole numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import ibis
import ibis.expr.types as ir

from tejido_analytics.tables import ATTENDED, STATES, STATUSES
from tejido_analytics.wide.engine import count_of, drop, kept, rows, whole_of
from tejido_analytics.wide.given import COLUMNS, Given

ALWAYS: Final = 10_000_000  # days; further from 1970 than any calendar of Python
_WORDS: Final = ("school", "district", "sector", "subject", "role")


def day_number(day: dt.date) -> int:
    """Days since 1970-01-01, as the tables of `Wide` hold them.

    >>> day_number(dt.date(1970, 1, 2))
    1
    """
    return day.toordinal() - dt.date(1970, 1, 1).toordinal()


def whole(number: int) -> ir.IntegerScalar:
    """A whole number as int64 in any engine.

    >>> whole(3).type()
    Int64(nullable=True)
    """
    return ibis.literal(number, type="int64")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is recorded at all, in rows: people, memberships, posts, invitations, ties, schools, every gathering, live
    ones, those `recorded` (with any attendance). unlisted: people in attendance or ties who are not in the list of
    people; at_unlisted: attendance at gatherings nobody listed; placed: people whose school is known; first: day of
    the first gathering with attendance (days since 1970; None without)."""

    people: int
    memberships: int
    posts: int
    invitations: int
    ties: int
    schools: int
    every: int
    live: int
    recorded: int
    unlisted: int
    at_unlisted: int
    placed: int
    first: int | None


class Wide:
    """The tables of one community or one country, cleaned and numbered. Every attribute is an Ibis table of `engine`.

    people: person (int64, in the order of ids), id, known (in people, attendance or ties), listed, consent, school,
    district, sector, subject, role, leader and attributes. gatherings: gathering (int64), day, lat, lon, state, kind,
    modality, recorded; without the cancelled; every: with them. seats: person, gathering, day, on_site, one row for
    each person who came to a gathering. tabled: gathering, round, table, person. stays: person, start, end of each
    membership (first and last day); spells: the same with overlapping ones made one. schools: one row for each id.
    Cost: two joins of the attendance, with people and with gatherings; what it makes is held by the engine.
    Raises ValueError for a status or state outside the vocabulary and for an empty id.

    >>> from tejido_analytics.tables import Attendance, Gathering, Tables
    >>> from tejido_analytics.wide.engine import connect
    >>> from tejido_analytics.wide.given import held
    >>> came = Tables(gatherings=[Gathering("g", dt.date(2024, 5, 2))], attendance=[Attendance("ana", "g")])
    >>> rows((wide := Wide(held(connect(), came))).seats, wide.engine)
    [{'person': 0, 'gathering': 0, 'day': 19845, 'on_site': True}]
    """

    def __init__(self, given: Given) -> None:
        self.given, self.engine = given, given.engine
        _check(given)
        self.every = kept(_every_gathering(given.gatherings), self.engine)
        self.schools = kept(_one_each(given.schools, ("territory",), ("lat", "lon", "rural")), self.engine)
        self.people = kept(self._people(), self.engine)
        marks = kept(self._marks(), self.engine)
        self.gatherings = kept(self._gatherings(marks), self.engine)
        here = marks.filter(marks.here)
        seats = here.group_by(["person", "gathering", "day"]).aggregate(on_site=here.on_site.max())
        self.seats = kept(seats, self.engine)
        tabled = here.filter(here.table != "").select("gathering", "round", "table", "person").distinct()
        self.tabled = kept(tabled, self.engine)
        drop(marks, self.engine)
        self.stays = kept(self._stays(), self.engine)
        self.spells = kept(_merged(self.stays), self.engine)

    @cached_property
    def facts(self) -> Facts:
        """What is recorded at all; one query."""
        given, people, live = self.given, self.people, self.gatherings
        every_id = self.every.select(gathering=self.every.id)
        wanted: Mapping[str, ir.IntegerScalar] = {
            "people": given.people.count(),
            "memberships": given.memberships.count(),
            "posts": given.posts.count(),
            "invitations": given.invitations.count(),
            "ties": given.ties.count(),
            "schools": given.schools.count(),
            "every": self.every.count(),
            "live": live.count(),
            "recorded": live.filter(live.recorded).count(),
            "unlisted": people.filter(people.known & ~people.listed).count(),
            "at_unlisted": given.attendance.anti_join(every_id, "gathering").count(),
            "placed": people.filter(people.known & (people.school != "")).count(),
            "first": live.filter(live.recorded).day.min(),
        }
        each = [
            value.name("n").as_table().select(what=ibis.literal(name), n=ibis._.n.cast("int64"))
            for name, value in wanted.items()
        ]
        found = {row["what"]: row["n"] for row in rows(ibis.union(*each), self.engine)}
        if not found["people"]:  # where nobody is listed, nobody is missing from the list
            found["unlisted"] = 0
        return Facts(**found)

    def _people(self) -> ir.Table:
        given, engine = self.given, self.engine
        people = given.people
        listed = people.group_by("id").aggregate(
            consent=people.consent.all(),
            leader=people.leader.min(),
            **{name: people[name].nullif("").min() for name in _WORDS},
            **{name: people[name].max() for name in people.columns if name not in COLUMNS["people"]},
        )
        # Where consent was evidently asked, silence is not consent.
        assumed = not rows(listed.aggregate(n=count_of(~listed.consent)), engine)[0]["n"]
        yes, no = ibis.literal(True), ibis.literal(False)
        named = ibis.union(
            people.select("id", known=yes),
            given.attendance.select(id=given.attendance.person, known=yes).distinct(),
            given.ties.select(id=given.ties.source, known=yes),
            given.ties.select(id=given.ties.target, known=yes),
            given.memberships.select(id=given.memberships.person, known=no),
        )
        every = named.group_by("id").aggregate(known=named.known.max())
        listed = listed.rename(listed_id="id")
        joined = every.left_join(listed, every.id == listed.listed_id)
        words = [name for name in listed.columns if name not in ("listed_id", "consent", "leader")]
        return joined.select(
            "id",
            "known",
            "leader",
            person=whole_of(ibis.row_number().over(order_by=joined.id)),
            listed=joined.listed_id.notnull(),
            consent=joined.known & joined.consent.fill_null(assumed),
            **{name: joined[name].fill_null("") for name in words},
        )

    def _marks(self) -> ir.Table:
        """Every row of attendance at a live gathering, with numbers."""
        live = self.every.filter(self.every.state != "cancelled")
        gatherings = live.select(at=live.gathering, day=live.day, called=live.id)
        people = self.people.select(number=self.people.person, name=self.people.id)
        came = self.given.attendance
        found = came.join(gatherings, came.gathering == gatherings.called)
        found = found.join(people, found.person == people.name)
        return found.select(
            person=found.number,
            gathering=found["at"],
            day=found.day,
            here=found.status.isin(sorted(ATTENDED)),
            on_site=found.status == "on_site",
            round=found["round"],
            table=found["table"],
        )

    def _gatherings(self, marks: ir.Table) -> ir.Table:
        live = self.every.filter(self.every.state != "cancelled")
        recorded = marks.select(noted=marks.gathering).distinct()
        joined = live.left_join(recorded, live.gathering == recorded.noted)
        return joined.mutate(recorded=joined.noted.notnull()).drop("noted")

    def _stays(self) -> ir.Table:
        """Memberships as days; where none are recorded everybody known belongs, always."""
        stays, people = self.given.memberships, self.people
        if not rows(stays.limit(1), self.engine):
            known = people.filter(people.known)
            return known.select("person", start=whole(-ALWAYS), end=whole(ALWAYS))
        numbers = people.select(number=people.person, name=people.id)
        found = stays.join(numbers, stays.person == numbers.name)
        return found.select(
            person=found.number,
            start=whole_of(found.start.epoch_days()).fill_null(-ALWAYS).cast("int64"),
            end=whole_of(found.end.epoch_days()).fill_null(ALWAYS).cast("int64"),
        )


def _check(given: Given) -> None:
    allowed = {
        "attendance status": (given.attendance.status, STATUSES),
        "gathering state": (given.gatherings.state, STATES),
    }
    for what, (column, words) in allowed.items():
        table = column.name("word").as_table().distinct()
        strange = sorted(
            repr(row["word"]) for row in rows(table.filter(~table.word.isin(sorted(words))), given.engine)
        )
        if strange:
            raise ValueError(f"unknown {what}: {', '.join(strange)}")
    ids = ibis.union(*(table.select("id") for table in (given.people, given.gatherings, given.schools)))
    if rows(ids.aggregate(n=count_of(ids.id == "")), given.engine)[0]["n"]:
        raise ValueError("an id cannot be empty")


def _one_each(table: ir.Table, words: tuple[str, ...], others: tuple[str, ...]) -> ir.Table:
    """One row for each id: of several the smallest word or number that somebody gave."""
    found = table.group_by("id").aggregate(
        **{name: table[name].nullif("").min() for name in words},
        **{name: table[name].min() for name in others},
    )
    return found.mutate(**{name: found[name].fill_null("") for name in words})


def _every_gathering(table: ir.Table) -> ir.Table:
    found = _one_each(table, ("state", "kind", "modality"), ("date", "lat", "lon"))
    found = found.mutate(day=whole_of(found.date.epoch_days())).drop("date")
    return found.mutate(gathering=whole_of(ibis.row_number().over(order_by=[found.day, found.id])))


def _merged(stays: ir.Table) -> ir.Table:
    """Spells of a person that overlap or touch made one, so that nobody is counted twice on a day."""
    stays = stays.filter(stays.start <= stays.end)
    before = ibis.window(group_by="person", order_by=["start", "end"], preceding=(None, 1))
    marked = stays.mutate(reached=stays.end.max().over(before))
    fresh = (marked.reached.isnull() | (marked.start > marked.reached + 1)).ifelse(1, 0).cast("int64")
    marked = marked.mutate(fresh=fresh)
    so_far = ibis.window(group_by="person", order_by=["start", "end"], preceding=(None, 0))
    islands = marked.mutate(island=marked.fresh.sum().over(so_far))
    return (
        islands.group_by(["person", "island"])
        .aggregate(start=islands.start.min(), end=islands.end.max())
        .drop("island")
    )
