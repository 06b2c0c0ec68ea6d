"""Giving a form to people, handing the link on, closing."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.communities.models import Community
from tejido.instruments import selectors, services
from tejido.instruments.forms.giving import GiveForm
from tejido.instruments.models import Collection, Instrument, Version
from tejido.instruments.tokens import answer_address
from tejido.instruments.views import loading
from tejido.web.responses import done, page, refusals_on
from tejido.web.sharing import sheet


@members
def give(request: MemberRequest, pk: int, instrument: int) -> HttpResponse:
    """Give the newest version of a form to people of a community. Times are those of the community."""
    community = loading.community(request, pk, "run")
    found = get_object_or_404(selectors.instruments_of(request.user, community), pk=instrument)
    with timezone.override(zoneinfo.ZoneInfo(community.time_zone)):
        version = selectors.versions_of(found).first()
        form = _form(request, community, found, version)
        opened = _open(request, version, community, form) if version and form.is_bound else None
        if opened is None:
            shown = {"community": community, "instrument": found, "version": version, "picker": form.picker()}
            return page(request, "instruments/give.html", place="forms", form=form, **shown)
    to = "instruments:share" if opened.public_token else "instruments:asked"
    return done(request, _("It is open for answers."), to, opened.pk)


def _form(
    request: MemberRequest, community: Community, found: Instrument, version: Version | None
) -> GiveForm:
    """Empty, as it was sent, or, where a name was searched for, as it was typed with who fits."""
    about: dict[str, Any] = {"community": community}
    about["names_people"] = version is not None and selectors.asks_for_people(version)
    if "_search" in request.POST:
        return GiveForm.searching(request.POST, **about)
    return GiveForm(request.POST or None, initial={"title": found.title}, **about)


def _open(
    request: MemberRequest, version: Version, community: Community, form: GiveForm
) -> Collection | None:
    """What the form asks for; None with the reason on the form."""
    if not form.is_valid():
        return None
    with refusals_on(form):
        people = form.cleaned_data["people"]
        return services.open_collection(version, community, form.terms(), actor=request.user, people=people)
    return None


@members
@require_GET
def share(request: MemberRequest, pk: int) -> HttpResponse:
    """The link, the QR code and a message to go with them."""
    found = loading.collection(request, pk, "instruments.manage")
    if not found.public_token:
        raise Http404
    words = {"title": found.title}
    shared = sheet(
        found.title,
        answer_address(found.public_token),
        lambda: _("«%(title)s»: please answer here, it takes a moment and needs no account:") % words,
    )
    return loading.shown(request, "instruments/share.html", found, sheet=shared)


@members
@require_POST
def close(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.collection(request, pk, "instruments.manage")
    services.close_collection(found, actor=request.user)
    return done(request, _("Closed. What still arrives is kept as late."), "instruments:collection", pk)


@members
@require_POST
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.collection(request, pk, "instruments.manage")
    services.reopen_collection(found, actor=request.user)
    return done(request, _("Open for answers again."), "instruments:collection", pk)


@members
@require_POST
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.collection(request, pk, "instruments.manage")
    services.withdraw_collection(found, actor=request.user)
    return done(request, _("Withdrawn. Its links no longer work."), "instruments:collection", pk)
