"""The closing act: one page, walked from top to bottom; each piece is saved by itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.agenda.selectors import in_one_question
from tejido.closing import selectors, services, wording
from tejido.closing.forms.pieces import (
    CloseForm,
    ContributorForm,
    DecisionForm,
    MinutesForm,
    NextForm,
    ReopenForm,
)
from tejido.closing.models import Contributor, Decision
from tejido.closing.selectors import Line, Ticket
from tejido.closing.values import Told
from tejido.closing.views import loading
from tejido.closing.views.saying import told_words
from tejido.directory.models import Organisation
from tejido.directory.services import add_organisation
from tejido.foundation.errors import Refusal
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import SheetLine, sheet, turnout_among
from tejido.gatherings.services import close_attendance
from tejido.instruments.selectors import language_for
from tejido.web.responses import done, refusals_on, refused
from tejido.web.sharing import sheet as share_sheet


@members
def closing(request: MemberRequest, pk: int) -> HttpResponse:
    """Attendance, minutes, decisions, commitments, organisations, photographs, exit ticket, next date, and the act itself."""
    return _shown(request, loading.gathering(request, pk))


def _shown(request: MemberRequest, found: Gathering, **forms: Form) -> HttpResponse:
    lines = sheet(found, schools=False)
    told = selectors.closing_of(found)
    return loading.shown(
        request,
        "closing/closing.html",
        found,
        closing=told,
        turnout=turnout_among(lines, found),
        readers=selectors.readers_among(lines),
        **_written(request, found, lines),
        **_times(found),
        **_forms(request, found) | forms,
    )


def _written(request: MemberRequest, found: Gathering, lines: list[SheetLine]) -> dict[str, Any]:
    """The rows of the closing. Seven queries at most."""
    told, ticket = selectors.closing_of(found), ticket_for(request, found, lines)
    decisions = list(selectors.decisions_of(found))
    promised = selectors.in_one_question(selectors.commitments_at(found), None)
    again = found.sealed_at is None and told.times > 0
    return {
        "decisions": [(one, DecisionForm(decision=one)) for one in decisions],
        "commitments": promised,
        "helpers": selectors.helpers_of(found),
        "ticket": ticket,
        "missing": wording.missing(told, len(decisions), promised, ticket),
        "changed": wording.changed_words(selectors.changed_since_reopening(found)) if again else "",
        "sheet": shared(found, [one.text for one in decisions], promised) if found.sealed_at else None,
    }


def _times(found: Gathering) -> dict[str, Any]:
    """The agenda with what it took. One query."""
    segments = in_one_question(found)
    return {
        "segments": segments,
        "untimed": sum(one.segment.actual_minutes is None for one in segments),
    }


def ticket_for(request: MemberRequest, found: Gathering, lines: list[SheetLine]) -> Ticket | None:
    """What the exit ticket came to, for this reader. Five queries at most."""
    given = selectors.given_at(found)
    if given is None:
        return None
    language = language_for(given.collection.version.spoken)
    reads = "run" in loading.rights(request, found)
    return selectors.ticket_of(given, sum(line.attended for line in lines), language, reads=reads)


def _forms(request: MemberRequest, found: Gathering) -> dict[str, Form]:
    told = selectors.closing_of(found)
    return {
        "minutes_form": MinutesForm.of(told),
        "decision_form": DecisionForm(),
        "contributor_form": ContributorForm(actor=request.user),
        "next_form": NextForm(initial={"next_on": told.next_on, "next_words": told.next_words}),
        "close_form": CloseForm(again=told.times > 0),
        "reopen_form": ReopenForm(),
    }


def shared(found: Gathering, decisions: list[str], promised: list[Line]) -> Any:
    """The text for WhatsApp with the page for members who sign in. No query."""
    url = settings.TEJIDO_URL + reverse("closing:summary", args=[found.pk])
    return share_sheet(found.title, url, lambda: wording.text_to_share(found, decisions, promised))


@loading.piece("attendance")
def confirm_attendance(request: MemberRequest, found: Gathering) -> str:
    """Attendance is right as it stands."""
    close_attendance(found, actor=request.user)
    return _("Attendance is closed.")


@members
@require_POST
def minutes(request: MemberRequest, pk: int) -> HttpResponse:
    """The minutes; where somebody else has written meanwhile, both stand on the page."""
    found = loading.gathering(request, pk)
    form = MinutesForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            services.write_minutes(found, **form.cleaned_data, actor=request.user)
            return done(request, _("The minutes are kept."), loading.here(pk, "minutes"))
    form.data = {**request.POST.dict(), "seen": selectors.closing_of(found).edition}  # theirs was read now
    return _again(request, found, minutes_form=form)


def _again(request: MemberRequest, found: Gathering, **forms: Form) -> HttpResponse:
    response = _shown(request, found, **forms)
    response.status_code = 422
    return response


def _clean(form: Form) -> dict[str, Any]:
    if not form.is_valid():
        first = next(iter(form.errors.values()))
        raise Refusal("not_understood", str(first[0]))
    return form.cleaned_data


@loading.piece("decisions")
def decide(request: MemberRequest, found: Gathering) -> str:
    """One decision more."""
    services.add_decision(found, _clean(DecisionForm(request.POST))["text"], actor=request.user)
    return _("The decision is written down.")


@loading.piece("decisions")
def decision(request: MemberRequest, found: Gathering, row: int) -> str:
    """A decision said otherwise, or taken out."""
    one = Decision.objects.filter(gathering=found, pk=row).first() or Decision(gathering=found)
    if "remove" in request.POST:
        services.remove_decision(one, actor=request.user)
        return _("The decision is taken out.")
    given = _clean(DecisionForm(request.POST))
    services.change_decision(one, given["text"], seen=given["seen"] or 0, actor=request.user)
    return _("The decision is written down.")


@members
@require_POST
def contribute(request: MemberRequest, pk: int) -> HttpResponse:
    """An organisation that gave something; where several fit what was typed, they stand on the page."""
    found = loading.gathering(request, pk)
    form = ContributorForm(request.POST, actor=request.user)
    if form.is_valid():
        with refusals_on(form):
            given = form.cleaned_data
            helper: Organisation = given["organisation"] or add_organisation(given["new"], actor=request.user)
            services.name_contributor(found, helper, given["what"], actor=request.user)
            said = _("%(name)s is written down.") % {"name": helper.name}
            return done(request, said, loading.here(pk, "organisations"))
    return _again(request, found, contributor_form=form)


@loading.piece("organisations")
def remove_contributor(request: MemberRequest, found: Gathering, row: int) -> str:
    """It gave nothing after all."""
    for one in Contributor.objects.filter(gathering=found, pk=row).select_related("gathering"):
        services.remove_contributor(one, actor=request.user)
    return _("Taken out.")


@loading.piece("next")
def next_time(request: MemberRequest, found: Gathering) -> str:
    """When people meet again."""
    given = _clean(NextForm(request.POST))
    services.say_when_next(found, given["next_on"], given["next_words"], actor=request.user)
    return _("Noted.")


@loading.piece("close")
def close(request: MemberRequest, found: Gathering) -> str:
    """The act itself."""
    tell = _clean(CloseForm(request.POST, again=False))["tell"] == "yes"
    told: Told = services.close_gathering(found, tell=tell, actor=request.user)
    return told_words(told, tell=tell)


@members
@require_POST
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Open it again, and say why."""
    found, form = loading.gathering(request, pk), ReopenForm(request.POST)
    try:
        services.reopen_gathering(found, _clean(form)["reason"], actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, loading.here(pk, "close"))
    return done(request, _("It is open again. The reason stands in the history."), loading.here(pk))
