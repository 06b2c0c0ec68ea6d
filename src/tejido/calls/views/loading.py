"""What every page loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import patch_cache_control

from tejido.accounts.access import MemberRequest
from tejido.calls import selectors
from tejido.calls.models import Application, OpenCall
from tejido.communities.models import Community
from tejido.communities.policies import communities_for
from tejido.foundation.policies import can
from tejido.web.look import allow_look
from tejido.web.responses import page


def community(request: MemberRequest, pk: int, right: str = "see") -> Community:
    """The community, for whoever has the right in it. One query."""
    rows = Community.objects.filter(communities_for(request.user, right)).select_related("parent")
    return get_object_or_404(rows, pk=pk)


def call(request: MemberRequest, pk: int, verb: str = "") -> OpenCall:
    """The call, for whoever may see it, or do `verb` with it. One query, and one for the verb."""
    found = get_object_or_404(selectors.calls_for(request.user), pk=pk)
    if verb and not can(request.user, f"calls.{verb}", found):
        raise Http404
    return found


def application(request: MemberRequest, pk: int, verb: str = "read") -> Application:
    """The application, for whoever may do `verb` with it. Two queries at most."""
    found = get_object_or_404(selectors.to_read(request.user), pk=pk)
    if verb != "read" and not can(request.user, f"calls.{verb}", found):
        raise Http404
    return found


def shown(request: HttpRequest, template: str, found: OpenCall, **more: Any) -> HttpResponse:
    """A page about a call, its times on the clocks of the community."""
    more |= {"call": found, "said": selectors.in_language(found, "title", found.community.language)}
    with timezone.override(zoneinfo.ZoneInfo(found.community.time_zone)):
        return page(request, template, place="governance", community=found.community, **more)


def light(request: HttpRequest, template: str, status: int = 200, **more: Any) -> HttpResponse:
    """A page of participants, which nobody keeps: the next person on this phone gets one of their own."""
    found: OpenCall | None = more.get("call")
    zone = zoneinfo.ZoneInfo(found.community.time_zone) if found else None
    if found is not None:
        first = found.community.language
        more |= {
            "said": selectors.in_language(found, "title", first),
            "text": selectors.in_language(found, "text", first),
        }
    with timezone.override(zone):
        response = page(request, template, **more)
    response.status_code = status
    patch_cache_control(response, private=True, no_cache=True)
    return allow_look(response)
