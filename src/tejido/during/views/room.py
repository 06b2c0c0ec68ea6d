"""What somebody in the room opens on a phone: answer, ask, support. Without an account, without a script."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from tejido.accounts.access import public
from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.directory.models import Person
from tejido.during import flood, selectors, services, tokens
from tejido.during.forms import AnswerForm, QuestionForm
from tejido.during.models import Question, Room
from tejido.during.views.loading import kept_by_nobody
from tejido.foundation.errors import Refusal
from tejido.web.look import allow_look
from tejido.web.responses import page, refusals_on

COOKIE = "tejido_room"
DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Guest:
    """Who takes part, as far as it is known. whose: "" of a browser that kept nothing yet; phone: what it is to keep."""

    room: Room
    whose: str
    phone: str = ""
    name: str = ""


@public
def room(request: HttpRequest, code: str) -> HttpResponse:
    """By the address on the wall: one answer of a phone, or of who is signed in."""
    found = _room(request, code)
    if found is None:
        return _nowhere(request)
    person = Person.objects.filter(user=request.user).first() if isinstance(request.user, User) else None
    return _answered(request, _of_person(found, person) if person else _of_phone(request, found))


@public
def own(request: HttpRequest, code: str, person_pk: int, token: str) -> HttpResponse:
    """By a link of one's own, from the page of the answer to the invitation: one answer of a person."""
    found = _room(request, code)
    if found is None:
        return _nowhere(request)
    if not tokens.is_own(token, found.gathering_id, person_pk):
        raise Http404
    return _answered(request, _of_person(found, get_object_or_404(Person, pk=person_pk, merged_into=None)))


def _room(request: HttpRequest, code: str) -> Room | None:
    address = request.META.get("REMOTE_ADDR", "")
    if flood.is_guessing(address):
        return None
    found = selectors.room_by_code(code)
    if found is None:
        flood.count_wrong(address)
    return found


def _nowhere(request: HttpRequest) -> HttpResponse:
    return kept_by_nobody(allow_look(page(request, "during/nowhere.html")), 404)


def _of_person(found: Room, person: Person) -> Guest:
    return Guest(found, tokens.whose(found.gathering_id, "person", person.pk), name=person.name)


def _of_phone(request: HttpRequest, found: Room) -> Guest:
    kept = request.get_signed_cookie(_cookie(found), default="", salt=COOKIE, max_age=DAY)
    if kept:
        return Guest(found, tokens.whose(found.gathering_id, "phone", kept))
    return Guest(found, "", phone=secrets.token_hex(12))


def _answered(request: HttpRequest, guest: Guest) -> HttpResponse:
    shown = _forms(request, guest)
    if request.method == "POST":
        try:
            if said := _deed(request, guest, shown):
                return redirect(f"{request.path}?said={said}")
        except Refusal as refusal:
            shown["refusal"] = refusal.message
    response = allow_look(page(request, "during/room.html", **shown, **_read(request, guest)))
    if guest.phone:
        _remember(response, guest)
    return kept_by_nobody(response, 422 if request.method == "POST" else 200)


def _cookie(found: Room) -> str:
    return f"{COOKIE}_{found.gathering_id}"


def _remember(response: HttpResponse, guest: Guest) -> None:
    """This phone is the same one for a day, at this gathering; who holds it stands nowhere."""
    response.set_signed_cookie(
        _cookie(guest.room), guest.phone, salt=COOKIE, max_age=DAY, path="/q/", httponly=True, samesite="Lax"
    )


def _forms(request: HttpRequest, guest: Guest) -> dict[str, Any]:
    """The forms that stand open, with what was sent. Four queries at most."""
    gathering, sent = guest.room.gathering, request.POST.get("deed") if request.method == "POST" else ""
    if not selectors.is_open(gathering):
        return {}
    shown: dict[str, Any] = {}
    poll = selectors.open_poll_of(gathering)
    if poll is not None:
        voice = selectors.voice_in(poll, guest.whose) if guest.whose else None
        same = sent == "answer" and request.POST.get("poll") == str(poll.pk)
        form = AnswerForm(request.POST if same else None, poll=poll, voice=voice)
        shown |= {"poll": poll, "voice": voice, "answer_form": form}
    if guest.room.hears:
        told = request.POST if sent == "ask" else None
        shown["question_form"] = QuestionForm(told, nameless=guest.room.nameless)
    return shown


def _deed(request: HttpRequest, guest: Guest, shown: dict[str, Any]) -> str:
    """Do what was sent; what is said of it, "" where a form says what is missing. Raises Refusal."""
    if not guest.whose:
        raise Refusal("no_cookie", _("Your phone was new here. Send it once more, and it is in."))
    flood.check(guest.whose, request.META.get("REMOTE_ADDR", ""))
    deed = request.POST.get("deed", "")
    if deed == "answer":
        return _answer(guest, shown.get("answer_form"))
    if deed == "ask":
        return _ask(guest, shown.get("question_form"))
    row = request.POST.get("question", "")
    rows = Question.objects.filter(gathering=guest.room.gathering).select_related("gathering")
    one = get_object_or_404(rows, pk=int(row) if row.isdecimal() and len(row) < 19 else 0)
    services.back(one, guest.whose, backed=deed == "back", actor=system_account())
    return "backed" if deed == "back" else "unbacked"


def _answer(guest: Guest, form: AnswerForm | None) -> str:
    if form is None or not form.is_bound:
        raise Refusal("closed", _("This question is closed already. Thank you; look what is asked now."))
    if form.is_valid():
        with refusals_on(form):
            services.answer_poll(form.poll, form.said(), guest.whose, actor=system_account())
            return "answered"
    return ""


def _ask(guest: Guest, form: QuestionForm | None) -> str:
    if form is None:
        raise Refusal("not_taken", _("Questions are not taken at the moment. Keep yours, or ask aloud."))
    if form.is_valid():
        with refusals_on(form):
            data, gathering = form.cleaned_data, guest.room.gathering
            services.ask_from_room(gathering, data["text"], data["name"], guest.whose, actor=system_account())
            return "asked"
    return ""


def _read(request: HttpRequest, guest: Guest) -> dict[str, Any]:
    """What is read besides. One query."""
    gathering = guest.room.gathering
    told = selectors.room_questions(gathering, guest.whose)
    shown: dict[str, Any] = {"gathering": gathering, "room": guest.room, "questions": told, "guest": guest}
    return shown | {"is_open": selectors.is_open(gathering), "said": request.GET.get("said", "")}
