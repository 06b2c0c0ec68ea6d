"""What every page of a community loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from tejido.accounts.access import MemberRequest
from tejido.communities.models import Community, Membership
from tejido.communities.policies import communities_for
from tejido.communities.selectors import communities_visible_to, memberships_in


def seen(request: MemberRequest, pk: int) -> Community:
    """The community, for whoever may see it. One query."""
    return get_object_or_404(communities_visible_to(request.user), pk=pk)


def held(request: MemberRequest, pk: int, right: str) -> Community:
    """The community, for whoever has `right` in it. One query."""
    rows = Community.objects.filter(communities_for(request.user, right)).select_related("parent")
    return get_object_or_404(rows, pk=pk)


def looked_after(request: MemberRequest, pk: int) -> Membership:
    """The membership, for its own person and for those who run its community. One query."""
    return get_object_or_404(memberships_in(request.user), pk=pk)
