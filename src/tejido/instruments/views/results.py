"""What the answers come to: live, for the wall, and between groups."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.communities.policies import rights_in
from tejido.instruments import selectors
from tejido.instruments.charts import drawn, scale_chart, scale_lines
from tejido.instruments.figures import change_lines, reliability_lines
from tejido.instruments.models import Collection
from tejido.instruments.views import loading
from tejido.instruments.wording import language_for
from tejido.web.responses import page, partial
from tejido_analytics.privacy import SMALLEST_CELL


@members
@require_GET
def collection(request: MemberRequest, pk: int) -> HttpResponse:
    """The results; asked again every few seconds while the collection is open."""
    found = loading.collection(request, pk)
    shown = _results(request, found)
    if request.htmx:
        return partial(request, "instruments/partials/results.html", **shown)
    return loading.shown(request, "instruments/collection.html", found, **shown)


@members
@require_GET
def projector(request: MemberRequest, pk: int) -> HttpResponse:
    """The results for the wall: large, without names, without menus."""
    found = loading.collection(request, pk)
    shown = _results(request, found)
    if request.htmx:
        return partial(request, "instruments/partials/projected.html", **shown)
    return page(request, "instruments/projector.html", **shown)


@members
@require_GET
def groups(request: MemberRequest, pk: int) -> HttpResponse:
    """Means by the answers to one question."""
    found = loading.collection(request, pk)
    language = language_for(found.version.spoken)
    choices = selectors.groupings_of(found, selectors.definition_of(found.version), language)
    by = request.GET.get("by", "")
    hidden = selectors.rate_of(found).came < SMALLEST_CELL
    known = by in dict(choices) and not hidden
    lines = selectors.compare(found, by, language) if known else []
    return loading.shown(
        request, "instruments/groups.html", found, choices=choices, by=by, lines=lines, hidden=hidden
    )


@members
@require_GET
def scales(request: MemberRequest, pk: int) -> HttpResponse:
    """How far each dimension of the scales can be relied on, item by item."""
    found = loading.collection(request, pk)
    form, language = selectors.definition_of(found.version), language_for(found.version.spoken)
    known = [one for one in selectors.scales_of(found, form) if one.scored.n >= SMALLEST_CELL]
    lines = reliability_lines(known, form, language)
    return loading.shown(request, "instruments/scales.html", found, lines=lines)


@members
@require_GET
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """What changed from another collection of the same form to this one, or the other way round in time."""
    found = loading.collection(request, pk)
    others = selectors.earlier_and_later(found, request.user)
    key = request.GET.get("with", "")
    other = loading.part_of(others, key) if key else next(iter(others), None)
    shown: dict[str, Any] = {"others": others, "other": other, "lines": []}
    if other is not None:
        before, after = selectors.in_order(found, other)
        changed = selectors.changes(before, after, language_for(after.version.spoken))
        shown |= {"before": before, "after": after, "lines": change_lines(changed)}
    return loading.shown(request, "instruments/change.html", found, **shown)


def _results(request: MemberRequest, found: Collection) -> dict[str, Any]:
    reads = "run" in rights_in(request.user, found.community)
    results = selectors.results_of(found, language_for(found.version.spoken), suppress=not reads)
    scales = scale_lines(results.scales, least=1 if reads and not found.anonymous else SMALLEST_CELL)
    return {
        "collection": found,
        "reads": reads,
        "results": results,
        "lines": drawn(results),
        "scales": scales,
        "scale_chart": scale_chart(scales),
        "is_open": selectors.is_open(found),
    }
