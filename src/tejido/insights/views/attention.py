from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can
from tejido.insights import selectors, services
from tejido.insights.forms import DismissForm, SnoozeForm
from tejido.insights.models import AttentionItem
from tejido.insights.page import seen
from tejido.web.responses import done, page, refused

TEMPLATE = "insights/attention.html"
PLACE: dict[str, Any] = {"place": "insight"}


@members
def attention(request: MemberRequest, pk: int) -> HttpResponse:
    """At most seven things to do, and what became of earlier ones."""
    community, eyes = seen(request.user, pk)
    if not eyes.team:
        raise Http404
    rolling = selectors.choices(community)[0]
    insight, current = services.ready_insight(community, rolling, actor=request.user)
    shown: dict[str, Any] = {
        "notices": selectors.attention_for(request.user, community=community),
        "waiting": selectors.open_items(request.user, community).count(),
        "happened": selectors.happened(request.user, community),
        "scales": selectors.scales(request.user, community),
    }
    return page(request, TEMPLATE, insight=insight, current=current, community=community, **shown, **PLACE)


def _item(request: MemberRequest, pk: int, item: int) -> AttentionItem:
    found: AttentionItem = get_object_or_404(
        selectors.items_for(request.user).filter(community_id=pk), pk=item
    )
    return found


@members
def attention_item(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    """One item with its step prepared."""
    found = _item(request, pk, item)
    context: dict[str, Any] = {
        "notice": selectors.notices([found])[0],
        "proposal": selectors.proposal_for(found, request.user),
        "snooze": SnoozeForm(),
        "dismiss": DismissForm(),
        "may_plan": can(request.user, "gatherings.plan", found.community),
    }
    return page(request, "insights/item.html", community=found.community, **context, **PLACE)


@members
@require_POST
def item_done(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    found = _item(request, pk, item)
    try:
        services.mark_done(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "insights:attention", pk)
    return _settled(request, found, _("Well done. What comes of it will show with the next gatherings."))


@members
@require_POST
def item_snoozed(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    found, form = _item(request, pk, item), SnoozeForm(request.POST)
    days = form.cleaned_data["days"] if form.is_valid() else 0
    try:
        services.snooze(found, days, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "insights:attention", pk)
    return _settled(request, found, _("Put off. It will be said again."))


@members
@require_POST
def item_dismissed(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    found, form = _item(request, pk, item), DismissForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {"reason": "", "note": ""}
    try:
        services.dismiss(found, said["reason"], note=said["note"], actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "insights:attention", pk)
    return _settled(request, found, _("Set aside for half a year."))


@members
@require_POST
def item_reopened(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    try:
        services.reopen(_item(request, pk, item), actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "insights:attention", pk)
    return done(request, _("It is on the list again."), "insights:attention", pk)


def _settled(request: MemberRequest, item: AttentionItem, message: str) -> HttpResponse:
    undo = reverse("insights:item_reopened", args=[item.community_id, item.pk])
    return done(request, message, "insights:attention", item.community_id, undo=undo)
