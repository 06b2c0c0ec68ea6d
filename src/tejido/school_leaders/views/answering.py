"""What a head opens by her own link: without an account, without a script."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import public
from tejido.accounts.services import system_account
from tejido.foundation.errors import Refusal
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import calendar_file
from tejido.school_leaders import selectors, services
from tejido.school_leaders.forms.answering import AnswerForm, SubstituteForm
from tejido.school_leaders.models import SchoolCommitment
from tejido.school_leaders.views.leading import shown_of
from tejido.school_leaders.views.running import take
from tejido.web.responses import page, refusals_on

NO_DOOR = "school_leaders/no_door.html"


@public
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, what the school gets, and her answer; answered, what stands."""
    found = selectors.commitment_by_link(token)
    if found is None:
        return _light(request, NO_DOOR, None, 404)
    commitment = found[1]
    form = AnswerForm(request.POST or None, commitment=commitment)
    if form.is_valid():
        with refusals_on(form):
            take(form, commitment, system_account())
            return redirect("school_leaders:answer", token)
    asks = form.is_bound or _waits(commitment) or "change" in request.GET
    shown = {"form": form, "token": token, "asks": asks, **_offered(commitment)}
    return _light(request, "school_leaders/answer.html", commitment, 422 if form.is_bound else 200, **shown)


def _waits(commitment: SchoolCommitment) -> bool:
    """Whether the form stands open at once: nothing was answered, or what was promised is over."""
    state = commitment.state
    over = (SchoolCommitment.State.OVER, SchoolCommitment.State.WITHDRAWN)
    return (state == SchoolCommitment.State.ASKED and not commitment.wants_talk) or state in over


def _offered(commitment: SchoolCommitment) -> dict[str, Any]:
    """What is asked and given, and who of her school takes part. Six queries."""
    offer = selectors.offer_of(commitment.community)
    return {
        "asked": [line for line in offer.asked.splitlines() if line.strip()],
        "given": [line for line in offer.given.splitlines() if line.strip()],
        "view": selectors.school_view(commitment),
    }


def _entered(token: str) -> SchoolCommitment:
    found = selectors.commitment_by_link(token)
    if found is None:
        raise Http404
    return found[1]


@public
@require_GET
def her_school(request: HttpRequest, token: str) -> HttpResponse:
    """Her school in this community, and nothing else."""
    commitment = _entered(token)
    part = shown_of(commitment, reverse("school_leaders:answer", args=[token]))
    return _light(request, "school_leaders/her_school.html", commitment, part=part)


@public
@require_GET
def her_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The next gatherings as a file for her calendar."""
    commitment = _entered(token)
    written = calendar_file(selectors.coming_for_school(commitment), name=commitment.community.name)
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="gatherings.ics"'
    return _kept_by_nobody(response)


@public
def substitute(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Who comes to a gathering instead of her."""
    commitment = _entered(token)
    gathering = _hers(commitment, pk)
    form = SubstituteForm(request.POST or None, colleagues=selectors.colleagues_of(commitment))
    if form.is_valid():
        with refusals_on(form):
            services.send_substitute(commitment, gathering, form.chosen(), actor=system_account())
            return redirect("school_leaders:her_school", token)
    named = selectors.substitutions_of(commitment, [gathering]).get(pk)
    shown = {"form": form, "token": token, "gathering": gathering, "named": named}
    return _light(
        request, "school_leaders/substitute.html", commitment, 422 if form.is_bound else 200, **shown
    )


@public
@require_POST
def come_after_all(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """She comes herself."""
    commitment = _entered(token)
    try:
        services.take_back_substitute(commitment, _hers(commitment, pk), actor=system_account())
    except Refusal as refusal:
        raise Http404 from refusal
    return redirect("school_leaders:her_school", token)


def _hers(commitment: SchoolCommitment, pk: int) -> Gathering:
    for one in selectors.coming_for_school(commitment):
        if one.pk == pk:
            return one
    raise Http404


def _light(
    request: HttpRequest, template: str, commitment: SchoolCommitment | None, status: int = 200, **shown: Any
) -> HttpResponse:
    """A page that nobody keeps. Times are the community's."""
    zone = zoneinfo.ZoneInfo(commitment.community.time_zone) if commitment else None
    with timezone.override(zone):
        response = page(request, template, commitment=commitment, **shown)
    response.status_code = status
    return _kept_by_nobody(response)


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_cache=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
