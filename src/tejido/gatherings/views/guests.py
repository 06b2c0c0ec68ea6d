"""Those who came without belonging: made members, or joined with the entry that they already have."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.communities.policies import rights_in
from tejido.foundation.policies import require
from tejido.gatherings import selectors
from tejido.gatherings.views.loading import community_for
from tejido.web.responses import page

PER_PAGE = 50


@members
@require_GET
def guests(request: MemberRequest, pk: int) -> HttpResponse:
    """For the team of the community; deeds are offered to those who may do them."""
    community = community_for(request, pk)
    require(request.user, "communities.record", community)
    shown = Paginator(selectors.guests_of(community), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "gatherings/guests.html",
        community=community,
        place="people",
        pages=shown,
        guests=selectors.shown_guests(list(shown.object_list), community, actor=request.user),
        rights=rights_in(request.user, community),
    )
