"""Who is invited, who came: one gathering's people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from tejido.communities.selectors import members_on
from tejido.directory.models import Person, Post
from tejido.directory.selectors import CURRENT_POSTS
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.selectors.lists import SETTLED, Turnout


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One person on the attendance sheet. status: "" where nothing is known; school: of the current post."""

    person: Person
    status: str
    minutes: int | None
    invited: bool
    school: str

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


def sheet(gathering: Gathering, *, only: int | None = None) -> list[SheetLine]:
    """Everybody who is invited or was recorded, by name. Four queries for any number of people.

    only: the id of one person; the line of that one alone (or none).
    """
    recorded = Attendance.objects.filter(gathering=gathering, **SETTLED)
    invited = invited_to(gathering)
    if only is not None:
        recorded, invited = recorded.filter(person_id=only), invited.filter(pk=only)
    known = {attendance.person_id: attendance for attendance in recorded}
    invited_ids = set(invited.values_list("pk", flat=True))
    people = Person.objects.filter(Q(pk__in=invited_ids) | Q(pk__in=known.keys()))
    if len(invited_ids) + len(known) > 500:  # databases limit how many ids a question may list
        people = Person.objects.filter(
            Q(pk__in=invited.order_by().values("pk")) | Q(pk__in=recorded.values("person_id"))
        )
    return [
        _line(person, known.get(person.pk), person.pk in invited_ids)
        for person in people.prefetch_related(CURRENT_POSTS).order_by("search_name", "pk")
    ]


def _line(person: Person, attendance: Attendance | None, invited: bool) -> SheetLine:
    posts: list[Post] = person.current_posts  # type: ignore[attr-defined]  # prefetched by sheet()
    places = [str(post.school or post.organisation) for post in posts]
    return SheetLine(
        person,
        attendance.status if attendance else "",
        attendance.minutes if attendance else None,
        invited,
        places[0] if places else "",
    )


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
    """The counts of one gathering. Three queries, two when attendance is closed."""
    recorded = Attendance.objects.filter(gathering=gathering, **SETTLED)
    counts = dict(recorded.order_by().values_list("status").annotate(n=Count("pk")))
    invited = invited_to(gathering)
    came = recorded.filter(status__in=Attendance.ATTENDED)
    guests = came.exclude(person_id__in=invited.order_by().values("pk")).count()
    return Turnout(
        gathering.invited_then if gathering.invited_then is not None else invited.count(),
        **{str(status): count for status, count in counts.items()},
        guests=guests,
    )
