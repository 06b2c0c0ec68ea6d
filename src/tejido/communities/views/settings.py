"""Settings of a community: what it is called, how it counts time, where it stands, when it ends."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.communities import selectors, services
from tejido.communities.forms import (
    CloseForm,
    CommunityForm,
    LayOutForm,
    MoveForm,
    PeriodForms,
    periods_in,
)
from tejido.communities.models import Community
from tejido.communities.periods import laid_out
from tejido.communities.policies import rights_in
from tejido.communities.services import CommunityFields
from tejido.communities.views import loading
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can
from tejido.web.responses import done, page, refusals_on, refused
from tejido.web.zones import zone_words


@members
def settings(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.seen(request, pk)
    rights = rights_in(request.user, community)
    return page(
        request,
        "communities/settings.html",
        place="settings",
        community=community,
        rights=rights,
        may_move=can(request.user, "communities.move", community),
        zone=zone_words(community.time_zone),
        periods=community.periods.all(),
    )


@members
def description(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.held(request, pk, "run")
    form = CommunityForm(request.POST or None, instance=community)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.change_community(community, cast(CommunityFields, form.cleaned_data), actor=request.user)
            return done(request, _("The settings are saved."), "communities:settings", pk)
    community.refresh_from_db()  # the form wrote what was typed onto it
    return page(request, "communities/description.html", place="settings", community=community, form=form)


@members
def periods(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.held(request, pk, "run")
    known: list[Any] = list(community.periods.values("name", "starts_on", "ends_on"))
    lay_out = LayOutForm(request.GET if "preset" in request.GET else None)
    if lay_out.is_bound and lay_out.is_valid():
        known = _laid_out(lay_out.cleaned_data)
    forms = PeriodForms(request.POST or None, initial=known, prefix="period")
    if request.method == "POST" and forms.is_valid():
        try:
            services.define_periods(community, periods_in(forms), actor=request.user)
        except Refusal as refusal:
            return _periods_page(request, community, forms, lay_out, refusal.message)
        return done(request, _("The periods are saved."), "communities:settings", pk)
    return _periods_page(request, community, forms, lay_out, "")


def _laid_out(asked: dict[str, Any]) -> list[dict[str, Any]]:
    found = laid_out(asked["preset"], asked["first_day"], asked["count"])
    return [{"name": name, "starts_on": start, "ends_on": end} for name, start, end in found]


def _periods_page(
    request: MemberRequest, community: Community, forms: Any, lay_out: LayOutForm, wrong: str
) -> HttpResponse:
    answer = page(
        request,
        "communities/periods.html",
        place="settings",
        community=community,
        forms=forms,
        lay_out=lay_out,
        wrong=wrong,
    )
    answer.status_code = 422 if forms.is_bound or lay_out.errors else 200
    return answer


@members
def move(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.seen(request, pk)
    if not can(request.user, "communities.move", community):
        raise Http404
    places = selectors.places_for(community, request.user)
    alone = bool(can(request.user, "communities.found", None))
    form = MoveForm(request.POST or None, places=places, alone=alone, initial={"parent": community.parent_id})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.move_community(community, form.cleaned_data["parent"], actor=request.user)
            return done(request, _("It stands in its new place."), "communities:overview", pk)
    return page(request, "communities/move.html", place="settings", community=community, form=form)


@members
def close(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.held(request, pk, "found_below")
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.close_community(community, on=form.cleaned_data["on"], actor=request.user)
            message = _("%(community)s is closed.") % {"community": community.name}
            return done(request, message, "communities:settings", pk)
    parts = selectors.parts_of(community, request.user).filter(ends_on=None)
    return page(
        request, "communities/close.html", place="settings", community=community, form=form, parts=parts
    )


@members
@require_POST
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.held(request, pk, "found_below")
    try:
        services.reopen_community(community, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "communities:settings", pk)
    message = _("%(community)s is open again.") % {"community": community.name}
    return done(request, message, "communities:settings", pk)
