"""Putting the list of proposals in order: those that say the same become one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.consultations import services
from tejido.consultations.views import loading
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, refused


@members
@require_POST
def merge(request: MemberRequest, pk: int) -> HttpResponse:
    """The ticked proposals become one."""
    found = loading.consultation(request, pk, "manage")
    keys = [int(key) for key in request.POST.getlist("proposal") if key.isdigit()]
    try:
        services.merge_proposals(found, keys, actor=request.user, text=request.POST.get("text", ""))
    except Refusal as refusal:
        return refused(request, refusal, "consultations:consultation", pk)
    return done(
        request, _("They are one proposal now; all authors are kept."), "consultations:consultation", pk
    )


@members
@require_POST
def part(request: MemberRequest, pk: int) -> HttpResponse:
    """One of those that were merged stands for itself again."""
    found = loading.consultation(request, pk, "manage")
    one = get_object_or_404(found.proposals, pk=_key(request))
    try:
        services.part_again(one, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "consultations:consultation", pk)
    return done(request, _("It stands for itself again."), "consultations:consultation", pk)


@members
@require_POST
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """A proposal comes off the list."""
    found = loading.consultation(request, pk, "manage")
    one = get_object_or_404(found.proposals, pk=_key(request))
    try:
        services.withdraw_proposal(one, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "consultations:consultation", pk)
    return done(request, _("It is off the list."), "consultations:consultation", pk)


def _key(request: MemberRequest) -> int:
    key = request.POST.get("proposal", "")
    return int(key) if key.isdigit() else 0
