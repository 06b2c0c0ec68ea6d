"""Questions about communities. Read only; every list says what it costs."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community, Lineage, Membership, Role
from tejido.communities.policies import communities_for, visible_to
from tejido.directory.models import Person


def communities_visible_to(actor: User) -> QuerySet[Community]:
    """Communities the actor may see, by name, with `parent` joined. One query."""
    return (
        Community.objects.filter(visible_to(actor))
        .select_related("parent", "territory")
        .order_by("name", "pk")
    )


def communities_run_by(actor: User) -> QuerySet[Community]:
    """Communities the actor may run, the highest first. One query."""
    return (
        Community.objects.filter(communities_for(actor, "run"))
        .annotate(height=Count("lineage"))
        .order_by("height", "name", "pk")
    )


def below(community: Community | int) -> QuerySet[Lineage, int]:
    """Ids of the community and all below it, as a subquery. No query by itself."""
    pk = community if isinstance(community, int) else community.pk
    return Lineage.objects.filter(ancestor_id=pk).values_list("community_id", flat=True)


def above(community: Community) -> QuerySet[Community]:
    """The community's ancestors, the highest first, itself not included. One query."""
    return Community.objects.filter(descent__community=community, descent__depth__gt=0).order_by(
        "-descent__depth"
    )


def standing_on(day: date) -> Q:
    """Memberships that hold on `day`. A `Q` on Membership."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def members_on(community: Community | int, day: date | None = None) -> QuerySet[Person]:
    """People with a membership (any role) in the community or below it on `day` (today). One query."""
    held = Membership.objects.filter(
        standing_on(day or timezone.localdate()), person_id=OuterRef("pk"), community_id__in=below(community)
    )
    people: QuerySet[Person] = Person.objects.filter(Exists(held)).order_by("search_name", "pk")
    return people


def coordinators_of(community: Community) -> QuerySet[Person]:
    """Who coordinates or stewards the community today. One query."""
    held = Membership.objects.filter(
        standing_on(timezone.localdate()),
        person_id=OuterRef("pk"),
        community=community,
        role__in=[Role.COORDINATOR, Role.STEWARD, Role.NODE_LEADER],
    )
    people: QuerySet[Person] = Person.objects.filter(Exists(held)).order_by("search_name")
    return people
