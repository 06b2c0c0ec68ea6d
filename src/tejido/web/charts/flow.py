"""Lines over time: the sparkline of a stat, and the line chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from tejido.web.charts.drawing import (
    Chart,
    Say,
    colour_class,
    coordinate,
    legend,
    say_number,
    shape,
    svg,
    text,
)

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 320.0, 190.0, 36.0, 12.0, 12.0, 28.0
LETTER = 6.5  # of a label, about: as wide as its digits are


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name, and one value per label; None where nothing was measured."""

    name: str
    values: Sequence[float | None]


def _stretches(points: Sequence[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    """The runs of points between gaps."""
    run: list[tuple[float, float]] = []
    for point in points:
        if point is None:
            if run:
                yield run
            run = []
        else:
            run.append(point)
    if run:
        yield run


def _path(run: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in run)


def spark(values: Sequence[float | None], *, title: str, say: Say = say_number) -> SafeString:
    """A line without axes, 120 × 32, its last point marked. Empty when nothing was measured."""
    known = [value for value in values if value is not None]
    if not known:
        return SafeString("")
    low, high = min(known), max(known)
    spread = (high - low) or 1
    step = 108 / max(1, len(values) - 1)
    points = [
        None if v is None else (6 + i * step, 27 - 22 * (v - low) / spread) for i, v in enumerate(values)
    ]
    lines = "".join(f'<path class="stroke" d="{_path(run)}"/>' for run in _stretches(points) if len(run) > 1)
    last = next(point for point in reversed(points) if point is not None)
    dot = f'<circle class="fill" cx="{coordinate(last[0])}" cy="{coordinate(last[1])}" r="3.5"/>'
    desc = " · ".join("–" if value is None else say(value) for value in values)
    return svg(120, 32, lines + dot, title=title, desc=desc, css="spark")


def _nice_top(highest: float) -> float:
    """The smallest of 1, 2, 5 × 10ⁿ that is not below `highest`.

    >>> _nice_top(0.83), _nice_top(37), _nice_top(0)
    (1.0, 50.0, 1.0)
    """
    if highest <= 0:
        return 1.0
    size = 10.0 ** (len(str(int(highest))) - 1) if highest >= 1 else 1.0
    if highest < 1:
        while size / 10 >= highest:
            size /= 10
        return next((size / 10 * step for step in (2, 5) if size / 10 * step >= highest), size)
    return next(size * step for step in (1, 2, 5, 10) if size * step >= highest)


def _frame(labels: Sequence[str], top: float, say: Say) -> str:
    """Grid, the three numbers of the y axis and as many labels of the x axis as fit."""
    inside = HEIGHT - TOP - BOTTOM
    parts = []
    for share in (0.0, 0.5, 1.0):
        y = HEIGHT - BOTTOM - share * inside
        parts.append(
            f'<path class="{"grid" if share else "axis"}" d="M{coordinate(LEFT)} {coordinate(y)}H{coordinate(WIDTH - RIGHT)}"/>'
        )
        parts.append(text(LEFT - 6, y + 4, say(top * share), anchor="end", css="soft"))
    widest = LETTER * max(map(len, labels), default=0) + 8
    fit = max(1, min(5, int((WIDTH - LEFT - RIGHT) // widest)))
    every = max(1, -(-len(labels) // fit))
    step = (WIDTH - LEFT - RIGHT) / max(1, len(labels) - 1)
    for number, label in enumerate(labels):
        if number % every == 0:
            anchor = "start" if number == 0 else "end" if number == len(labels) - 1 else "middle"
            parts.append(text(LEFT + number * step, HEIGHT - 8, label, anchor=anchor, css="soft"))
    return "".join(parts)


def line(
    series: Sequence[Series], labels: Sequence[str], *, caption: str, says: str, say: Say = say_number
) -> Chart:
    """Values over time: one line per series, from zero; gaps where nothing was measured. O(points).

    labels: one per point, oldest first. Each series has its colour and its shape, in the order of the design system.
    """
    top = _nice_top(max((v for one in series for v in one.values if v is not None), default=0))
    step = (WIDTH - LEFT - RIGHT) / max(1, len(labels) - 1)
    inside = HEIGHT - TOP - BOTTOM
    body = [_frame(labels, top, say)]
    for index, one in enumerate(series):
        points = [
            None if v is None else (LEFT + i * step, HEIGHT - BOTTOM - inside * v / top)
            for i, v in enumerate(one.values)
        ]
        lines = "".join(
            f'<path class="stroke" d="{_path(run)}"/>' for run in _stretches(points) if len(run) > 1
        )
        marks = "".join(shape(index, x, y, 3.5) for x, y in filter(None, points))
        body.append(f'<g class="{colour_class(index)}">{lines}{marks}</g>')
    rows = [
        [label, *("–" if (v := one.values[i]) is None else say(v) for one in series)]
        for i, label in enumerate(labels)
    ]
    return Chart(
        svg(WIDTH, HEIGHT, "".join(body), title=caption, desc=says),
        caption,
        says,
        ["", *(one.name for one in series)],
        rows,
        legend([one.name for one in series]) if len(series) > 1 else SafeString(""),
    )
