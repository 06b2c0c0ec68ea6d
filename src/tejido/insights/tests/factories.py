"""A small world of insight: teachers who consent, with schools, and gatherings at which they met."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.communities.models import Community, Role
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person, Purpose, School
from tejido.directory.tests.factories import PersonFactory, PostFactory, SchoolFactory, consents
from tejido.gatherings.models import Gathering
from tejido.gatherings.tests.factories import GatheringFactory, was_at
from tejido.insights import services
from tejido.insights.models import AttentionItem, Insight


def days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def teacher(
    community: Community,
    name: str = "",
    *,
    school: School | None = None,
    consent: bool = True,
    since: date = date(2021, 1, 1),
    **post: object,
) -> Person:
    """A member of `community` who consents to analytics and works at `school` (their own by default)."""
    names = {"given_names": name.split()[0], "family_names": " ".join(name.split()[1:])} if name else {}
    person = PersonFactory(**names)
    MembershipFactory(community=community, person=person, role=Role.MEMBER, starts_on=since)
    PostFactory(person=person, school=school or SchoolFactory(), **post)
    if consent:
        consents(person, Purpose.ANALYTICS)
    return person


def teachers(community: Community, number: int, **same: object) -> list[Person]:
    return [teacher(community, **same) for _ in range(number)]


def met(community: Community, people: Iterable[Person], *, ago: int, title: str = "Workshop") -> Gathering:
    """A gathering held so many days ago at which these people were, on site."""
    starts = days_ago(ago)
    gathering = GatheringFactory(
        community=community,
        title=title,
        state=Gathering.State.HELD,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
    )
    was_at(gathering, *people)
    return gathering


def insight(community: Community) -> Insight:
    """The insight of the last twelve months, computed now."""
    return services.compute_last_twelve_months(community, actor=system_account())


def signal(community: Community, signal: str, key: object) -> AttentionItem:
    """The newest attention item of a subject."""
    return AttentionItem.objects.filter(community=community, signal=signal, key=str(key)).latest("pk")
