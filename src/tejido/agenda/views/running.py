"""While it runs: what is now, what is next, how late it is; begin, next, end by one tap."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.agenda import selectors, services, wording
from tejido.agenda.views import loading
from tejido.foundation.acts import once
from tejido.foundation.errors import Refusal
from tejido.gatherings.models import Gathering
from tejido.web.queue import act_key
from tejido.web.responses import done, partial, refused

RUN = "agenda:run"


@members
def run(request: MemberRequest, pk: int) -> HttpResponse:
    """The whole page; asked by htmx every twenty seconds, only what moves."""
    found = loading.kept(request, pk)
    stands = _stands(found)
    if request.headers.get("HX-Request"):
        return partial(request, "agenda/partials/clock.html", gathering=found, **stands)
    return loading.shown(request, "agenda/run.html", found, **stands)


def _stands(found: Gathering) -> dict[str, Any]:
    """Where the agenda stands now. Two queries."""
    rows = selectors.shown(found, selectors.segments_of(found))
    now = timezone.now()
    clock = selectors.clock_of(rows, now)
    return {
        "rows": rows,
        "clock": clock,
        "too_early": selectors.too_early(found, now),
        "left": wording.left_words(clock.now, clock.remains) if clock.now else "",
        "late": wording.late_words(clock.late) if clock.begun else "",
        "act": uuid4(),
    }


@members
@require_POST
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    """A part begins; what ran ends with it."""
    found, row = loading.segment(request, pk, request.POST.get("segment"))

    def deed() -> str:
        services.begin_segment(row, actor=request.user)
        return "begun"

    return _tapped(request, found, "agenda.begin", deed)


@members
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """What runs ends; nothing follows yet."""
    found, row = loading.segment(request, pk, request.POST.get("segment"))

    def deed() -> str:
        return "ended" if services.end_segment(row, actor=request.user) else "kept"

    return _tapped(request, found, "agenda.end", deed)


def _tapped(request: MemberRequest, found: Gathering, kind: str, deed: Any) -> HttpResponse:
    """Do it once, however often the tap arrives."""
    try:
        once(act_key(request), kind, deed, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, RUN, found.pk)
    return redirect(RUN, found.pk)


@members
@require_POST
def back(request: MemberRequest, pk: int) -> HttpResponse:
    """The last tap was a slip. Sent twice, it goes back once."""
    found = loading.kept(request, pk)

    def deed() -> str:
        return "back" if services.take_back(found, actor=request.user) else "nothing"

    outcome, _new = once(act_key(request), "agenda.back", deed, actor=request.user)
    said = _("The last tap is taken back.") if outcome == "back" else _("Nothing had begun.")
    return done(request, said, RUN, pk)
