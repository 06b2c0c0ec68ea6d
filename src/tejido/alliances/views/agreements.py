"""Agreements of a community: the list, one of them, its papers."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.alliances import selectors, services
from tejido.alliances.forms.agreements import AgreementForm, DocumentForm
from tejido.alliances.models import Agreement, Document
from tejido.alliances.policies import documents_visible_to
from tejido.alliances.views import loading
from tejido.communities.policies import has_right
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can
from tejido.web.responses import done, refusals_on, refused
from tejido.web.tables import Column, Filter, TableSpec

CELL = "alliances/partials/{}_cell.html"
TABLE = TableSpec(
    key="agreements",
    caption=gettext_lazy("Agreements"),
    columns=[
        Column(
            "title", gettext_lazy("Agreement"), lambda row: row.title, ("title",), CELL.format("agreement")
        ),
        Column(
            "organisation",
            gettext_lazy("Organisation"),
            lambda row: row.organisation.name,
            ("organisation__search_name",),
            CELL.format("with"),
        ),
        Column("kind", gettext_lazy("Kind"), lambda row: row.organisation.get_kind_display(), only="files"),
        Column(
            "state",
            gettext_lazy("State"),
            lambda row: row.get_state_display(),
            ("rank",),
            CELL.format("state"),
        ),
        Column("from", pgettext_lazy("agreement", "From"), lambda row: row.starts_on, order=("starts_on",)),
        Column("to", pgettext_lazy("agreement", "To"), lambda row: row.ends_on, order=("ends_on",)),
        Column("renew", gettext_lazy("To be renewed by"), lambda row: row.renew_by, order=("renew_by",)),
        Column(
            "delivered",
            gettext_lazy("Contributions delivered"),
            lambda row: row.delivered,
            order=("delivered",),
            numeric=True,
        ),
        Column("said", gettext_lazy("Only said so far"), lambda row: row.said, order=("said",), numeric=True),
        Column("where", gettext_lazy("Community"), lambda row: row.community.name, only="files"),
        Column("link", gettext_lazy("Link to the document"), lambda row: row.link, only="files"),
    ],
    filters=[
        Filter(
            "q",
            gettext_lazy("Title or organisation"),
            lambda rows, words: (
                rows.filter(title__icontains=words) | rows.filter(organisation__name__icontains=words)
            ),
        ),
        Filter(
            "state",
            gettext_lazy("State"),
            lambda rows, state: rows.filter(state=state),
            choices=Agreement.State.choices,
        ),
        Filter(
            "due",
            gettext_lazy("Renewal"),
            lambda rows, _due: rows.filter(due=True),
            choices=[("yes", gettext_lazy("To be renewed within 60 days"))],
            everything=gettext_lazy("Whenever"),
        ),
    ],
)


@members
@require_GET
def agreements(request: MemberRequest, pk: int) -> HttpResponseBase:
    community = loading.community(request, pk, "understand")
    table = TABLE.read(request, selectors.agreements_in(community, request.user))
    runs = has_right(request.user, community, "run")
    return table.download() or loading.shown(request, "agreements", community, table=table, runs=runs)


@members
def new(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.community(request, pk, "run")
    form = AgreementForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = services.make_agreement(
                community, form.cleaned_data["organisation"], form.terms(), actor=request.user
            )
            return done(request, _("The agreement is written down."), "alliances:agreement", made.pk)
    return loading.shown(request, "agreement_form", community, form=form)


@members
@require_GET
def agreement(request: MemberRequest, pk: int) -> HttpResponse:
    return _page_of(request, loading.agreement(request, pk))


def _page_of(request: MemberRequest, found: Agreement, form: DocumentForm | None = None) -> HttpResponse:
    papers = can(request.user, "alliances.see_documents", found)
    more: dict[str, Any] = {
        "agreement": found,
        "contributions": selectors.contributions_of(found),
        "papers": found.documents.order_by("-added_at") if papers else [],
        "team": papers,
        "runs": can(request.user, "alliances.agree", found.community),
        "form": form or DocumentForm(),
    }
    return loading.shown(request, "agreement", found.community, **more)


@members
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.agreement(request, pk, to_change=True)
    form = AgreementForm(request.POST or None, actor=request.user, agreement=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.change_agreement(found, form.terms(), actor=request.user)
            return done(request, _("Saved."), "alliances:agreement", pk)
    return loading.shown(request, "agreement_form", found.community, form=form, agreement=found)


@members
@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.agreement(request, pk, to_change=True)
    try:
        services.discard_agreement(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "alliances:agreement", pk)
    return done(request, _("The agreement is gone."), "alliances:agreements", found.community_id)


@members
@require_POST
def add_document(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.agreement(request, pk, to_change=True)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        with refusals_on(form):
            content = file.read(services.MOST_BYTES + 1)
            services.add_document(found, file.name, content, actor=request.user)
            return done(request, _("The paper is kept."), "alliances:agreement", pk)
    return _page_of(request, found, form)


def _document(request: MemberRequest, pk: int) -> Document:
    seen = Agreement.objects.filter(documents_visible_to(request.user)).values("pk")
    rows = Document.objects.filter(agreement_id__in=seen).select_related("agreement__community")
    return get_object_or_404(rows, pk=pk)


@members
@require_GET
def document(request: MemberRequest, pk: int) -> FileResponse:
    """The paper, to take away; never shown in the page."""
    found = _document(request, pk)
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.media_type
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@members
@require_POST
def remove_document(request: MemberRequest, pk: int) -> HttpResponse:
    found = _document(request, pk)
    if not can(request.user, "alliances.agree", found.agreement.community):
        raise Http404
    services.remove_document(found, actor=request.user)
    return done(request, _("The paper is gone."), "alliances:agreement", found.agreement_id)
