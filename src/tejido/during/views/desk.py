"""The desk of the team: ask, see what came, look at what comes from the room, say what the wall shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.during import selectors, services, tokens, wording
from tejido.during.forms import AskForm, RoomForm
from tejido.during.models import Poll, Question, Room
from tejido.during.policies import ticket_shown_by
from tejido.during.views import loading
from tejido.foundation.errors import Refusal
from tejido.gatherings.models import Gathering
from tejido.web.responses import done, page, partial, refusals_on, refused


@members
@require_GET
def desk(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything on one page."""
    return _desk(request, loading.gathering(request, pk), AskForm())


def _desk(request: MemberRequest, found: Gathering, form: AskForm) -> HttpResponse:
    room = selectors.room_of(found)
    every = selectors.questions_of(found)
    questions = sorted(every, key=lambda one: one.state != Question.State.WAITING)  # what waits stands first
    shown: dict[str, Any] = {"gathering": found, "community": found.community, "place": "gatherings"}
    shown |= {"room": room, "is_open": selectors.is_open(found), "questions": questions}
    shown["waiting"] = sum(one.state == Question.State.WAITING for one in questions)
    shown["together"] = [one for one in questions if one.state in selectors.SEEN]
    shown["results"] = selectors.results_of(list(selectors.polls_of(found)), moderated=True, team=True)
    shown["ready"] = wording.templates(found.community.language).items()
    shown["room_form"] = RoomForm(instance=room or Room(hears=True))
    if room is not None:
        shown |= {"typed": tokens.typed_address(room.code), "address": tokens.room_address(room.code)}
        shown["wall"] = tokens.wall_address(room.grain) if room.wall_hash else ""
    return page(request, "during/desk.html", form=form, **shown)


@members
@require_GET
def waiting(request: MemberRequest, pk: int) -> HttpResponse:
    """How many questions wait, asked again every few seconds by the desk."""
    found = loading.gathering(request, pk)
    number = selectors.waiting_in(found)
    return partial(request, "during/partials/waiting.html", gathering=found, waiting=number, asks=True)


@loading.deed("room")
def settings(request: MemberRequest, found: Gathering) -> str:
    """How questions are taken; the first time it opens the room."""
    sent = {name: name in request.POST for name in ("hears", "moderated", "nameless")}
    services.set_room(found, actor=request.user, **sent)
    return _("Saved.")


@loading.deed("room")
def renew(request: MemberRequest, found: Gathering) -> str:
    """Another address."""
    services.renew_code(found, actor=request.user)
    return _("The room has another address. The one before leads nowhere.")


@loading.deed("wall")
def wall_link(request: MemberRequest, found: Gathering) -> str:
    """Give the wall a link, or take it back."""
    if request.POST.get("deed") == "close":
        services.close_wall(found, actor=request.user)
        return _("The link opens nothing any more.")
    services.open_wall(found, actor=request.user)
    return _("Here is the link for the computer at the projector.")


@loading.deed("wall")
def show(request: MemberRequest, found: Gathering) -> str:
    """Put something on the wall."""
    number = request.POST.get("poll", "")
    poll_id = int(number) if number.isdecimal() and len(number) < 19 else None
    services.show(found, request.POST.get("shows", ""), poll_id, actor=request.user)
    return _("It stands on the wall.")


@members
@require_POST
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """A question in own words."""
    found, form = loading.gathering(request, pk), AskForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            services.ask(found, form.asked(), actor=request.user)
            return done(request, _("It is asked, and stands on the wall."), loading.here(pk, "polls"))
    return _desk(request, found, form)


@loading.deed("polls")
def ask_ready(request: MemberRequest, found: Gathering) -> str:
    """One that is ready, in one tap."""
    ready = wording.templates(found.community.language).get(request.POST.get("ready", ""))
    if ready is None:
        raise Refusal("nothing_asked", _("Write what you want to ask."))
    services.ask(found, ready, actor=request.user)
    return _("It is asked, and stands on the wall.")


@loading.deed("polls")
def poll(request: MemberRequest, found: Gathering, row: int) -> str:
    """Open, close or take out a question."""
    one = get_object_or_404(Poll.objects.select_related("gathering"), gathering=found, pk=row)
    deed = request.POST.get("deed")
    if deed == "remove":
        services.remove_poll(one, actor=request.user)
        return _("The question is taken out, with its answers.")
    if deed == "open":
        services.open_poll(one, actor=request.user)
        return _("It is asked, and stands on the wall.")
    services.close_poll(one, actor=request.user)
    return _("The question is closed. What came out stands.")


@loading.deed("polls")
def word(request: MemberRequest, found: Gathering, row: int) -> str:
    """Let a word onto the wall, or keep it off."""
    one = get_object_or_404(Poll.objects.select_related("gathering"), gathering=found, pk=row)
    shown = request.POST.get("shown") == "yes"
    services.see_word(one, request.POST.get("word", ""), shown=shown, actor=request.user)
    return _("It stands on the wall.") if shown else _("It does not stand on the wall.")


@loading.deed("questions")
def question(request: MemberRequest, found: Gathering, row: int) -> str:
    """What becomes of a question from the room."""
    one = get_object_or_404(Question.objects.select_related("gathering"), gathering=found, pk=row)
    deed, sent = request.POST.get("deed", ""), request.POST
    if deed == "merge":
        other = get_object_or_404(Question, gathering=found, pk=_number(sent.get("into", "")))
        services.merge_questions(one, other, actor=request.user)
        return _("They are put together.")
    if deed == "answer":
        seen = _number(sent.get("seen", ""))
        services.write_answer(one, sent.get("answer", ""), seen=seen, actor=request.user)
        return _("The answer is kept with the gathering.")
    services.settle_question(one, deed, sent.get("because", ""), actor=request.user)
    return _("Saved.")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


@members
def ticket(request: MemberRequest, pk: int) -> HttpResponse:
    """Open answers of the exit ticket, let onto the wall one by one."""
    found = loading.gathering(request, pk)
    get_object_or_404(Gathering.objects.filter(ticket_shown_by(request.user)), pk=pk)
    if request.method == "POST":
        try:
            shown = request.POST.get("shown") == "yes"
            answer_id = _number(request.POST.get("answer", ""))
            services.show_answer(found, answer_id, shown=shown, actor=request.user)
        except Refusal as refusal:
            return refused(request, refusal, "during:ticket", pk)
        return done(request, _("Saved."), "during:ticket", pk)
    shown_page: dict[str, Any] = {"gathering": found, "community": found.community, "place": "gatherings"}
    shown_page |= {"texts": selectors.ticket_texts(found), "is_open": selectors.is_open(found)}
    return page(request, "during/ticket.html", ticket=selectors.ticket_of(found), **shown_page)
