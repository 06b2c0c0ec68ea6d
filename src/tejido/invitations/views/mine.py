"""A signed-in member answers for themselves."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.errors import Refusal
from tejido.invitations import services
from tejido.invitations.forms.answering import AnswerForm
from tejido.invitations.models import Reply
from tejido.invitations.values import Needs, Said
from tejido.invitations.views import loading
from tejido.web.responses import done, refusals_on, refused

PAGE = "gatherings:gathering"


@members
def mine(request: MemberRequest, pk: int) -> HttpResponse:
    """The whole answer: how, with what needs, with or without a lift."""
    place, reply = loading.own(request, pk)
    form = AnswerForm(request.POST or None, gathering=place.gathering, reply=reply)
    if form.is_valid():
        with refusals_on(form):
            services.answer(place, form.said(), actor=request.user)
            return done(request, _("Your answer is noted. Thank you!"), PAGE, pk)
    return loading.shown(request, "invitations/mine.html", place.gathering, form=form, reply=reply)


@members
@require_POST
def quick(request: MemberRequest, pk: int) -> HttpResponse:
    """One tap on the page of the gathering; what was said before of needs and lifts stays."""
    place, reply = loading.own(request, pk)
    chosen, _space, modality = request.POST.get("answer", "").partition(" ")
    try:
        services.answer(place, _again(chosen, modality, reply), actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, PAGE, pk)
    return done(request, _("Your answer is noted. Thank you!"), PAGE, pk)


def _again(chosen: str, modality: str, reply: Reply | None) -> Said:
    if reply is None:
        return Said(chosen, modality or "on_site")
    needs = Needs(reply.wheelchair, reply.interpreter, reply.other_needs)
    how = modality or reply.modality or "on_site"
    return Said(chosen, how, needs, reply.transport, reply.seats, reply.note)
