"""The page of the full engine: for forms with repeats, ranks, drawings, places or lists that depend on other answers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from tejido.accounts.access import public
from tejido.accounts.services import system_account
from tejido.foundation.errors import Refusal
from tejido.instruments import selectors, services
from tejido.instruments.attachments import media_type
from tejido.instruments.forms.engine import EngineAnswer, EnginePage
from tejido.instruments.models import Response, Version
from tejido.instruments.selectors import Door
from tejido.instruments.services import Sent
from tejido.instruments.views.answering import shown, told, why_not
from tejido_forms.engine import NotShown


@csrf_exempt  # the link is the right to answer; who is signed in is not asked, so that a page kept offline can send
@public
def full(request: HttpRequest, token: str) -> HttpResponse:
    """The form for the engine; what it sends is kept and answered in JSON."""
    door = selectors.door_of(token)
    if request.method == "POST":
        return _keep(request, door, token)
    why = why_not(door, is_sent=False)
    if door is None or why:
        return told(request, door, why)
    if door.collection.version.way != Version.Way.ENGINE:
        return redirect("instruments:answer", token)
    return _page(request, door, token)


def _page(request: HttpRequest, door: Door, token: str) -> HttpResponse:
    try:
        form = selectors.engine_form_of(door.collection.version, services.with_roster(door).roster)
    except NotShown:
        return told(request, door, "engine")
    answering = EnginePage(door, form, token, get_language() or "")
    return shown(request, "instruments/full.html", 200, door=door, answering=answering)


def _keep(request: HttpRequest, door: Door | None, token: str) -> HttpResponse:
    if door is None:
        return _refused(404, _("This link leads nowhere. Ask whoever gave it to you for another one."))
    answer = EngineAnswer(door, request.POST, request.FILES)
    if answer.wrong:
        return _refused(413, answer.wrong)
    try:
        received = services.ingest(_sent(door, answer), actor=system_account())
    except Refusal as refusal:
        return _refused(410 if refusal.code == "revoked" else 409, refusal.message)
    thanks = reverse("instruments:thanks", args=[token]) + "?" + urlencode({"came": received.outcome})
    return JsonResponse({"came": received.outcome, "next": thanks})


def _sent(door: Door, answer: EngineAnswer) -> Sent:
    collection, invitation = door.collection, door.invitation
    return Sent(
        answer.xml, Response.Channel.ENGINE, collection.community, collection,
        person=invitation.person if invitation else None, invitation=invitation,
        files=answer.files, language=answer.language, name=answer.name,
    )  # fmt: skip


def _refused(status: int, message: str) -> HttpResponse:
    return JsonResponse({"message": message}, status=status)


@public
@require_GET
def worker(request: HttpRequest, token: str) -> HttpResponse:
    """The script that opens the page again without a connection. It stands below the page, which is all it may serve."""
    if selectors.door_of(token) is None:
        raise Http404
    source = selectors.BUILT.parent / "engine-worker.js"
    response = HttpResponse(source.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@public
@require_GET
def file(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """A picture, sound or film that the form shows, by its bytes; anything else is handed over as a file."""
    door = selectors.door_of(token)
    found = door.collection.version.files.filter(name=name).first() if door and not door.is_revoked else None
    if found is None:
        raise Http404
    content = bytes(found.content)
    kind = media_type(content)
    response = HttpResponse(content, content_type=kind)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "sandbox"
    if not kind.startswith(("image/", "audio/", "video/")):
        response.headers["Content-Disposition"] = "attachment"
    return response
