"""Opening the vote, who may vote and their links, papers, closing."""

from __future__ import annotations

import zoneinfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.consultations import selectors, services
from tejido.consultations.forms.asking import ExtendForm, OpenForm
from tejido.consultations.forms.ballots import BallotForm
from tejido.consultations.services.opening import papers_missing
from tejido.consultations.views import loading
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, refusals_on, refused

HERE = "consultations:consultation"


@members
def open_vote(request: MemberRequest, pk: int) -> HttpResponse:
    """Fix who votes and until when, and let them."""
    found = loading.consultation(request, pk, "manage")
    with timezone.override(zoneinfo.ZoneInfo(found.community.time_zone)):
        form = OpenForm(request.POST or None)
        if form.is_valid():
            given = form.cleaned_data
            with refusals_on(form):
                services.open_voting(
                    found, actor=request.user, roles=given["roles"], closes_at=given["closes_at"]
                )
                return done(request, _("The vote is open. Hand out the links."), "consultations:voters", pk)
        number = selectors.electorate(found.community).count()
        return loading.shown(request, "consultations/open.html", found, form=form, number=number)


@members
def extend(request: MemberRequest, pk: int) -> HttpResponse:
    """More time for the vote."""
    found = loading.consultation(request, pk, "manage")
    with timezone.override(zoneinfo.ZoneInfo(found.community.time_zone)):
        form = ExtendForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            with refusals_on(form):
                services.extend_voting(found, form.cleaned_data["closes_at"], actor=request.user)
                return done(request, _("There is more time to vote."), HERE, pk)
        return loading.shown(request, "consultations/extend.html", found, form=form)


@members
@require_POST
def close(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.consultation(request, pk, "manage")
    try:
        services.close_voting(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    return done(request, _("The vote is closed and counted."), HERE, pk)


@members
@require_POST
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.consultation(request, pk, "manage")
    try:
        services.withdraw_consultation(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    return done(request, _("The question is withdrawn."), HERE, pk)


@members
def voters(request: MemberRequest, pk: int) -> HttpResponse:
    """Who is on the list; POST: everybody's own link. Who has voted is shown only where the vote is open to all eyes."""
    found = loading.consultation(request, pk, "manage")
    links = services.personal_links(found, actor=request.user) if request.method == "POST" else {}
    people = [
        {
            "person": one.person,
            "voted": one.has_voted and not found.secret,
            "link": links.get(one.person_id, ""),
        }
        for one in selectors.voters_of(found)
    ]
    shown = {"people": people, "turnout": selectors.turnout_of(found), "is_open": selectors.is_open(found)}
    return loading.shown(request, "consultations/voters.html", found, **shown)


@members
@require_POST
def call(request: MemberRequest, pk: int) -> HttpResponse:
    """Write to everybody who has not voted."""
    found = loading.consultation(request, pk, "manage")
    try:
        count = services.call_to_vote(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "consultations:voters", pk)
    said = ngettext("%(count)d letter is on its way.", "%(count)d letters are on their way.", count)
    nobody = _("Nobody who has not voted has an e-mail address here. Send the links instead.")
    return done(request, said % {"count": count} if count else nobody, "consultations:voters", pk)


@members
def paper(request: MemberRequest, pk: int) -> HttpResponse:
    """Who handed in a paper, and what stands on the papers. POST: mark those who did."""
    found = loading.consultation(request, pk, "manage")
    if request.method == "POST":
        keys = [int(key) for key in request.POST.getlist("voter") if key.isdigit()]
        try:
            count = services.mark_paper_voters(found, keys, actor=request.user)
        except Refusal as refusal:
            return refused(request, refusal, HERE, pk)
        said = ngettext("%(count)d voter is marked.", "%(count)d voters are marked.", count)
        return done(request, said % {"count": count}, "consultations:paper", pk)
    return _papers(request, pk, None)


@members
@require_POST
def type_in(request: MemberRequest, pk: int) -> HttpResponse:
    """One paper goes into the urn."""
    found = loading.consultation(request, pk, "manage")
    form = BallotForm(request.POST, consultation=found, proposals=list(selectors.standing_proposals(found)))
    whose = request.POST.get("voter", "")
    voter = get_object_or_404(found.voters, pk=whose) if whose.isdigit() else None
    if form.is_valid():
        with refusals_on(form):
            services.type_in_paper(found, form.chosen(), actor=request.user, voter=voter)
            return done(request, _("The paper is in the urn."), "consultations:paper", pk)
    return _papers(request, pk, form)


def _papers(request: MemberRequest, pk: int, form: BallotForm | None) -> HttpResponse:
    found = loading.consultation(request, pk, "manage")
    proposals = list(selectors.standing_proposals(found))
    form = form or BallotForm(consultation=found, proposals=proposals)
    rows = list(selectors.voters_of(found))
    return loading.shown(
        request,
        "consultations/paper.html",
        found,
        form=form,
        lines=form.lines(selectors.authors_of(proposals)),
        waiting=[one for one in rows if not one.has_voted],
        handed_in=[] if found.secret else [one for one in rows if one.on_paper],
        missing=papers_missing(found),
    )


@members
@require_POST
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    """On to the page where the reader votes, by a link of her own."""
    found = loading.consultation(request, pk, "vote")
    return redirect(services.link_of_my_own(found, actor=request.user))
