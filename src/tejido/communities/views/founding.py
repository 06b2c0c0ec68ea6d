"""A new community: a network, or a node, a commission, a team inside one."""

from __future__ import annotations

import re
from typing import Any, cast

from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from tejido.accounts.access import MemberRequest, members
from tejido.communities import services
from tejido.communities.forms import CommunityForm
from tejido.communities.models import Community
from tejido.communities.services import CommunityFields
from tejido.communities.views import loading
from tejido.foundation.policies import can
from tejido.web.responses import done, page, refusals_on
from tejido.web.zones import zone_of_country


@members
def found(request: MemberRequest) -> HttpResponse:
    if not can(request.user, "communities.found", None):
        raise Http404
    first = {
        "kind": Community.Kind.NETWORK,
        "language": translation.get_language(),
        "time_zone": _zone(request),
    }
    return _founding(request, None, first)


@members
def found_below(request: MemberRequest, pk: int) -> HttpResponse:
    under = loading.held(request, pk, "found_below")
    first = {"kind": Community.Kind.NODE, "language": under.language, "time_zone": under.time_zone}
    return _founding(request, under, first)


def _zone(request: MemberRequest) -> str:
    """The time zone that a new network has most likely: of the country that the reader's browser names, else not known."""
    named = re.search(r"\b[a-z]{2}-([A-Z]{2})\b", request.headers.get("accept-language", ""))
    return zone_of_country(named.group(1)) if named else ""


def _founding(request: MemberRequest, under: Community | None, first: dict[str, Any]) -> HttpResponse:
    form = CommunityForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            fields = cast(CommunityFields, form.cleaned_data)
            made = services.found_community(fields, under=under, actor=request.user)
            return done(
                request,
                _("%(community)s is open.") % {"community": made.name},
                "communities:overview",
                made.pk,
            )
    return page(request, "communities/found.html", place="communities", community=under, form=form)
