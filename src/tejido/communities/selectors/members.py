"""Questions about who belongs to a community, and to what a person belongs."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community, Membership, Role
from tejido.communities.policies import communities_with, visible_to
from tejido.communities.selectors.standing import SETTLED, standing_on
from tejido.communities.selectors.tree import below
from tejido.directory.models import Person, Post, School

RUNNING = (Role.COORDINATOR, Role.STEWARD, Role.NODE_LEADER)


def members_on(community: Community | int, day: date | None = None) -> QuerySet[Person]:
    """People with a membership (any role) in the community or below it on `day` (today). One query."""
    held = Membership.objects.filter(
        standing_on(day or timezone.localdate()), person_id=OuterRef("pk"), community_id__in=below(community)
    )
    people: QuerySet[Person] = Person.objects.filter(Exists(held)).order_by("search_name", "pk")
    return people


def recipients_of(community: Community, *, role: str = "", node: int = 0) -> QuerySet[Person]:
    """To whom a message goes: who is in the community or below it today, in this role and part if asked. One query.

    node: a part of the community; one that lies elsewhere has nobody.
    """
    held = Membership.objects.filter(
        SETTLED,
        standing_on(timezone.localdate()),
        person_id=OuterRef("pk"),
        community_id__in=below(community),
    )
    if role:
        held = held.filter(role=role)
    if node:
        held = held.filter(community_id__in=below(node))
    people: QuerySet[Person] = Person.objects.filter(Exists(held)).order_by("search_name", "pk")
    return people


def coordinators_of(community: Community) -> QuerySet[Person]:
    """Who coordinates or stewards the community today. One query."""
    held = Membership.objects.filter(
        standing_on(timezone.localdate()), person_id=OuterRef("pk"), community=community, role__in=RUNNING
    )
    people: QuerySet[Person] = Person.objects.filter(Exists(held)).order_by("search_name")
    return people


def team_of(community: Community) -> list[Membership]:
    """Who runs the community today: its own leaders and coordination, else those of the nearest one above.

    Memberships with person and community joined, by name. One query.
    """
    held = (
        Membership.objects.filter(
            SETTLED,
            standing_on(timezone.localdate()),
            role__in=RUNNING,
            community__descent__community=community,
        )
        .select_related("person", "community")
        .order_by("community__descent__depth", "person__search_name", "pk")
    )
    found = list(held)
    return [one for one in found if one.community_id == found[0].community_id]


def memberships_of(person: Person, actor: User, *, inside: Community | None = None) -> QuerySet[Membership]:
    """The person's memberships, the newest first, in communities the actor may see. One query.

    inside: only those in this community or below it. Whether the actor may see the person is not asked here.
    """
    seen = Community.objects.filter(visible_to(actor)).values("pk")
    held = Membership.objects.filter(person=person, community_id__in=seen).select_related("community")
    if inside is not None:
        held = held.filter(community_id__in=below(inside))
    return held.order_by("-starts_on", "-pk")


def memberships_in(actor: User) -> QuerySet[Membership]:
    """Memberships that the actor may look after: those of communities that they run, and their own. One query."""
    run = Q(community_id__in=communities_with(actor, "run"))
    mine = Q(person__user_id=actor.pk)
    every = Membership.objects.select_related("community", "person")
    return every if actor.is_system else every.filter(run | mine)


def communities_of_school(school: School, actor: User) -> QuerySet[Community]:
    """Communities the actor may see in which people of the school are members today, with `.people`, by name.

    People are counted in the community itself, not below it. One query.
    """
    today = timezone.localdate()
    there = Post.objects.filter(school=school, ends_on=None).values("person_id")
    held = Membership.objects.filter(SETTLED, standing_on(today), person_id__in=there)
    count = (
        held.filter(community_id=OuterRef("pk"))
        .order_by()
        .values("community_id")
        .annotate(people=Count("person", distinct=True))
        .values("people")
    )
    return (
        Community.objects.filter(visible_to(actor), pk__in=held.values("community_id"))
        .select_related("parent")
        .annotate(people=Subquery(count))
        .order_by("name", "pk")
    )
