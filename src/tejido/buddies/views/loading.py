"""What every page loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control

from tejido.accounts.access import MemberRequest
from tejido.buddies import selectors
from tejido.buddies.models import BuddyRound
from tejido.communities.models import Community
from tejido.communities.policies import communities_for
from tejido.web.responses import page


def community(request: MemberRequest, pk: int, right: str = "see") -> Community:
    """The community, for whoever has the right in it. One query."""
    rows = Community.objects.filter(communities_for(request.user, right)).select_related("parent")
    return get_object_or_404(rows, pk=pk)


def wave(request: MemberRequest, pk: int) -> BuddyRound:
    """The round, for whoever runs it. One query."""
    return get_object_or_404(selectors.rounds_for(request.user), pk=pk)


def shown(request: MemberRequest, template: str, here: Community, /, **more: Any) -> HttpResponse:
    """A page of a community."""
    return page(request, template, place="people", community=here, **more)


def light(request: HttpRequest, template: str, status: int = 200, **more: Any) -> HttpResponse:
    """A page that nobody keeps: the next person on this phone gets one of their own."""
    response = page(request, template, **more)
    response.status_code = max(status, response.status_code)
    patch_cache_control(response, private=True, no_cache=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
