"""The seats of a steering node: one for each node of the network, and those of organisations outside."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.communities import selectors, services
from tejido.communities.forms.terms import NewOutsideSeatForm, NodeSeatForm, OutsideSeatForm
from tejido.communities.models import Community, SteeringSeat
from tejido.communities.policies import rights_in
from tejido.communities.services import Seated
from tejido.communities.views import loading
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, page, refusals_on, refused

SEATS = "communities:seats"


@members
@require_GET
def seats(request: MemberRequest, pk: int) -> HttpResponse:
    """The seats of the steering node of this network, or of this steering node."""
    community = loading.seen(request, pk)
    steering = selectors.steering_node_of(community)
    return page(
        request,
        "communities/seats.html",
        place="governance",
        community=community,
        steering=steering,
        seats=list(selectors.seats_of(steering, request.user)) if steering else [],
        rights=rights_in(request.user, community),
    )


@members
@require_POST
def make(request: MemberRequest, pk: int) -> HttpResponse:
    network = loading.held(request, pk, "found_below")
    try:
        steering = services.make_steering_node(network, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, SEATS, pk)
    message = _("%(community)s stands now, with a seat for each node.") % {"community": steering.name}
    return done(request, message, SEATS, pk)


def _form_page(request: MemberRequest, community: Community, form: Any, title: str) -> HttpResponse:
    return page(
        request, "communities/seat.html", place="governance", community=community, form=form, heading=title
    )


@members
def seat(request: MemberRequest, pk: int) -> HttpResponse:
    """Who sits in one seat, and who stands in."""
    found = get_object_or_404(selectors.seats_filled(request.user), pk=pk)
    form: NodeSeatForm | OutsideSeatForm = (
        NodeSeatForm(request.POST or None, seat=found)
        if found.node_id
        else OutsideSeatForm(request.POST or None, actor=request.user, initial=_given(found))
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            told = Seated(form.person("named"), form.person("substitute"))
            services.name_for_seat(found, told, actor=request.user)
            return done(request, _("The seat is noted."), SEATS, found.steering_id)
    title = _("Seat of %(whose)s") % {"whose": found.node or found.organisation}
    return _form_page(request, found.steering, form, title)


def _given(found: SteeringSeat) -> dict[str, Any]:
    return {"named": found.named, "substitute": found.substitute}


@members
def outside(request: MemberRequest, pk: int) -> HttpResponse:
    """A seat for staff of an organisation outside."""
    steering = loading.held(request, pk, "give_roles")
    form = NewOutsideSeatForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            told = Seated(form.person("named"), form.person("substitute"))
            services.give_outside_seat(steering, form.cleaned_data["organisation"], told, actor=request.user)
            return done(request, _("The seat is noted."), SEATS, steering.pk)
    return _form_page(request, steering, form, _("A seat for an organisation outside"))


@members
@require_POST
def take(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.seats_filled(request.user), pk=pk)
    try:
        services.take_outside_seat(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, SEATS, found.steering_id)
    return done(request, _("The seat is no more."), SEATS, found.steering_id)
