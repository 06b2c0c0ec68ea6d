"""Bringing a form, and a new version of one. Every problem with its place and remedy."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tejido.accounts.access import MemberRequest, members
from tejido.instruments import services
from tejido.instruments.forms.bringing import BringForm, VersionForm
from tejido.instruments.models import Instrument
from tejido.instruments.services import Brought
from tejido.instruments.views import loading
from tejido.instruments.wording import form_problem
from tejido.web.responses import done, page, refusals_on
from tejido_forms.problems import FormRefused


@members
def bring(request: MemberRequest, pk: int) -> HttpResponse:
    """A form that is new in the community."""
    community = loading.community(request, pk, "run")
    form = BringForm(request.POST or None, request.FILES or None)
    brought, problems = _read(form)
    if brought:
        with refusals_on(form):
            kind, title = form.cleaned_data["kind"], form.cleaned_data["title"]
            made = services.make_instrument(community, kind, brought, actor=request.user, title=title)
            return _published(request, made, brought)
    return _page(request, community=community, form=form, problems=problems)


@members
def bring_version(request: MemberRequest, pk: int) -> HttpResponse:
    """A new version of a form."""
    instrument = loading.instrument(request, pk, "instruments.change")
    form = VersionForm(request.POST or None, request.FILES or None)
    brought, problems = _read(form)
    if brought:
        with refusals_on(form):
            services.publish_version(instrument, brought, actor=request.user)
            return _published(request, instrument, brought)
    return _page(request, community=instrument.community, instrument=instrument, form=form, problems=problems)


def _read(form: VersionForm) -> tuple[Brought | None, list[dict[str, Any]]]:
    """What was brought, or every problem it has as sentences."""
    if not form.is_bound or not form.is_valid():
        return None, []
    try:
        name = form.cleaned_data["file"].name or ""
        return services.read_brought(form.content(), name, form.beside_it()), []
    except FormRefused as refused:
        form.add_error(None, _("The form cannot be used yet. What to change stands below."))
        return None, [form_problem(one) for one in refused.problems]


def _published(request: MemberRequest, made: Instrument, brought: Brought) -> HttpResponse:
    found = [form_problem(one) for one in brought.problems]
    said = [f"{one['where']}: {one['words']}" if one["where"] else one["words"] for one in found]
    words = _("«%(form)s» is ready to be given out.") % {"form": made.title}
    return done(request, " ".join([words, *said[:3]]), "instruments:instrument", made.pk)


def _page(request: MemberRequest, **more: Any) -> HttpResponse:
    return page(request, "instruments/bring.html", place="forms", **more)
