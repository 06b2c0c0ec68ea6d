"""The wall: what the projector shows. It asks again by itself; what has not changed is not drawn again, so nothing flickers."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members, public
from tejido.during import selectors, tokens
from tejido.during.models import Room
from tejido.during.selectors import SEEN
from tejido.during.views import loading
from tejido.web.responses import page, partial
from tejido.web.sharing import qr_code

MOST_QUESTIONS = 6


@members
@require_GET
def wall(request: MemberRequest, pk: int) -> HttpResponse:
    """For the team."""
    found = loading.gathering(request, pk)
    room = selectors.room_of(found)
    if room is None:
        return redirect("during:desk", pk)
    room.gathering = found
    return _wall(request, room if selectors.is_open(found) else None)


@public
@require_GET
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """By its own link, without an account: for the computer of a host."""
    return _wall(request, selectors.room_by_wall(token))


def _wall(request: HttpRequest, room: Room | None) -> HttpResponse:
    asks_again = request.headers.get("HX-Request") == "true"
    if room is None:
        if asks_again:
            return loading.kept_by_nobody(partial(request, "during/partials/no_wall.html"))
        return loading.kept_by_nobody(page(request, "during/no_wall.html"), 404)
    body = render_to_string("during/partials/wall_body.html", _shown(room), request)
    seen = hashlib.sha256(body.encode()).hexdigest()[:16]
    if asks_again and request.GET.get("seen") == seen:
        return loading.kept_by_nobody(HttpResponse(), 204)
    told: dict[str, Any] = {"body": body, "seen": seen, "gathering": room.gathering}
    if asks_again:
        return loading.kept_by_nobody(partial(request, "during/partials/wall.html", **told))
    return loading.kept_by_nobody(page(request, "during/wall.html", **told))


def _shown(room: Room) -> dict[str, Any]:
    """What stands on the wall now. Five queries at most."""
    address = tokens.room_address(room.code)
    shown: dict[str, Any] = {
        "room": room,
        "gathering": room.gathering,
        "typed": tokens.typed_address(room.code).removesuffix(room.code),
    }
    shown["qr"] = qr_code(address, title=_("Code to take part"))
    if room.shows == Room.Shows.POLL and room.poll is not None:
        shown["result"] = selectors.result_of(room.poll, moderated=room.moderated)
    elif room.shows == Room.Shows.QUESTIONS:
        shown |= _questions(room)
    elif room.shows == Room.Shows.TICKET:
        shown["ticket"] = selectors.ticket_of(room.gathering)
    return shown


def _questions(room: Room) -> dict[str, Any]:
    """What is still to be answered stands first."""
    found = sorted(selectors.questions_of(room.gathering, SEEN), key=lambda one: one.state == "answered")
    return {"questions": found[:MOST_QUESTIONS], "more": max(0, len(found) - MOST_QUESTIONS)}
