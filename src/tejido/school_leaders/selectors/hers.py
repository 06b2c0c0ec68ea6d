"""What a head sees: her own school, and of its people only what each of them allows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from tejido.communities.models import Lineage, Membership
from tejido.communities.selectors import SETTLED, below, standing_on
from tejido.directory.models import Person, Post, Purpose
from tejido.directory.selectors import who_consented
from tejido.gatherings.models import Attendance, Gathering
from tejido.school_leaders.models import SchoolCommitment
from tejido.school_leaders.selectors.schools import members_by_school

LOOKS_BACK = timedelta(days=365)
FEWEST = 5  # below so many people, what they did together would tell of one of them
MOST_COMING = 12


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody who allows her head to see it. hours: of gatherings in the last twelve months, rounded; times: how many."""

    name: str
    hours: int
    times: int


@dataclass(frozen=True, slots=True)
class SchoolView:
    """What came of it for one school in one community, in the last twelve months.

    teachers: by name, only who consents (Purpose.SCHOOL); others: how many more take part, without names; other_hours:
    theirs together, None where they are fewer than five; hosted: gatherings held at the school.
    """

    teachers: list[Teacher] = field(default_factory=list)
    others: int = 0
    other_hours: int | None = None
    hosted: int = 0

    @property
    def people(self) -> int:
        return len(self.teachers) + self.others


def school_view(commitment: SchoolCommitment) -> SchoolView:
    """What the head of this school sees of this community. Five queries.

    No total is given beside the named ones: taken away from it, they would tell what the others did.
    """
    members = members_by_school(commitment.community, school=commitment.school).get(
        commitment.school_id, set()
    )
    people = members - {commitment.head_id}
    named = who_consented(Purpose.SCHOOL, people)
    minutes, times = _taken_part(commitment, people)
    names = Person.objects.filter(pk__in=named).order_by("search_name", "pk")
    others = people - named
    together = sum(minutes[pk] for pk in others)
    since = timezone.localdate() - LOOKS_BACK
    return SchoolView(
        [Teacher(one.name, round(minutes[one.pk] / 60), times[one.pk]) for one in names],
        len(others),
        round(together / 60) if len(others) >= FEWEST else None,
        Gathering.objects.filter(
            school_id=commitment.school_id,
            community_id__in=below(commitment.community_id),
            state=Gathering.State.HELD,
            day__gte=since,
        ).count(),
    )


def _taken_part(commitment: SchoolCommitment, people: set[int]) -> tuple[Counter[int], Counter[int]]:
    """Minutes and number of gatherings in the last twelve months, by person. One query."""
    rows = Attendance.objects.filter(
        person_id__in=people,
        status__in=Attendance.ATTENDED,
        gathering__community_id__in=below(commitment.community_id),
        gathering__day__gte=timezone.localdate() - LOOKS_BACK,
    ).values_list("person_id", "minutes", "gathering__starts_at", "gathering__ends_at")
    minutes: Counter[int] = Counter()
    times: Counter[int] = Counter()
    for person_id, measured, starts, ends in rows:
        minutes[person_id] += measured or round((ends - starts).total_seconds() / 60)
        times[person_id] += 1
    return minutes, times


def coming_for_school(commitment: SchoolCommitment) -> list[Gathering]:
    """The next gatherings to which people of the school belong: of the community, and of its parts in which they are. One query."""
    today = timezone.localdate()
    there = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), school_id=commitment.school_id)
    held = Membership.objects.filter(SETTLED, standing_on(today), person_id__in=there.values("person_id"))
    theirs = Lineage.objects.filter(
        community_id__in=held.values("community_id"), ancestor_id__in=below(commitment.community_id)
    )
    return list(
        Gathering.objects.filter(
            Q(community_id=commitment.community_id) | Q(community_id__in=theirs.values("ancestor_id")),
            state=Gathering.State.PLANNED,
            ends_at__gte=timezone.now(),
        )
        .select_related("community", "school", "organisation")
        .order_by("starts_at", "pk")[:MOST_COMING]
    )


def standing_promises(commitment: SchoolCommitment) -> list[SchoolCommitment]:
    """What the school promised this community, now and before, the newest first. One query."""
    told = (SchoolCommitment.State.GIVEN, SchoolCommitment.State.OVER, SchoolCommitment.State.WITHDRAWN)
    return list(
        SchoolCommitment.objects.filter(
            community_id=commitment.community_id, school_id=commitment.school_id, state__in=told
        ).order_by("-pk")
    )
