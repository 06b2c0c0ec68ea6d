"""Saying which questions make a scale."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.errors import Refusal
from tejido.instruments import selectors, services
from tejido.instruments.models import Instrument
from tejido.instruments.scoring import ends_of
from tejido.instruments.services import Part
from tejido.instruments.views import loading
from tejido.instruments.wording import language_for
from tejido.web.responses import done, page, refused


@members
def scale(request: MemberRequest, pk: int) -> HttpResponse:
    """The questions whose answers are numbers, each with its dimension and whether it is worded the other way."""
    instrument = loading.instrument(request, pk, "instruments.change")
    if request.method == "POST":
        return _define(request, instrument)
    name = request.GET.get("name", "")
    there = {item.path: item for one in instrument.scales.filter(name=name) for item in one.items.all()}
    lines = [
        {"path": path, "label": label, "item": there.get(path)} for path, label in _questions(instrument)
    ]
    shown: dict[str, Any] = {
        "instrument": instrument,
        "lines": lines,
        "name": name,
        "community": instrument.community,
    }
    return page(request, "instruments/scale.html", place="forms", **shown)


def _questions(instrument: Instrument) -> list[tuple[str, str]]:
    version = instrument.versions.first()
    if version is None:
        return []
    form, language = selectors.definition_of(version), language_for(version.spoken)
    return [(one.path, one.label.bare(language) or one.name) for one in form.questions if ends_of(one)]


def _define(request: MemberRequest, instrument: Instrument) -> HttpResponse:
    given: Any = request.POST
    parts = [
        Part(path, given.get(f"dimension-{path}", "").strip(), f"reverse-{path}" in given)
        for path in given.getlist("item")
    ]
    name = given.get("name", "").strip() or instrument.title
    try:
        services.define_scale(instrument, name, parts, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "instruments:scale", instrument.pk)
    return done(request, _("The scale is saved."), "instruments:instrument", instrument.pk)
