"""What somebody opens by their own link: without an account, without a script."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from tejido.accounts.access import public
from tejido.accounts.services import system_account
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import calendar_file as written_calendar
from tejido.gatherings.selectors import where
from tejido.invitations import selectors, services
from tejido.invitations.forms.answering import AnswerForm, SubstituteForm
from tejido.invitations.models import Door
from tejido.invitations.values import Place
from tejido.web.responses import page, refusals_on

NO_DOOR = "invitations/no_door.html"


@public
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """When, where, and the answer; answered, what stands."""
    door = selectors.door_by_token(token)
    if door is None:
        return _light(request, NO_DOOR, None, 404)
    place = Place(door.gathering, door.person)
    reply = selectors.reply_of(place)
    sent = (request.POST,) if request.method == "POST" else ()
    form = AnswerForm(*sent, gathering=door.gathering, reply=reply)
    if form.is_valid():
        with refusals_on(form):
            services.answer(place, form.said(), actor=system_account())
            return redirect("invitations:answer", token)
    asks = _is_open(door.gathering) and (form.is_bound or reply is None or "change" in request.GET)
    shown = {"form": form, "token": token, "reply": reply, "asks": asks, "is_open": _is_open(door.gathering)}
    return _light(request, "invitations/answer.html", door, 422 if form.is_bound else 200, **shown)


def _is_open(gathering: Gathering) -> bool:
    return gathering.state != Gathering.State.CANCELLED and gathering.starts_at > timezone.now()


def _entered(token: str) -> Door:
    door = selectors.door_by_token(token)
    if door is None:
        raise Http404
    return door


@public
@require_GET
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """The gathering as a file for a calendar; a later one replaces it there, or takes it out."""
    gathering = _entered(token).gathering
    written = written_calendar([gathering], name=gathering.title)
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="tejido-{gathering.pk}.ics"'
    return _kept_by_nobody(response)


@public
def substitute(request: HttpRequest, token: str) -> HttpResponse:
    """Who of the same school comes instead."""
    door = _entered(token)
    place = Place(door.gathering, door.person)
    sent = (request.POST,) if request.method == "POST" else ()
    form = SubstituteForm(*sent, colleagues=selectors.colleagues_of(door.person))
    if form.is_valid():
        with refusals_on(form):
            services.name_substitute(place, form.chosen(), actor=system_account())
            return redirect("invitations:answer", token)
    shown = {"form": form, "token": token, "school": selectors.school_of(door.person)}
    return _light(request, "invitations/substitute.html", door, 422 if form.is_bound else 200, **shown)


def _light(
    request: HttpRequest, template: str, door: Door | None, status: int = 200, **shown: Any
) -> HttpResponse:
    """A page that nobody keeps. Times are the community's."""
    zone = zoneinfo.ZoneInfo(door.gathering.community.time_zone) if door else None
    if door is not None:
        shown |= {"door": door, "gathering": door.gathering, "where": where(door.gathering)}
    with timezone.override(zone):
        response = page(request, template, **shown)
    response.status_code = status
    return _kept_by_nobody(response)


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_cache=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
