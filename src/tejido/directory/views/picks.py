"""Suggestions while somebody types the name of a school, an organisation, a territory or a person."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from tejido.accounts.access import MemberRequest, members
from tejido.directory.forms.picks import FEW, FINDERS
from tejido.directory.selectors import place_label
from tejido.web.responses import partial


@members
def suggest(request: MemberRequest, kind: str) -> HttpResponse:
    """The text comes under the name of the box in which it is typed."""
    if kind not in FINDERS:
        raise Http404
    text = str(next(iter(request.GET.values()), "")).strip()
    rows = FINDERS[kind](request.user)(text)[:FEW] if text else []
    return partial(request, "directory/partials/suggestions.html", labels=[place_label(row) for row in rows])
