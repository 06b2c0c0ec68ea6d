"""Organisations that belong to a community, and who represents them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, When
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community, Membership, OrganisationMembership
from tejido.communities.policies import communities_for, visible_to
from tejido.directory.models import Organisation, Person, Post
from tejido.directory.policies import people_visible_to


def organisations_in(community: Community, actor: User) -> QuerySet[OrganisationMembership]:
    """Organisations that belong or belonged to the community itself, those that belong first, by name.

    Each with `organisation` and `.named`: its representatives' memberships with `person`, the present ones first, and of
    each `.seen` (whether the actor may see who it is) and `.has_left` (they had a post there and have none now).
    Two queries for any number.
    """
    today = timezone.localdate()
    return (
        OrganisationMembership.objects.filter(community=community)
        .select_related("organisation")
        .annotate(is_in=_is_in(today))
        .order_by("-is_in", "organisation__search_name", "-starts_on", "pk")
        .prefetch_related(Prefetch("representatives", queryset=_named(actor, today), to_attr="named"))
    )


def _is_in(today: date) -> Case:
    return Case(When(Q(ends_on=None) | Q(ends_on__gte=today), then=True), default=False)


def _named(actor: User, today: date) -> QuerySet[Membership]:
    visible = Person.objects.filter(people_visible_to(actor)).values("pk")
    posts = Post.objects.filter(
        person_id=OuterRef("person_id"),
        organisation_id=OuterRef("organisation_membership__organisation_id"),
    )
    still = posts.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    return (
        Membership.objects.select_related("person")
        .annotate(
            is_in=_is_in(today),
            seen=Case(When(person__in=visible, then=True), default=False),
            has_left=Case(When(Exists(posts) & ~Exists(still), then=True), default=False),
        )
        .order_by("-is_in", "-starts_on", "-pk")
    )


def organisation_memberships_kept_by(actor: User) -> QuerySet[OrganisationMembership]:
    """Memberships of organisations that the actor may change, with `community` and `organisation`. One query."""
    kept = Community.objects.filter(communities_for(actor, "give_roles")).values("pk")
    return OrganisationMembership.objects.filter(community_id__in=kept).select_related(
        "community", "organisation"
    )


def representatives_kept_by(actor: User) -> QuerySet[Membership]:
    """Representatives whom the actor may replace or end, with `person` and what they speak for. One query."""
    kept = Community.objects.filter(communities_for(actor, "give_roles")).values("pk")
    return Membership.objects.filter(
        community_id__in=kept, organisation_membership__isnull=False
    ).select_related("community", "person", "organisation_membership__organisation")


def communities_of_organisation(organisation: Organisation, actor: User) -> QuerySet[OrganisationMembership]:
    """To which communities that the actor may see the organisation belongs or belonged, with `community`. One query."""
    seen = Community.objects.filter(visible_to(actor)).values("pk")
    return (
        OrganisationMembership.objects.filter(organisation=organisation, community_id__in=seen)
        .select_related("community")
        .order_by("-starts_on", "pk")
    )


def organisations_now(community: Community) -> QuerySet[Any]:
    """Organisations that belong to the community today. No query by itself."""
    today = timezone.localdate()
    return OrganisationMembership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), community=community, starts_on__lte=today
    )
