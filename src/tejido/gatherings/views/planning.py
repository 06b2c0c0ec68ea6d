"""Plan, change, call off, plan again; who is invited."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.directory.selectors import CURRENT_POSTS
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can, require
from tejido.gatherings import selectors, services
from tejido.gatherings.forms import PlanForm
from tejido.gatherings.forms.planning import next_free_day, places_like
from tejido.gatherings.models import Gathering
from tejido.gatherings.policies import visible_to
from tejido.gatherings.times import day_in
from tejido.gatherings.views.loading import about, community_for, gathering_for, number_in
from tejido.web.responses import done, page, partial, refusals_on, refused

PAGE = "gatherings:gathering"
MOST_SHOWN = 500  # of the invited, by name
FIRST = {"kind": Gathering.Kind.WORKSHOP, "modality": Gathering.Modality.ON_SITE}


def _like(request: MemberRequest) -> Gathering | None:
    """The gathering that the new one is to be like (?like=12), if the reader may see it."""
    asked = number_in(request.GET.get("like") or request.POST.get("like"))
    rows = Gathering.objects.filter(visible_to(request.user)).select_related("community__parent", "series")
    return rows.filter(pk=asked).first()


def _is_search(request: HttpRequest) -> bool:
    """Whether the button that looks for places was pressed, not the one that saves."""
    return "find" in request.POST


@members
def plan(request: MemberRequest, pk: int) -> HttpResponse:
    """A new gathering; with ?like=12 one more of the kind of another."""
    community = community_for(request, pk)
    require(request.user, "gatherings.plan", community)
    like = _like(request)
    form = _plan_form(request, community, like)
    if request.method == "POST" and not _is_search(request) and form.is_valid():
        with refusals_on(form):
            made = _planned(form, like, community, request)
            return done(request, _("“%(title)s” is planned.") % {"title": made.title}, PAGE, made.pk)
    return _form_page(request, form, community, like=like)


def _plan_form(request: MemberRequest, community: Community, like: Gathering | None) -> PlanForm:
    if request.method == "POST":
        return PlanForm(request.POST, community=community, actor=request.user)
    today = day_in(community.time_zone, timezone.now())
    first = {**FIRST, "day": next_free_day(today), "series": request.GET.get("series")}
    initial = PlanForm.initial_again(like) if like else first
    return PlanForm(community=community, actor=request.user, initial=initial)


def _planned(
    form: PlanForm, like: Gathering | None, community: Community, request: MemberRequest
) -> Gathering:
    if like is None:
        return services.plan_gathering(community, form.gathering_fields(), actor=request.user)
    return services.clone_gathering(like, community, form.gathering_fields(), actor=request.user)


def _form_page(request: MemberRequest, form: PlanForm, community: Community, **more: Any) -> HttpResponse:
    if _is_search(request):  # it was not sent to be saved, so nothing is wrong with it yet
        form.errors.clear()
    return page(request, "gatherings/form.html", form=form, community=community, place="gatherings", **more)


@members
def places(request: MemberRequest, pk: int) -> HttpResponse:
    """Schools and organisations that fit what was written, for the form's choice."""
    community = community_for(request, pk)
    words = request.GET.get("search", "")
    found = places_like(request.user, words)
    return partial(
        request, "gatherings/partials/places.html", found=found, words=words.strip(), community=community
    )


@members
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Correct what, when and where."""
    found = gathering_for(request, pk, "gatherings.change")
    sent = request.POST if request.method == "POST" else None
    form = PlanForm(sent, community=found.community, actor=request.user, initial=PlanForm.initial_of(found))
    if sent and not _is_search(request) and form.is_valid():
        with refusals_on(form):
            services.change_gathering(found, form.gathering_fields(), actor=request.user)
            return done(request, _("The changes are saved."), PAGE, pk)
    return _form_page(request, form, found.community, gathering=found)


@members
@require_POST
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Call it off; the message carries the undo."""
    found = gathering_for(request, pk)
    try:
        services.cancel_gathering(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, PAGE, pk)
    undo = reverse("gatherings:plan_again", args=[pk])
    return done(request, _("“%(title)s” is cancelled.") % {"title": found.title}, PAGE, pk, undo=undo)


@members
@require_POST
def plan_again(request: MemberRequest, pk: int) -> HttpResponse:
    """The undo of calling off."""
    found = gathering_for(request, pk)
    try:
        services.plan_again(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, PAGE, pk)
    return done(request, _("“%(title)s” is planned again.") % {"title": found.title}, PAGE, pk)


@members
def invited(request: MemberRequest, pk: int) -> HttpResponse:
    """Who is invited: all members, or a list that is made here."""
    found = gathering_for(request, pk, "gatherings.change")
    if request.method == "POST":
        return _change_invited(request, found)
    words = request.GET.get("q", "").strip()
    on_list = list(selectors.invited_to(found).prefetch_related(CURRENT_POSTS)[:MOST_SHOWN])
    return about(
        request,
        "gatherings/invited.html",
        found,
        people=on_list,
        count=selectors.invited_to(found).count(),
        words=words,
        found=selectors.people_to_add(request.user, words, {person.pk for person in on_list}),
    )


def _change_invited(request: MemberRequest, found: Gathering) -> HttpResponse:
    back = "gatherings:invited"
    person = Person.objects.filter(pk=number_in(request.POST.get("person"))).first()
    deed = request.POST.get("deed")
    try:
        if deed == "everyone":
            services.invite(found, [], actor=request.user)
        elif deed == "list":
            services.invite(found, list(selectors.invited_to(found)), actor=request.user)
        elif deed == "add" and person and can(request.user, "directory.see_person", person):
            services.invite_also(found, [person], actor=request.user)
        elif deed == "remove" and person:
            services.uninvite(found, person, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, back, found.pk)
    return redirect(back, found.pk)
