"""Which networks belong to which by agreement: asking, accepting, ending, inviting by a link."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.alliances import selectors, services
from tejido.alliances.forms.joinings import AskForm, WhoForm
from tejido.alliances.views import loading
from tejido.communities.models import Community
from tejido.communities.policies import has_right, rights_in
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can
from tejido.web.responses import done, page, refusals_on, refused

LIST = "alliances:joinings"


@members
@require_GET
def joinings(request: MemberRequest, pk: int) -> HttpResponse:
    """Where a community belongs by agreement, and who belongs to it."""
    community = loading.community(request, pk)
    above, below = selectors.joinings_of(community, request.user)
    decides = "give_roles" in rights_in(request.user, community)
    more: dict[str, Any] = {
        "above": above,
        "below": below,
        "decides": decides,
        **_inviting(community, decides),
    }
    return loading.shown(request, "joinings", community, **more)


def _inviting(community: Community, decides: bool) -> dict[str, Any]:
    is_upper = community.kind == Community.Kind.NETWORK_OF_NETWORKS
    link = selectors.open_link_of(community) if is_upper and decides else None
    return {"is_upper": is_upper, "link": services.link_address(link) if link else ""}


@members
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """A community asks to join a network of networks that the reader knows."""
    community = loading.community(request, pk, "give_roles")
    form = AskForm(request.POST or None, uppers=selectors.networks_to_join(request.user).exclude(pk=pk))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.ask_to_join(community, form.cleaned_data["upper"], actor=request.user)
            return done(request, _("It was asked. The other side answers now."), LIST, pk)
    return loading.shown(request, "ask", community, form=form)


@members
def by_link(request: MemberRequest, token: str) -> HttpResponse:
    """Who was sent the link of a network of networks asks for one of their communities to join it."""
    link = selectors.link_behind(token)
    if link is None:
        raise Http404
    mine = selectors.communities_that_may_join(request.user).exclude(pk=link.upper_id)
    form = WhoForm(request.POST or None, members=mine)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            member = form.cleaned_data["member"]
            services.ask_to_join(member, link.upper, actor=request.user, link=link)
            return done(request, _("It was asked. The other side answers now."), LIST, member.pk)
    context = {"upper": link.upper, "any": mine.exists(), "place": "communities"}
    return page(request, "alliances/by_link.html", form=form, **context)


@members
@require_POST
def open_link(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.community(request, pk, "give_roles")
    try:
        services.open_link(community, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, LIST, pk)
    return done(
        request, _("There is a new link. Send it to whoever coordinates the other network."), LIST, pk
    )


@members
@require_POST
def close_link(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.community(request, pk, "give_roles")
    services.close_link(community, actor=request.user)
    return done(request, _("The link works no more."), LIST, pk)


@members
@require_POST
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.joining(request, pk)
    if not can(request.user, "alliances.take_in", found.upper):
        raise Http404
    try:
        services.accept_joining(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, LIST, found.upper_id)
    message = _("%(community)s belongs here now. It chooses itself what it shares.")
    return done(request, message % {"community": found.member.name}, LIST, found.upper_id)


@members
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """Either side: end it, decline it, withdraw it."""
    found = loading.joining(request, pk)
    of_member = has_right(request.user, found.member, "give_roles")
    if not of_member and not can(request.user, "alliances.take_in", found.upper):
        raise Http404
    services.end_joining(found, actor=request.user)
    back = found.member_id if of_member else found.upper_id
    return done(request, _("It is over, and nothing is shared any more."), LIST, back)
