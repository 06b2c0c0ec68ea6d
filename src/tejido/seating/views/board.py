"""The tables of a gathering: looked at, proposed, changed, confirmed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.errors import Refusal
from tejido.seating import selectors, services, wording
from tejido.seating.selectors import Option, Standing
from tejido.seating.views import loading
from tejido.web.responses import done, refused

BOARD = "seating:board"
MOST_OPTIONS = 12


@members
def board(request: MemberRequest, pk: int) -> HttpResponse:
    """The tables of one round with what speaks against each; ?round=2 for another."""
    found, plan = loading.gathering(request, pk)
    if plan is None or plan.proposed_at is None:
        return loading.shown(request, "seating/start.html", found, plan=plan)
    standing = selectors.standing_of(plan)
    number = loading.number_in(request.GET.get("round"), max(standing.rounds, default=1))
    there = set(selectors.people_for(plan))
    context = {"plan": plan, "number": number, "rounds": list(standing.rounds)}
    context |= {"rolling": 0 if plan.reachable else len(selectors.who_need_reach(found) & there)}
    context |= {"late": len(there - set(standing.people)), "away": len(set(standing.people) - there)}
    return loading.shown(request, "seating/board.html", found, tables=_tables(standing, number), **context)


def _tables(standing: Standing, number: int) -> list[dict[str, Any]]:
    judged = standing.judge(number)
    return [
        {
            "number": table,
            "people": [(pk, standing.traits[pk]) for pk in people],
            "against": wording.against(judged[table], standing.traits),
        }
        for table, people in standing.tables(number).items()
    ]


@members
@require_POST
def propose(request: MemberRequest, pk: int) -> HttpResponse:
    """New tables for everybody."""
    plan = loading.plan_changing(request, pk)
    try:
        found = services.propose(plan, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "seating:settings", pk)
    said = [_("The tables are proposed."), *wording.unmet(found)]
    if found.proved:
        said.append(_("Better tables for these wishes are not possible."))
    return done(request, " ".join(said), BOARD, pk)


@members
@require_POST
def reseat(request: MemberRequest, pk: int) -> HttpResponse:
    """Late-comers and those who stay away, with the fewest moves; `settled` first rounds stay."""
    plan = loading.plan_changing(request, pk)
    settled = request.POST.get("settled", "")
    try:
        moved = services.reseat(plan, settled=int(settled) if settled.isdecimal() else 0, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, BOARD, pk)
    said = ngettext(
        "Done: %(count)d person who had a place changes tables.",
        "Done: %(count)d people who had a place change tables.",
        moved,
    )
    return done(request, said % {"count": moved}, BOARD, pk)


@members
@require_POST
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the tables down as they stand."""
    plan = loading.plan_changing(request, pk)
    try:
        services.confirm(plan, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, BOARD, pk)
    said = _("The tables are confirmed. Each person sees their own on the page of the gathering.")
    return done(request, said, "gatherings:tables", pk)


@members
def person(request: MemberRequest, pk: int, number: int, person_pk: int) -> HttpResponse:
    """Where else one person could sit in a round, with what would change; sending does it."""
    plan = loading.plan_changing(request, pk)
    standing = selectors.standing_of(plan)
    if person_pk not in standing.rounds.get(number, {}):
        raise Http404
    if request.method == "POST":
        return _move(request, plan, number, person_pk)
    every = request.GET.get("all") == "1"
    context = _options(standing, number, person_pk, most=0 if every else MOST_OPTIONS)
    return loading.shown(request, "seating/person.html", plan.gathering, **context)


@members
@require_GET
def options(request: MemberRequest, pk: int, number: int, person_pk: int) -> HttpResponse:
    """The same for the board that is changed by hand: table, swap (0: nobody) and a sentence for each option."""
    standing = selectors.standing_of(loading.plan_changing(request, pk))
    if person_pk not in standing.rounds.get(number, {}):
        raise Http404
    found = _options(standing, number, person_pk, most=0)["options"]
    rows = [{"table": one["table"], "swap": one["swap"], "said": wording.option_words(one)} for one in found]
    return JsonResponse({"options": rows})


def _options(standing: Standing, number: int, person_pk: int, *, most: int) -> dict[str, Any]:
    options = selectors.options_for(standing, number, person_pk)
    shown = options[:most] if most else options
    return {
        "number": number,
        "person_pk": person_pk,
        "trait": standing.traits[person_pk],
        "at": standing.rounds[number][person_pk],
        "options": [_option(one, standing, person_pk, number) for one in shown],
        "more": len(options) - len(shown),
    }


def _option(option: Option, standing: Standing, person_pk: int, number: int) -> dict[str, Any]:
    words, tone = wording.change_words(option.change)
    there = [one for one in standing.tables(number)[option.table] if one != option.swap]
    said = wording.against(option.there, standing.traits)
    alone = wording.alone(person_pk, there, standing.traits)
    return {
        "table": option.table,
        "swap": option.swap,
        "with": standing.traits[option.swap].name if option.swap else "",
        "words": words,
        "tone": tone,
        "against": [*said, alone] if alone else said,
        "aloud": [*said[:2], alone] if alone else said[:2],
    }


def _move(request: HttpRequest, plan: Any, number: int, person_pk: int) -> HttpResponse:
    sent = {key: request.POST.get(key, "") for key in ("table", "swap")}
    chosen = {key: int(text) for key, text in sent.items() if text.isdecimal() and len(text) < 19}
    back = reverse(BOARD, args=[plan.gathering_id])
    try:
        services.move(plan, number, person_pk, actor=request.user, **chosen)  # type: ignore[arg-type]
    except Refusal as refusal:
        return refused(request, refusal, f"{back}?round={number}")
    undo = reverse("seating:take_back", args=[plan.gathering_id])
    return done(request, _("Changed."), f"{back}?round={number}", undo=undo)


@members
@require_POST
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Undo the last change by hand."""
    if services.take_back(loading.plan_changing(request, pk), actor=request.user):
        return done(request, _("The last change is taken back."), BOARD, pk)
    return redirect(BOARD, pk)
