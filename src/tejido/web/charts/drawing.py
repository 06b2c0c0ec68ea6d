"""What all charts are made of: the svg element, shapes, the figure with its words and its table."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

# The categorical order of the design system, with its light colours for drawings that leave the page.
CATEGORIES: list[tuple[str, str]] = [
    ("indigo", "#2f4b8f"),
    ("cochineal", "#a62b3f"),
    ("marigold", "#b87b0a"),
    ("leaf", "#2e7450"),
    ("clay", "#a8562a"),
    ("plum", "#6b3f7a"),
    ("lagoon", "#1f7a85"),
]
HEAT = ["#eef1f9", "#d5ddf0", "#b3c1e3", "#8fa3d4", "#7d92cc"]
OTHER = "c0"

Say = Callable[[float], str]


def say_number(value: float) -> str:
    """A number as the reader's language writes it; whole ones without decimals, others with one."""
    whole = float(value).is_integer()
    return str(number_format(int(value) if whole else value, decimal_pos=None if whole else 1))


def colour_class(index: int) -> str:
    """The class of the category at `index` (0-based): c1 to c7; c0, grey, for all beyond the seventh."""
    return f"c{index + 1}" if 0 <= index < len(CATEGORIES) else OTHER


def coordinate(value: float) -> str:
    """At most one decimal: a tenth of a unit is below what a screen shows.

    >>> coordinate(3.0), coordinate(2.25)
    ('3', '2.2')
    """
    return f"{value:.1f}".removesuffix(".0")


def _polygon(x: float, y: float, radius: float, corners: int, turn: float) -> str:
    angles = (turn + 2 * math.pi * number / corners for number in range(corners))
    points = " ".join(
        f"{coordinate(x + radius * math.sin(angle))},{coordinate(y - radius * math.cos(angle))}"
        for angle in angles
    )
    return f'<polygon class="fill" points="{points}"/>'


def _cross(x: float, y: float, radius: float) -> str:
    arm, c = radius * 0.36, coordinate
    return (
        f'<path class="fill" d="M{c(x - arm)} {c(y - radius)}h{c(2 * arm)}v{c(radius - arm)}h{c(radius - arm)}v{c(2 * arm)}'
        f'h-{c(radius - arm)}v{c(radius - arm)}h-{c(2 * arm)}v-{c(radius - arm)}h-{c(radius - arm)}v-{c(2 * arm)}h{c(radius - arm)}z"/>'
    )


def shape(index: int, x: float, y: float, radius: float) -> str:
    """The mark of the category at `index`, of about the same area for all: SVG source without colour."""
    if index == 1:
        side = radius * 0.9
        return f'<rect class="fill" x="{coordinate(x - side)}" y="{coordinate(y - side)}" width="{coordinate(2 * side)}" height="{coordinate(2 * side)}"/>'
    polygons = {2: (3, 0.0, 1.35), 3: (4, 0.0, 1.25), 4: (3, math.pi, 1.35), 5: (6, 0.0, 1.1)}
    if index in polygons:
        corners, turn, larger = polygons[index]
        return _polygon(x, y, radius * larger, corners, turn)
    if index == 6:
        return _cross(x, y, radius * 1.15)
    return f'<circle class="fill" cx="{coordinate(x)}" cy="{coordinate(y)}" r="{coordinate(radius)}"/>'


def svg(width: float, height: float, body: str, *, title: str, desc: str = "", css: str = "") -> SafeString:
    """The element itself. `body` is SVG source whose texts are escaped already; title and desc are not."""
    said = format_html("<title>{}</title>", title) + (format_html("<desc>{}</desc>", desc) if desc else "")
    marked = f' class="{css}"' if css else ""
    return mark_safe(  # noqa: S308 - body is drawn by this package, its texts escaped where they enter
        f'<svg xmlns="http://www.w3.org/2000/svg"{marked} viewBox="0 0 {coordinate(width)} {coordinate(height)}" role="img">{said}{body}</svg>'
    )


def text(x: float, y: float, words: str, *, anchor: str = "start", css: str = "") -> str:
    marked = f' class="{css}"' if css else ""
    return f'<text x="{coordinate(x)}" y="{coordinate(y)}" text-anchor="{anchor}"{marked}>{conditional_escape(words)}</text>'


def legend(names: Sequence[str]) -> SafeString:
    """Names of the categories with their colour and shape."""
    return format_html(
        '<ul class="legend">{}</ul>',
        format_html_join(
            "",
            '<li><svg viewBox="0 0 16 16" aria-hidden="true" class="{}">{}</svg>{}</li>',
            ((colour_class(i), mark_safe(shape(i, 8, 8, 5.5)), name) for i, name in enumerate(names)),  # noqa: S308
        ),
    )


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with what it says in words and the numbers behind it. Printing it gives the whole figure."""

    svg: SafeString
    caption: str
    says: str  # the summary: one or two sentences
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    legend: str = ""
    css: str = ""

    def table(self) -> SafeString:
        """The numbers as a table; the first column heads the row."""
        head = format_html_join("", '<th scope="col">{}</th>', ((words,) for words in self.headers))
        rows = format_html_join(
            "",
            '<tr><th scope="row">{}</th>{}</tr>',
            (
                (row[0], format_html_join("", "<td>{}</td>", ((cell,) for cell in row[1:])))
                for row in self.rows
            ),
        )
        return format_html(
            '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
            self.caption,
            head,
            rows,
        )

    def __str__(self) -> SafeString:
        return format_html(
            '<figure class="chart {}"><figcaption>{}</figcaption>{}{}<p class="says">{}</p>'
            '<details class="more"><summary>{}</summary>{}</details></figure>',
            self.css,
            self.caption,
            self.svg,
            self.legend,
            self.says,
            gettext("See it as a table"),
            self.table(),
        )

    __html__ = __str__

    def standalone(self) -> str:
        """The drawing with its own (light) colours, for where the page's style sheet does not reach."""
        return str(self.svg).replace("</title>", f"</title><style>{STANDALONE}</style>", 1)


STANDALONE = (
    "text{font-family:Lato,sans-serif;font-size:12px;fill:#201b16}.soft{fill:#6a5f55}.over{fill:#fff}.c3 .over{fill:#201b16}"
    ".axis{stroke:#8a7d70;fill:none}.grid{stroke:#e4dcd1;fill:none}.track{fill:#e4dcd1}.tie{stroke:#8a7d70}.heat-none{fill:none;stroke:#e4dcd1}"
    ".stroke{fill:none;stroke-width:2;stroke:#2f4b8f}.fill{fill:#2f4b8f}.gap{stroke:#fff;stroke-width:2}.c0 .fill,.fill.c0{fill:#8a7d70}.node text{display:none}.node.named text{display:inline}"
    + "".join(
        f".c{number} .fill,.fill.c{number}{{fill:{colour}}}.c{number} .stroke,.stroke.c{number}{{stroke:{colour}}}"
        for number, (_, colour) in enumerate(CATEGORIES, start=1)
    )
    + "".join(f".h{number}{{fill:{colour}}}" for number, colour in enumerate(HEAT, start=1))
)
