"""The network drawn: people by group (colour and shape) and strength (size), ties by strength (width)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from tejido.web.charts.drawing import Chart, colour_class, coordinate, legend, say_number, shape, svg, text

SIZE, EDGE, SMALLEST, LARGEST = 720.0, 40.0, 6.0, 18.0
LISTED, NAMED_TIES = 200, 8
CROWD = 80  # people; with more of them marks get smaller, so that they do not hide one another


@dataclass(frozen=True, slots=True)
class Node:
    """A person (or school): where it stands (0..1 both ways), which group (index), how strong (0..1).

    `name` is what may be shown: the caller decides whether that is a name. `named` writes it in the drawing.
    """

    id: int
    name: str
    x: float
    y: float
    group: int = 0
    strength: float = 0.0
    named: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """Between the nodes `a` and `b`; strength in the caller's unit (meetings, say), above zero."""

    a: int
    b: int
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class NetworkDrawing:
    """The figure with its controls, which frontend/islands/network.ts brings to life. Printing it renders it."""

    chart: Chart
    nodes: Sequence[Node]
    strongest: float
    unit: str

    @property
    def svg(self) -> SafeString:
        return self.chart.svg

    def standalone(self) -> str:
        return self.chart.standalone()

    def __str__(self) -> SafeString:
        people = sorted(self.nodes, key=lambda node: node.name)
        return SafeString(
            render_to_string(
                "web/components/network.html", {"drawing": self, "chart": self.chart, "people": people}
            )
        )

    __html__ = __str__


def _place(node: Node) -> tuple[float, float]:
    inside = SIZE - 2 * EDGE
    return EDGE + node.x * inside, EDGE + node.y * inside


def _draw_tie(tie: Tie, places: dict[int, tuple[float, float]], strongest: float) -> str:
    (ax, ay), (bx, by) = places[tie.a], places[tie.b]
    share = tie.strength / strongest
    return (
        f'<line class="tie" data-a="{tie.a}" data-b="{tie.b}" data-strength="{tie.strength:g}" x1="{coordinate(ax)}" y1="{coordinate(ay)}" '
        f'x2="{coordinate(bx)}" y2="{coordinate(by)}" stroke-width="{coordinate(0.8 + 4 * share)}" stroke-opacity="{0.35 + 0.5 * share:.2f}"/>'
    )


def _draw_node(node: Node, place: tuple[float, float], room: float) -> str:
    radius = room * (SMALLEST + (LARGEST - SMALLEST) * max(0.0, min(1.0, node.strength)) ** 0.5)
    x, y = place
    named = " named" if node.named else ""
    link = f' data-url="{conditional_escape(node.url)}"' if node.url else ""
    return (
        f'<g class="node {colour_class(node.group)}{named}" data-node="{node.id}"{link}><title>{conditional_escape(node.name)}</title>'
        f"{shape(node.group, x, y, radius)}{text(x, y - radius - 5, node.name, anchor='middle')}</g>"
    )


def _rows(nodes: Sequence[Node], ties: Sequence[Tie], groups: Sequence[str]) -> list[list[str]]:
    """Name, group, number of ties, with whom (strongest first); the best linked first, at most LISTED."""
    names = {node.id: node.name for node in nodes}
    near: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for tie in ties:
        near[tie.a].append((-tie.strength, names[tie.b]))
        near[tie.b].append((-tie.strength, names[tie.a]))
    rows = []
    for node in sorted(nodes, key=lambda one: (-len(near[one.id]), one.name))[:LISTED]:
        friends = [name for _, name in sorted(near[node.id])]
        more = f" +{len(friends) - NAMED_TIES}" if len(friends) > NAMED_TIES else ""
        group = groups[node.group] if node.group < len(groups) else pgettext("group", "Other")
        rows.append([node.name, group, say_number(len(friends)), ", ".join(friends[:NAMED_TIES]) + more])
    return rows


def network(
    nodes: Sequence[Node],
    ties: Sequence[Tie],
    groups: Sequence[str],
    *,
    caption: str,
    says: str,
    unit: str = "",
) -> NetworkDrawing:
    """Draw it. O(nodes log nodes + ties). Ties between nodes that are not there raise KeyError.

    groups: names by index, at most seven told apart; `unit`: what a tie's strength counts ("gatherings together").
    """
    places = {node.id: _place(node) for node in nodes}
    strongest = max((tie.strength for tie in ties), default=1.0)
    drawn = [_draw_tie(tie, places, strongest) for tie in sorted(ties, key=lambda tie: tie.strength)]
    room = max(0.25, min(1.0, (CROWD / max(1, len(nodes))) ** 0.5))
    drawn += [
        _draw_node(node, places[node.id], room) for node in sorted(nodes, key=lambda node: node.strength)
    ]
    headers = [gettext("Name"), gettext("Group"), gettext("Ties"), gettext("With whom")]
    chart = Chart(
        svg(SIZE, SIZE, "".join(drawn), title=caption, desc=says),
        caption,
        says,
        headers,
        _rows(nodes, ties, groups),
        legend(groups),
        "broad",
    )
    return NetworkDrawing(chart, nodes, strongest, unit)
