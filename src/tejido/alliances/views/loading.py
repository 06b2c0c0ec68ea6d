"""What every page loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from tejido.accounts.access import MemberRequest
from tejido.alliances import selectors
from tejido.alliances.models import Agreement, Joining
from tejido.communities.models import Community
from tejido.communities.policies import communities_for
from tejido.foundation.policies import can
from tejido.web.responses import page


def community(request: MemberRequest, pk: int, right: str = "see") -> Community:
    """The community, for whoever has the right in it. One query."""
    rows = Community.objects.filter(communities_for(request.user, right)).select_related("parent")
    return get_object_or_404(rows, pk=pk)


def joining(request: MemberRequest, pk: int) -> Joining:
    """A joining that the reader may see. One query."""
    found: Joining = get_object_or_404(selectors.joinings_for(request.user), pk=pk)
    return found


def agreement(request: MemberRequest, pk: int, *, to_change: bool = False) -> Agreement:
    """An agreement that the reader may see, or change. One query, and one for changing."""
    found: Agreement = get_object_or_404(selectors.agreements_for(request.user), pk=pk)
    if to_change and not can(request.user, "alliances.agree", found.community):
        raise Http404
    return found


def shown(request: MemberRequest, template: str, about: Community, **more: Any) -> HttpResponse:
    """A page inside a community."""
    return page(request, f"alliances/{template}.html", place="governance", community=about, **more)
