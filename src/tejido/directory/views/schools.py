"""Schools: the list, the page, what can be changed."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.accounts.models import User
from tejido.directory import selectors, services
from tejido.directory.forms.schools import ProfileForm, SchoolForm
from tejido.directory.models import School, SchoolProfile
from tejido.directory.views.tables import PROFILES, SCHOOLS, profile_chart
from tejido.foundation.policies import can
from tejido.web.responses import done, page, refusals_on


@members
def schools(request: MemberRequest) -> HttpResponseBase:
    table = SCHOOLS.read(request, selectors.schools_for(request.user))
    keeps = can(request.user, "directory.keep_schools", None)
    return table.download() or page(
        request, "directory/schools.html", table=table, place="schools", keeps=keeps
    )


@members
def school(request: MemberRequest, pk: int) -> HttpResponseBase:
    found = selectors.schools_for(request.user).filter(pk=pk).first()
    if found is None:  # an old link to one that was merged leads to the one that stayed
        merged = get_object_or_404(School.every.exclude(merged_into=None), pk=pk)
        get_object_or_404(selectors.schools_for(request.user), pk=merged.merged_into_id)
        return redirect("directory:school", merged.merged_into_id)
    profiles = selectors.profiles_of(found)
    table = PROFILES.read(request, profiles[::-1])
    shown = _shown(found, profiles, request.user)
    return table.download() or page(request, "directory/school.html", table=table, **shown)


def _shown(school: School, profiles: list[SchoolProfile], actor: User) -> dict[str, Any]:
    """What the page shows of the school besides its table of numbers."""
    return {
        "place": "schools",
        "school": school,
        "territory": selectors.territory_path(school.territory),
        "people": selectors.people_of(school, actor),
        "chart": profile_chart(profiles),
        "keeps": can(actor, "directory.keep_schools", school),
    }


def keeper(actor: User) -> User:
    """The actor, if the registers are theirs to keep. To others the forms do not exist."""
    if not can(actor, "directory.keep_schools", None):
        raise Http404
    return actor


@members
def add_school(request: MemberRequest) -> HttpResponse:
    form = SchoolForm(request.POST or None, actor=keeper(request.user))
    if form.is_valid():
        with refusals_on(form):
            added = services.add_school(cast("services.SchoolFields", form.said()), actor=request.user)
            return done(request, _("The school is in the directory."), "directory:school", added.pk)
    return page(request, "directory/school_form.html", form=form, place="schools")


@members
def edit_school(request: MemberRequest, pk: int) -> HttpResponse:
    school = get_object_or_404(selectors.schools_for(keeper(request.user)), pk=pk)
    form = SchoolForm(request.POST or None, actor=request.user, school=school)
    if form.is_valid():
        with refusals_on(form):
            services.change_school(school, cast("services.SchoolFields", form.said()), actor=request.user)
            return done(request, _("The page says so now."), "directory:school", pk)
    return page(request, "directory/school_form.html", form=form, school=school, place="schools")


@members
def record_profile(request: MemberRequest, pk: int) -> HttpResponse:
    school = get_object_or_404(selectors.schools_for(keeper(request.user)), pk=pk)
    form = ProfileForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        new = not school.profiles.filter(on=said["on"]).exists()
        profile = services.record_profile(
            school, said["on"], actor=request.user, source=said["source"], **form.numbers()
        )
        undo = reverse("directory:forget_profile", args=[pk, profile.pk]) if new else ""
        return done(request, _("The numbers are written down."), "directory:school", pk, undo=undo)
    return page(request, "directory/profile_form.html", form=form, school=school, place="schools")


@members
@require_POST
def forget_profile(request: MemberRequest, pk: int, profile_pk: int) -> HttpResponse:
    keeper(request.user)
    profile = get_object_or_404(SchoolProfile.objects.select_related("school"), pk=profile_pk, school_id=pk)
    services.forget_profile(profile, actor=request.user)
    return done(request, _("The numbers of that day are gone again."), "directory:school", pk)
