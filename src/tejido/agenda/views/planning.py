"""The agenda: read by everybody who sees the gathering, written by the team."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.agenda import selectors, services, wording
from tejido.agenda.forms import SegmentForm
from tejido.agenda.forms.segments import initial_from
from tejido.agenda.models import Segment
from tejido.agenda.views import loading
from tejido.foundation.errors import Refusal
from tejido.gatherings.models import Gathering
from tejido.web.responses import done, refusals_on, refused

HERE = "agenda:agenda"


@members
@require_GET
def agenda(request: MemberRequest, pk: int) -> HttpResponse:
    """The parts in order with their times, what the time goes to, and what to look at again."""
    found, may = loading.seen(request, pk)
    segments = selectors.segments_of(found)
    length, planned = wording.length_of(found), sum(row.minutes for row in segments)
    return loading.shown(
        request,
        "agenda/agenda.html",
        found,
        may=may,
        rows=selectors.shown(found, segments),
        chart=wording.mix_chart(segments),
        warnings=wording.warnings_of(segments) if may else [],
        length_words=wording.length_words(planned, length),
        too_long=planned > length,
    )


@members
def add(request: MemberRequest, pk: int) -> HttpResponse:
    """One more part; ?activity=3 begins as that activity says."""
    found = loading.kept(request, pk)
    form = SegmentForm(_sent(request), gathering=found, actor=request.user, initial=_begun(request, found))
    if _saves(request) and form.is_valid():
        with refusals_on(form):
            made = services.add_segment(found, form.segment_fields(), actor=request.user)
            return done(request, _("“%(title)s” is on the agenda.") % {"title": made.title}, HERE, pk)
    return _form_page(request, form, found)


@members
@require_POST
def as_usual(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin with what is usual for this kind of gathering."""
    found = loading.kept(request, pk)
    try:
        services.begin_as_usual(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    return done(request, _("The agenda begins as usual. Change what is different this time."), HERE, pk)


def _begun(request: MemberRequest, found: Gathering) -> dict[str, Any]:
    asked = request.GET.get("activity", "")
    if not asked.isdecimal():
        return {}
    activity = selectors.activities_for(found.community).filter(pk=int(asked[:18])).first()
    return initial_from(activity) if activity else {}


@members
def change(request: MemberRequest, pk: int, segment: int) -> HttpResponse:
    """Correct one part; remove it from here."""
    found, row = loading.segment(request, pk, segment)
    form = SegmentForm(_sent(request), gathering=found, actor=request.user, segment=row)
    if _saves(request) and form.is_valid():
        with refusals_on(form):
            services.change_segment(row, form.segment_fields(), actor=request.user)
            return done(request, _("The changes are saved."), HERE, pk)
    return _form_page(request, form, found, segment=row)


def _sent(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _saves(request: MemberRequest) -> bool:
    """Whether the button that saves was pressed, not the one that looks for people."""
    return request.method == "POST" and "find" not in request.POST


def _form_page(request: MemberRequest, form: SegmentForm, found: Gathering, **more: Any) -> HttpResponse:
    if request.method == "POST" and not _saves(
        request
    ):  # not sent to be saved, so nothing is wrong with it yet
        form.errors.clear()
    return loading.shown(request, "agenda/segment.html", found, form=form, **more)


@members
@require_POST
def move(request: MemberRequest, pk: int, segment: int) -> HttpResponse:
    """One place up or down."""
    _found, row = loading.segment(request, pk, segment)
    return _deed(request, pk, row, "up" if request.POST.get("to") == "up" else "down")


@members
@require_POST
def remove(request: MemberRequest, pk: int, segment: int) -> HttpResponse:
    """Take a part out."""
    _found, row = loading.segment(request, pk, segment)
    return _deed(request, pk, row, "remove")


def _deed(request: MemberRequest, pk: int, row: Segment, what: str) -> HttpResponse:
    try:
        if what == "remove":
            services.remove_segment(row, actor=request.user)
            return done(request, _("“%(title)s” is off the agenda.") % {"title": row.title}, HERE, pk)
        services.move_segment(row, up=what == "up", actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    return redirect(HERE, pk)
