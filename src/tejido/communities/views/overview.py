"""The reader's communities, and one of them: what it is, who coordinates it, what happened lately."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from tejido.accounts.access import MemberRequest, members
from tejido.communities import selectors
from tejido.communities.policies import rights_in
from tejido.foundation import sentences
from tejido.web.responses import page

LATELY = 5


@members
def communities(request: MemberRequest) -> HttpResponse:
    return page(
        request,
        "communities/communities.html",
        place="communities",
        communities=selectors.my_communities(request.user),
    )


@members
def overview(request: MemberRequest, pk: int) -> HttpResponse:
    around = selectors.surroundings(pk, request.user)
    if around is None:
        raise Http404
    community = around.here
    rights = community.rights_of_reader = rights_in(request.user, community)
    return page(
        request,
        "communities/overview.html",
        **_standing(around),
        rights=rights,
        team=selectors.team_of(community),
        lately=_lately(request, around),
    )


def _standing(around: selectors.Surroundings) -> dict[str, Any]:
    """Where the page stands: the breadcrumbs name all that is above, not the parent alone."""
    return {"place": "overview", "community": around.here, "above": around.above, "around": around}


def _lately(request: MemberRequest, around: selectors.Surroundings) -> list[sentences.HistoryItem]:
    entries, _more = sentences.first_lines(selectors.history_of(around.here, request.user), LATELY)
    return sentences.read(entries, reader=request.user, known={"communities.Community": around.names})
