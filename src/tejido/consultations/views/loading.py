"""What every page loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from tejido.accounts.access import MemberRequest
from tejido.communities.models import Community
from tejido.communities.policies import communities_for
from tejido.consultations import selectors
from tejido.consultations.models import Consultation
from tejido.foundation.policies import can
from tejido.web.responses import page


def community(request: MemberRequest, pk: int, right: str = "see") -> Community:
    """The community, for whoever has the right in it. One query."""
    rows = Community.objects.filter(communities_for(request.user, right)).select_related("parent")
    return get_object_or_404(rows, pk=pk)


def consultation(request: MemberRequest, pk: int, verb: str = "") -> Consultation:
    """The consultation, for whoever may see it, or do `verb` in it. One query, and one for the verb."""
    found = get_object_or_404(selectors.consultations_for(request.user), pk=pk)
    if verb and not can(request.user, f"consultations.{verb}", found):
        raise Http404
    return found


def shown(request: MemberRequest, template: str, found: Consultation, **more: Any) -> HttpResponse:
    """A page about a consultation."""
    more["consultation"] = found
    return page(request, template, place="governance", community=found.community, **more)
