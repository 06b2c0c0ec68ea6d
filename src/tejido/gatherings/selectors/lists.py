"""Lists of gatherings: of a community, of a month, of a person, at a school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community, Membership
from tejido.communities.policies import communities_with
from tejido.communities.selectors import below, standing_on
from tejido.directory.models import Person, Post, School
from tejido.gatherings.models import Attendance, Gathering, Invitation
from tejido.gatherings.policies import visible_to

SETTLED = {"person__arriving_in": None, "person__merged_into": None}


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many came to one gathering, of how many. `guests` came without being invited."""

    invited: int
    on_site: int = 0
    online: int = 0
    absent: int = 0
    excused: int = 0
    guests: int = 0

    @property
    def attended(self) -> int:
        return self.on_site + self.online

    @property
    def by_status(self) -> list[tuple[str, str, int]]:
        """Each status with its words and its count."""
        return [(value, str(words), getattr(self, value)) for value, words in Attendance.Status.choices]

    @property
    def invited_attended(self) -> int:
        return self.attended - self.guests

    @property
    def unmarked(self) -> int:
        return max(0, self.invited + self.guests - self.attended - self.absent - self.excused)


def _count(rows: QuerySet[Any], key: str) -> Coalesce:
    """Distinct people of `rows`, which are tied to the outer gathering; `key` is the same in all of them."""
    counted = rows.order_by().values(key).annotate(n=Count("person_id", distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def with_attended(gatherings: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """`gatherings` with `attended`: how many were there. No query by itself."""
    there = Attendance.objects.filter(gathering=OuterRef("pk"), status__in=Attendance.ATTENDED, **SETTLED)
    return gatherings.annotate(attended=_count(there, "gathering_id"))


def with_turnout(gatherings: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """`gatherings` with `attended` and `invited`. No query by itself, but work for each row: page first.

    Invited are the listed, or all who were members of the community or below it on that day; what
    stood when attendance was closed stands.
    """
    day = OuterRef("day")
    members = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day),
        starts_on__lte=day,
        community__lineage__ancestor_id=OuterRef("community_id"),
        **SETTLED,
    )
    listed = Invitation.objects.filter(gathering=OuterRef("pk"), **SETTLED)
    return with_attended(gatherings).annotate(
        invited=Case(
            When(invited_then__isnull=False, then=F("invited_then")),
            When(everyone_invited=True, then=_count(members, "community__lineage__ancestor_id")),
            default=_count(listed, "gathering_id"),
            output_field=IntegerField(),
        )
    )


def gatherings_for(actor: User) -> QuerySet[Gathering]:
    """Gatherings `actor` may see, newest first, with `attended`. One query for any number of rows."""
    return with_attended(
        Gathering.objects.filter(visible_to(actor)).select_related("community", "school", "organisation")
    ).order_by("-starts_at", "-pk")


def gatherings_of(actor: User, community: Community) -> QuerySet[Gathering]:
    """All of the community and below that `actor` may see: the coming ones first, soonest on top, then
    those that were, newest first. One query for any number of rows; counts come with `with_turnout`.
    """
    ahead = Case(When(ends_at__gte=timezone.now(), then=F("starts_at")), output_field=DateTimeField())
    return (
        Gathering.objects.filter(visible_to(actor), community_id__in=below(community))
        .select_related("community", "school", "organisation")
        .annotate(ahead=ahead)
        .order_by(F("ahead").asc(nulls_last=True), "-starts_at", "-pk")
    )


def years_of(actor: User, community: Community) -> list[int]:
    """The years in which something was or is planned in the community and below, newest first. One query."""
    days = Gathering.objects.filter(visible_to(actor), community_id__in=below(community))
    return [day.year for day in days.dates("day", "year", order="DESC")]


def gatherings_between(actor: User, community: Community, first: date, last: date) -> QuerySet[Gathering]:
    """What takes place from `first` to `last` (inclusive) in the community and below, earliest first. One query.

    Gatherings that began before `first` and are still going on are part of it.
    """
    return (
        Gathering.objects.filter(visible_to(actor), community_id__in=below(community))
        .filter(Q(day__range=(first, last)) | Q(day__lt=first, ends_at__date__gte=first))
        .select_related("community", "school", "organisation")
        .order_by("starts_at", "pk")
    )


def coming_for(actor: User, community: Community, *, most: int = 3) -> list[Gathering]:
    """The next gatherings of the community and below, soonest first. One query."""
    return list(_with_places(_ahead(actor, community))[:most])


def coming_and_waiting(
    actor: User, community: Community, *, most: int = 3
) -> tuple[list[Gathering], list[Gathering]]:
    """`coming_for`, and gatherings that are over and of whose attendance nothing is recorded yet, newest first. One query for both.

    Of the latter only those of the last 60 days: what is older nobody remembers.
    """
    over = Gathering.objects.filter(visible_to(actor), community_id__in=below(community)).filter(
        state=Gathering.State.PLANNED,
        ends_at__lt=timezone.now(),
        day__gte=timezone.localdate() - timedelta(days=60),
    )
    ahead, past = _ahead(actor, community), over.order_by("-starts_at", "-pk")
    wanted = Q(pk__in=ahead.values("pk")[:most]) | Q(pk__in=past.values("pk")[:most])
    now, rows = timezone.now(), list(_with_places(Gathering.objects.filter(wanted)))
    waiting = [one for one in rows if one.ends_at < now]
    return [one for one in rows if one.ends_at >= now], waiting[::-1]


def _ahead(actor: User, community: Community) -> QuerySet[Gathering]:
    rows = Gathering.objects.filter(visible_to(actor), community_id__in=below(community))
    return (
        rows.filter(ends_at__gte=timezone.now())
        .exclude(state=Gathering.State.CANCELLED)
        .order_by("starts_at", "pk")
    )


def _with_places(rows: QuerySet[Gathering]) -> QuerySet[Gathering]:
    return rows.select_related("community", "school", "organisation").order_by("starts_at", "pk")


def expected_of(person: Person) -> Q:
    """Gatherings to which `person` is invited or was present. A `Q` on Gathering; no query by itself."""
    member = Membership.objects.filter(
        standing_on(OuterRef("day")),  # type: ignore[arg-type]
        person=person,
        community__lineage__ancestor_id=OuterRef("community_id"),
    )
    listed = Invitation.objects.filter(gathering=OuterRef("pk"), person=person)
    was_there = Attendance.objects.filter(
        gathering=OuterRef("pk"), person=person, status__in=Attendance.ATTENDED
    )
    return (
        Q(Exists(member), everyone_invited=True)
        | Q(Exists(listed), everyone_invited=False)
        | Q(Exists(was_there))
    )


def attended_by(actor: User, person: Person) -> QuerySet[Attendance]:
    """Where `person` was, as far as `actor` may know it, newest first. One query for any number of rows.

    Who came where is for the team of each community, and for the person.
    """
    team = Q(gathering__community_id__in=communities_with(actor, "record"))
    own = Q(person__user_id=actor.pk)
    return (
        Attendance.objects.filter(team | own, person=person, status__in=Attendance.ATTENDED)
        .select_related("gathering__community", "gathering__school", "gathering__organisation")
        .order_by("-gathering__starts_at", "-pk")
    )


def hosted_at(actor: User, school: School) -> QuerySet[Gathering]:
    """Gatherings that took or take place at `school`, of those `actor` may see, newest first. One query."""
    return gatherings_for(actor).filter(school=school)


def reached_from(actor: User, school: School) -> int:
    """To how many gatherings that `actor` may see people came who worked at `school` on that day. One query."""
    there = Post.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=OuterRef("gathering__day")),
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("gathering__day")),
        school=school,
        person_id=OuterRef("person_id"),
    )
    came = Attendance.objects.filter(
        Exists(there),
        status__in=Attendance.ATTENDED,
        gathering__in=Gathering.objects.filter(visible_to(actor)),
    )
    return came.values("gathering_id").distinct().count()
