"""Which memberships count: those that hold on a day, of people who are settled in the directory."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from tejido.communities.models import Membership, MembershipPause

SETTLED = Q(
    person__arriving_in=None, person__merged_into=None
)  # on Membership; an import's people come later


def standing_on(day: date) -> Q:
    """Memberships that hold on `day`. A `Q` on Membership."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def paused_on(day: date) -> Q:
    """Memberships whose person pauses on `day`. A `Q` on Membership, for one row each: by subquery."""
    pauses = MembershipPause.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)
    return Q(pk__in=pauses.values("membership_id"))


def pausing_people(communities: QuerySet[Any] | Collection[int], day: date) -> QuerySet[Any]:
    """Ids of people who pause on `day` in every membership that they hold in these communities. No query by itself.

    Who pauses in one node and takes part in another is not meant.
    """
    held = Membership.objects.filter(standing_on(day), community_id__in=communities)
    takes_part = held.exclude(paused_on(day)).values("person_id")
    return held.exclude(person_id__in=takes_part).values("person_id")
