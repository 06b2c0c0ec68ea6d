"""Ways of working: those that come along, and the community's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.agenda import selectors, services
from tejido.agenda.forms import ActivityForm
from tejido.agenda.forms.activities import initial_of
from tejido.agenda.models import Activity
from tejido.agenda.policies import planned_by
from tejido.communities.models import Community
from tejido.communities.selectors import communities_visible_to
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can, require
from tejido.gatherings.models import Gathering
from tejido.web.responses import done, page, refusals_on, refused

HERE = "agenda:activities"


def _community(request: MemberRequest, pk: int) -> Community:
    return get_object_or_404(communities_visible_to(request.user), pk=pk)


@members
@require_GET
def activities(request: MemberRequest, pk: int) -> HttpResponse:
    """All of them with their steps; ?for=12 puts one into the agenda of that gathering."""
    community = _community(request, pk)
    asked = request.GET.get("for", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
    return page(
        request,
        "agenda/activities.html",
        community=community,
        place="gatherings",
        rows=list(selectors.with_steps(selectors.activities_for(community))),
        may=can(request.user, "agenda.write_activity", community),
        gathering=Gathering.objects.filter(planned_by(request.user), community=community, pk=wanted).first(),
    )


@members
def write(request: MemberRequest, pk: int) -> HttpResponse:
    """One of the community's own; ?like=3 begins with the words of another."""
    community = _community(request, pk)
    require(request.user, "agenda.write_activity", community)
    asked = request.GET.get("like", "")
    like = selectors.activities_for(community).filter(pk=int(asked[:18]) if asked.isdecimal() else 0).first()
    return _written(request, community, None, initial_of(like) if like else {})


@members
def change(request: MemberRequest, pk: int, activity: int) -> HttpResponse:
    """Other words for one of the community's own; remove it from here."""
    community = _community(request, pk)
    row = get_object_or_404(Activity.objects.filter(community=community), pk=activity)
    require(request.user, "agenda.write_activity", community)
    return _written(request, community, row, initial_of(row))


def _written(
    request: MemberRequest, community: Community, row: Activity | None, initial: dict[str, Any]
) -> HttpResponse:
    form = ActivityForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = services.write_activity(community, form.words(), actor=request.user, activity=row)
            return done(request, _("“%(name)s” is written down.") % {"name": made.name}, HERE, community.pk)
    return page(
        request, "agenda/activity.html", form=form, community=community, activity=row, place="gatherings"
    )


@members
@require_POST
def remove(request: MemberRequest, pk: int, activity: int) -> HttpResponse:
    """Offered no more; agendas keep what they have."""
    community = _community(request, pk)
    row = get_object_or_404(Activity.objects.filter(community=community), pk=activity)
    try:
        services.remove_activity(row, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    return done(request, _("“%(name)s” is offered no more.") % {"name": row.name}, HERE, pk)
