"""Reading the charter and accepting it: signed in, or by a link of one's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members, public
from tejido.accounts.services import system_account
from tejido.charters import selectors, services
from tejido.charters.models import Acceptance, CharterVersion
from tejido.charters.views import loading
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, page, refused


@members
@require_POST
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.version(request, pk, "accept")
    try:
        services.accept_signed_in(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "charters:charter", found.community_id)
    return done(request, _("Thank you! You accept the charter."), "charters:charter", found.community_id)


@members
def acceptances(request: MemberRequest, pk: int) -> HttpResponse:
    """Who has accepted. POST: with everybody's own link."""
    found = loading.version(request, pk, "write")
    links: dict[int, str] = {}
    if request.method == "POST":
        try:
            links = services.links_to_accept(found, actor=request.user)
        except Refusal as refusal:
            return refused(request, refusal, "charters:acceptances", pk)
    answers = selectors.answers_in(found)
    people = [{"answer": one, "link": links.get(one.person.pk, "")} for one in answers]
    accepted = sum(1 for one in answers if one.accepted_at)
    response = loading.shown(request, "charters/acceptances.html", found, people=people, accepted=accepted)
    patch_cache_control(response, private=True, no_store=bool(links))
    return response


@members
@require_POST
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """Write to everybody who has not accepted."""
    found = loading.version(request, pk, "write")
    try:
        count = services.ask_to_accept(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "charters:acceptances", pk)
    said = ngettext("%(count)d letter is on its way.", "%(count)d letters are on their way.", count)
    nobody = _("Nobody who has not accepted has an e-mail address here. Send the links instead.")
    return done(request, said % {"count": count} if count else nobody, "charters:acceptances", pk)


@public
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The charter to read, and one tap to accept it."""
    acceptance = selectors.door_of(token)
    if acceptance is None:
        return _alone(request, 404, acceptance=None)
    if request.method != "POST":
        return _to_read(request, acceptance)
    try:
        services.accept(acceptance, actor=system_account())
    except Refusal as refusal:
        return _to_read(request, acceptance, refusal.message)
    return redirect("charters:by_link", token)


def _to_read(request: HttpRequest, acceptance: Acceptance, refusal: str = "") -> HttpResponse:
    found = acceptance.version
    holds = found.state == CharterVersion.State.IN_FORCE
    shown = {"acceptance": acceptance, "holds": holds, "articles": selectors.begun_articles(found)}
    return _alone(request, 422 if refusal else 200, refusal=refusal, **shown)


def _alone(request: HttpRequest, status: int, **shown: Any) -> HttpResponse:
    """A page that nobody keeps: the next person on this phone gets one of their own."""
    response = page(request, "charters/by_link.html", **shown)
    response.status_code = status
    patch_cache_control(response, private=True, no_cache=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
