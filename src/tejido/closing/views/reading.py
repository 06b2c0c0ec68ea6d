"""What a gathering did and agreed: for members who sign in, and by a link of one's own; and the links that are handed on."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members, public
from tejido.accounts.models import User
from tejido.closing import selectors, services
from tejido.closing.models import Door
from tejido.closing.tokens import door_address
from tejido.closing.views import loading
from tejido.closing.views.handing import as_picture, light
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import sheet, turnout_of
from tejido.instruments.selectors import language_for
from tejido.messages.selectors import reached_by_mail
from tejido.web.responses import refused

NO_DOOR = "closing/no_door.html"


def _read(found: Gathering, reader: User | None) -> dict[str, Any]:
    """What is shown of a closing. reader: names are those that this account may see; None: somebody who was in the room."""
    if found.sealed_at is None:
        return {"gathering": found, "corrected": True}
    turnout = turnout_of(found)
    return {
        "gathering": found,
        "closing": selectors.closing_of(found),
        "turnout": turnout,
        "decisions": selectors.decisions_of(found),
        "commitments": selectors.lines_of(selectors.commitments_at(found), reader),
        "helpers": selectors.helpers_of(found),
        "ticket": _ticket(found, turnout.attended),
        "photos": selectors.published_photos(found).count(),
    }


def _ticket(found: Gathering, attended: int) -> selectors.Ticket | None:
    given = selectors.given_at(found)
    if given is None:
        return None
    language = language_for(given.collection.version.spoken)
    return selectors.ticket_of(given, attended, language, reads=False)


@members
@require_GET
def summary(request: MemberRequest, pk: int) -> HttpResponse:
    """For members who sign in."""
    found = loading.closed(request, pk)
    return light(request, "closing/summary.html", found.community, token="", **_read(found, request.user))


@members
@require_GET
def pictures(request: MemberRequest, pk: int) -> HttpResponse:
    """The photographs that may be seen today, for members who sign in."""
    found = loading.closed(request, pk)
    return _pictures(request, found, "")


def _pictures(request: HttpRequest, found: Gathering, token: str) -> HttpResponse:
    photos = selectors.published_photos(found) if found.sealed_at else ()
    shown: dict[str, Any] = {"gathering": found, "photos": photos, "token": token}
    return light(request, "closing/pictures.html", found.community, **shown)


@public
@require_GET
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """By a link of one's own, without an account."""
    door = selectors.door_by_token(token)
    if door is None:
        return light(request, NO_DOOR, None, 404)
    told = _read(door.gathering, None)
    return light(request, "closing/summary.html", door.gathering.community, door=door, token=token, **told)


def _entered(token: str) -> Door:
    door = selectors.door_by_token(token)
    if door is None:
        raise Http404
    return door


@public
@require_GET
def pictures_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The photographs that may be seen today."""
    return _pictures(request, _entered(token).gathering, token)


@public
@require_GET
def picture_by_link(request: HttpRequest, token: str, photo: int, size: str) -> HttpResponseBase:
    """One picture, if everybody on it agrees today."""
    found = _entered(token).gathering
    if found.sealed_at is None:
        raise Http404
    return as_picture(get_object_or_404(selectors.published_photos(found), pk=photo), size)


@members
@require_GET
def links(request: MemberRequest, pk: int) -> HttpResponse:
    """Links of those who have no e-mail here, for the team to hand on."""
    found = loading.gathering(request, pk)
    lines = {
        line.person.pk: line.person for line in sheet(found, schools=False) if line.attended or line.invited
    }
    reached = {one.pk for one in reached_by_mail(Person.objects.filter(pk__in=lines))}
    try:
        doors = services.links_to_hand_on(found, lines.keys() - reached, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, loading.here(pk, "close"))
    given = [(lines[pk], door_address(door.grain)) for pk, door in doors.items()]
    given.sort(key=lambda one: (one[0].search_name, one[0].pk))
    return loading.shown(request, "closing/links.html", found, links=given)
