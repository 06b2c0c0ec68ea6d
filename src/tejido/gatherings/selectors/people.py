"""Who is invited, who came: one gathering's people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.selectors import members_on
from tejido.directory.models import Person, Post
from tejido.directory.selectors import CURRENT_POSTS, people_for, search_form
from tejido.foundation.reach import within_reach
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.selectors.lists import SETTLED, Turnout


def words_of(status: str) -> str:
    """A status of attendance as people read it; "" is no mark."""
    return str(Attendance.Status(status).label) if status else _("not marked")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One person on the attendance sheet. status: "" where nothing is known; school: of the current post;
    other: what another of the team said, where two differ (OtherMark), else "".
    """

    person: Person
    status: str
    minutes: int | None
    invited: bool
    school: str
    other: str = ""
    instead: bool = False  # comes instead of somebody who is invited

    @property
    def status_words(self) -> str:
        return words_of(self.status)

    @property
    def other_words(self) -> str:
        return words_of(self.other)

    @property
    def attended(self) -> bool:
        return self.status in Attendance.ATTENDED


def invited_to(gathering: Gathering) -> QuerySet[Person]:
    """Who is invited: the listed, or all members of the community on that day. One query."""
    if not gathering.everyone_invited:
        people: QuerySet[Person] = Person.objects.filter(invitations__gathering=gathering).order_by(
            "search_name", "pk"
        )
        return people
    return members_on(gathering.community_id, gathering.day)


def attended_at(gathering: Gathering) -> list[Person]:
    """Who was there, by name. One query."""
    there = gathering.attendances.filter(status__in=Attendance.ATTENDED).values("person_id")
    return list(Person.objects.filter(pk__in=there).order_by("search_name", "pk"))


def sheet(gathering: Gathering, *, only: int | None = None, schools: bool = True) -> list[SheetLine]:
    """Everybody who is invited, comes instead of somebody, or was recorded, by name. Two queries for any number.

    only: the id of one person; the line of that one alone (or none). schools: whether to look up where
    people work; without, one query and `school` is empty.
    """
    invited = invited_to(gathering).order_by()
    recorded = Attendance.objects.filter(gathering=gathering)
    own = recorded.filter(person_id=OuterRef("pk"))
    beside = gathering.other_marks.filter(person_id=OuterRef("pk"))
    instead = within_reach("gatherings.sheet", gathering, "come")
    people = Person.objects.filter(
        Q(pk__in=invited.values("pk")) | Q(pk__in=recorded.values("person_id")) | instead
    ).annotate(
        instead=ExpressionWrapper(instead, output_field=BooleanField()),
        asked=Exists(invited.filter(pk=OuterRef("pk"))),
        status=Coalesce(Subquery(own.values("status")[:1]), Value("")),
        minutes=Subquery(own.values("minutes")[:1]),
        other=Coalesce(Subquery(beside.values("status")[:1]), Value("")),
    )
    if only is not None:
        people = people.filter(pk=only)
    if schools:
        people = people.prefetch_related(CURRENT_POSTS)
    return [_line(person) for person in people.order_by("search_name", "pk")]


def _line(person: Any) -> SheetLine:
    posts: list[Post] = getattr(person, "current_posts", [])
    places = [str(post.school or post.organisation) for post in posts]
    place = places[0] if places else ""
    known = (person.status, person.minutes, person.asked, place)
    return SheetLine(person, *known, other=person.other, instead=person.instead)


def turnout_among(lines: Iterable[SheetLine], gathering: Gathering) -> Turnout:
    """The counts of a sheet that is at hand. No query."""
    lines = list(lines)
    counts = Counter(line.status for line in lines)
    invited = sum(line.invited for line in lines)
    return Turnout(
        gathering.invited_then if gathering.invited_then is not None else invited,
        **{status: counts[status] for status in Attendance.Status.values},
        guests=sum(line.attended and not line.invited for line in lines),
    )


def turnout_of(gathering: Gathering) -> Turnout:
    """The counts of one gathering. Two queries, one when attendance is closed."""
    invited = invited_to(gathering).order_by()
    rows = (
        Attendance.objects.filter(gathering=gathering, **SETTLED)
        .annotate(asked=Exists(invited.filter(pk=OuterRef("person_id"))))
        .order_by()
        .values_list("status", "asked")
        .annotate(n=Count("pk"))
    )
    counts: Counter[str] = Counter()
    guests = 0
    for status, asked, number in rows:
        counts[status] += number
        guests += number if status in Attendance.ATTENDED and not asked else 0
    return Turnout(
        gathering.invited_then if gathering.invited_then is not None else invited.count(),
        **{status: counts[status] for status in Attendance.Status.values},
        guests=guests,
    )


def own_status_among(lines: Iterable[SheetLine], user: User) -> tuple[bool, str]:
    """`status_of` from a sheet that is at hand. No query."""
    own = next((line for line in lines if line.person.user_id == user.pk), None)
    return (own.invited, own.status) if own else (False, "")


def status_of(user: User, gathering: Gathering) -> tuple[bool, str]:
    """Whether the account's own person is invited, and their attendance ("" where nothing is known). One query."""
    own = Attendance.objects.filter(gathering=gathering, person__user=user)
    row = (
        Gathering.objects.filter(pk=gathering.pk)
        .annotate(
            own=Coalesce(Subquery(own.values("status")[:1]), Value("")),
            asked=Exists(invited_to(gathering).filter(user=user)),
        )
        .values_list("asked", "own")
        .get()
    )
    return row[0], row[1]


def people_to_add(actor: User, words: str, already: Collection[int], *, most: int = 20) -> list[Person]:
    """People whom `actor` may see and whose name fits, with their posts; without words nobody. Two queries."""
    if not words:
        return []
    return list(people_for(actor, search=words).exclude(pk__in=already)[:most])


def on_sheet(gathering: Gathering) -> set[int]:
    """Ids of everybody who is invited or recorded. Two queries."""
    recorded = Attendance.objects.filter(gathering=gathering).values_list("person_id", flat=True)
    return {*recorded, *invited_to(gathering).values_list("pk", flat=True)}


def status_at(gathering: Gathering, person_id: int) -> str:
    """What is recorded of one person, "" where nothing is. One query."""
    found = Attendance.objects.filter(gathering=gathering, person_id=person_id)
    return found.values_list("status", flat=True).first() or ""


def is_closed(gathering: Gathering) -> bool:
    """Whether attendance is closed by now. One query."""
    return Gathering.objects.filter(pk=gathering.pk, closed_at__isnull=False).exists()


def line_of(gathering: Gathering, person_id: int) -> SheetLine:
    """One person's line. Raises Http404 where they are neither invited nor recorded. Two queries."""
    lines = sheet(gathering, only=person_id)
    if not lines:
        raise Http404
    return lines[0]


def lines_like(lines: list[SheetLine], words: str) -> list[SheetLine]:
    """Those of `lines` in whose name or school every word begins a word. No query."""
    asked = [f" {word}" for word in search_form(words).split()]
    return [
        line
        for line in lines
        if all(word in f" {line.person.search_name} {search_form(line.school)}" for word in asked)
    ]


def names_from(words: str) -> dict[str, str]:
    """What was searched for, as the beginning of a new person's name: the first word is the given name.

    >>> names_from("Luz Marina Paz")
    {'given_names': 'Luz', 'family_names': 'Marina Paz'}
    """
    given, _space, family = words.partition(" ")
    return {"given_names": given, "family_names": family.strip()}
