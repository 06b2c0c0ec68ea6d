"""The calls of a community, a new one, and what whoever runs it does with one: change, ask, publish, share, close."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.calls import selectors, services
from tejido.calls.forms.calls import CallForm, ClosingForm, CriterionForm, RequirementForm
from tejido.calls.models import OpenCall
from tejido.calls.tokens import call_address
from tejido.calls.views import loading
from tejido.communities.policies import has_right
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can
from tejido.web.responses import done, page, refusals_on, refused
from tejido.web.sharing import sheet

HERE = "calls:call"


@members
@require_GET
def calls(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.community(request, pk)
    found = list(selectors.calls_in(community, request.user)[:100])
    for one in found:
        one.said = selectors.in_language(one, "title", community.language)  # type: ignore[attr-defined]
    runs = has_right(request.user, community, "run")
    shown: dict[str, Any] = {"community": community, "calls": found, "runs": runs}
    return page(request, "calls/calls.html", place="governance", **shown)


@members
def make(request: MemberRequest, pk: int) -> HttpResponse:
    """A draft."""
    community = loading.community(request, pk, "run")
    with timezone.override(zoneinfo.ZoneInfo(community.time_zone)):
        form = CallForm(request.POST or None, community=community)
        if form.is_valid():
            with refusals_on(form):
                made = services.make_call(community, form.told(request.user), actor=request.user)
                said = _("The draft is here. Say what is required and by what it is read, then publish it.")
                return done(request, said, HERE, made.pk)
        return page(request, "calls/make.html", place="governance", community=community, form=form)


@members
@require_GET
def call(request: MemberRequest, pk: int) -> HttpResponse:
    """One call: what it says, where it stands, what can be done."""
    found = loading.call(request, pk)
    manages = can(request.user, "calls.manage", found)
    reads = manages or found.reviewers.filter(user=request.user).exists()
    shown = {
        "manages": manages,
        "reads": reads,
        "text": selectors.in_language(found, "text", found.community.language),
        "requirements": list(found.requirements.all()),
        "criteria": list(found.criteria.all()),
        "is_open": selectors.is_open(found),
        "is_over": selectors.is_over(found),
        "address": call_address(found.token) if found.token else "",
        "came": found.applications.exclude(state="withdrawn").count() if reads else None,
    }
    return loading.shown(request, "calls/call.html", found, **shown)


@members
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Say it otherwise."""
    found = loading.call(request, pk, "manage")
    with timezone.override(zoneinfo.ZoneInfo(found.community.time_zone)):
        form = CallForm(request.POST or None, instance=found, community=found.community)
        if form.is_valid():
            with refusals_on(form):
                services.change_call(found, form.told(request.user), actor=request.user)
                return done(request, _("Saved."), HERE, pk)
        return loading.shown(request, "calls/change.html", found, form=form)


@members
def requirements(request: MemberRequest, pk: int) -> HttpResponse:
    """What is required of whoever applies. POST: one more."""
    found = loading.call(request, pk, "manage")
    form = RequirementForm(request.POST or None, community=found.community)
    if form.is_valid():
        with refusals_on(form):
            services.add_requirement(found, form.cleaned_data, actor=request.user)
            return done(request, _("Added."), "calls:requirements", pk)
    return loading.shown(request, "calls/requirements.html", found, form=form, rows=found.requirements.all())


@members
def criteria(request: MemberRequest, pk: int) -> HttpResponse:
    """By what applications are read. POST: one more."""
    found = loading.call(request, pk, "manage")
    form = CriterionForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            services.add_criterion(found, form.cleaned_data, actor=request.user)
            return done(request, _("Added."), "calls:criteria", pk)
    return loading.shown(request, "calls/criteria.html", found, form=form, rows=found.criteria.all())


@members
@require_POST
def remove_line(request: MemberRequest, pk: int, what: str, line: int) -> HttpResponse:
    """Take one requirement or criterion out."""
    found = loading.call(request, pk, "manage")
    page_of = f"calls:{what}"
    try:
        if what == "requirements":
            row = get_object_or_404(found.requirements.select_related("call"), pk=line)
            services.remove_requirement(row, actor=request.user)
        else:
            criterion = get_object_or_404(found.criteria.select_related("call"), pk=line)
            services.remove_criterion(criterion, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, page_of, pk)
    return done(request, _("Taken out."), page_of, pk)


@members
@require_GET
def share(request: MemberRequest, pk: int) -> HttpResponse:
    """Link, QR code and a message, for whoever may hand it on."""
    found = loading.call(request, pk)
    address = call_address(found.token) if found.token else ""
    first = found.community.language

    def message() -> str:
        title = selectors.in_language(found, "title", first).text
        return _("«%(title)s»: an open call of %(community)s. Read here, and apply without an account:") % {
            "title": title,
            "community": found.community.name,
        }

    return loading.shown(request, "calls/share.html", found, sheet=sheet(str(found), address, message))


@members
def extend(request: MemberRequest, pk: int) -> HttpResponse:
    """Another closing."""
    found = loading.call(request, pk, "manage")
    with timezone.override(zoneinfo.ZoneInfo(found.community.time_zone)):
        form = ClosingForm(request.POST or None, initial={"closes_at": found.closes_at})
        if form.is_valid():
            with refusals_on(form):
                services.extend_call(found, form.cleaned_data["closes_at"], actor=request.user)
                return done(request, _("The closing is another now."), HERE, pk)
        return loading.shown(request, "calls/extend.html", found, form=form)


DEEDS = {"publish": services.publish_call, "close": services.close_call, "withdraw": services.withdraw_call}


def _said(deed: str) -> str:
    return {
        "publish": _("The call is published. Share its link."),
        "close": _("The call is closed. Now the applications are read."),
        "withdraw": _("The call is withdrawn."),
    }[deed]


@members
@require_POST
def turn(request: MemberRequest, pk: int, deed: str) -> HttpResponse:
    """Publish, close or withdraw it."""
    found: OpenCall = loading.call(request, pk, "manage")
    try:
        DEEDS[deed](found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    return done(request, _said(deed), HERE, pk)
