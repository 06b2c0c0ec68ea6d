"""The page on which somebody votes by her own link: without an account, without a script."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from tejido.accounts.access import public
from tejido.accounts.services import system_account
from tejido.consultations import selectors, services
from tejido.consultations.forms.ballots import BallotForm, Line
from tejido.consultations.models import Consultation, Voter
from tejido.consultations.selectors.outcomes import places_of
from tejido.consultations.wording import told
from tejido.foundation.errors import Refusal
from tejido.web.responses import page, refusals_on

NO_VOTE = "consultations/no_vote.html"


@public
def vote(request: HttpRequest, token: str) -> HttpResponse:
    """The ballot; cast, what became of it; after the closing, what was decided."""
    voter = selectors.door_of(token)
    if voter is None:
        return _shown(request, NO_VOTE, 404, why="unknown", voter=None)
    if not selectors.is_open(voter.consultation) or (_has_cast(request, voter) and request.method != "POST"):
        return _after(request, voter)
    form, lines = _ballot(request, voter)
    if form.is_valid():
        with refusals_on(form):
            services.vote(voter, form.chosen(), actor=system_account())
            return redirect("consultations:vote", token)
    more = {"consultation": voter.consultation, "form": form, "lines": lines}
    return _shown(request, "consultations/vote.html", 422 if form.is_bound else 200, voter=voter, **more)


def _has_cast(request: HttpRequest, voter: Voter) -> bool:
    """Whether the ballot is in the urn, and the voter does not come to change it."""
    for_good = voter.consultation.secret or voter.on_paper
    return voter.has_voted and (for_good or "change" not in request.GET)


def _ballot(request: HttpRequest, voter: Voter) -> tuple[BallotForm, list[Line]]:
    found = voter.consultation
    proposals = list(selectors.standing_proposals(found))
    sent = (request.POST,) if request.method == "POST" else ()
    form = BallotForm(*sent, consultation=found, proposals=proposals, chosen=places_of(voter))
    return form, form.lines(selectors.authors_of(proposals))


def _after(request: HttpRequest, voter: Voter) -> HttpResponse:
    """What a voter reads who has voted, or comes too late or too early."""
    found = voter.consultation
    count = selectors.count_of(found)
    why = "open" if selectors.is_open(found) else ("over" if count else found.state)
    shown: dict[str, Any] = {
        "voter": voter,
        "consultation": found,
        "why": why,
        "is_late": request.method == "POST",
        "told": told(found, count) if count else None,
        "may_change": why == "open" and not found.secret and not voter.on_paper,
        "nodes": selectors.chosen_nodes(found) if count else [],
        "mine": selectors.node_of_choice(found).get(voter.person_id) if count else None,
    }
    return _shown(request, NO_VOTE, 200, **shown)


@public
@require_POST
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The voter joins a node that was founded from the vote."""
    voter = selectors.door_of(token)
    if voter is None:
        raise Http404
    key = request.POST.get("proposal", "")
    proposals = voter.consultation.proposals.select_related("node")
    proposal = get_object_or_404(proposals, pk=key if key.isdigit() else 0)
    shown: dict[str, Any] = {"voter": voter, "consultation": voter.consultation}
    try:
        services.join_node(voter, proposal, actor=system_account())
    except Refusal as refusal:
        return _shown(request, NO_VOTE, 422, why="refused", refusal=refusal.message, **shown)
    return _shown(request, NO_VOTE, 200, why="joined", node=proposal.node, **shown)


def _shown(request: HttpRequest, template: str, status: int, **shown: Any) -> HttpResponse:
    """A page that nobody keeps: the next person on this phone gets one of their own. Times are the community's."""
    found: Consultation | None = shown.get("consultation")
    with timezone.override(zoneinfo.ZoneInfo(found.community.time_zone) if found else None):
        response = page(request, template, **shown)
    response.status_code = status
    patch_cache_control(response, private=True, no_cache=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
