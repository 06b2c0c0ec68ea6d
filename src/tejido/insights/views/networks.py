"""Member networks side by side, and what a member network lets the upper one see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.alliances.models import Joining
from tejido.alliances.selectors import joinings_for, shares_of
from tejido.alliances.services import choose_shares
from tejido.communities.models import Community
from tejido.communities.policies import communities_for
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can
from tejido.insights import selectors, services
from tejido.insights.definitions import FAMILIES, Definition
from tejido.insights.selectors.networks import Row, Seen, SideBySide
from tejido.web.charts import Chart, bars
from tejido.web.responses import done, page, refused
from tejido.web.tables import BoundTable, Column, Filter, TableSpec

CELL = "insights/partials/network_{}.html"
CHARTS = 4
NOT_SHARED = gettext_lazy("Not shared.")


@members
@require_GET
def networks(request: MemberRequest, pk: int) -> HttpResponseBase:
    """What the member networks share, one row each."""
    seen = Community.objects.filter(communities_for(request.user, "see")).select_related("parent")
    upper = get_object_or_404(seen, pk=pk, kind=Community.Kind.NETWORK_OF_NETWORKS)
    found = selectors.side_by_side(upper, request.user)
    services.owe(found.waiting)
    chosen = _chosen(request, found)
    table = _table(request, found, chosen)
    context: dict[str, Any] = {"place": "insight", "community": upper, "definitions": chosen}
    return table.download() or page(
        request,
        "insights/networks.html",
        table=table,
        charts=_charts(found, chosen),
        waiting=found.waiting,
        **context,
    )


def _families(found: SideBySide) -> list[tuple[str, Any]]:
    """Families of which anything is shared."""
    shared = {one.id for one in found.indicators}
    return [(one.key, one.title) for one in FAMILIES if shared & {each.id for each in one.indicators}]


def _chosen(request: HttpRequest, found: SideBySide) -> list[Definition]:
    """The indicators of the family that the address asks for; without one the first; in a file all of them."""
    families = dict(_families(found))
    asked = request.GET.get("family", "")
    if request.GET.get("download") and asked not in families:
        return found.indicators
    key = asked if asked in families else next(iter(families), "")
    inside = {each.id for one in FAMILIES if one.key == key for each in one.indicators}
    return [one for one in found.indicators if one.id in inside]


def _table(request: HttpRequest, found: SideBySide, chosen: list[Definition]) -> BoundTable:
    columns = [Column("network", _("Network"), lambda row: row.name, ("name",), CELL.format("name"))]
    for one in chosen:
        columns += _columns(one)
    families = _families(found)
    first = families[0][1] if families else ""
    family = Filter("family", _("Family"), lambda rows, _key: rows, families[1:], first)
    spec = TableSpec(
        key="networks",
        caption=_("Member networks side by side"),
        columns=columns,
        filters=[family] if len(families) > 1 else [],
    )
    return spec.read(request, found.rows)


def _columns(one: Definition) -> list[Column]:
    """Of an indicator: what the page shows, and value, basis, day and reason for files."""

    def part(name: str) -> Callable[[Row], Any]:
        return lambda row: getattr(row.cells.get(one.id, Seen(str(NOT_SHARED))), name)

    cell, key = CELL.format("cell"), one.id
    return [
        Column(key, one.title, lambda row: row.cells.get(key), cell=cell, only="page"),
        Column(key, one.title, part("number"), numeric=True, only="files"),
        Column(f"{key}_n", _("%(name)s: rests on") % {"name": one.title}, part("n"), only="files"),
        Column(f"{key}_day", _("%(name)s: up to") % {"name": one.title}, part("up_to"), only="files"),
        Column(f"{key}_why", _("%(name)s: why not") % {"name": one.title}, part("because"), only="files"),
    ]


def _charts(found: SideBySide, chosen: list[Definition]) -> list[Any]:
    """The first indicators that two networks or more can be compared by, drawn small."""
    drawn: list[Any] = []
    for one in chosen:
        known = [(row.name, row.cells[one.id]) for row in found.rows if one.id in row.cells]
        pairs: list[tuple[str, float | None]] = [
            (name, cell.number) for name, cell in known if cell.number is not None
        ]
        if len(pairs) > 1 and len(drawn) < CHARTS and one.kind in {"share", "count"}:
            drawn.append(_bars(one, pairs))
    return drawn


def _bars(one: Definition, pairs: list[tuple[str, float | None]]) -> Chart:
    def said(number: float) -> str:
        return selectors.say(one.kind, number)

    return bars(pairs, caption=str(one.title), say=said, most=1.0 if one.kind == "share" else None)


@members
def shares(request: MemberRequest, pk: int) -> HttpResponse:
    """What a community shares with a network of networks: read by whoever sees the community, chosen by its coordination."""
    joining: Any = get_object_or_404(joinings_for(request.user), pk=pk)
    if not joining.member_seen:
        raise Http404
    chooses = bool(can(request.user, "alliances.join", joining.member)) and joining.ends_on is None
    if request.method == "POST":
        return _choose(request, joining, chooses)
    context = {"joining": joining, "chooses": chooses, "families": _offered(joining)}
    return page(request, "insights/shares.html", place="governance", community=joining.member, **context)


def _choose(request: MemberRequest, joining: Joining, chooses: bool) -> HttpResponse:
    if not chooses:
        raise Http404
    back = ("alliances:joinings", joining.member_id)
    try:
        choose_shares(joining, request.POST.getlist("indicator"), actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, *back)
    return done(request, _("From this moment on just that is shared."), *back)


def _offered(joining: Joining) -> list[tuple[Any, list[tuple[Definition, Seen, bool]]]]:
    """Families with their indicators: what it is, what the other network would read now, whether it is shared."""
    standing = {one.indicator for one in shares_of(joining) if one.withdrawn_at is None}
    preview = selectors.preview_of(joining.member)
    return [
        (family, [(one, preview[one.id], one.id in standing) for one in family.indicators])
        for family in FAMILIES
        if family.indicators
    ]
