"""What members who sign in find from the page of a gathering: the way into the room, and what was asked there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.during import selectors
from tejido.during.policies import taken_part_by
from tejido.gatherings.models import Gathering
from tejido.web.responses import page


def _seen(request: MemberRequest, pk: int) -> Gathering:
    rows = Gathering.objects.filter(taken_part_by(request.user)).select_related("community__parent")
    return get_object_or_404(rows, pk=pk)


@members
@require_GET
def take_part(request: MemberRequest, pk: int) -> HttpResponse:
    """To the room of a gathering."""
    room = selectors.room_of(_seen(request, pk))
    if room is None:
        raise Http404
    return redirect("during:room", room.code)


@members
@require_GET
def questions(request: MemberRequest, pk: int) -> HttpResponse:
    """Questions from the room with their answers."""
    found = _seen(request, pk)
    shown: dict[str, Any] = {"gathering": found, "community": found.community, "place": "gatherings"}
    return page(request, "during/questions.html", kept=selectors.kept_questions(found), **shown)
