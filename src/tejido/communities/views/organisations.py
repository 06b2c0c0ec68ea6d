"""The organisations of a community: which belong, who represents them now and did before, and what changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.communities import selectors, services
from tejido.communities.forms.organisations import (
    AddOrganisationForm,
    EndOrganisationForm,
    NewRepresentativeForm,
    RepresentativeForm,
)
from tejido.communities.models import Community, Membership, OrganisationMembership
from tejido.communities.policies import rights_in
from tejido.communities.views import loading
from tejido.directory.services import add_organisation
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, page, refusals_on, refused
from tejido.web.tables import Column, Filter, TableSpec

CELL = "communities/partials/{}_cell.html"
LIST = "communities:organisations"


def _speaking(row: Any) -> str:
    return ", ".join(one.person.name for one in row.named if one.is_in and one.seen)


TABLE = TableSpec(
    key="organisations",
    caption=gettext_lazy("Organisations that belong"),
    columns=[
        Column(
            "organisation",
            gettext_lazy("Organisation"),
            lambda row: row.organisation.name,
            order=("organisation__search_name",),
            cell=CELL.format("organisation"),
        ),
        Column("kind", gettext_lazy("Kind"), lambda row: row.organisation.get_kind_display()),
        Column(
            "since", pgettext_lazy("membership", "Since"), lambda row: row.starts_on, order=("starts_on",)
        ),
        Column("until", pgettext_lazy("membership", "Until"), lambda row: row.ends_on, order=("ends_on",)),
        Column(
            "representatives",
            gettext_lazy("Represented by"),
            _speaking,
            cell=CELL.format("representatives"),
        ),
    ],
    filters=[
        Filter(
            "q",
            gettext_lazy("Name"),
            lambda rows, words: rows.filter(organisation__name__icontains=words),
        ),
        Filter(
            "state",
            pgettext_lazy("people of a community", "When"),
            lambda rows, state: rows.filter(is_in=state == "now"),
            choices=[
                ("now", pgettext_lazy("organisations of a community", "Members now")),
                ("past", pgettext_lazy("organisations of a community", "No longer members")),
            ],
            everything=pgettext_lazy("organisations of a community", "At any time"),
        ),
    ],
)


@members
@require_GET
def organisations(request: MemberRequest, pk: int) -> HttpResponseBase:
    community = loading.seen(request, pk)
    table = TABLE.read(request, selectors.organisations_in(community, request.user))
    keeps = "give_roles" in rights_in(request.user, community)
    return table.download() or page(
        request, "communities/organisations.html", table=table, keeps=keeps, **_place(community)
    )


@members
def add(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.held(request, pk, "give_roles")
    form = AddOrganisationForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            return _added(request, community, form.cleaned_data)
    return page(request, "communities/add_organisation.html", form=form, **_place(community))


def _added(request: MemberRequest, community: Community, told: dict[str, Any]) -> HttpResponse:
    organisation = told["organisation"] or add_organisation(
        told["new_name"], kind=told["new_kind"], actor=request.user
    )
    held = services.add_organisation_member(
        community, organisation, starts_on=told["starts_on"], actor=request.user
    )
    undo = reverse("communities:undo_organisation_joining", args=[held.pk])
    message = _("%(organisation)s belongs to %(community)s now. Say who represents it.")
    return done(request, message % _words(held), "communities:organisation", held.pk, undo=undo)


@members
@require_GET
def organisation(request: MemberRequest, pk: int) -> HttpResponse:
    """One organisation in a community: since when, by whom, and what can be changed."""
    community = loading.seen(request, get_object_or_404(OrganisationMembership, pk=pk).community_id)
    held = get_object_or_404(selectors.organisations_in(community, request.user), pk=pk)
    rights = rights_in(request.user, community)
    return page(request, "communities/organisation.html", held=held, rights=rights, **_place(community))


def _place(community: Community) -> dict[str, Any]:
    return {"place": "governance", "community": community}


def _words(held: OrganisationMembership) -> dict[str, str]:
    return {"organisation": held.organisation.name, "community": held.community.name}


def _kept(request: MemberRequest, pk: int) -> OrganisationMembership:
    return get_object_or_404(selectors.organisation_memberships_kept_by(request.user), pk=pk)


def _form_page(
    request: MemberRequest, template: str, held: OrganisationMembership, form: Any
) -> HttpResponse:
    return page(request, f"communities/{template}.html", form=form, held=held, **_place(held.community))


@members
def represent(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody known represents the organisation, in place of another or beside the others."""
    held = _kept(request, pk)
    given = {"instead_of": request.GET.get("instead_of", "")}
    form = RepresentativeForm(request.POST or None, actor=request.user, held=held, initial=given)
    if request.method == "POST" and form.is_valid():
        told = {"starts_on": form.cleaned_data["starts_on"], "instead_of": form.instead_of()}
        with refusals_on(form):
            named = services.name_representative(
                held, form.cleaned_data["person"], actor=request.user, **told
            )
            return _named(request, held, named)
    return _form_page(request, "represent", held, form)


@members
def represent_new(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody who is in no list yet comes in and represents the organisation."""
    held = _kept(request, pk)
    form = NewRepresentativeForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        newcomer = services.Spokesperson(
            told["given_names"], told["family_names"], told["email"].lower(), told["function"]
        )
        more = {"starts_on": told["starts_on"], "instead_of": form.instead_of()}
        with refusals_on(form):
            return _named(
                request, held, services.welcome_representative(held, newcomer, actor=request.user, **more)
            )
    return _form_page(request, "represent_new", held, form)


def _named(request: MemberRequest, held: OrganisationMembership, named: Membership) -> HttpResponse:
    undo = reverse("communities:undo_naming", args=[named.pk])
    message = _("%(person)s represents %(organisation)s now.") % {
        "person": named.person.name,
        **_words(held),
    }
    return done(request, message, "communities:organisation", held.pk, undo=undo)


@members
def end(request: MemberRequest, pk: int) -> HttpResponse:
    held = _kept(request, pk)
    form = EndOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.end_organisation_membership(held, **form.cleaned_data, actor=request.user)
            undo = reverse("communities:undo_organisation_leaving", args=[held.pk])
            message = _("%(organisation)s no longer belongs to %(community)s.") % _words(held)
            return done(request, message, LIST, held.community_id, undo=undo)
    return _form_page(request, "end_organisation", held, form)


def _undo(request: MemberRequest, thing: Any, deed: Callable[..., Any], message: str) -> HttpResponse:
    try:
        deed(thing, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, LIST, thing.community_id)
    return done(request, message, LIST, thing.community_id)


@members
@require_POST
def undo_joining(request: MemberRequest, pk: int) -> HttpResponse:
    held = _kept(request, pk)
    message = _("%(organisation)s was taken out of %(community)s again.") % _words(held)
    return _undo(request, held, services.undo_organisation_joining, message)


@members
@require_POST
def undo_leaving(request: MemberRequest, pk: int) -> HttpResponse:
    held = _kept(request, pk)
    message = _("%(organisation)s still belongs to %(community)s.") % _words(held)
    return _undo(request, held, services.undo_organisation_leaving, message)


@members
@require_POST
def undo_naming(request: MemberRequest, pk: int) -> HttpResponse:
    named = get_object_or_404(selectors.representatives_kept_by(request.user), pk=pk)
    words = {"person": named.person.name}
    return _undo(request, named, services.undo_naming, _("%(person)s is not its representative.") % words)
