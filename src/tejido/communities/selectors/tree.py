"""Questions about the tree of communities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community, Lineage, Membership
from tejido.communities.policies import communities_for, visible_to
from tejido.communities.selectors.standing import SETTLED, standing_on


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


def parts_of(community: Community, actor: User) -> QuerySet[Community]:
    """What stands below the community, at any depth, as far as the actor may see it, by name. One query."""
    return Community.objects.filter(
        visible_to(actor), lineage__ancestor=community, lineage__depth__gt=0
    ).order_by("name", "pk")


def _people_in() -> Any:
    """People who belong to a community or below it today, as an annotation on Community."""
    held = (
        Membership.objects.filter(
            SETTLED, standing_on(timezone.localdate()), community__lineage__ancestor=OuterRef("pk")
        )
        .order_by()
        .values("community__lineage__ancestor")
        .annotate(people=Count("person", distinct=True))
        .values("people")
    )
    return Coalesce(Subquery(held), 0, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a community stands: all above it (the highest first), itself and its children with `.people`."""

    above: list[Community]
    here: Community
    children: list[Community]  # open ones first, by name

    @property
    def names(self) -> dict[int, str]:
        """id -> name of all of them."""
        return {one.pk: one.name for one in (*self.above, self.here, *self.children)}


def surroundings(pk: int, actor: User) -> Surroundings | None:
    """Where community `pk` stands, as far as the actor may see; None where they may not see it. One query.

    People are counted in it and below, today.
    """
    seen = Community.objects.filter(visible_to(actor)).values("pk")
    line = Lineage.objects.filter(community_id=pk)
    found = (
        Community.objects.filter(Q(pk__in=line.values("ancestor_id")) | Q(parent_id=pk), pk__in=seen)
        .annotate(
            height=Subquery(line.filter(ancestor=OuterRef("pk")).values("depth")),
            people=Case(When(Q(pk=pk) | Q(parent_id=pk), then=_people_in()), default=0),
        )
        .order_by("-height", F("ends_on").asc(nulls_first=True), "name", "pk")
    )
    rows = list(found)
    here = next((one for one in rows if one.pk == pk), None)
    if here is None:
        return None
    return Surroundings(
        above=[one for one in rows if one.height],
        here=here,
        children=[one for one in rows if one.height is None],
    )


def my_communities(actor: User) -> list[Community]:
    """Communities the actor may see as a tree, each after the one it stands in, with `.people` and `.depth` (from 0).

    One query.
    """
    rows = Community.objects.filter(visible_to(actor)).annotate(people=_people_in()).order_by("name", "pk")
    children: dict[int | None, list[Community]] = {}
    seen = {row.pk for row in rows}
    for row in rows:
        children.setdefault(row.parent_id if row.parent_id in seen else None, []).append(row)
    ordered: list[Community] = []

    def put(parent: int | None, depth: int) -> None:
        for row in children.get(parent, []):
            row.depth = depth  # type: ignore[attr-defined]
            ordered.append(row)
            put(row.pk, depth + 1)

    put(None, 0)
    return ordered


def places_for(community: Community, actor: User) -> QuerySet[Community]:
    """Communities under which the actor may put this one: not itself, none of its parts. One query."""
    return (
        Community.objects.filter(communities_for(actor, "found_below"), ends_on=None)
        .exclude(pk__in=below(community))
        .select_related("parent")
        .order_by("name", "pk")
    )
