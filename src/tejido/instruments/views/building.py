"""The quick builder: a new form, or the next version of one that it can show whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tejido.accounts.access import MemberRequest, members
from tejido.communities.models import Community
from tejido.foundation.errors import Refusal
from tejido.instruments import services
from tejido.instruments.forms.previewing import Preview, preview_of
from tejido.instruments.forms.sketch import ADDED, Sketch
from tejido.instruments.forms.sketch_page import KINDS, languages_for, lines_for, removed_for, sketch_of
from tejido.instruments.models import Instrument
from tejido.instruments.rosters import Roster
from tejido.instruments.shelf import shelf
from tejido.instruments.views import loading
from tejido.instruments.wording import form_problem, language_for
from tejido.web.responses import page, partial
from tejido_forms.building import Draft, as_xform
from tejido_forms.compiling import compile_form
from tejido_forms.opening import opened
from tejido_forms.problems import FormRefused

SAVES = ("save", "give")
BUILDER = "instruments/partials/builder.html"


@members
def build(request: MemberRequest, pk: int) -> HttpResponse:
    """A form that is new in the community, empty or begun with a template (?from=)."""
    community = loading.community(request, pk, "run")
    if request.method == "POST":
        return _work(request, community, None)
    template, reader = shelf().get(request.GET.get("from", "")), get_language() or ""
    if template is None or template.repeats:
        return _page(request, Sketch.empty(reader), community, None)
    return _page(request, Sketch.of(template.draft(reader), template.kind), community, None)


@members
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The newest version, to be changed into the next."""
    instrument = loading.instrument(request, pk, "instruments.change")
    if request.method == "POST":
        return _work(request, instrument.community, instrument)
    version = instrument.versions.defer("xform").first()
    try:
        draft = opened(bytes((version and version.source) or b""))
    except FormRefused as refused:
        problems = [form_problem(one) for one in refused.problems]
        shown: dict[str, Any] = {"instrument": instrument, "version": version, "problems": problems}
        return page(
            request, "instruments/not_simple.html", place="forms", community=instrument.community, **shown
        )
    draft = _with_scale(replace(draft, title=instrument.title), instrument)
    speaks = language_for(draft.languages)
    return _page(request, Sketch.of(draft, instrument.kind, speaks), instrument.community, instrument)


def _with_scale(draft: Draft, instrument: Instrument) -> Draft:
    """What questions measure, as it was said last: on the page of the scale, or in the file. Two queries."""
    scales = list(instrument.scales.prefetch_related("items")[:2])
    if len(scales) != 1:
        return draft
    items = {item.path: item for item in scales[0].items.all()}
    questions = []
    for one in draft.questions:
        item = items.get(f"/data/{one.name}")
        dimension = (item.dimension or scales[0].name) if item else ""
        questions.append(replace(one, dimension=dimension, reverse=bool(item and item.reverse)))
    return replace(draft, questions=tuple(questions))


def _work(request: MemberRequest, community: Community | None, instrument: Instrument | None) -> HttpResponse:
    """What a button of the page asks for."""
    sketch, act = sketch_of(request.POST, get_language() or ""), request.POST.get("act", "")
    if act not in SAVES:
        sketch.do(act)
        return _page(request, sketch, community, instrument)
    wrong = sketch.wrong()
    try:
        saved = None if wrong else _save(request, sketch, community, instrument)
    except Refusal as refusal:
        saved, wrong = None, [("title", refusal.message)]
    if saved is None:
        return _page(request, sketch, community, instrument, wrong)
    return _on(request, act, saved)


def _save(
    request: MemberRequest, sketch: Sketch, community: Community | None, instrument: Instrument | None
) -> Instrument:
    if instrument is not None:
        services.publish_draft(instrument, sketch.draft(), actor=request.user)
        return instrument
    assert community is not None
    return services.make_from_draft(community, sketch.kind, sketch.draft(), actor=request.user)


def _on(request: MemberRequest, act: str, saved: Instrument) -> HttpResponse:
    """To the form, or to where it is given out; the whole page, also where only a part was asked for."""
    messages.success(request, _("«%(form)s» is ready to be given out.") % {"form": saved.title})
    gives = act == "give" and saved.community_id
    to = (
        reverse("instruments:give", args=[saved.community_id, saved.pk])
        if gives
        else reverse("instruments:instrument", args=[saved.pk])
    )
    return HttpResponse(headers={"HX-Redirect": to}) if request.htmx else redirect(to)


def _page(
    request: MemberRequest,
    sketch: Sketch,
    community: Community | None,
    instrument: Instrument | None,
    wrong: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """The page, its part, or only the telephone beside it."""
    shown: dict[str, Any] = {"community": community, "instrument": instrument, "preview": _preview(sketch)}
    if request.htmx and request.POST.get("act") == "preview":
        return partial(request, "instruments/partials/preview.html", **shown)
    shown |= _drawn(sketch, wrong)
    if request.htmx:
        return partial(request, BUILDER, status=422 if wrong else 200, **shown)
    response = page(request, "instruments/builder.html", place="forms", **shown)
    response.status_code = 422 if wrong else 200
    return response


def _drawn(sketch: Sketch, wrong: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What partials/builder.html writes down."""
    return {
        "sketch": sketch,
        "lines": lines_for(sketch, wrong),
        "tongues": languages_for(sketch),
        "wrong": wrong,
        "removed": removed_for(sketch),
        "adding": [(kind, KINDS[kind]) for kind in ADDED],
        "kinds": Instrument.Kind.choices,
    }


def _preview(sketch: Sketch) -> Preview | None:
    """The draft as it is answered; None where nothing is asked yet."""
    draft = sketch.shown()
    return preview_of(compile_form(as_xform(draft), Roster().files()), sketch.speaks) if draft else None
