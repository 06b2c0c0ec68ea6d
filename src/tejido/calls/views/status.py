"""What an applicant sees by her own link: where her application stands; changing it, withdrawing it, her files."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import public
from tejido.accounts.services import system_account
from tejido.calls import selectors, services
from tejido.calls.forms.applying import ApplyForm
from tejido.calls.forms.questions import questions_of, read_back, sent_of
from tejido.calls.models import Application
from tejido.calls.services.files import MOST_ATTACHMENT_BYTES
from tejido.calls.uploads import limit_uploads
from tejido.calls.views import loading
from tejido.calls.views.public import UNKNOWN, keep_files
from tejido.calls.views.streaming import served
from tejido.calls.wording import because, state_told
from tejido.foundation.errors import Refusal
from tejido.web.responses import refusals_on


def _mine(token: str) -> Application:
    found = selectors.door_of(token)
    if found is None:
        raise Http404
    return found


@public
@require_GET
def application(request: HttpRequest, token: str) -> HttpResponse:
    """Where it stands, and what was sent."""
    found = selectors.door_of(token)
    if found is None:
        return loading.light(request, UNKNOWN, 404)
    shown: dict[str, Any] = {
        "application": found,
        "state": state_told(found),
        "answers": read_back(found.response),
        "token": token,
    }
    return _noindex(
        loading.light(request, "calls/application.html", call=found.call, **shown, **_standing(found))
    )


def _standing(found: Application) -> dict[str, Any]:
    """What she may read of the outcome, and what she may do. One query."""
    told = found.told_at is not None and found.state in Application.CHOSEN
    return {
        "told": found.state if told else "",
        "because": because(found) if told and found.call.tells_reasons else "",
        "may_change": selectors.is_open(found.call) and _alive(found),
        "may_withdraw": _alive(found) and found.membership_id is None,
        "files": list(found.files.all()),
    }


def _alive(found: Application) -> bool:
    return found.state != Application.State.WITHDRAWN and found.forgotten_at is None


def _noindex(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@public
def edit(request: HttpRequest, token: str) -> HttpResponse:
    """Change what was sent, until the closing."""
    found = _mine(token)
    if not (selectors.is_open(found.call) and _alive(found)):
        return redirect("calls:application", token)
    sent = request.POST if request.method == "POST" else None
    form = ApplyForm(sent, call=found.call, application=found)
    questions = questions_of(found.call, sent, found)
    if form.is_valid() and (questions is None or questions.is_valid()):
        with refusals_on(form):
            filled = form.filled(sent_of(questions, found.call))
            services.change_application(found, filled, actor=system_account())
            messages.success(request, _("Changed. What you wrote now stands."))
            return redirect("calls:application", token)
    shown = {"call": found.call, "form": form, "questions": questions, "token": token}
    return _noindex(loading.light(request, "calls/apply.html", 422 if form.is_bound else 200, **shown))


@public
@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    try:
        services.withdraw_application(_mine(token), actor=system_account())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("calls:application", token)


@public
@csrf_exempt  # only until the limit of uploads is set: `_add_files` asks for the token
@require_POST
def add_files(request: HttpRequest, token: str) -> HttpResponse:
    """A film or attachments, while the call is open."""
    limit_uploads(request, {"video": services.most_video_bytes()}, MOST_ATTACHMENT_BYTES)
    return _add_files(request, token)


@csrf_protect
def _add_files(request: HttpRequest, token: str) -> HttpResponse:
    found = _mine(token)
    if selectors.is_open(found.call) and _alive(found):
        films = [("video", one) for one in request.FILES.getlist("video")[:1]]
        others = [("attachment", one) for one in request.FILES.getlist("attachments")]
        keep_files(request, found, [*films, *others])
    else:
        messages.error(request, _("The call is closed, so your application stays as it was."))
    return redirect("calls:application", token)


@public
@require_POST
def drop_file(request: HttpRequest, token: str, key: uuid.UUID) -> HttpResponse:
    found = _mine(token)
    if selectors.is_open(found.call) and _alive(found):
        services.remove_file(get_object_or_404(found.files, key=key))
    return redirect("calls:application", token)


@public
@require_GET
def file(request: HttpRequest, token: str, key: uuid.UUID) -> HttpResponseBase:
    """One of her own files."""
    return served(request, get_object_or_404(_mine(token).files, key=key))
