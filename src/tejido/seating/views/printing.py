"""What is printed and copied: cards, badges, the list for the wall, lists for online rooms."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.seating import printing, selectors
from tejido.seating.selectors import Standing
from tejido.seating.views import loading
from tejido.web.tables.files import as_csv

KINDS = ("cards", "badges", "poster")


@members
@require_GET
def printed(request: MemberRequest, pk: int, what: str) -> HttpResponse:
    """One of the sheets, as PDF."""
    if what not in KINDS:
        raise Http404
    standing = _standing(request, pk)
    gathering = standing.plan.gathering
    pdf = printing.as_pdf(what, gathering, _rows(what, standing), len(standing.rounds))
    disposition = f'inline; filename="{what}-{gathering.pk}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _standing(request: MemberRequest, pk: int) -> Standing:
    standing = selectors.standing_of(loading.plan(request, pk))
    if not standing.rounds:
        raise Http404
    return standing


def _rows(what: str, standing: Standing) -> list[dict[str, Any]]:
    if what == "cards":
        return printing.cards(standing, selectors.talks_of(standing.plan))
    if what == "badges":
        address = reverse("gatherings:gathering", args=[standing.plan.gathering_id])
        return printing.badges(standing, settings.TEJIDO_URL + address)
    return printing.poster(standing)


@members
@require_GET
def as_table(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Round, table, name, school: for the wall, or for the rooms of a video call."""
    standing = _standing(request, pk)
    rows = [
        (number, table, standing.traits[one].name, standing.traits[one].school)
        for number in standing.rounds
        for table, people in standing.tables(number).items()
        for one in people
    ]
    return as_csv(f"tables-{pk}", [_("Round"), _("Table"), _("Name"), _("School")], rows)
