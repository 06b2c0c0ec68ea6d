"""Series: all of a community, one with its gatherings, and what is done with it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.communities.models import Community
from tejido.communities.policies import visible_to as communities_seen_by
from tejido.foundation.policies import can, require
from tejido.gatherings import selectors, services
from tejido.gatherings.forms.series import SeriesForm
from tejido.gatherings.models import Series
from tejido.gatherings.times import day_in
from tejido.gatherings.views.loading import community_for
from tejido.web.responses import done, page, refusals_on

ONE = "gatherings:one_series"


@members
def all_series(request: MemberRequest, pk: int) -> HttpResponse:
    """A community's series; the team begins a new one."""
    community = community_for(request, pk)
    may = can(request.user, "gatherings.plan", community)
    form = SeriesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request.user, "gatherings.plan", community)
        if form.is_valid():
            with refusals_on(form):
                made = services.make_series(community, form.cleaned_data["name"], actor=request.user)
                return done(request, _("“%(name)s” begins.") % {"name": made.name}, ONE, made.pk)
    rows = selectors.series_of(community, timezone.now())
    shown = {"community": community, "place": "gatherings", "rows": rows, "may": may}
    return page(request, "gatherings/all_series.html", form=form, **shown)


def _series(request: MemberRequest, pk: int) -> Series:
    seen = Community.objects.filter(communities_seen_by(request.user)).values("pk")
    rows = Series.objects.filter(community_id__in=seen).select_related("community__parent")
    return get_object_or_404(rows, pk=pk)


@members
def one_series(request: MemberRequest, pk: int) -> HttpResponse:
    """What belongs to it, in order; the team renames it here."""
    found = _series(request, pk)
    form = SeriesForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if request.method == "POST":
        require(request.user, "gatherings.plan", found.community)
        if form.is_valid():
            with refusals_on(form):
                services.rename_series(found, form.cleaned_data["name"], actor=request.user)
                return done(request, _("The changes are saved."), ONE, pk)
    return page(request, "gatherings/one_series.html", form=form, **_shown(request, found))


def _shown(request: MemberRequest, found: Series) -> dict[str, object]:
    return {
        "series": found,
        "community": found.community,
        "place": "gatherings",
        "rows": selectors.within(found),
        "last": selectors.last_of(found),
        "may": can(request.user, "gatherings.plan", found.community),
        "now": timezone.now(),
    }


@members
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """No more are planned in it; the message carries the undo."""
    found = _series(request, pk)
    today = day_in(found.community.time_zone, timezone.now())
    services.end_series(found, today, actor=request.user)
    undo = reverse("gatherings:open_series", args=[pk])
    return done(request, _("“%(name)s” is ended.") % {"name": found.name}, ONE, pk, undo=undo)


@members
@require_POST
def open_again(request: MemberRequest, pk: int) -> HttpResponse:
    """It goes on."""
    found = _series(request, pk)
    services.end_series(found, None, actor=request.user)
    return done(request, _("“%(name)s” goes on.") % {"name": found.name}, ONE, pk)
