"""What every page loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from tejido.accounts.access import MemberRequest
from tejido.certificates import selectors
from tejido.certificates.models import Certificate
from tejido.certificates.policies import gatherings_seen_by
from tejido.communities.models import Community
from tejido.communities.policies import rights_in
from tejido.foundation.policies import can
from tejido.gatherings.models import Gathering
from tejido.web.responses import page


def gathering(request: MemberRequest, pk: int, right: str = "record") -> Gathering:
    """The gathering, for whoever has this right in its community. Two queries."""
    rows = Gathering.objects.filter(gatherings_seen_by(request.user, right))
    found = get_object_or_404(rows.select_related("community__parent", "series"), pk=pk)
    found.rights_of_reader = rights_in(request.user, found.community)
    return found


def certificate(request: MemberRequest, pk: int) -> Certificate:
    """One certificate, for whose it is and the team. One query."""
    return get_object_or_404(selectors.certificates_seen(request.user), pk=pk)


def certificate_to_revoke(request: MemberRequest, pk: int) -> Certificate:
    """One certificate, for whoever runs its community. Two queries."""
    found = certificate(request, pk)
    if not can(request.user, "certificates.run", found.rule.community):
        raise Http404
    return found


def shown(request: MemberRequest, template: str, community: Community, **more: Any) -> HttpResponse:
    """A page inside the community."""
    return page(request, template, community=community, place="gatherings", **more)
