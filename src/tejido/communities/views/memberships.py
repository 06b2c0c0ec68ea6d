"""One membership: another role, leaving, and taking either back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.communities import services
from tejido.communities.forms import EndForm, RoleForm
from tejido.communities.models import Membership
from tejido.communities.policies import has_right
from tejido.communities.views import loading
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, page, refusals_on, refused


def _words(membership: Membership) -> dict[str, Any]:
    return {"person": membership.person.name, "community": membership.community.name}


def _form_page(request: MemberRequest, template: str, membership: Membership, form: Any) -> HttpResponse:
    return page(
        request,
        template,
        place="people",
        community=membership.community,
        membership=membership,
        form=form,
        mine=membership.person.user_id == request.user.pk,
    )


@members
def role(request: MemberRequest, pk: int) -> HttpResponse:
    membership = loading.looked_after(request, pk)
    loading.held(request, membership.community_id, "give_roles")
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            new = services.change_role(membership, **form.cleaned_data, actor=request.user)
            undo = reverse("communities:undo_role", args=[new.pk]) if new.role != membership.role else ""
            message = _("%(person)s has another role in %(community)s now.") % _words(new)
            return done(request, message, "communities:people", new.community_id, undo=undo)
    return _form_page(request, "communities/role.html", membership, form)


@members
def end(request: MemberRequest, pk: int) -> HttpResponse:
    membership = loading.looked_after(request, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.end_membership(membership, **form.cleaned_data, actor=request.user)
            undo = reverse("communities:undo_leaving", args=[membership.pk])
            message = _("The last day of %(person)s in %(community)s is noted.") % _words(membership)
            return done(request, message, *_back(request, membership), undo=undo)
    return _form_page(request, "communities/end.html", membership, form)


def _back(request: MemberRequest, membership: Membership) -> tuple[Any, ...]:
    """Where to go after a deed: to the people of the community, as long as the reader still belongs there."""
    if has_right(request.user, membership.community, "see"):
        return ("communities:people", membership.community_id)
    return ("communities:communities",)


def _undo(request: MemberRequest, pk: int, deed: Callable[..., Any], message: str) -> HttpResponse:
    membership = loading.looked_after(request, pk)
    words = _words(membership)
    try:
        deed(membership, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, *_back(request, membership))
    return done(request, message % words, *_back(request, membership))


@members
@require_POST
def undo_joining(request: MemberRequest, pk: int) -> HttpResponse:
    return _undo(request, pk, services.undo_joining, _("%(person)s was taken out of %(community)s again."))


@members
@require_POST
def undo_leaving(request: MemberRequest, pk: int) -> HttpResponse:
    return _undo(request, pk, services.undo_leaving, _("%(person)s is still in %(community)s."))


@members
@require_POST
def undo_role(request: MemberRequest, pk: int) -> HttpResponse:
    return _undo(
        request, pk, services.undo_role_change, _("%(person)s has the earlier role in %(community)s again.")
    )
