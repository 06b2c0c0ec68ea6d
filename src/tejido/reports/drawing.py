"""The pictures of a report: the network, the cohorts. Each with its words; drawn to stand outside a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tejido.reports.values import value
from tejido.web import charts
from tejido_analytics.panorama import Panorama

if TYPE_CHECKING:
    from tejido.reports.building import Subject

MOST_TIES = 3000  # drawn; the strongest. A page cannot show more, and the file says all
GROUPS = 7


@dataclass(frozen=True, slots=True)
class Picture:
    caption: str
    says: str
    svg: str
    legend: list[dict[str, str]] = field(default_factory=list)


def network(seen: Panorama, subject: Subject) -> Picture | None:
    """The standing ties, coloured and shaped by group; None where there is nobody to draw."""
    if not seen.nodes or not seen.network.ties:
        return None
    sizes = Counter(subject.groups.get(node.id, "") for node in seen.nodes)
    known = [group for group, _n in sizes.most_common() if group][:GROUPS]
    place = {group: index for index, group in enumerate(known)}
    strongest = max(node.strength for node in seen.nodes) or 1.0
    number = {node.id: index for index, node in enumerate(seen.nodes)}
    nodes = [
        charts.Node(
            number[node.id],
            subject.names.get(node.id, ""),
            node.x,
            node.y,
            place.get(subject.groups.get(node.id, ""), GROUPS),
            node.strength / strongest,
        )
        for node in seen.nodes
    ]
    weights = seen.network.weight
    order = sorted(range(seen.network.ties), key=lambda index: -weights[index])[:MOST_TIES]
    people = seen.network.people
    ties = [
        charts.Tie(number[people[seen.network.a[i]]], number[people[seen.network.b[i]]], float(weights[i]))
        for i in order
    ]
    caption = _("Who met whom")
    count, tied = len(nodes), seen.network.ties
    says = (
        ngettext("%(count)d active person", "%(count)d active people", count) % {"count": count}
        + ", "
        + ngettext("%(count)d standing tie.", "%(count)d standing ties.", tied) % {"count": tied}
    )
    if known:
        says += " " + _("Colour and shape: %(group)s. Size: strength of the ties.") % {
            "group": subject.grouped_by
        }
    drawn = charts.network(nodes, ties, known, caption=caption, says=says)
    return Picture(caption, says, drawn.standalone(), _legend(known))


def _legend(names: list[str]) -> list[dict[str, str]]:
    entries = []
    for index, name in enumerate(names):
        colour = charts.CATEGORIES[index][1]
        mark = charts.shape(index, 8, 8, 5.5).replace('class="fill"', f'fill="{colour}"')
        entries.append(
            {"svg": f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{mark}</svg>', "name": name}
        )
    return entries


def cohorts(seen: Panorama) -> Picture | None:
    """Of those who came first in a period, how many were still active in each later one.

    None below two periods, and where every row is of too few people to be shown.
    """
    detail = seen.indicators["cohort_retention"].detail
    rows = detail.get("rows", [])
    if len(detail.get("periods", [])) < 2 or not any(
        cell["value"] is not None for row in rows for cell in row["cells"]
    ):
        return None
    columns = [
        pgettext("first period of a cohort", "first") if index == 0 else f"+{index}"
        for index in range(len(detail["periods"]))
    ]
    shown = [
        (date_format(row["start"], "SHORT_DATE_FORMAT"), [cell["value"] for cell in row["cells"]])
        for row in rows
    ]
    caption = _("Who stays: by the period in which people came first")
    says = _(
        "Each row is the people who first came in a period that began on that day; each column one period later."
    )
    drawn = charts.heat(
        shown, columns, caption=caption, says=says, say=lambda share: value("retention", share)
    )
    return Picture(caption, says, drawn.standalone())
