"""How much of each: bars, stacked shares, and the heat map of cohorts."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from django.utils.translation import gettext

from tejido.web.charts.drawing import (
    HEAT,
    Chart,
    Say,
    colour_class,
    coordinate,
    legend,
    say_number,
    svg,
    text,
)

WIDTH = 320.0
LETTERS_OF_A_LABEL = 44  # in one line, with room for the value beside it
LINE = 14.0
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SMALLEST_WITH_LETTER = 18.0  # px: below this a letter does not fit


def bars(
    rows: Sequence[tuple[str, float | None]],
    *,
    caption: str,
    says: str = "",
    say: Say = say_number,
    most: float | None = None,
) -> Chart:
    """Horizontal bars from zero, label above each, in several lines where it is long, so that it is never cut. None is said as a dash. O(rows).

    most: what a full bar means (default: the largest value); 1.0 for shares.
    """
    full = most or max((value for _, value in rows if value is not None), default=0) or 1
    body: list[str] = []
    y = 0.0
    for label, value in rows:
        lines = wrap(label, LETTERS_OF_A_LABEL) or [""]
        body += [text(0, y + 13 + LINE * at, line) for at, line in enumerate(lines)]
        y += LINE * (len(lines) - 1)
        body.append(text(WIDTH, y + 13, "–" if value is None else say(value), anchor="end"))
        body.append(
            f'<rect class="track" y="{coordinate(y + 19)}" width="{coordinate(WIDTH)}" height="10" rx="3"/>'
        )
        if value:
            body.append(
                f'<rect class="fill" y="{coordinate(y + 19)}" width="{coordinate(WIDTH * min(1.0, value / full))}" height="10" rx="3"/>'
            )
        y += 38
    shown = [[label, "–" if value is None else say(value)] for label, value in rows]
    drawing = svg(WIDTH, max(y, 1), "".join(body), title=caption, desc=says)
    return Chart(drawing, caption, says, ["", caption], shown)


def shares(
    rows: Sequence[tuple[str, Sequence[float]]],
    categories: Sequence[str],
    *,
    caption: str,
    says: str,
    say: Say = say_number,
) -> Chart:
    """Stacked bars: what each whole is made of. Every part carries its letter, the legend too. O(rows × categories)."""
    height, body = 44.0, []
    for number, (label, values) in enumerate(rows):
        total, x, y = sum(values) or 1, 0.0, number * height
        body.append(text(0, y + 13, label) + text(WIDTH, y + 13, say(sum(values)), anchor="end", css="soft"))
        for index, value in enumerate(values):
            width = WIDTH * value / total
            if not width:
                continue
            part = f'<rect class="fill gap" x="{coordinate(x)}" y="{coordinate(y + 19)}" width="{coordinate(width)}" height="20"/>'
            if width >= SMALLEST_WITH_LETTER:
                part += text(x + width / 2, y + 33, LETTERS[index], anchor="middle", css="over")
            body.append(f'<g class="{colour_class(index)}">{part}</g>')
            x += width
    names = [f"{LETTERS[index]} · {name}" for index, name in enumerate(categories)]
    shown = [[label, *(say(value) for value in values)] for label, values in rows]
    drawing = svg(WIDTH, max(height * len(rows), 1), "".join(body), title=caption, desc=says)
    return Chart(drawing, caption, says, ["", *categories], shown, legend(names))


def heat(
    rows: Sequence[tuple[str, Sequence[float | None]]],
    columns: Sequence[str],
    *,
    caption: str,
    says: str,
    say: Say,
) -> Chart:
    """A table of shares (0..1) as colour and number: cohorts down, time across. None is an empty cell. O(cells).

    A cohort's row may be shorter than the columns: what has not happened yet is not drawn. The label stands on a line of
    its own above its cells, so that a long one is never covered.
    """
    top, line, cell = 20.0, 20.0, 28.0
    wide = max(34.0, WIDTH / max(1, len(columns)))
    body = [text((i + 0.5) * wide, 14, name, anchor="middle", css="soft") for i, name in enumerate(columns)]
    for number, (label, values) in enumerate(rows):
        y = top + number * (line + cell) + line
        body.append(text(1, y - 5, label))
        for index, value in enumerate(values):
            box = f'x="{coordinate(index * wide + 1)}" y="{coordinate(y + 1)}" width="{coordinate(wide - 2)}" height="{coordinate(cell - 2)}" rx="3"'
            if value is None:
                body.append(f'<rect class="heat-none" {box}/>')
                continue
            step = min(len(HEAT), 1 + int(value * len(HEAT)))
            body.append(
                f'<rect class="h{step}" {box}/>'
                + text((index + 0.5) * wide, y + 18, say(value), anchor="middle")
            )
    shown = [
        [label, *("–" if v is None else say(v) for v in values), *([""] * (len(columns) - len(values)))]
        for label, values in rows
    ]
    drawing = svg(
        wide * len(columns), top + (line + cell) * len(rows) + 2, "".join(body), title=caption, desc=says
    )
    return Chart(drawing, caption, says, [gettext("Group"), *columns], shown)
