"""Which networks belong to which by agreement, and what is shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Prefetch, Q, QuerySet, When

from tejido.accounts.models import User
from tejido.alliances.models import Joining, NetworkLink, Share
from tejido.alliances.policies import joinings_visible_to
from tejido.communities.models import Community
from tejido.communities.policies import communities_for
from tejido.foundation.links import token_hash


def joinings_for(actor: User) -> QuerySet[Joining]:
    """Joinings that the actor may see, the open ones first. With both communities, `.shared` (how many indicators) and,
    of each of the two, `.member_seen`, `.upper_seen`: whether the reader may open its pages. One query."""
    seen = Community.objects.filter(communities_for(actor, "see")).values("pk")
    return (
        Joining.objects.filter(joinings_visible_to(actor))
        .select_related("member", "upper")
        .annotate(
            shared=Count("shares", filter=Q(shares__withdrawn_at=None)),
            member_seen=Case(When(member__in=seen, then=True), default=False),
            upper_seen=Case(When(upper__in=seen, then=True), default=False),
            is_open=Case(When(ends_on=None, then=True), default=False),
        )
        .order_by("-is_open", "-asked_at", "-pk")
    )


def joinings_of(community: Community, actor: User) -> tuple[list[Joining], list[Joining]]:
    """(where the community belongs or asked to, who belongs to it or asked to). One query."""
    found = list(joinings_for(actor).filter(Q(member=community) | Q(upper=community))[:500])
    above = [one for one in found if one.member_id == community.pk]
    return above, [one for one in found if one.upper_id == community.pk]


@dataclass(frozen=True, slots=True)
class SharedNetwork:
    """A member network and what it shares now: indicator -> since when. `seen`: the reader may open its pages."""

    joining: Joining
    community: Community
    seen: bool
    since: dict[str, datetime]


def shared_with(upper: Community, actor: User) -> list[SharedNetwork]:
    """The member networks of a network of networks today, by name, each with what it shares now. Two queries.

    Only what is shared at this moment: what was withdrawn is not here, nor is anything of a joining that is over.
    """
    standing = Prefetch("shares", queryset=Share.objects.filter(withdrawn_at=None), to_attr="standing")
    rows = joinings_for(actor).filter(upper=upper, ends_on=None, starts_on__isnull=False)
    return [
        SharedNetwork(
            joining=one,
            community=one.member,
            seen=bool(one.member_seen),  # type: ignore[attr-defined]
            since={share.indicator: share.chosen_at for share in one.standing},
        )
        for one in rows.prefetch_related(standing).order_by("member__name", "pk")
    ]


def shares_of(joining: Joining) -> list[Share]:
    """What was ever shared, what stands first. One query."""
    return list(joining.shares.order_by("withdrawn_at", "-chosen_at", "indicator")[:200])


def open_link_of(upper: Community) -> NetworkLink | None:
    """The link with which it invites, if there is one. One query."""
    return NetworkLink.objects.filter(upper=upper, closed_at=None).first()


def link_behind(token: str) -> NetworkLink | None:
    """The open link whose token this is, with its network. One query."""
    return (
        NetworkLink.objects.filter(token_hash=token_hash(token), closed_at=None)
        .select_related("upper")
        .first()
    )


def networks_to_join(actor: User) -> QuerySet[Community]:
    """Networks of networks that the actor sees. One query."""
    return Community.objects.filter(
        communities_for(actor, "see"), kind=Community.Kind.NETWORK_OF_NETWORKS, ends_on=None
    ).order_by("name", "pk")


def communities_that_may_join(actor: User) -> QuerySet[Community]:
    """Communities for which the actor may ask. One query."""
    return Community.objects.filter(communities_for(actor, "give_roles"), ends_on=None).order_by("name", "pk")
