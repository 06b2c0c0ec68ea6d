"""What every page loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from tejido.accounts.access import MemberRequest
from tejido.communities.models import Community
from tejido.communities.policies import communities_for
from tejido.foundation.policies import can
from tejido.instruments import selectors
from tejido.instruments.models import Collection, Instrument, Version
from tejido.instruments.policies import instruments_visible_to
from tejido.web.responses import page


def community(request: MemberRequest, pk: int, right: str = "understand") -> Community:
    """The community, for whoever has the right in it. One query."""
    rows = Community.objects.filter(communities_for(request.user, right)).select_related("parent")
    return get_object_or_404(rows, pk=pk)


def instrument(request: MemberRequest, pk: int, verb: str = "") -> Instrument:
    """The instrument, for whoever may see it, or do `verb` on it. One query, and one for the verb."""
    rows = Instrument.objects.filter(instruments_visible_to(request.user)).select_related("community__parent")
    found = get_object_or_404(rows, pk=pk)
    if verb and not can(request.user, verb, found):
        raise Http404
    return found


def version(request: MemberRequest, pk: int) -> Version:
    """A version of such an instrument. One query."""
    seen = Instrument.objects.filter(instruments_visible_to(request.user))
    return get_object_or_404(Version.objects.select_related("instrument"), pk=pk, instrument__in=seen)


def collection(request: MemberRequest, pk: int, verb: str = "") -> Collection:
    """The collection, for whoever may see its results, or do `verb` on it. One query, and one for the verb."""
    found = get_object_or_404(selectors.collections_for(request.user), pk=pk)
    if verb and not can(request.user, verb, found):
        raise Http404
    return found


def part_of(rows: QuerySet[Any], key: str | None) -> Any:
    """The row with the key that a page sent; 404 where it is none of `rows`, or no key at all. One query."""
    try:
        return get_object_or_404(rows, pk=key)
    except (ValueError, ValidationError) as error:  # somebody else's words in the place of a key
        raise Http404 from error


def shown(request: MemberRequest, template: str, found: Collection, **more: Any) -> HttpResponse:
    """A page about a collection."""
    more["collection"] = found
    return page(request, template, place="forms", community=found.community, **more)
