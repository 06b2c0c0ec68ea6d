from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.communities.models import Community
from tejido.communities.policies import communities_for
from tejido.foundation.policies import can
from tejido.reports import selectors, services
from tejido.reports.archive import as_zip
from tejido.reports.document import Document
from tejido.reports.forms import ReportForm
from tejido.reports.models import Report
from tejido.reports.policies import visible_to
from tejido.reports.rendering import as_pdf
from tejido.web.responses import done, page, refusals_on


@members
def reports(request: MemberRequest, pk: int) -> HttpResponse:
    """The reports that were made, and the form that makes one."""
    community = get_object_or_404(
        Community.objects.filter(communities_for(request.user, "see")).select_related("parent"), pk=pk
    )
    if not can(request.user, "reports.make", community):
        return page(request, "reports/not_yours.html", community=community, place="reports")
    for_team = bool(can(request.user, "reports.make_for_team", community))
    form = ReportForm(request.POST or None, community=community, for_team=for_team)
    if request.method == "POST" and form.is_valid():
        made = _make(request, community, form)
        if made is not None:
            return done(request, _("The report is ready."), "reports:report", made.pk)
    rows = selectors.reports_of(community, request.user)[:100]
    return page(
        request, "reports/reports.html", form=form, community=community, place="reports", reports=rows
    )


def _make(request: MemberRequest, community: Community, form: ReportForm) -> Report | None:
    """The report that the form asks for; None with the reason on the form."""
    given = form.cleaned_data
    audience = given.get("audience", Report.Audience.OUTSIDE)
    with refusals_on(form):
        return services.make_report(
            community, form.chosen(), actor=request.user, language=given["language"], audience=audience
        )
    return None


def _report_of(request: MemberRequest, pk: int) -> Report:
    return get_object_or_404(
        Report.objects.filter(visible_to(request.user)).select_related("community__parent"), pk=pk
    )


@members
def report(request: MemberRequest, pk: int) -> HttpResponse:
    found = _report_of(request, pk)
    document = Document.from_json(found.document)
    return page(
        request,
        "reports/report.html",
        report=found,
        document=document,
        community=found.community,
        place="reports",
        may_discard=can(request.user, "reports.discard", found),
    )


@members
def report_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    found = _report_of(request, pk)
    return _file(as_pdf(Document.from_json(found.document)), "application/pdf", f"{_name(found)}.pdf")


@members
def report_data(request: MemberRequest, pk: int) -> HttpResponse:
    found = _report_of(request, pk)
    return _file(as_zip(found), "application/zip", f"{_name(found)}.zip")


@members
@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    found = _report_of(request, pk)
    services.discard_report(found, actor=request.user)
    return done(
        request, _("The report was thrown away. It can be made again."), "reports:reports", found.community_id
    )


def _name(found: Report) -> str:
    return f"{slugify(found.community.name)}-{found.starts_on}-{found.ends_on}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
