"""The page on which somebody answers by a link: without an account, without a script.

Whoever has the link is let in by it. Nothing that was sent is lost: a closed collection keeps it as late.
"""

from __future__ import annotations

import zoneinfo
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from tejido.accounts.access import public
from tejido.accounts.services import system_account
from tejido.instruments import selectors, services
from tejido.instruments.forms.answering import AnswerForm, labels_of
from tejido.instruments.models import Response, Version
from tejido.instruments.selectors import Door
from tejido.instruments.services import Sent
from tejido.web.look import allow_look
from tejido.web.responses import page

STATUS = {"unknown": 404, "revoked": 410}


@public
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The form; sent, it is kept, or shown again with a sentence beside each question that needs another look."""
    door = selectors.door_of(token)
    why = why_not(door, request.method == "POST")
    if door is None or why:
        return told(request, door, why)
    if door.collection.version.way == Version.Way.ENGINE:
        return redirect("instruments:full", token)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AnswerForm(services.with_roster(door), get_language() or "", *sent)
    if form.is_valid():
        return _keep(door, form, token)
    return shown(
        request, "instruments/answer.html", 422 if form.wrong else 200, door=door, answering=form, token=token
    )


def why_not(door: Door | None, is_sent: bool) -> str:
    """Why there is nothing to answer; "" where there is. What was filled in is taken also after the closing."""
    if door is None:
        return "unknown"
    if door.is_revoked:
        return "revoked"
    if is_sent:
        return ""
    if door.has_answered:
        return "answered"
    return "" if door.is_open else ("early" if door.is_early else "closed")


def told(request: HttpRequest, door: Door | None, why: str) -> HttpResponse:
    zone = zoneinfo.ZoneInfo(door.collection.community.time_zone) if door else None
    with timezone.override(zone):
        return shown(request, "instruments/no_answer.html", STATUS.get(why, 200), door=door, why=why)


def _keep(door: Door, form: AnswerForm, token: str) -> HttpResponse:
    collection, invitation = door.collection, door.invitation
    sent = Sent(
        form.xml, Response.Channel.PAGE, collection.community, collection,
        person=invitation.person if invitation else None, invitation=invitation,
        files=form.files, language=form.language, name=form.name,
    )  # fmt: skip
    received = services.ingest_page(sent, actor=system_account())
    said = {"came": received.outcome, "left": form.left_out}
    return HttpResponseRedirect(
        reverse("instruments:thanks", args=[token]) + "?" + urlencode(said, doseq=True)
    )


@public
@require_GET
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """What became of the answer, and which answers were left out because they did not apply."""
    door = selectors.door_of(token)
    if door is None or door.is_revoked:
        return told(request, door, "revoked" if door else "unknown")
    form = AnswerForm(door, get_language() or "")
    left = labels_of(form, request.GET.getlist("left"))
    again = (door.is_open and not door.has_answered) or None
    told_of = {"door": door, "came": request.GET.get("came"), "left": left, "again": again, "token": token}
    return shown(request, "instruments/thanks.html", 200, **told_of)


def shown(request: HttpRequest, template: str, status: int, **shown: Any) -> HttpResponse:
    """A page that nobody keeps: the next person on this phone gets one of their own."""
    response = page(request, template, **shown)
    response.status_code = status
    patch_cache_control(response, private=True, no_cache=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return allow_look(response)
