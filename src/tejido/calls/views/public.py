"""The public page of a call, and applying: without an account, without a script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET

from tejido.accounts.access import public
from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.calls import selectors, services
from tejido.calls.forms.applying import ApplyForm, opened_at
from tejido.calls.forms.questions import questions_of, sent_of
from tejido.calls.models import Application, OpenCall
from tejido.calls.services.files import MOST_ATTACHMENT_BYTES, keep_file
from tejido.calls.tokens import application_token, call_address
from tejido.calls.uploads import limit_uploads, too_large
from tejido.calls.views import loading
from tejido.calls.wording import why_closed
from tejido.foundation.errors import Refusal
from tejido.instruments.forms.answering import AnswerForm
from tejido.web.responses import refusals_on

UNKNOWN = "calls/unknown.html"


@public
@require_GET
def call(request: HttpRequest, token: str) -> HttpResponse:
    """What the call says, what is required, until when, and the way in."""
    found = selectors.by_token(token)
    if found is None:
        return loading.light(request, UNKNOWN, 404)
    asked = [
        selectors.in_language(one, "question", found.community.language) for one in found.requirements.all()
    ]
    shown: dict[str, Any] = {
        "call": found,
        "asked": asked,
        "nodes": list(found.nodes.all()),
        "why": why_closed(found),
        "is_open": selectors.is_open(found),
        "address": call_address(token),
    }
    return loading.light(request, "calls/public.html", **shown)


@public
@csrf_exempt  # only until the limit of uploads is set: `_apply` asks for the token
def apply(request: HttpRequest, token: str) -> HttpResponse:
    """The application; sent, it is kept, or shown again with what needs another look."""
    limit_uploads(request, {"video": services.most_video_bytes()}, MOST_ATTACHMENT_BYTES)
    return _apply(request, token)


@csrf_protect
def _apply(request: HttpRequest, token: str) -> HttpResponse:
    found = selectors.by_token(token)
    if found is None:
        return loading.light(request, UNKNOWN, 404)
    if why_closed(found) and not _began_in_time(request, found):
        return _closed(request, found)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ApplyForm(*sent, call=found)
    questions = questions_of(found, request.POST if sent else None, None)
    made = _keep(request, form, questions) if sent else None
    return (
        redirect("calls:application", application_token(made.key))
        if made
        else _again(request, form, questions)
    )


def _closed(request: HttpRequest, call: OpenCall) -> HttpResponse:
    """Why nothing can be sent; what was typed comes back, to be copied."""
    shown = {"call": call, "why": why_closed(call), "typed": request.POST.get("motivation", "")}
    return loading.light(request, "calls/closed.html", 422 if request.method == "POST" else 200, **shown)


def _began_in_time(request: HttpRequest, call: OpenCall) -> bool:
    begun = opened_at(request.POST.get("begun", ""))
    return begun is not None and call.opens_at <= begun <= call.closes_at


def _keep(request: HttpRequest, form: ApplyForm, questions: AnswerForm | None) -> Application | None:
    valid = form.is_valid()
    if not valid or (questions is not None and not questions.is_valid()):
        return None
    actor = request.user if isinstance(request.user, User) else system_account()
    made = None
    with refusals_on(form):
        made, is_new = services.apply(form.call, form.filled(sent_of(questions, form.call)), actor=actor)
        if is_new:
            keep_files(request, made, form.chosen_files())
    return made


def keep_files(request: HttpRequest, application: Application, files: list[tuple[str, Any]]) -> None:
    """Keep the files that can be kept; of each other one the next page says why not."""
    refused = dict.fromkeys(services.too_large() for name in too_large(request) if name == "video")
    if too_large(request) - {"video"}:
        refused[_("An attachment may have 10 MB at most. Send a smaller file.")] = None
    for kind, file in files:
        try:
            keep_file(application, kind, file)
        except Refusal as refusal:
            refused[refusal.message] = None
    for sentence in refused:
        messages.error(request, sentence)


def _again(request: HttpRequest, form: ApplyForm, questions: AnswerForm | None) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors or (questions and questions.wrong))
    shown = {"call": form.call, "form": form, "questions": questions, "files_again": bool(request.FILES)}
    return loading.light(request, "calls/apply.html", 422 if wrong else 200, **shown)
