"""Questions about ties that were written down."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from tejido.accounts.models import User
from tejido.communities.models import Community, RecordedTie
from tejido.communities.policies import ties_visible_to
from tejido.communities.selectors.tree import below
from tejido.directory.models import Person


def ties_for(actor: User) -> QuerySet[RecordedTie]:
    """Ties that `actor` may read one by one, the newest first, with both people. One query."""
    ties = RecordedTie.objects.filter(ties_visible_to(actor), STANDING)
    return ties.select_related("source", "target").order_by("-day", "pk")


def ties_in(community: Community) -> QuerySet[RecordedTie]:
    """All ties of a community and those below it, for counting and computing: who reads them is for the caller to ask.

    Of people who are still arriving with a list there are none. One query.
    """
    return RecordedTie.objects.filter(STANDING, community_id__in=below(community)).order_by("pk")


def tied_in(community: Community) -> Q:
    """People at either end of a tie of the community or below it. A `Q` on Person."""
    ties = RecordedTie.objects.filter(community_id__in=below(community))
    return Q(pk__in=ties.values("source_id")) | Q(pk__in=ties.values("target_id"))


def tied_communities(people: QuerySet[Person]) -> set[int]:
    """Ids of the communities in whose ties these people stand. One query."""
    ties = RecordedTie.objects.filter(Q(source__in=people) | Q(target__in=people))
    return set(ties.values_list("community_id", flat=True).distinct())


STANDING = Q(source__arriving_in=None, target__arriving_in=None)
# By hand or with a list; neither said by somebody who was asked, nor of a talk (see `record_ties`).
FROM_LISTS = Q(asked_in=None) & (Q(brought_in=None) | Q(brought_in__gt=0))
