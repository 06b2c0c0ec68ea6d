"""Advice on venue and modality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.directory.models import Person
from tejido.gatherings.models import Gathering
from tejido.invitations import selectors
from tejido.invitations.views import loading

LIMITS = (5, 10, 20, 40, 80)
MOST_NAMES = 12


@members
@require_GET
def venues(request: MemberRequest, pk: int) -> HttpResponse:
    """Several venues side by side: how far people would go, whom each leaves out, what taking part online would change."""
    found = loading.gathering(request, pk)
    return loading.shown(request, "invitations/venues.html", found, **_compared(request, found))


def _compared(request: MemberRequest, found: Gathering) -> dict[str, Any]:
    """What the page shows: the venues, the least travelling first. Six queries."""
    words, chosen = request.GET.get("q", "").strip(), request.GET.get("km", "")
    limit = int(chosen) if chosen in map(str, LIMITS) else 20
    picked, offered = selectors.venues_named(request.user, found, request.GET.getlist("v"), words)
    reaches, people = selectors.advice_on(found, picked, too_far_km=limit)
    names = {one.key: one.name for one in picked}
    rows = [
        {"name": names[one.venue], "key": one.venue, "reach": one, "far": _named(one.beyond, people)}
        for one in reaches
    ]
    shown = {"rows": rows, "picked": picked, "offered": offered, "words": words}
    return {**shown, "limit": limit, "limits": LIMITS}


def _named(ids: Iterable[int], people: Mapping[int, Person]) -> list[Person]:
    return [people[key] for key in ids][:MOST_NAMES]
