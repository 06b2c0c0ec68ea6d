"""Who comes, who does not, who has not answered: for the team, for each person of themselves, for seating and the door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from tejido.accounts.models import User
from tejido.directory.models import Person
from tejido.directory.selectors import CURRENT_POSTS
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import invited_to
from tejido.invitations.models import Asking, Door, Reply
from tejido.invitations.values import Place

Answer, Modality = Reply.Answer, Reply.Modality
UNANSWERED = "none"


def is_asked() -> Exists:
    """Whether answers are wanted: a condition on Gathering. No query by itself."""
    return Exists(Asking.objects.filter(gathering_id=OuterRef("pk")))


def replies_of(gathering: Gathering) -> QuerySet[Reply]:
    """Every answer with its person and substitute, in the order in which places are given. One query."""
    rows = Reply.objects.filter(gathering=gathering, person__merged_into=None)
    return rows.select_related("person", "substitute").order_by("in_line_since", "pk")


def reply_of(place: Place) -> Reply | None:
    """What one person answered. One query."""
    return replies_of(place.gathering).filter(person=place.person).first()


def substitute_for(gathering: Gathering) -> dict[int, Person]:
    """Person id -> who comes instead. One query."""
    rows = replies_of(gathering).exclude(substitute=None)
    return {row.person_id: row.substitute for row in rows if row.substitute is not None}


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody who said yes and has a place. modality: "on_site" or "online". What they need is for the team alone."""

    person: Person
    modality: str
    wheelchair: bool = False
    interpreter: bool = False
    other_needs: str = ""


def coming_to(gathering: Gathering, *, modality: str = "") -> list[Coming]:
    """Who comes, by name, those who wait for a place left out. One query. modality: only those on site, or online."""
    rows = replies_of(gathering).filter(answer=Answer.YES, waiting=False)
    if modality:
        rows = rows.filter(modality=modality)
    return [
        Coming(row.person, row.modality, row.wheelchair, row.interpreter, row.other_needs)
        for row in rows.order_by("person__search_name", "pk")
    ]


def unanswered_of(gathering: Gathering) -> QuerySet[Person]:
    """Who is invited and has not answered. One query."""
    replied = Reply.objects.filter(gathering=gathering, person_id=OuterRef("pk"))
    return invited_to(gathering).filter(~Exists(replied))


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the page of answers. answer: "" where there is none; instead_of: whose substitute this is."""

    person: Person
    school: str
    reply: Reply | None
    written: bool
    instead_of: Person | None = None
    km: float | None = None

    @property
    def search_name(self) -> str:
        return self.person.search_name

    @property
    def answer(self) -> str:
        return self.reply.answer if self.reply else UNANSWERED

    @property
    def waiting(self) -> bool:
        return bool(self.reply and self.reply.waiting)

    @property
    def modality(self) -> str:
        return self.reply.modality if self.reply else ""

    @property
    def has_needs(self) -> bool:
        return bool(
            self.reply and (self.reply.wheelchair or self.reply.interpreter or self.reply.other_needs)
        )


def answer_lines(gathering: Gathering, *, only: int | None = None) -> list[Line]:
    """Everybody who is invited, answered or comes instead, by name. Four queries at any number; five with a place."""
    from tejido.invitations.selectors.venues import distances_to

    replies = {row.person_id: row for row in replies_of(gathering)}
    instead = {row.substitute_id: row.person for row in replies.values() if row.substitute_id}
    invited = invited_to(gathering).order_by()
    people: Any = Person.objects.filter(Q(pk__in=invited.values("pk")) | Q(pk__in=[*replies, *instead]))
    if only is not None:
        people = people.filter(pk=only)
    letter = Door.objects.filter(gathering=gathering, person_id=OuterRef("pk")).exclude(written_at=None)
    people = people.annotate(written=Exists(letter)).prefetch_related(CURRENT_POSTS)
    found = list(people.order_by("search_name", "pk"))
    away = distances_to(gathering, found)
    return [
        Line(
            one,
            _school(one),
            replies.get(one.pk),
            one.written,
            instead.get(one.pk),
            away.get(one.pk),
        )
        for one in found
    ]


def _school(person: Any) -> str:
    places = [str(post.school or post.organisation) for post in person.current_posts]
    return places[0] if places else ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How the answers stand. free: places left on site, None where there is room for everybody."""

    on_site: int
    online: int
    waiting: int
    maybe: int
    no: int
    unanswered: int
    needs: int
    need_a_lift: int
    seats_offered: int
    places: int | None

    @property
    def coming(self) -> int:
        return self.on_site + self.online

    @property
    def free(self) -> int | None:
        return None if self.places is None else max(self.places - self.on_site, 0)


def counts_of(lines: Iterable[Line], asking: Asking | None) -> Counts:
    """The counts of lines that are at hand. No query."""
    lines = list(lines)
    coming = [line.reply for line in lines if line.reply and line.answer == Answer.YES and not line.waiting]
    answers = [line.answer for line in lines]
    return Counts(
        on_site=sum(reply.modality == Modality.ON_SITE for reply in coming),
        online=sum(reply.modality == Modality.ONLINE for reply in coming),
        waiting=sum(line.waiting for line in lines),
        maybe=answers.count(Answer.MAYBE),
        no=answers.count(Answer.NO),
        unanswered=answers.count(UNANSWERED),
        needs=sum(line.has_needs for line in lines if line.answer != Answer.NO),
        need_a_lift=sum(reply.transport == Reply.Transport.NEEDS for reply in coming),
        seats_offered=sum(reply.seats or 0 for reply in coming),
        places=asking.places if asking else None,
    )


def own_place(gathering: Gathering, user: User) -> tuple[Place, Reply | None] | None:
    """The reader's own place and answer; None where they are not expected. One query."""
    expected = Q(pk__in=invited_to(gathering).order_by().values("pk")) | Q(
        pk__in=Reply.objects.filter(gathering=gathering).exclude(substitute=None).values("substitute_id")
    )
    here = FilteredRelation("replies", condition=Q(replies__gathering=gathering))
    rows = Person.objects.annotate(here=here).select_related("here__substitute")
    person: Any = rows.filter(expected, user=user).first()
    return (Place(gathering, person), getattr(person, "here", None)) if person else None
