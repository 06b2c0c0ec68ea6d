"""What was found in a list, row by row, and what will be done with each."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.errors import Refusal
from tejido.imports import selectors, services, staged_ties
from tejido.imports.models import ImportRun, StagedRow
from tejido.imports.views import loading
from tejido.web.responses import done, page, partial, refused, saying

PER_PAGE = 50


@members
@require_GET
def run(request: MemberRequest, pk: int) -> HttpResponse:
    """The page of an import: what it shows depends on how far it is."""
    found = loading.run(request, pk)
    if found.state == ImportRun.State.COLUMNS:
        return redirect("imports:columns", pk)
    if found.state == ImportRun.State.REVIEW:
        return _review(request, found)
    template = "under_way" if found.state in ImportRun.UNDER_WAY else "finished"
    return page(
        request, f"imports/{template}.html", **selectors.page_of(found), counts=selectors.counts_of(found)
    )


def _review(request: MemberRequest, run: ImportRun) -> HttpResponse:
    asked = selectors.asked_rows(run, request.GET)
    paged = Paginator(asked.rows, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "imports/review.html",
        **selectors.page_of(run),
        counts=selectors.counts_of(run),
        asked=asked,
        pages=paged,
        rows=selectors.shown_rows(paged.object_list, actor=request.user),
        gatherings=selectors.gatherings_of(run),
        ties=staged_ties.ties_of(run),
        problems=[*selectors.problems_of(run), *selectors.consents_said(run)],
    )


@members
@require_POST
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    row = loading.row(request, pk)
    was_open = row.decision == StagedRow.Decision.UNDECIDED
    decision, _colon, target = request.POST.get("decision", "").partition(":")
    try:
        services.decide_row(
            row, decision, target_id=int(target) if target.isdigit() else None, actor=request.user
        )
    except Refusal as refusal:
        if not request.htmx:
            return refused(request, refusal, "imports:run", row.run_id)
        return saying(_row(request, row.pk, 422), refusal.message)
    if request.htmx:
        return _whole_page() if was_open and selectors.is_decided(row.run) else _row(request, row.pk)
    return redirect(f"{reverse('imports:run', args=[row.run_id])}?{request.GET.urlencode()}#row-{pk}")


def _whole_page() -> HttpResponse:
    """After the last open row: the page anew, with the button that brings the list in."""
    return HttpResponse(headers={"HX-Refresh": "true"})


def _row(request: MemberRequest, pk: int, status: int = 200) -> HttpResponse:
    row = loading.row(request, pk)
    shown = selectors.shown_rows([row], actor=request.user)[0]
    return partial(request, "imports/partials/row.html", one=shown, run=row.run, status=status)


@members
@require_POST
def decide_all(request: MemberRequest, pk: int) -> HttpResponse:
    run = loading.run(request, pk)
    finding, decision = request.POST.get("finding", ""), request.POST.get("decision", "")
    try:
        count = services.decide_all(
            run,
            finding,
            decision.removesuffix("-sure"),
            only_sure=decision.endswith("-sure"),
            actor=request.user,
        )
    except Refusal as refusal:
        return refused(request, refusal, "imports:run", pk)
    words = ngettext("%(count)d row is decided.", "%(count)d rows are decided.", count) % {"count": count}
    return done(request, words, "imports:run", pk)


@members
@require_POST
def decide_gathering(request: MemberRequest, pk: int) -> HttpResponse:
    staged = loading.gathering(request, pk)
    target = request.POST.get("gathering", "")
    try:
        services.decide_gathering(
            staged,
            left_out="leave_out" in request.POST,
            gathering_id=int(target) if target.isdigit() and "leave_out" not in request.POST else None,
            actor=request.user,
        )
    except Refusal as refusal:
        return refused(request, refusal, "imports:run", staged.run_id)
    return redirect("imports:run", staged.run_id)
