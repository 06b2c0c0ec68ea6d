"""The page of one of a pair, by a link of their own: without an account, without a script. Opening it changes nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.accounts.access import public
from tejido.accounts.services import system_account
from tejido.buddies import selectors, services
from tejido.buddies.models import Partner, Talk
from tejido.buddies.values import Talked
from tejido.buddies.views import loading
from tejido.foundation.errors import Refusal

SAID = {
    "talked": gettext_lazy("How good that you talked!"),
    "undo": gettext_lazy("That is taken back."),
    "again": gettext_lazy("Thank you. We look for somebody else."),
}


@public
def buddy(request: HttpRequest, token: str) -> HttpResponse:
    """Who is proposed and why; together, who it is, how to reach them, and «we talked»."""
    partner = selectors.partner_by(token)
    if partner is None or partner.pair.state == "proposed":
        return loading.light(request, "buddies/unknown.html", 404)
    if request.method != "POST":
        return loading.light(request, "buddies/buddy.html", **selectors.page_of(partner))
    try:
        said = _do(request, partner)
    except Refusal as refusal:
        return loading.light(
            request, "buddies/buddy.html", 422, refusal=refusal.message, **selectors.page_of(partner)
        )
    messages.success(request, said)
    return redirect("buddies:buddy", token)


def _do(request: HttpRequest, partner: Partner) -> str:
    """The deed that was pressed; what the page says then."""
    deed, actor, ticked = request.POST.get("deed", ""), system_account(), "shares" in request.POST
    if deed in {"yes", "not_now"}:
        services.answer(partner, yes=deed == "yes", shares_contact=ticked, actor=actor)
    elif deed == "talked":
        services.talked(partner, _talked(request), actor=actor)
    elif deed == "undo":
        services.take_back_talk(_talk(request, partner), actor=actor)
    elif deed == "again":
        services.ask_for_another(partner, actor=actor)
    elif deed == "share":
        services.share_contact(partner, shares=ticked, actor=actor)
    return str(SAID.get(deed) or _("Thank you, that is noted."))


def _talk(request: HttpRequest, partner: Partner) -> Talk:
    key = request.POST.get("talk", "")
    mine = Talk.objects.filter(pair=partner.pair, told_by=partner.person)
    return get_object_or_404(mine, pk=key if key.isdigit() else 0)


def _talked(request: HttpRequest) -> Talked:
    def keys(name: str) -> tuple[int, ...]:
        return tuple(int(key) for key in request.POST.getlist(name) if key.isdigit())

    return Talked(keys("asked"), keys("was_asked"))
