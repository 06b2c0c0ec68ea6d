"""Choosing among applications, telling people, taking them in, passing a place on."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.calls import selectors, services
from tejido.calls.forms.choosing import ChoiceForm, RestForm, suggested
from tejido.calls.models import Application, OpenCall
from tejido.calls.policies import choosable_by
from tejido.calls.views import loading
from tejido.calls.wording import by_phone, matched_by, places_told
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, refused

HERE = "calls:choose"
State = Application.State


@members
def choose(request: MemberRequest, pk: int) -> HttpResponse:
    """Every application with what may be decided about it, in one page; POST: decide all of it in one deed."""
    found = loading.call(request, pk, "manage")
    table = selectors.table_of(found, request.user)
    data = request.POST if request.method == "POST" else None
    hint = suggested(table.rows, found.places) if "suggest" in request.GET else {}
    lines = [
        {"row": row, "form": ChoiceForm.of(row, data, hint.get(row.application.pk, ""))} for row in table.rows
    ]
    rest = RestForm(data, prefix="rest")
    if data is None:
        return _table(request, found, lines, rest)
    return _decide(request, found, lines, rest)


def _table(
    request: MemberRequest, found: OpenCall, lines: list[dict[str, Any]], rest: RestForm, wrong: str = ""
) -> HttpResponse:
    standing = _standing(found, [line["row"].application for line in lines])
    shown = {"lines": lines, "rest": rest, "wrong": wrong, **standing}
    response = loading.shown(request, "calls/choose.html", found, **shown)
    response.status_code = 422 if wrong else 200
    return response


def _standing(found: OpenCall, rows: list[Application]) -> dict[str, Any]:
    """What was decided so far, and what follows from it."""
    by_hand = [one for one in rows if one.told_at and one.phone and not one.email and not one.membership_id]
    return {
        "taken": places_told(found, sum(one.state == State.ACCEPTED for one in rows)),
        "is_over": selectors.is_over(found),
        "untold": sum(one.state in Application.CHOSEN and not one.told_at for one in rows),
        "to_take_in": sum(one.state == State.ACCEPTED and not one.membership_id for one in rows),
        "free": selectors.free_places(found),
        "follows": selectors.next_in_line(found),
        "by_phone": [by_phone(one) for one in by_hand],
    }


def _decide(
    request: MemberRequest, found: OpenCall, lines: list[dict[str, Any]], rest: RestForm
) -> HttpResponse:
    if not all(form.is_valid() for form in (rest, *(line["form"] for line in lines))):
        return _table(
            request, found, lines, rest, _("Something in one of the lines does not fit. Look at it again.")
        )
    choices = [choice for line in lines if (choice := line["form"].changed_choice(line["row"]))]
    choices += rest.choices_for((line["row"], line["form"]) for line in lines)
    if not choices:
        return done(request, _("Nothing was changed."), HERE, found.pk)
    try:
        count = services.choose(found, choices, actor=request.user)
    except Refusal as refusal:
        return _table(request, found, lines, rest, refusal.message)
    return done(request, _kept(count), HERE, found.pk)


def _kept(count: int) -> str:
    said = ngettext(
        "%(count)d decision is kept. Nobody is told yet.",
        "%(count)d decisions are kept. Nobody is told yet.",
        count,
    )
    return said % {"count": count}


@members
@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """What was decided about one is open again."""
    found = loading.application(request, pk, "choose")
    try:
        services.undo_choice(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, found.call_id)
    said = _("This is undecided again. If it was told already, write to the person.")
    return done(request, said, HERE, found.call_id)


@members
@require_POST
def tell(request: MemberRequest, pk: int) -> HttpResponse:
    """Letters, and everybody reads it on their page."""
    found = loading.call(request, pk, "manage")
    try:
        told, written = services.tell_applicants(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    said = ngettext(
        "%(told)d person can read it now; %(written)d by letter.",
        "%(told)d people can read it now; %(written)d of them by letter.",
        told,
    )
    return done(request, said % {"told": told, "written": written}, HERE, pk)


@members
@require_POST
def give_on(request: MemberRequest, pk: int) -> HttpResponse:
    """The free place goes to the next in the line."""
    found = loading.call(request, pk, "manage")
    try:
        given = services.give_place_on(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    said = _("The place goes to %(name)s, who is told now.") % {"name": given.name}
    return done(request, said, "calls:welcome", pk)


@members
@require_GET
def welcome(request: MemberRequest, pk: int) -> HttpResponse:
    """Who was accepted and is not taken in yet, with whom they may be in the directory."""
    from tejido.calls.selectors.doubles import likely_people  # loads numpy

    found = loading.call(request, pk, "manage")
    waiting = list(_accepted(request, found))
    likely = likely_people(waiting, request.user) if waiting else {}
    rows = [
        {
            "application": one,
            "likely": [(each, matched_by(each.reasons)) for each in likely.get(one.pk, [])],
        }
        for one in waiting
    ]
    new = [row for row in rows if not row["likely"]]
    return loading.shown(request, "calls/welcome.html", found, rows=rows, new=len(new))


def _accepted(request: MemberRequest, found: OpenCall) -> Any:
    mine = selectors.applications_of(found, request.user).filter(choosable_by(request.user))
    return mine.filter(state=State.ACCEPTED, membership=None)


@members
@require_POST
def take_in(request: MemberRequest, pk: int) -> HttpResponse:
    """One of them is this person, or is new."""
    found = loading.application(request, pk, "choose")
    chosen = request.POST.get("person", "")
    person = get_object_or_404(Person, pk=chosen) if chosen.isdigit() else None
    try:
        services.take_in(found, person, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "calls:welcome", found.call_id)
    said = _("%(name)s belongs to it now.") % {"name": found.name}
    return done(request, said, "calls:welcome", found.call_id)


@members
@require_POST
def take_in_new(request: MemberRequest, pk: int) -> HttpResponse:
    """Everybody who is like nobody in the directory, in one tap."""
    from tejido.calls.selectors.doubles import likely_people  # loads numpy

    found = loading.call(request, pk, "manage")
    waiting = list(_accepted(request, found))
    likely = likely_people(waiting, request.user) if waiting else {}
    new = [one for one in waiting if not likely.get(one.pk)]
    try:
        for one in new:
            services.take_in(one, None, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "calls:welcome", pk)
    said = ngettext("%(count)d person was taken in.", "%(count)d people were taken in.", len(new))
    return done(request, said % {"count": len(new)}, "calls:welcome", pk)
