"""Load what a page is about, as far as the reader may see it. Missing and forbidden look alike."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from tejido.accounts.access import MemberRequest
from tejido.communities.models import Community
from tejido.communities.selectors import communities_visible_to
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering
from tejido.gatherings.policies import asked_by, attendance_seen_by, visible_to
from tejido.web.responses import page


def community_for(request: MemberRequest, pk: int) -> Community:
    """The community, or 404. One query."""
    return get_object_or_404(communities_visible_to(request.user), pk=pk)


def gathering_for(request: MemberRequest, pk: int, verb: str = "") -> Gathering:
    """The gathering, or 404; with `verb`, 403 and the reason where the reader sees it but may not do that.

    One query, two with a verb.
    """
    rows = Gathering.objects.filter(visible_to(request.user))
    gathering = get_object_or_404(
        rows.select_related("community__parent", "school", "organisation", "series"), pk=pk
    )
    if verb:
        require(request.user, verb, gathering)
    return gathering


def with_team(request: MemberRequest, pk: int) -> tuple[Gathering, bool, bool]:
    """The gathering, or 404; whether the reader sees who came, and whether they may ask them. One query."""
    seen, asked = attendance_seen_by(request.user), asked_by(request.user)
    rows = Gathering.objects.filter(visible_to(request.user)).annotate(
        team=ExpressionWrapper(seen, output_field=BooleanField()),
        runs=ExpressionWrapper(asked, output_field=BooleanField()),
    )
    gathering: Any = get_object_or_404(
        rows.select_related("community__parent", "school", "organisation", "series"), pk=pk
    )
    held = {"record": gathering.team, "run": gathering.runs}
    gathering.rights_of_reader = frozenset(right for right, has in held.items() if has)
    return gathering, gathering.team, gathering.runs


def about(request: MemberRequest, template: str, gathering: Gathering, **context: Any) -> HttpResponse:
    """A page about one gathering, inside its community."""
    inside: dict[str, Any] = {"gathering": gathering, "community": gathering.community, "place": "gatherings"}
    return page(request, template, **inside, **context)


def number_in(text: str | None) -> int:
    """The id that a form sent; 0, which is nobody, for anything else.

    >>> number_in("12"), number_in(None), number_in("12; drop")
    (12, 0, 0)
    """
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
