"""What every page loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from tejido.accounts.access import MemberRequest
from tejido.charters import selectors
from tejido.charters.models import Article, CharterVersion, Suggestion
from tejido.communities.models import Community
from tejido.communities.policies import communities_for
from tejido.foundation.policies import can
from tejido.web.responses import page


def community(request: MemberRequest, pk: int, right: str = "see") -> Community:
    """The community, for whoever has the right in it. One query."""
    rows = Community.objects.filter(communities_for(request.user, right)).select_related("parent")
    return get_object_or_404(rows, pk=pk)


def version(request: MemberRequest, pk: int, verb: str = "") -> CharterVersion:
    """The version, for whoever may see it, or do `verb`. One query, and one for the verb."""
    found = get_object_or_404(selectors.versions_for(request.user), pk=pk)
    if verb and not can(request.user, f"charters.{verb}", found.community if verb == "write" else found):
        raise Http404
    return found


def article(request: MemberRequest, pk: int, verb: str) -> Article:
    """The article of a version in which the reader may do `verb`. Three queries."""
    found = get_object_or_404(Article.objects.select_related("version__community"), pk=pk)
    found.version = version(request, found.version_id, verb)
    return found


def suggestion(request: MemberRequest, pk: int) -> Suggestion:
    """The suggestion, for whoever decides on it. Three queries."""
    found = get_object_or_404(Suggestion.objects.select_related("article__version__community"), pk=pk)
    version(request, found.article.version_id, "write")
    return found


def shown(request: MemberRequest, template: str, found: CharterVersion, **more: Any) -> HttpResponse:
    """A page about a version."""
    more["version"] = found
    return page(request, template, place="governance", community=found.community, **more)
