"""What each column of a list is, corrected by hand; what its attendance marks mean."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.errors import Refusal
from tejido.imports import selectors, services
from tejido.imports.models import ImportRun, StatusWord
from tejido.imports.views import loading
from tejido.web.responses import page


@members
def columns(request: MemberRequest, pk: int) -> HttpResponse:
    run = loading.run(request, pk)
    if request.method == "POST":
        return _corrected(request, run)
    if run.state not in {ImportRun.State.COLUMNS, ImportRun.State.REVIEW}:
        return redirect("imports:run", pk)
    return page(
        request,
        "imports/columns.html",
        **selectors.page_of(run),
        columns=selectors.columns_of(run),
        words=run.words.all(),
        statuses=StatusWord._meta.get_field("status").choices,
        problems=selectors.problems_of(run),
    )


def _corrected(request: MemberRequest, run: ImportRun) -> HttpResponse:
    fields, orders, words, modes = (
        _numbered(request.POST, name) for name in ("field", "order", "word", "mode")
    )
    try:
        services.correct_columns(run, fields, orders=orders, modes=modes, actor=request.user)
        services.correct_words(run, words, actor=request.user)
        if request.POST.get("then") == "words":
            services.recognise(run, actor=request.user)
            return redirect("imports:columns", run.pk)
        run.refresh_from_db()
        services.match_rows(run, actor=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("imports:columns", run.pk)
    return redirect("imports:run", run.pk)


def _numbered(sent: QueryDict, name: str) -> dict[int, str]:
    """ "field-3=email" -> {3: "email"}."""
    pairs = ((key.partition("-"), value) for key, value in sent.items() if key.startswith(f"{name}-"))
    return {int(key[2]): str(value) for key, value in pairs if key[2].isdigit()}
