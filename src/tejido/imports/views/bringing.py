"""Bringing a list, and the lists that were brought."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.communities.models import Community
from tejido.imports import selectors, services
from tejido.imports.forms import BringForm
from tejido.imports.views import loading
from tejido.web.responses import page, refusals_on


@members
@require_GET
def lists(request: MemberRequest, pk: int) -> HttpResponse:
    community, kinds = loading.community(request, pk)
    runs = selectors.runs_of(community, request.user)[: selectors.SHOWN]
    return page(request, "imports/lists.html", place="people", community=community, runs=runs, kinds=kinds)


@members
@require_GET
def school_lists(request: MemberRequest) -> HttpResponse:
    if not loading.allowed(request, None):
        raise Http404
    runs = selectors.runs_for(request.user).filter(community=None)[: selectors.SHOWN]
    return page(request, "imports/lists.html", place="schools", community=None, runs=runs)


@members
def bring(request: MemberRequest, pk: int) -> HttpResponse:
    community, kinds = loading.community(request, pk)
    return _bring(request, community, kinds)


@members
def bring_schools(request: MemberRequest) -> HttpResponse:
    kinds = loading.allowed(request, None)
    if not kinds:
        raise Http404
    return _bring(request, None, kinds)


def _bring(request: MemberRequest, into: Community | None, kinds: list[str]) -> HttpResponse:
    asked = {"kind": request.GET.get("kind") or kinds[0]}
    form = BringForm(request.POST or None, request.FILES or None, kinds=kinds, initial=asked)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            run = services.stage_file(
                form.read(), form.cleaned_data["file"].name, form.cleaned_data["kind"], actor=request.user,
                community=into, region=selectors.region_of(into), **form.about(),
            )  # fmt: skip
            return redirect("imports:columns", run.pk)
    place = "people" if into else "schools"
    return page(request, "imports/bring.html", place=place, community=into, form=form)
