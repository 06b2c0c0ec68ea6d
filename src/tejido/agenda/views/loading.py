"""What every page loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from tejido.accounts.access import MemberRequest
from tejido.agenda.models import Segment
from tejido.agenda.policies import planned_by
from tejido.gatherings.models import Gathering
from tejido.gatherings.policies import visible_to
from tejido.web.responses import page

JOINED = ("community__parent", "school", "organisation")


def seen(request: MemberRequest, pk: int) -> tuple[Gathering, bool]:
    """The gathering, or 404, and whether the reader keeps its agenda. One query."""
    may = ExpressionWrapper(planned_by(request.user), output_field=BooleanField())
    rows = Gathering.objects.filter(visible_to(request.user)).annotate(may=may).select_related(*JOINED)
    found: Any = get_object_or_404(rows, pk=pk)
    return found, found.may


def kept(request: MemberRequest, pk: int) -> Gathering:
    """The gathering, for those who keep its agenda. One query."""
    rows = Gathering.objects.filter(planned_by(request.user)).select_related(*JOINED)
    return get_object_or_404(rows, pk=pk)


def segment(request: MemberRequest, pk: int, number: int | str | None) -> tuple[Gathering, Segment]:
    """One segment of a gathering, for those who keep its agenda. Two queries."""
    found = kept(request, pk)
    said = str(number)
    asked = int(said) if said.isdecimal() and len(said) < 19 else 0
    return found, get_object_or_404(found.segments.select_related("organisation", "activity"), pk=asked)


def shown(request: MemberRequest, template: str, found: Gathering, **more: Any) -> HttpResponse:
    """A page about a gathering, inside its community."""
    inside: dict[str, Any] = {"gathering": found, "community": found.community, "place": "gatherings"}
    return page(request, template, **inside, **more)
