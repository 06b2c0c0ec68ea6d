"""What every page loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from tejido.accounts.access import MemberRequest
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering
from tejido.seating.models import SeatingPlan
from tejido.seating.policies import seen_by
from tejido.web.responses import page

JOINED = ("community__parent", "seating", "seating__topic")


def gathering(request: MemberRequest, pk: int) -> tuple[Gathering, SeatingPlan | None]:
    """The gathering, for the team of its community, and what was said of its tables. One query."""
    rows = Gathering.objects.filter(seen_by(request.user)).select_related(*JOINED)
    found = get_object_or_404(rows, pk=pk)
    plan = getattr(found, "seating", None)
    if plan is not None:
        plan.gathering = found
    return found, plan


def plan(request: MemberRequest, pk: int) -> SeatingPlan:
    """What was said of the tables of a gathering, for its team; 404 where nothing was. One query."""
    _found, known = gathering(request, pk)
    if known is None:
        raise Http404
    return known


def changing(request: MemberRequest, pk: int) -> tuple[Gathering, SeatingPlan | None]:
    """As `gathering`, for a page that changes something: 403 with the reason once the gathering is closed. Two queries."""
    found, known = gathering(request, pk)
    require(request.user, "seating.look_after", found)
    return found, known


def plan_changing(request: MemberRequest, pk: int) -> SeatingPlan:
    """As `plan`, for a page that changes something: 403 with the reason once the gathering is closed. Two queries."""
    known = plan(request, pk)
    require(request.user, "seating.look_after", known.gathering)
    return known


def shown(request: MemberRequest, template: str, found: Gathering, **more: Any) -> HttpResponse:
    """A page about a gathering, inside its community."""
    inside: dict[str, Any] = {"gathering": found, "community": found.community, "place": "gatherings"}
    return page(request, template, **inside, **more)


def number_in(text: str | None, most: int) -> int:
    """A number from 1 to `most` out of an address; 1 for anything else.

    >>> number_in("3", 5), number_in("9", 5), number_in("x", 5)
    (3, 1, 1)
    """
    number = int(text) if text and text.isdecimal() and len(text) < 4 else 1
    return number if 1 <= number <= most else 1
