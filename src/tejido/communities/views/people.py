"""The people of a community: the list, somebody known joins, somebody new comes in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_list_or_404, get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.communities import selectors, services
from tejido.communities.forms import AddForm, NewcomerForm
from tejido.communities.models import Community, Membership
from tejido.communities.policies import rights_in
from tejido.communities.views import loading
from tejido.communities.views.roster import people_table
from tejido.directory.selectors import people_for
from tejido.web.responses import done, page, refusals_on

MOST_FOUND = 12


@members
@require_GET
def people(request: MemberRequest, pk: int) -> HttpResponseBase:
    community = loading.seen(request, pk)
    rights = community.rights_of_reader = rights_in(request.user, community)
    table = people_table(request, community, rights)
    return table.download() or page(
        request,
        "communities/people.html",
        place="people",
        community=community,
        rights=rights,
        table=table,
    )


@members
def add(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.held(request, pk, "run")
    asked = _asked(request, community)
    form = AddForm(request.POST or None, **asked)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            person, role = form.cleaned_data["person"], form.cleaned_data["role"]
            return _welcomed(request, services.add_member(community, person, role=role, actor=request.user))
    words = request.GET.get("q", "").strip()[:100]
    found = list(people_for(request.user, search=words)[: MOST_FOUND + 1]) if words else []
    context = {"words": words, "found": found[:MOST_FOUND], "more": len(found) > MOST_FOUND}
    return page(request, "communities/add.html", place="people", community=community, form=form, **context)


@members
def add_new(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.held(request, pk, "run")
    given, _space, family = request.GET.get("q", "").strip()[:100].partition(" ")
    form = NewcomerForm(
        request.POST or None,
        initial={"given_names": given, "family_names": family},
        **_asked(request, community),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            newcomer = services.Newcomer(**form.told())
            return _welcomed(request, services.welcome_newcomer(community, newcomer, actor=request.user))
    return page(request, "communities/add_new.html", place="people", community=community, form=form)


def _asked(request: MemberRequest, community: Community) -> dict[str, Any]:
    """What forms that add people need to know of who asks."""
    return {
        "actor": request.user,
        "community": community,
        "gives_roles": "give_roles" in rights_in(request.user, community),
    }


def _welcomed(request: MemberRequest, membership: Membership) -> HttpResponse:
    words = {"person": membership.person.name, "community": membership.community.name}
    undo = reverse("communities:undo_joining", args=[membership.pk])
    message = _("%(person)s is in %(community)s now.") % words
    return done(request, message, "communities:people", membership.community_id, undo=undo)


@members
@require_GET
def member(request: MemberRequest, pk: int, person_pk: int) -> HttpResponse:
    community = loading.seen(request, pk)
    person = get_object_or_404(people_for(request.user), pk=person_pk)
    held = get_list_or_404(
        selectors.memberships_of(person, request.user, inside=community).prefetch_related("pauses")
    )
    return page(
        request,
        "communities/member.html",
        place="people",
        community=community,
        person=person,
        memberships=held,
        mine=person.user_id == request.user.pk,
        rights=rights_in(request.user, community),
    )
