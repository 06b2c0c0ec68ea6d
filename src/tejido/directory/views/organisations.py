"""Organisations: the list, the page, what can be changed."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from tejido.accounts.access import MemberRequest, members
from tejido.directory import selectors, services
from tejido.directory.forms.schools import OrganisationForm
from tejido.directory.views.schools import keeper
from tejido.directory.views.tables import ORGANISATIONS
from tejido.foundation.policies import can
from tejido.web.responses import done, page, refusals_on


@members
def organisations(request: MemberRequest) -> HttpResponseBase:
    table = ORGANISATIONS.read(request, selectors.organisations_for(request.user))
    keeps = can(request.user, "directory.keep_schools", None)
    return table.download() or page(
        request, "directory/organisations.html", table=table, place="schools", keeps=keeps
    )


@members
def organisation(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.organisations_for(request.user), pk=pk)
    return page(
        request,
        "directory/organisation.html",
        organisation=found,
        territory=selectors.territory_path(found.territory),
        people=selectors.people_of_organisation(found, request.user),
        schools=selectors.schools_for(request.user).filter(group=found)[:50],
        keeps=can(request.user, "directory.keep_schools", found),
        place="schools",
    )


@members
def add_organisation(request: MemberRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None, actor=keeper(request.user))
    if form.is_valid():
        with refusals_on(form):
            added = services.add_organisation(actor=request.user, **form.said())
            return done(
                request, _("The organisation is in the directory."), "directory:organisation", added.pk
            )
    return page(request, "directory/organisation_form.html", form=form, place="schools")


@members
def edit_organisation(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.organisations_for(keeper(request.user)), pk=pk)
    form = OrganisationForm(request.POST or None, actor=request.user, organisation=found)
    if form.is_valid():
        with refusals_on(form):
            fields = cast("services.OrganisationFields", form.said())
            services.change_organisation(found, fields, actor=request.user)
            return done(request, _("The page says so now."), "directory:organisation", pk)
    return page(request, "directory/organisation_form.html", form=form, organisation=found, place="schools")
