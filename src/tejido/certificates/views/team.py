"""Who meets the rule, saying the rule, giving and revoking certificates."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.certificates import selectors, services
from tejido.certificates.addresses import path_of
from tejido.certificates.forms.ruling import RevokeForm, RuleForm
from tejido.certificates.models import Rule
from tejido.certificates.papers import as_zip, days_words
from tejido.certificates.policies import may_run
from tejido.certificates.values import Standing
from tejido.certificates.views import loading
from tejido.certificates.wording import asked_words, duration_words, reason_words
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, refusals_on, refused
from tejido.web.tables import Column, TableSpec

HERE = "certificates:certificates"


def result_words(line: Standing) -> str:
    """What comes of it, in a word or two."""
    if line.lost_its_ground:
        return _("No longer meets the rule")
    if line.certificate is not None:
        return _("Has a certificate")
    return _("Gets a certificate") if line.meets else _("No certificate")


TABLE = TableSpec(
    key="certificates",
    caption=gettext_lazy("Who gets a certificate"),
    order="name",
    columns=[
        Column(
            "name", gettext_lazy("Name"), lambda line: line.person.name, order=("name",),
            cell="certificates/partials/name_cell.html",
        ),
        Column(
            "result", gettext_lazy("Certificate"), result_words, order=("result",),
            cell="certificates/partials/result_cell.html",
        ),
        Column("reason", gettext_lazy("Why"), reason_words),
        Column("hours", gettext_lazy("Hours"), lambda line: round(line.minutes / 60, 2), order=("hours",), numeric=True, only="files"),
        Column("share", gettext_lazy("Share, in percent"), lambda line: line.share, order=("share",), numeric=True, only="files"),
    ],
)  # fmt: skip


@members
def certificates(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Who gets one and who not, with the reason. Seven queries at any size."""
    found = loading.gathering(request, pk)
    rule = selectors.rule_of(found)
    lines = selectors.standings(rule) if rule else []
    table = TABLE.read(request, lines)
    shown = {"gathering": found, "rule": rule, "table": table, "runs": "run" in found.rights_of_reader}
    return table.download() or loading.shown(
        request, "certificates/certificates.html", found.community, **shown, **_state(rule, lines)
    )


def _state(rule: Rule | None, lines: list[Standing]) -> dict[str, Any]:
    """Why none can be given yet, how many get one, have one, no longer meet the rule. One query."""
    refusal = selectors.why_not_yet(selectors.counted_gatherings(rule)) if rule else None
    return {
        "asked": asked_words(rule) if rule else "",
        "too_early": refusal.message if refusal else "",
        "new": sum(line.meets and line.certificate is None for line in lines),
        "given": sum(line.certificate is not None for line in lines),
        "lost": sum(line.lost_its_ground for line in lines),
    }


@members
def rule(request: MemberRequest, pk: int) -> HttpResponse:
    """What has to be met, and what the certificate says."""
    found = loading.gathering(request, pk, "run")
    form = RuleForm(request.POST or None, rule=selectors.rule_of(found))
    if form.is_valid():
        with refusals_on(form):
            services.set_rule(found, form.asked(), actor=request.user)
            return done(request, _("This holds from now on."), HERE, pk)
    return loading.shown(request, "certificates/rule.html", found.community, gathering=found, form=form)


@members
@require_POST
def issue(request: MemberRequest, pk: int) -> HttpResponse:
    """A certificate to everybody who meets the rule."""
    found = loading.gathering(request, pk, "run")
    try:
        count = len(services.issue_for(found, actor=request.user))
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    said = ngettext("%(count)d certificate is given.", "%(count)d certificates are given.", count) % {
        "count": count
    }
    return done(request, said if count else _("Everybody who meets the rule has one already."), HERE, pk)


@members
@require_GET
def all_as_zip(request: MemberRequest, pk: int) -> HttpResponseBase:
    """All valid certificates as PDF in one file."""
    found = loading.gathering(request, pk)
    rule = selectors.rule_of(found)
    rows = selectors.certificates_of(rule) if rule else []
    response = StreamingHttpResponse(as_zip(rows), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="certificates.zip"'
    return response


@members
def certificate(request: MemberRequest, pk: int) -> HttpResponse:
    """One certificate, and for the coordination the way to revoke it."""
    return _one(request, pk, RevokeForm())


@members
@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it back, with the reason."""
    found, form = loading.certificate_to_revoke(request, pk), RevokeForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            services.revoke(found, form.cleaned_data["reason"], actor=request.user)
            return done(
                request, _("It is revoked. Whoever checks it reads so."), "certificates:certificate", pk
            )
    return _one(request, pk, form)


def _one(request: MemberRequest, pk: int, form: RevokeForm) -> HttpResponse:
    found = loading.certificate(request, pk)
    community = found.rule.community
    shown = {
        "certificate": found,
        "path": path_of(found.key),
        "hours": duration_words(found.minutes),
        "days": days_words(found),
        "gathering": found.rule.gathering,
        "may_revoke": found.is_valid and bool(may_run(request.user, community)),
    }
    return loading.shown(request, "certificates/certificate.html", community, form=form, **shown)
