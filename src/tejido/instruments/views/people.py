"""Who is asked, with links of their own; reminding; what has to be looked at."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.errors import Refusal
from tejido.instruments import selectors, services
from tejido.instruments.models import Collection, Response
from tejido.instruments.views import loading
from tejido.instruments.wording import flag_words
from tejido.web.responses import done, refused


@members
def asked(request: MemberRequest, pk: int) -> HttpResponse:
    """Who is asked and, where answers carry names, who has not answered. POST: give everybody a link of their own."""
    found = loading.collection(request, pk, "instruments.manage")
    links = services.personal_links(found, actor=request.user) if request.method == "POST" else {}
    people = [_line(found, *one, links) for one in selectors.asked_people(found)]
    waiting = None if found.anonymous else sum(not one["answered"] for one in people)
    shown = {"people": people, "waiting": waiting, "is_open": selectors.is_open(found)}
    return loading.shown(request, "instruments/asked.html", found, **shown)


def _line(found: Collection, person: Any, invitation: Any, links: dict[int, str]) -> dict[str, Any]:
    told = invitation if invitation is not None and not found.anonymous else None
    return {
        "person": person,
        "answered": bool(told and told.has_answered),
        "reminded_at": told.reminded_at if told else None,
        "revoked": bool(invitation and invitation.revoked),
        "link": links.get(person.pk, ""),
    }


@members
@require_POST
def remind(request: MemberRequest, pk: int) -> HttpResponse:
    """Write to those who have not answered."""
    found = loading.collection(request, pk, "instruments.manage")
    try:
        count = services.remind(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "instruments:asked", pk)
    words = ngettext("%(count)d reminder is on its way.", "%(count)d reminders are on their way.", count)
    nobody = _("Nobody who has not answered has an e-mail address here. Share the link instead.")
    return done(request, words % {"count": count} if count else nobody, "instruments:asked", pk)


@members
def look_at(request: MemberRequest, pk: int) -> HttpResponse:
    """Answers that are flagged, late or contradicting. POST: let one count, or not."""
    found = loading.collection(request, pk, "instruments.read_answers")
    if request.method == "POST":
        response = loading.part_of(found.responses.all(), request.POST.get("response"))
        services.settle_response(response, counts=request.POST.get("counts") == "1", actor=request.user)
        return done(request, _("Saved."), "instruments:look_at", pk)
    return _looked_at(request, found)


def _looked_at(request: MemberRequest, found: Collection) -> HttpResponse:
    lines = [
        {
            "response": one,
            "counts": one.state in Response.COUNTED,
            "flags": [(flag_words(flag.code, flag.value), flag.path) for flag in one.flags.all()],
        }
        for one in selectors.responses_of(found)[:200]
    ]
    return loading.shown(request, "instruments/look_at.html", found, lines=lines)
