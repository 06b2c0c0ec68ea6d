"""What organisations contribute: one line, and the sums."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.alliances import selectors, services
from tejido.alliances.forms.agreements import ContributionForm
from tejido.alliances.models import Contribution
from tejido.alliances.views import loading
from tejido.web.picks import ask
from tejido.web.responses import done, refusals_on
from tejido.web.tables import Column, TableSpec

PAGE = "alliances:agreement"
TOTALS = TableSpec(
    key="contributions",
    caption=gettext_lazy("Contributions by organisation"),
    columns=[
        Column(
            "organisation",
            gettext_lazy("Organisation"),
            lambda row: row.organisation.name,
            order=("organisation",),
        ),
        Column("kind", gettext_lazy("Kind"), lambda row: row.kind, order=("kind",)),
        Column("times", gettext_lazy("Contributions"), lambda row: row.times, order=("times",), numeric=True),
        Column("said", gettext_lazy("Only said so far"), lambda row: row.said, numeric=True),
        Column("amount", gettext_lazy("Delivered in all"), lambda row: row.amount, numeric=True),
        Column(
            "unit", pgettext_lazy("of an amount", "Currency or unit"), lambda row: row.currency or row.unit
        ),
    ],
)


@members
@require_GET
def totals(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Sums per organisation and kind."""
    community = loading.community(request, pk, "understand")
    table = TOTALS.read(request, selectors.totals_in(community, request.user))
    return table.download() or loading.shown(request, "totals", community, table=table)


@members
def record(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.agreement(request, pk, to_change=True)
    return _form_page(request, ContributionForm(request.POST or None, about=found), found)


def _contribution(request: MemberRequest, pk: int) -> Contribution:
    row = get_object_or_404(Contribution.objects.select_related("gathering"), pk=pk)
    row.agreement = loading.agreement(request, row.agreement_id, to_change=True)
    return row


@members
def change(request: MemberRequest, pk: int) -> HttpResponse:
    row = _contribution(request, pk)
    form = ContributionForm(request.POST or None, about=row.agreement, row=row)
    return _form_page(request, form, row.agreement, row)


def _form_page(
    request: MemberRequest, form: ContributionForm, found: Any, row: Contribution | None = None
) -> HttpResponse:
    ask(form, request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.record_contribution(found, form.gift(), actor=request.user, changing=row)
            return done(request, _("The contribution is written down."), PAGE, found.pk)
    return loading.shown(
        request, "contribution_form", found.community, form=form, agreement=found, contribution=row
    )


@members
@require_POST
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    row = _contribution(request, pk)
    services.remove_contribution(row, actor=request.user)
    return done(request, _("The contribution is gone."), PAGE, row.agreement_id)
