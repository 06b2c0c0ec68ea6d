"""The consultations of a community, a new one, and one of them with its proposals or its count."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.communities.policies import has_right
from tejido.consultations import selectors, services
from tejido.consultations.forms.asking import AskForm, ProposeForm, SurveyForm, WallForm, notes_of
from tejido.consultations.models import Consultation, Proposal
from tejido.consultations.selectors.surveys import notes_from, open_questions
from tejido.consultations.values import Note
from tejido.consultations.views import loading
from tejido.consultations.wording import told
from tejido.directory.models import Person
from tejido.foundation.policies import can
from tejido.web.responses import done, page, refusals_on


@members
@require_GET
def consultations(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.community(request, pk)
    return page(
        request,
        "consultations/consultations.html",
        place="governance",
        community=community,
        consultations=selectors.consultations_in(community, request.user)[:100],
        waiting=selectors.waiting_votes(request.user).filter(community=community),
        runs=has_right(request.user, community, "run"),
    )


@members
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """A new question, with the proposals that are there already."""
    community = loading.community(request, pk, "run")
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = services.ask(community, form.asked(), actor=request.user)
            notes = notes_of(form.cleaned_data["wall"])
            if notes:
                services.write_down_proposals(made, notes, actor=request.user)
            return done(request, _("The question is put."), "consultations:consultation", made.pk)
    return page(request, "consultations/ask.html", place="governance", community=community, form=form)


@members
@require_GET
def consultation(request: MemberRequest, pk: int) -> HttpResponse:
    """The question: its proposals, the open vote, or what was decided and how."""
    found = loading.consultation(request, pk)
    proposals = list(selectors.standing_proposals(found))
    shown = {
        "proposals": proposals,
        "authors": selectors.authors_of(proposals),
        "merged": selectors.merged_away(found),
        "is_open": selectors.is_open(found),
    }
    mine, urn = _rights(request, found), _urn(found, proposals)
    found.managed_by_reader = bool(mine["manages"])
    return loading.shown(
        request, "consultations/consultation.html", found, form=ProposeForm(), **shown, **mine, **urn
    )


def _rights(request: MemberRequest, found: Consultation) -> dict[str, Any]:
    collects = found.state == Consultation.State.COLLECTING
    return {
        "manages": can(request.user, "consultations.manage", found),
        "may_propose": collects and can(request.user, "consultations.propose", found),
        "votes": found.voters.filter(person__user=request.user).first(),
    }


def _urn(found: Consultation, proposals: list[Proposal]) -> dict[str, Any]:
    """How many voted; once it is over, what was decided and what was founded from it."""
    count = selectors.count_of(found, proposals)
    if count is None:
        return {"turnout": selectors.turnout_of(found)}
    return {
        "turnout": count.turnout,
        "told": told(found, count),
        "nodes": [one for one in proposals if one.node],
    }


@members
@require_GET
def ballots(request: MemberRequest, pk: int) -> HttpResponse:
    """Who voted what, once an open vote is over."""
    found = loading.consultation(request, pk)
    count = None if found.secret else selectors.count_of(found)
    if count is None or not count.turnout.met:  # without quorum the vote may go on
        raise Http404
    return loading.shown(request, "consultations/ballots.html", found, ballots=selectors.ballots_shown(found))


@members
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Say the question otherwise, before the vote."""
    found = loading.consultation(request, pk, "manage")
    form = AskForm(request.POST or None, instance=found)
    del form.fields["wall"]
    if request.method == "POST" and form.is_valid():
        asked = form.asked()
        with refusals_on(form):
            services.change_question(Consultation.objects.get(pk=pk), asked, actor=request.user)
            return done(request, _("Saved."), "consultations:consultation", pk)
    found.refresh_from_db()  # the form wrote what was typed onto it
    return loading.shown(request, "consultations/change.html", found, form=form)


@members
def propose(request: MemberRequest, pk: int) -> HttpResponse:
    """One proposal, by a member or whoever runs the consultation."""
    found = loading.consultation(request, pk, "propose")
    form = ProposeForm(request.POST or None)
    if form.is_valid():
        author = Person.objects.filter(user=request.user).first()
        note = Note(form.cleaned_data["text"], form.cleaned_data["detail"], author)
        with refusals_on(form):
            services.propose(found, note, actor=request.user)
            return done(request, _("Your proposal is on the list."), "consultations:consultation", pk)
    return loading.shown(request, "consultations/propose.html", found, form=form)


@members
def wall(request: MemberRequest, pk: int) -> HttpResponse:
    """Many proposals at once, typed in from notes on a wall."""
    found = loading.consultation(request, pk, "manage")
    form = WallForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            services.write_down_proposals(found, form.notes(), actor=request.user)
            return done(request, _("The notes are on the list."), "consultations:consultation", pk)
    return loading.shown(request, "consultations/wall.html", found, form=form)


@members
def from_a_form(request: MemberRequest, pk: int) -> HttpResponse:
    """Proposals from the open answers to a form that was given out in this community."""
    found = loading.consultation(request, pk, "manage")
    questions = open_questions(found.community, request.user)
    form = SurveyForm(request.POST or None, choices=[(one.key, one.words) for one in questions])
    if form.is_valid():
        notes = notes_from(form.cleaned_data["question"], found.community, request.user)
        with refusals_on(form):
            source = Proposal.Source.SURVEY
            services.write_down_proposals(found, notes, actor=request.user, source=source)
            return done(request, _("The answers are on the list."), "consultations:consultation", pk)
    return loading.shown(request, "consultations/from_a_form.html", found, form=form, questions=questions)
