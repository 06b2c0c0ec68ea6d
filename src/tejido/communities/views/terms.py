"""Roles and terms of a community: who holds what until when, renewing, handing over, pausing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.communities import selectors, services
from tejido.communities.forms.terms import (
    HandOverItemForm,
    HandOverRoleForm,
    OwnThingForm,
    PauseForm,
    TermForm,
)
from tejido.communities.models import Community, Membership
from tejido.communities.policies import rights_in
from tejido.communities.selectors import ToHandOver
from tejido.communities.services import HandingOver, Noted
from tejido.communities.views import loading
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, page, refusals_on, refused

ROLES = "communities:roles"


def _place(community: Community) -> dict[str, Any]:
    return {"place": "governance", "community": community}


def _words(membership: Membership) -> dict[str, str]:
    return {
        "person": membership.person.name,
        "role": membership.get_role_display(),
        "community": membership.community.name,
    }


@members
@require_GET
def roles(request: MemberRequest, pk: int) -> HttpResponse:
    """Who holds which role until when, and what is empty."""
    community = loading.seen(request, pk)
    held = list(selectors.roles_held(community, request.user))
    return page(
        request,
        "communities/roles.html",
        held=held,
        gaps=selectors.without_leader(community, request.user),
        rights=rights_in(request.user, community),
        **_place(community),
    )


def _kept(request: MemberRequest, pk: int) -> Membership:
    """A membership of which the reader gives the role."""
    membership = get_object_or_404(selectors.memberships_kept(request.user), pk=pk)
    loading.held(request, membership.community_id, "give_roles")
    return membership


def _form_page(request: MemberRequest, template: str, membership: Membership, form: Any) -> HttpResponse:
    return page(
        request,
        f"communities/{template}.html",
        membership=membership,
        form=form,
        mine=membership.person.user_id == request.user.pk,
        **_place(membership.community),
    )


@members
def term(request: MemberRequest, pk: int) -> HttpResponse:
    """Say until when the role is held, or renew it."""
    membership = _kept(request, pk)
    form = TermForm(request.POST or None, initial={"until": membership.term_ends_on})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.set_term(membership, form.cleaned_data["until"], actor=request.user)
            undo = reverse("communities:undo_term", args=[membership.pk])
            message = _("The term of %(person)s as %(role)s is noted.") % _words(membership)
            return done(request, message, ROLES, membership.community_id, undo=undo)
    return _form_page(request, "term", membership, form)


@members
def hand_over_role(request: MemberRequest, pk: int) -> HttpResponse:
    """One person's role goes to another."""
    membership = _kept(request, pk)
    form = HandOverRoleForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            new = services.hand_over(membership, HandingOver(**form.cleaned_data), actor=request.user)
            undo = reverse("communities:undo_hand_over", args=[new.pk])
            message = _("%(person)s is %(role)s in %(community)s now.") % _words(new)
            return done(request, message, ROLES, new.community_id, undo=undo)
    return _form_page(request, "hand_over_role", membership, form)


@members
@require_POST
def undo_term(request: MemberRequest, pk: int) -> HttpResponse:
    membership = _kept(request, pk)
    message = _("The term of %(person)s as %(role)s is what it was.") % _words(membership)
    return _undo(request, services.undo_term, membership, message)


@members
@require_POST
def undo_hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    membership = _kept(request, pk)
    message = _("%(person)s is not %(role)s in %(community)s; the role is back.") % _words(membership)
    return _undo(request, services.undo_hand_over, membership, message)


def _undo(request: MemberRequest, deed: Any, membership: Membership, message: str) -> HttpResponse:
    place = membership.community_id
    try:
        deed(membership, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, ROLES, place)
    return done(request, message, ROLES, place)


# Pauses -----------------------------------------------------------------------------------------------


def _her_page(membership: Membership) -> tuple[Any, ...]:
    return ("communities:member", membership.community_id, membership.person_id)


@members
def pause(request: MemberRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(selectors.memberships_kept(request.user), pk=pk)
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            noted = services.pause_membership(membership, **form.cleaned_data, actor=request.user)
            undo = reverse("communities:undo_pause", args=[noted.pk])
            message = _("The pause of %(person)s in %(community)s is noted.") % _words(membership)
            return done(request, message, *_her_page(membership), undo=undo)
    return _form_page(request, "pause", membership, form)


@members
@require_POST
def end_pause(request: MemberRequest, pk: int) -> HttpResponse:
    return _about_pause(request, pk, services.end_pause, _("%(person)s takes part in %(community)s again."))


@members
@require_POST
def undo_pause(request: MemberRequest, pk: int) -> HttpResponse:
    return _about_pause(
        request, pk, services.undo_pause, _("The pause of %(person)s in %(community)s is taken back.")
    )


def _about_pause(request: MemberRequest, pk: int, deed: Any, message: str) -> HttpResponse:
    held = get_object_or_404(selectors.pauses_kept(request.user), pk=pk)
    back = _her_page(held.membership)
    try:
        deed(held, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, *back)
    return done(request, message % _words(held.membership), *back)


# What hangs on the holder -----------------------------------------------------------------------------


@members
@require_GET
def hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    """The list of what hangs on the holder of a role, with what is handed over."""
    membership = get_object_or_404(selectors.memberships_kept(request.user), pk=pk)
    groups = selectors.hand_over_list(membership)
    lines = [line for _group, found in groups for line in found]
    return page(
        request,
        "communities/hand_over.html",
        membership=membership,
        groups=groups,
        number=len(lines),
        done=sum(1 for line in lines if line.item is not None and line.item.done_on),
        form=OwnThingForm(),
        **_place(membership.community),
    )


@members
@require_POST
def add_to_hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(selectors.memberships_kept(request.user), pk=pk)
    try:
        services.add_to_hand_over(membership, request.POST.get("words", ""), actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "communities:hand_over", membership.pk)
    return done(request, _("It is on the list."), "communities:hand_over", membership.pk)


def _line(membership: Membership, source: str) -> ToHandOver:
    for _group, found in selectors.hand_over_list(membership):
        for line in found:
            if line.thing.source == source:
                return line
    raise Http404


@members
@require_POST
def tick(request: MemberRequest, pk: int, source: str) -> HttpResponse:
    """Handed over, or not yet after all; to whom and the remark stay."""
    membership = get_object_or_404(selectors.memberships_kept(request.user), pk=pk)
    item = _line(membership, source).item
    told = Noted(
        done=not (item and item.done_on),
        receiver=item.receiver if item else None,
        note=item.note if item else "",
    )
    services.note_hand_over(membership, source, told, actor=request.user)
    return done(request, _("The list is up to date."), "communities:hand_over", membership.pk)


@members
def hand_over_item(request: MemberRequest, pk: int, source: str) -> HttpResponse:
    """To whom one thing goes, and a remark."""
    membership = get_object_or_404(selectors.memberships_kept(request.user), pk=pk)
    line = _line(membership, source)
    given: dict[str, Any] = {"done": bool(line.item and line.item.done_on)}
    if line.item:
        given |= {"receiver": line.item.receiver, "note": line.item.note}
    form = HandOverItemForm(request.POST or None, actor=request.user, initial=given)
    if request.method == "POST" and form.is_valid():
        services.note_hand_over(membership, source, Noted(**form.cleaned_data), actor=request.user)
        return done(request, _("The list is up to date."), "communities:hand_over", membership.pk)
    extra = {"thing": line.thing, "membership": membership, "form": form, **_place(membership.community)}
    return page(request, "communities/hand_over_item.html", **extra)
