"""Bringing in, stopping, going on, undoing; how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.errors import Refusal
from tejido.imports import selectors, services
from tejido.imports.models import ImportRun
from tejido.imports.views import loading
from tejido.web.responses import done, partial, refused


def _do(request: MemberRequest, pk: int, deed: Callable[..., Any]) -> HttpResponse | None:
    """Do it to the import; the answer where it was refused."""
    run = loading.run(request, pk)
    try:
        deed(run, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "imports:run", pk)
    return None


@members
@require_POST
def apply(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, pk, services.apply_run) or redirect("imports:run", pk)


@members
@require_POST
def stop(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, pk, services.stop_run) or redirect("imports:run", pk)


@members
@require_POST
def resume(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, pk, services.resume_run) or redirect("imports:run", pk)


@members
@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    words = _("The list is undone: everything is as it was before.")
    return _do(request, pk, services.undo_run) or done(request, words, "imports:run", pk)


@members
@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    run = loading.run(request, pk)
    to, *args = ("imports:lists", run.community_id) if run.community_id else ("imports:school_lists",)
    try:
        services.discard_run(run, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "imports:run", pk)
    return done(request, _("The list is forgotten. Nothing was changed."), str(to), *args)


@members
@require_GET
def progress(request: MemberRequest, pk: int) -> HttpResponse:
    run = loading.run(request, pk)
    if run.state in ImportRun.UNDER_WAY:
        return partial(request, "imports/partials/progress.html", **selectors.page_of(run))
    response = HttpResponse()
    response.headers["HX-Redirect"] = reverse("imports:run", args=[pk])
    return response
