"""Rounds of buddies, for whoever runs the community; one's own buddies, for everybody."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.buddies import selectors, services
from tejido.buddies.forms.rounds import RoundForm
from tejido.buddies.models import Pair, Partner
from tejido.buddies.views import loading
from tejido.communities.policies import rights_in
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, page, refusals_on, refused

HERE, ALL = "buddies:round", "buddies:buddies"
ON_A_PAGE = 25


@members
@require_GET
def buddies(request: MemberRequest, pk: int) -> HttpResponse:
    """The reader's own buddy, and the rounds for whoever runs the community."""
    community = loading.community(request, pk)
    runs = "run" in rights_in(request.user, community)
    more: dict[str, Any] = {"runs": runs, "mine": list(selectors.my_pairs(request.user, community))}
    if runs:
        more["rounds"] = list(selectors.rounds_in(community)[:20])
        more["waiting"] = selectors.open_people(community).count()
        more["form"] = RoundForm()
    return loading.shown(request, "buddies/buddies.html", community, **more)


@members
@require_POST
def open_round(request: MemberRequest, pk: int) -> HttpResponse:
    """Propose pairs, to be looked at first."""
    community = loading.community(request, pk, "run")
    form = RoundForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            until = form.cleaned_data["answer_by"]
            found = services.open_round(community, actor=request.user, answer_by=until, weeks=form.weeks())
            return redirect(HERE, found.pk)
    more: dict[str, Any] = {
        "runs": True,
        "mine": [],
        "rounds": selectors.rounds_in(community)[:20],
        "form": form,
    }
    more["waiting"] = selectors.open_people(community).count()
    return page(request, "buddies/buddies.html", place="people", community=community, **more)


@members
@require_GET
def wave(request: MemberRequest, pk: int) -> HttpResponse:
    """The proposals of a round with why, or how its pairs are doing."""
    found = loading.wave(request, pk)
    states = selectors.states_of(found)
    state = request.GET.get("state", "")
    state = state if state in Pair.State.values else ("proposed" if states["proposed"] else "")
    rows = Paginator(selectors.pairs_of(found, (state,) if state else ()), ON_A_PAGE)
    shown = rows.get_page(request.GET.get("page"))
    pairs = [(one, selectors.why([each.person for each in one.members], one.km)) for one in shown]  # type: ignore[attr-defined]
    chips = [(key, words, states[key]) for key, words in Pair.State.choices if states[key]]
    more = {"round": found, "pairs": pairs, "shown": shown, "chips": chips, "state": state}
    more["waiting"] = selectors.open_people(found.community).count()
    return loading.shown(request, "buddies/round.html", found.community, **more)


@members
@require_POST
def propose(request: MemberRequest, pk: int) -> HttpResponse:
    """Pairs among everybody who waits."""
    found = loading.wave(request, pk)
    try:
        count = services.propose_pairs(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    said = ngettext("%(count)d pair is proposed.", "%(count)d pairs are proposed.", count)
    return done(request, said % {"count": count}, HERE, pk)


@members
@require_POST
def send(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask them."""
    found = loading.wave(request, pk)
    try:
        count = services.send_proposals(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    said = ngettext("%(count)d pair is asked.", "%(count)d pairs are asked.", count)
    return done(request, said % {"count": count}, HERE, pk)


@members
@require_POST
def swap(request: MemberRequest, pk: int) -> HttpResponse:
    """Exchange the two who are ticked."""
    found = loading.wave(request, pk)
    keys = [int(key) for key in request.POST.getlist("partner") if key.isdigit()]
    ticked = list(Partner.objects.filter(pair__round=found, pk__in=keys))
    try:
        if len(ticked) != 2:
            raise Refusal("not_to_swap", _("Tick two people of two different proposals, and swap them."))
        services.swap(found, *ticked, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    return done(request, _("The two are exchanged."), HERE, pk)


@members
@require_POST
def leave_out(request: MemberRequest, pk: int, partner_pk: int) -> HttpResponse:
    """Somebody is not proposed now."""
    found = loading.wave(request, pk)
    partner = get_object_or_404(Partner.objects.filter(pair__round=found), pk=partner_pk)
    try:
        services.leave_out(partner, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    return done(request, _("This person is left out for now."), HERE, pk)


@members
@require_POST
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """Nobody is asked any more."""
    found = loading.wave(request, pk)
    services.close_round(found, actor=request.user)
    return done(request, _("The round is closed. Pairs that are together stay so."), ALL, found.community_id)


@members
@require_POST
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    """On to the page of the reader's own pair, by a link of their own."""
    partner = get_object_or_404(selectors.my_pairs(request.user), pk=pk)
    return redirect(services.link_of_my_own(partner, actor=request.user))
