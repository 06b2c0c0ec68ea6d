"""The plain input of everything: small frozen records in any order, any table of which may be empty.

A caller (the web application, the command line) reads its rows, cuts them to one community with its children,
and hands over a `Tables`. Ids are strings, unique within their table; days are `datetime.date`. Nothing is mutated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

ATTENDED: Final = frozenset({"on_site", "online"})
STATUSES: Final = ATTENDED | {"absent", "excused"}
STATES: Final = frozenset({"", "planned", "held", "cancelled"})
DIRECTED_KINDS: Final = frozenset({"advice", "replied", "accompanied"})
LED_KINDS: Final = frozenset({"node", "cycle", "visit"})


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` to `end`, both included.

    >>> march = Period(dt.date(2024, 3, 1), dt.date(2024, 3, 31))
    >>> march.days, dt.date(2024, 3, 31) in march
    (31, True)
    >>> march.previous()
    Period(start=datetime.date(2024, 1, 30), end=datetime.date(2024, 2, 29))
    """

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @property
    def days(self) -> int:
        """Length in days; a period of one day has 1."""
        return (self.end - self.start).days + 1

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day <= self.end

    def overlaps(self, start: dt.date | None, end: dt.date | None) -> bool:
        """Whether a span shares a day with this period; None is "always so far" and "still".

        >>> Period(dt.date(2024, 1, 1), dt.date(2024, 6, 30)).overlaps(dt.date(2024, 6, 30), None)
        True
        """
        return (start is None or start <= self.end) and (end is None or end >= self.start)

    def previous(self) -> Period:
        """The period of the same number of days that ends the day before this one starts (P-1).

        At the beginning of the calendar (year 1) it is cut to what there is.
        """
        end = self.start - dt.timedelta(days=1)
        back = min(self.days - 1, end.toordinal() - 1)
        return Period(end - dt.timedelta(days=back), end)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may take part.

    school: id of a school (`School.id`); district, sector, subject, role: any words, empty where unknown.
    leader: senior or middle leader of the school; None: judged by `role` (`Options.leader_roles`).
    consent: for analytics. Without it the person counts in attendance totals and appears in no tie, list or breakdown.
    offers, wants: skills, in the words of one vocabulary.
    attributes: further attributes whose use the person consented to (for `equity`), name -> value.
    """

    id: str
    school: str = ""
    district: str = ""
    sector: str = ""
    subject: str = ""
    role: str = ""
    leader: bool | None = None
    consent: bool = True
    offers: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Membership:
    """A person belongs to the community from `start` (None: always so far) to `end` (None: still), both included.

    outside: as one of the team that accompanies it (facilitation, research, the administering organisation), who are
    told apart from its own people where it matters who leads.
    """

    person: str
    start: dt.date | None = None
    end: dt.date | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A person works at a school from `start` to `end`, both included. Where there are none, `Person.school` holds."""

    person: str
    school: str
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Gathering:
    """A time at which people meet.

    lat, lon: of the venue, degrees WGS84. state: planned, held, cancelled, or empty where nobody said.
    kind, modality: any words; the modality `online` has no venue to travel to.
    """

    id: str
    date: dt.date
    title: str = ""
    lat: float | None = None
    lon: float | None = None
    state: str = ""
    kind: str = ""
    modality: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at one gathering: status on_site, online, absent or excused.

    round, table: where small groups were recorded; several rows of one person at one gathering are then usual.
    """

    person: str
    gathering: str
    status: str = "on_site"
    minutes: float | None = None
    round: str | int | None = None
    table: str | int | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A person was asked to a gathering."""

    person: str
    gathering: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A timed part of a gathering, of one kind (`meetings.KINDS_OF_TIME`).

    minutes: planned; actual: measured, None where nobody did. leaders: people who led it. guest: somebody from outside
    who is in no directory, by name; organisation: an id. Both empty where there was none.
    """

    id: str
    gathering: str
    kind: str
    minutes: float
    actual: float | None = None
    leaders: tuple[str, ...] = ()
    guest: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """A person led something that is no segment: a node, a cycle or a visit (`LED_KINDS`), from `start` to `end`, both
    included (None: always so far, still). subject: which one; whoever led the same at the same time shares it."""

    person: str
    kind: str
    subject: str
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """An outside organisation gave something: to a gathering, or (empty) to the community, on `date`.

    kind: any word (venue, speaker, kits …). Without gathering and date it belongs to no period.
    """

    organisation: str
    gathering: str = ""
    date: dt.date | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """An exit ticket that was given at a gathering.

    answers: how many came. ratings: scale item (any id) -> answer -> how often it was given, on a scale from 1 (worst) to
    5 (best). Whoever collects leaves out what is too little to be told without telling who said it.
    """

    id: str
    gathering: str
    answers: int
    ratings: Mapping[str, Mapping[float, int]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Tie:
    """A recorded tie that is not made of encounters: advice, replied, worked, accompanied, or another word.

    weight: above 0. date: of the tie, or None where it holds at any time.
    """

    source: str
    target: str
    kind: str = "worked"
    weight: float = 1.0
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class School:
    """A school; lat, lon in degrees WGS84; rural None where unknown; territory: id of the smallest one that matters."""

    id: str
    name: str = ""
    lat: float | None = None
    lon: float | None = None
    rural: bool | None = None
    territory: str = ""


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that is known about one community. Order and repetition of rows never matter.

    memberships: empty means that they are not recorded, and everybody counts as a member always.
    invitations: empty for a gathering means "the members of that day" (see `activity.Activity.invited`).
    schools_are_register: `schools` is the whole register of the territory, so shares of it make sense.

    Raises ValueError for a status, state or kind of lead outside the vocabulary, a tie without positive weight, an empty id,
    a ticket with ratings outside 1..5 or fewer than 0 answers.

    >>> Tables(attendance=[Attendance("ana", "g1", status="maybe")])
    Traceback (most recent call last):
    ...
    ValueError: unknown attendance status: 'maybe'
    """

    people: Sequence[Person] = ()
    memberships: Sequence[Membership] = ()
    posts: Sequence[Post] = ()
    gatherings: Sequence[Gathering] = ()
    attendance: Sequence[Attendance] = ()
    invitations: Sequence[Invitation] = ()
    ties: Sequence[Tie] = ()
    schools: Sequence[School] = ()
    schools_are_register: bool = False
    segments: Sequence[Segment] = ()
    leads: Sequence[Lead] = ()
    contributions: Sequence[Contribution] = ()
    tickets: Sequence[Ticket] = ()

    def __post_init__(self) -> None:
        _only("attendance status", (row.status for row in self.attendance), STATUSES)
        _only("gathering state", (row.state for row in self.gatherings), STATES)
        _only("kind of what is led", (row.kind for row in self.leads), LED_KINDS)
        if any(not 0 < tie.weight < float("inf") for tie in self.ties):
            raise ValueError("the weight of a tie is a number above 0")
        if any(not row.id for table in self._with_ids() for row in table):
            raise ValueError("an id cannot be empty")
        rated = [count for row in self.tickets for given in row.ratings.values() for count in given.items()]
        if any(row.answers < 0 for row in self.tickets) or any(
            not 1 <= value <= 5 or count < 0 for value, count in rated
        ):
            raise ValueError("a ticket has answers from 0, and ratings from 1 to 5")

    def _with_ids(self) -> tuple[Sequence[Person | Gathering | School | Segment | Ticket], ...]:
        return (self.people, self.gatherings, self.schools, self.segments, self.tickets)

    def span(self) -> Period | None:
        """From the first to the last day of any gathering or dated tie; None where nothing is dated.

        >>> Tables(gatherings=[Gathering("g1", dt.date(2024, 5, 2))]).span()
        Period(start=datetime.date(2024, 5, 2), end=datetime.date(2024, 5, 2))
        """
        days = [row.date for row in self.gatherings]
        days += [tie.date for tie in self.ties if tie.date is not None]
        return Period(min(days), max(days)) if days else None


def _only(what: str, given: Iterable[str], allowed: frozenset[str]) -> None:
    strange = sorted(set(given) - allowed)
    if strange:
        raise ValueError(f"unknown {what}: {', '.join(map(repr, strange))}")
