"""One person on the sheet: their line with minutes; somebody who is not on it yet."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.policies import can
from tejido.gatherings import selectors, services
from tejido.gatherings.forms import LineForm, NewFaceForm
from tejido.gatherings.models import Gathering
from tejido.gatherings.views.attendance import SEES, line_address
from tejido.gatherings.views.loading import about, gathering_for
from tejido.web.responses import done, refusals_on


@members
def line(request: MemberRequest, pk: int, person: int) -> HttpResponse:
    """One person's line with minutes."""
    found = gathering_for(request, pk, SEES)
    shown = selectors.line_of(found, person)
    sent = request.POST if request.method == "POST" else None
    form = LineForm(sent, initial={"status": shown.status, "minutes": shown.minutes})
    if sent and form.is_valid():
        with refusals_on(form):
            services.record_attendance(found, {person: form.presence()}, actor=request.user)
            return done(request, _("Saved."), line_address(pk, person))
    return about(request, "gatherings/line.html", found, form=form, line=shown)


@members
def add_somebody(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody who is not on the sheet: found by name, or new."""
    found = gathering_for(request, pk, "gatherings.record_attendance")
    sent = request.POST if request.method == "POST" else None
    words = request.GET.get("q", "").strip()
    form = NewFaceForm(sent, initial=selectors.names_from(words))
    if sent and form.is_valid():
        with refusals_on(form):
            new = services.welcome(found, form.face(), form.cleaned_data["status"], actor=request.user)
            return done(request, _("%(person)s was added.") % {"person": new.name}, line_address(pk, new.pk))
    return _adding(request, found, form, words)


def _adding(request: MemberRequest, found: Gathering, form: NewFaceForm, words: str) -> HttpResponse:
    return about(
        request,
        "gatherings/add_somebody.html",
        found,
        form=form,
        words=words,
        found=selectors.people_to_add(request.user, words, selectors.on_sheet(found)),
        may_add=can(request.user, "directory.add_guest", None),
        may_join=can(request.user, "communities.run", found.community),
    )
