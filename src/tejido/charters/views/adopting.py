"""How a draft comes into force."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.forms import Form
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.charters import services
from tejido.charters.forms import DeedForm, VoteForm
from tejido.charters.models import CharterVersion
from tejido.charters.views import loading
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, refused

HERE = "charters:version"


@members
@require_GET
def adopt(request: MemberRequest, pk: int) -> HttpResponse:
    """The two ways: a vote, or a deed of the coordination."""
    return _ways(request, loading.version(request, pk, "write"), VoteForm(), DeedForm())


def _ways(request: MemberRequest, found: CharterVersion, vote: Form, deed: Form) -> HttpResponse:
    sent = next((form for form in (vote, deed) if form.is_bound), None)
    with timezone.override(
        zoneinfo.ZoneInfo(found.community.time_zone)
    ):  # "since today" is the community's day
        return loading.shown(request, "charters/adopt.html", found, form=sent, vote_form=vote, deed_form=deed)


@members
@require_POST
def vote(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.version(request, pk, "write")
    with timezone.override(zoneinfo.ZoneInfo(found.community.time_zone)):
        form = VoteForm(request.POST)
        if form.is_valid():
            try:
                asked = services.put_to_vote(found, actor=request.user, **form.cleaned_data)
                return done(request, _("The vote is open."), "consultations:consultation", asked.pk)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
        return _ways(request, found, form, DeedForm())


@members
@require_POST
def declare(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.version(request, pk, "write")
    form = DeedForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.adopt(found, said["how"], on=said["on"], actor=request.user)
            return done(request, _("The charter is in force."), "charters:charter", found.community_id)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return _ways(request, found, VoteForm(), form)


@members
@require_POST
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Do what the vote decided."""
    return _after_the_vote(request, pk, services.settle_vote)


@members
@require_POST
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    return _after_the_vote(request, pk, services.take_back)


def _after_the_vote(request: MemberRequest, pk: int, deed: Callable[..., CharterVersion]) -> HttpResponse:
    found = loading.version(request, pk, "write")
    try:
        now = deed(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    said = _("It is a draft again.") if now.is_draft else _("The charter is in force.")
    return done(request, said, HERE, pk)
