"""What every page loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from tejido.accounts.access import MemberRequest
from tejido.gatherings.models import Gathering
from tejido.gatherings.policies import visible_to
from tejido.invitations import selectors
from tejido.invitations.models import Reply
from tejido.invitations.policies import looked_after_by
from tejido.invitations.values import Place
from tejido.web.responses import page

JOINED = ("community__parent", "school", "organisation")


def gathering(request: MemberRequest, pk: int) -> Gathering:
    """The gathering, for the team of its community. One query."""
    rows = Gathering.objects.filter(looked_after_by(request.user)).select_related(*JOINED)
    return get_object_or_404(rows, pk=pk)


def line(request: MemberRequest, pk: int, person_pk: int) -> tuple[Gathering, selectors.Line]:
    """One person who is invited or comes instead, for the team. Five queries."""
    found = gathering(request, pk)
    lines = selectors.answer_lines(found, only=person_pk)
    if not lines:
        raise Http404
    return found, lines[0]


def own(request: MemberRequest, pk: int) -> tuple[Place, Reply | None]:
    """The reader's own place and answer, where answers are wanted. Four queries."""
    rows = Gathering.objects.filter(visible_to(request.user)).filter(selectors.is_asked())
    found = selectors.own_place(get_object_or_404(rows.select_related(*JOINED), pk=pk), request.user)
    if found is None:
        raise Http404
    return found


def shown(request: MemberRequest, template: str, found: Gathering, **more: Any) -> HttpResponse:
    """A page about a gathering, inside its community."""
    inside: dict[str, Any] = {"gathering": found, "community": found.community, "place": "gatherings"}
    return page(request, template, **inside, **more)
