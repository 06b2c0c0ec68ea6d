"""The reader's communities, and one of them: what it is, who coordinates it, what happened lately."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from tejido.accounts.access import MemberRequest, members
from tejido.communities import selectors, services
from tejido.communities.forms import CharterForm
from tejido.communities.policies import rights_in
from tejido.communities.views import loading
from tejido.foundation import sentences
from tejido.web.responses import done, page, refusals_on

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


@members
def charter(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.held(request, pk, "run")
    form = CharterForm(request.POST or None, initial={"text": community.charter})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.write_charter(community, form.cleaned_data["text"], actor=request.user)
            return done(request, _("The charter is saved."), "communities:overview", pk)
    return page(request, "communities/charter.html", place="overview", community=community, form=form)
