"""What came out of the tables: written at the table by its link, read together by the team; lists for online rooms."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from tejido.accounts.access import MemberRequest, members, public
from tejido.accounts.services import system_account
from tejido.seating import listing, selectors, services
from tejido.seating.forms import TableForm
from tejido.seating.tokens import is_of_table, table_address
from tejido.seating.views import loading
from tejido.web.responses import page, refusals_on


@public
def table(request: HttpRequest, pk: int, number: int, token: str) -> HttpResponse:
    """A table writes down, by its own link, what came out of each round."""
    talks = selectors.table_talks(pk, number) if is_of_table(token, pk, number) else None
    if talks is None:
        return _light(page(request, "seating/no_table.html"), 404)
    sent = (request.POST,) if request.method == "POST" else ()
    form = TableForm(*sent, rounds=talks.rounds, harvests=talks.harvests)
    if form.is_valid():
        with refusals_on(form):
            services.harvest(talks.plan, number, form.harvests(), actor=system_account())
            return redirect(f"{request.path}?saved")
    return _light(page(request, "seating/table.html", **_shown(request, talks, form)), 422 if sent else 200)


def _shown(request: HttpRequest, talks: selectors.TableTalks, form: TableForm) -> dict[str, Any]:
    gathering = talks.plan.gathering
    return {
        "talks": talks,
        "gathering": gathering,
        "form": form,
        "rounds": [(one, talks.prompts[one], field) for one, field in form.rows()],
        "is_open": selectors.takes_harvest(gathering),
        "saved": "saved" in request.GET,
    }


def _light(response: HttpResponse, status: int) -> HttpResponse:
    """Kept by nobody, found by no search."""
    response.status_code = status
    patch_cache_control(response, private=True, no_cache=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@members
def harvest(request: MemberRequest, pk: int) -> HttpResponse:
    """What came out of all tables, round by round, and the links by which they write."""
    plan = loading.plan(request, pk)
    talks, places = selectors.talks_of(plan), selectors.places_of(plan)
    if not places:
        raise Http404
    rounds = [(number, listing.talk_lines(talks, number, max(at.values()))) for number, at in places.items()]
    most = max(table for at in places.values() for table in at.values())
    links = "\n".join(
        _("Table %(number)d: %(address)s") % {"number": one, "address": table_address(pk, one)}
        for one in range(1, most + 1)
    )
    return loading.shown(request, "seating/harvest.html", plan.gathering, rounds=rounds, links=links)


@members
def rooms(request: MemberRequest, pk: int) -> HttpResponse:
    """Who goes to which room of a video call, as text to copy, round by round."""
    standing = selectors.standing_of(loading.plan(request, pk))
    if not standing.rounds:
        raise Http404
    rounds = [(number, listing.room_lines(standing, number)) for number in standing.rounds]
    return loading.shown(request, "seating/rooms.html", standing.plan.gathering, rounds=rounds)
