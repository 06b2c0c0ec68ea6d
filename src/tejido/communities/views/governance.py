"""How a community governs itself: one door for each of the ways, filled by the domains that know them."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.communities.policies import rights_in
from tejido.communities.views import loading
from tejido.web.responses import page


@members
@require_GET
def governance(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.seen(request, pk)
    community.rights_of_reader = rights_in(request.user, community)
    return page(request, "communities/governance.html", place="governance", community=community)
