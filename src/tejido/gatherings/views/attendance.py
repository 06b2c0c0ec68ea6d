"""The attendance sheet: one form per person, each tap saved at once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

import tejido.web
from tejido.accounts.access import MemberRequest, members
from tejido.directory.models import Person
from tejido.foundation.acts import once
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can
from tejido.gatherings import selectors, services
from tejido.gatherings.forms import RestForm
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.views.loading import about, gathering_for, number_in
from tejido.web.queue import act_key, answered, from_queue
from tejido.web.responses import done, refused

SHEET = "gatherings:attendance"
WORKER = Path(tejido.web.__file__).parent / "static" / "dist" / "sheet-worker.js"
SEES = "gatherings.see_attendance"
AROUND_THE_DOOR = timedelta(
    days=2
)  # so long before and after it begins the sheet stays on devices that open it


@members
def attendance(request: MemberRequest, pk: int) -> HttpResponse:
    """Everybody invited and everybody recorded, by name. ?q= searches, ?show=unmarked leaves out the marked."""
    found = gathering_for(request, pk, SEES)
    lines = selectors.sheet(found)
    return about(
        request,
        "gatherings/attendance.html",
        found,
        lines=shown_of(lines, request),
        everybody=len(lines),
        turnout=selectors.turnout_among(lines, found),
        may=can(request.user, "gatherings.record_attendance", found),
        words=request.GET.get("q", "").strip(),
        unmarked=request.GET.get("show") == "unmarked",
        **_of_several(found, lines),
    )


def _of_several(found: Gathering, lines: list[selectors.SheetLine]) -> dict[str, Any]:
    """What the page says where several of the team mark, and without a connection."""
    return {
        "rest": RestForm(),
        "differing": [line for line in lines if line.other],
        "at_the_door": abs(timezone.now() - found.starts_at) <= AROUND_THE_DOOR,
    }


def shown_of(lines: list[selectors.SheetLine], request: HttpRequest) -> list[selectors.SheetLine]:
    """The lines that the address asks for. In the page, script filters without asking again."""
    if request.GET.get("show") == "unmarked":
        lines = [line for line in lines if not line.status]
    return selectors.lines_like(lines, request.GET.get("q", ""))


@members
@require_GET
def worker(request: MemberRequest, pk: int) -> HttpResponse:
    """The script that opens the sheet again without a connection. It stands below the page, which is all it may serve."""
    gathering_for(request, pk, SEES)
    script = WORKER.read_bytes()
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@members
@require_POST
def mark(request: MemberRequest, pk: int) -> HttpResponse:
    """One tap, done once however often it arrives. JSON for the page's queue, else back to the sheet."""
    found = gathering_for(request, pk)
    person = get_object_or_404(Person, pk=number_in(request.POST.get("person")))
    status, seen = request.POST.get("status", ""), request.POST.get("seen")
    before = selectors.status_at(found, person.pk)

    def deed() -> str:
        return services.tap(found, person.pk, status, seen=seen, actor=request.user)

    try:
        outcome, _new = once(act_key(request), "gatherings.mark", deed, actor=request.user)
    except Refusal as refusal:
        return _refused_tap(request, found, person, refusal)
    return _answer_tap(request, found, person, outcome, before)


def line_address(pk: int, person_id: int) -> str:
    return reverse(SHEET, args=[pk]) + f"#person-{person_id}"


def _refused_tap(request: MemberRequest, found: Gathering, person: Person, refusal: Refusal) -> HttpResponse:
    back = line_address(found.pk, person.pk)
    if not from_queue(request):
        return refused(request, refusal, back)
    if selectors.is_closed(found) and can(request.user, "gatherings.close_attendance", found):
        return answered(request, "held", to=back, message=refusal.message)
    stands = selectors.status_at(found, person.pk)
    return answered(request, "refused", to=back, pressed=stands, message=refusal.message)


def _answer_tap(
    request: MemberRequest, found: Gathering, person: Person, outcome: str, before: str
) -> HttpResponse:
    stands = selectors.status_at(found, person.pk)
    words = dict(Attendance.Status.choices).get(stands, _("not marked"))
    back = line_address(found.pk, person.pk)
    if outcome in {"kept", "outweighed"}:
        said = _differs(outcome) % {"status": words}
        return answered(request, outcome, to=back, pressed=stands, message=said)
    if from_queue(request):
        return answered(request, outcome, to=back, pressed=stands)
    undo = reverse("gatherings:unmark", args=[found.pk, person.pk, before or "unmarked"])
    said = _("%(person)s: %(status)s.") % {"person": person.name, "status": words}
    return done(request, said, back, undo=undo)


def _differs(outcome: str) -> str:
    """Two of the team have marked one person differently, and neither had seen the other's mark."""
    if outcome == "kept":
        return _("Somebody else has marked this meanwhile: %(status)s. Tap again to change it.")
    return _(
        "%(status)s stands. Somebody else had marked this otherwise meanwhile; it is shown on the sheet."
    )


@members
@require_POST
def unmark(request: MemberRequest, pk: int, person: int, status: str) -> HttpResponse:
    """The undo of a tap: back to what stood before."""
    found = gathering_for(request, pk)
    back = line_address(pk, person)
    before = "" if status == "unmarked" else status
    try:
        services.tap(found, person, before, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, back)
    return done(request, _("Taken back."), back)


@members
@require_POST
def mark_rest(request: MemberRequest, pk: int) -> HttpResponse:
    """Everybody without a mark in one go."""
    found = gathering_for(request, pk)
    form = RestForm(request.POST)
    if not form.is_valid():
        return refused(request, Refusal("unknown_status", _("Choose how to mark them.")), SHEET, pk)
    try:
        people = services.mark_rest(found, form.cleaned_data["status"], actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, SHEET, pk)
    said = ngettext("%(count)d person was marked.", "%(count)d people were marked.", len(people))
    return done(request, said % {"count": len(people)}, SHEET, pk)


@members
@require_POST
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """Attendance is final; the message carries the undo."""
    found = gathering_for(request, pk)
    try:
        services.close_attendance(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, SHEET, pk)
    return done(request, _("Attendance is closed."), SHEET, pk, undo=reverse("gatherings:reopen", args=[pk]))


@members
@require_POST
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Attendance can be corrected again."""
    found = gathering_for(request, pk)
    try:
        services.reopen_attendance(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, SHEET, pk)
    return done(request, _("Attendance is open again."), SHEET, pk)
