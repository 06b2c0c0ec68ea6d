"""What the reader wants to get: their own page of preferences."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.directory.models import Person
from tejido.messages import selectors, services
from tejido.messages.forms import PreferencesForm
from tejido.web.responses import done, page

LATEST = 20


@members
def preferences(request: MemberRequest) -> HttpResponse:
    person = get_object_or_404(Person, user=request.user)
    chosen = selectors.preferences_of(person)
    form = PreferencesForm(request.POST or None, preferences=chosen, language=person.language)
    if request.method == "POST" and form.is_valid():
        services.choose(person, form.wishes(), actor=request.user)
        return done(request, _("Your choice is saved."), "messages:preferences")
    return page(
        request,
        "messages/preferences.html",
        form=form,
        stops=selectors.stops_of(person),
        latest=selectors.sent_to(person)[:LATEST],
    )


@members
@require_POST
def stop_everything(request: MemberRequest) -> HttpResponse:
    person = get_object_or_404(Person, user=request.user)
    services.stop_everything(person, actor=request.user)
    return done(request, _("No more messages will come."), "messages:preferences")


@members
@require_POST
def resume(request: MemberRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person, user=request.user)
    stop = get_object_or_404(selectors.stops_of(person), pk=pk)
    services.resume(stop, actor=request.user)
    return done(request, _("Messages come again."), "messages:preferences")
