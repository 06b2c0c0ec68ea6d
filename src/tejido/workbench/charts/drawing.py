"""A chart as an SVG that stands alone: readable in print, by a screen reader, and without telling colours apart.

The marks are Vega-Lite's, drawn without a browser; text is Lato, which is shipped.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tejido_analytics.charts import Chart

WIDTH: Final = 760
HEIGHT: Final = 340
INK, MUTED, LINE, SURFACE = "#201B16", "#6A5F55", "#E4DCD1", "#FFFFFF"
INDIGO, COCHINEAL, CLAY = "#2F4B8F", "#A62B3F", "#A8562A"
LOCALES: Final[dict[str, Any]] = {"es": "es-ES", "pt-br": "pt-BR", "en": "en-US"}


@dataclass(frozen=True, slots=True)
class Picture:
    """What stands around the chart. labels: of the readings, all dates or all texts. unit: of the readings, for the axis."""

    title: str
    labels: tuple[dt.date, ...] | tuple[str, ...]
    unit: str
    sentence: str


def as_svg(chart: Chart, picture: Picture) -> str:
    """The chart in the active language, with a title and a description in it. Cost: a second the first time, then .1 s."""
    return pictures_as_svg([(chart, picture)])


def pictures_as_svg(pictures: Sequence[tuple[Chart, Picture]]) -> str:
    """Charts one below the other as one picture, with the title of the first and the sentences of all of them."""
    import vl_convert

    _register_font()
    locale = LOCALES.get(get_language() or "en", "en-US")
    svg = vl_convert.vegalite_to_svg(specification(pictures), format_locale=locale, time_format_locale=locale)
    sentences = " ".join(picture.sentence for _chart, picture in pictures)
    return with_words(str(svg), pictures[0][1].title, sentences)


def with_words(svg: str, title: str, description: str) -> str:
    """`svg` with its title and description inside, as screen readers look for them."""
    words = f'<title id="title">{escape(title)}</title><desc id="description">{escape(description)}</desc>'
    opening = re.search(r"<svg\b[^>]*>", svg)
    if opening is None:
        raise ValueError("this is not an SVG")
    head = opening[0][:-1] + ' role="img" aria-labelledby="title description">'
    return svg[: opening.start()] + head + words + svg[opening.end() :]


@lru_cache(maxsize=1)
def _register_font() -> None:
    import font_lato
    import vl_convert

    vl_convert.register_font_directory(str(Path(font_lato.__file__).parent / "files"))


def specification(pictures: Sequence[tuple[Chart, Picture]]) -> dict[str, Any]:
    """Pictures in the words of Vega-Lite, made with altair so that a mistake is found here and not in the drawing."""
    import altair as alt

    drawn = [_drawn(chart, picture) for chart, picture in pictures]
    whole = drawn[0] if len(drawn) == 1 else alt.vconcat(*drawn, spacing=28)
    padding = {"left": 16, "top": 16, "right": 24, "bottom": 16}
    found: dict[str, Any] = (
        whole.properties(background=SURFACE, padding=padding).configure(**_manner()).to_dict()
    )
    return found


def _drawn(chart: Chart, picture: Picture) -> Any:
    import altair as alt

    axis = _across(picture)
    y = alt.Y(
        "value:Q", title=picture.unit, scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(tickCount=7)
    )
    layers: list[Any] = []
    for rows, mark in _lines(chart, picture):
        base = alt.Chart(_data(rows))
        layers.append(base.mark_line(**mark).encode(x=axis, y=y))
    layers += _readings(chart, picture, (axis, y))
    names = alt.Chart(_data(_names(chart, picture)))
    layers.append(
        names.mark_text(align="left", dx=8, baseline="middle", fontSize=12, color=INK).encode(
            x=axis, y=y, text="text:N"
        )
    )
    return alt.layer(*layers).properties(
        width=WIDTH,
        height=HEIGHT,
        title=alt.TitleParams(picture.title, subtitle=_in_lines(picture.sentence)),
    )


def _readings(chart: Chart, picture: Picture, scales: tuple[Any, Any]) -> list[Any]:
    """The readings joined by a line, signals with a colour and a shape of their own."""
    import altair as alt

    axis, y = scales
    dots = alt.Chart(_data(_dots(chart, picture)))
    line = dots.mark_line(color=INDIGO, strokeWidth=1.75, strokeJoin="round")
    plain = dots.transform_filter(alt.datum.signal == 0)
    signal = dots.transform_filter(alt.datum.signal == 1)
    mark: dict[str, Any] = {"filled": True, "opacity": 1}
    return [
        line.encode(x=axis, y=y, detail="stretch:N"),
        plain.mark_point(shape="circle", size=36, color=INDIGO, **mark).encode(x=axis, y=y),
        signal.mark_point(shape="diamond", size=110, color=COCHINEAL, **mark).encode(x=axis, y=y),
    ]


def _data(rows: Iterable[dict[str, Any]]) -> Any:
    import altair as alt

    inline: Any = alt.Data  # carries no types
    return inline(values=list(rows))


def _manner() -> dict[str, Any]:
    label = {"labelColor": MUTED, "titleColor": MUTED, "labelFontSize": 12, "titleFontSize": 12}
    return {
        "font": "Lato, Helvetica, Arial, sans-serif",
        "axis": {
            **label,
            "gridColor": LINE,
            "domainColor": MUTED,
            "tickColor": LINE,
            "titleFontWeight": "normal",
            "labelOverlap": True,
            "labelPadding": 6,
        },
        "axisX": {"grid": False},
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "color": INK,
            "fontSize": 19,
            "fontWeight": "bold",
            "subtitleColor": INK,
            "subtitleFontSize": 13,
            "subtitlePadding": 6,
            "subtitleLineHeight": 17,
            "offset": 14,
        },
    }


def _across(picture: Picture) -> Any:
    import altair as alt

    if isinstance(picture.labels[0], dt.date):
        months = len({(day.year, day.month) for day in picture.labels if isinstance(day, dt.date)})
        wanted = "%b %Y" if months > 3 else "%-d %b"
        return alt.X(
            "label:T", title=None, axis=alt.Axis(format=wanted, tickCount=8), scale=alt.Scale(nice=False)
        )
    order = [str(label) for label in picture.labels]
    return alt.X(
        "label:N",
        title=None,
        sort=order,
        axis=alt.Axis(labelAngle=0, labelFlush=False),
        scale=alt.Scale(paddingOuter=0.3),
    )


def _label(picture: Picture, at: int) -> str:
    label = picture.labels[at]
    return f"{label.isoformat()}T00:00:00" if isinstance(label, dt.date) else str(label)


def _lines(chart: Chart, picture: Picture) -> Iterator[tuple[list[dict[str, Any]], dict[str, Any]]]:
    """Centre and limits, a line for each phase, so that no line leads from one phase to the next."""
    manners = (
        (chart.centre, {"color": MUTED, "strokeWidth": 1.5}),
        (chart.lower, {"color": CLAY, "strokeWidth": 1.5, "strokeDash": [6, 4]}),
        (chart.upper, {"color": CLAY, "strokeWidth": 1.5, "strokeDash": [6, 4]}),
    )
    for phase in chart.phases:
        for line, manner in manners:
            part = line[phase.start : phase.end]
            known = np.flatnonzero(np.isfinite(part)) + phase.start
            if not len(known):
                continue
            moving = bool(np.ptp(line[known]) > 1e-12)
            rows = [{"label": _label(picture, at), "value": float(line[at])} for at in known.tolist()]
            yield rows, {**manner, "interpolate": "step"} if moving else manner


def _dots(chart: Chart, picture: Picture) -> Iterator[dict[str, Any]]:
    signals = {point for signal in chart.signals if signal.rule != "few_crossings" for point in signal.points}
    start = {phase.start: number for number, phase in enumerate(chart.phases)}
    stretch = 0
    for at, value in enumerate(chart.values.tolist()):
        stretch = start.get(at, stretch)
        if not np.isnan(value):
            yield {
                "label": _label(picture, at),
                "value": value,
                "signal": int(at in signals),
                "stretch": stretch,
            }


def _names(chart: Chart, picture: Picture) -> Iterator[dict[str, Any]]:
    """What the lines are, beside the end of the last phase, where they are not too near each other."""
    last = chart.phases[-1].end - 1
    words = (
        (chart.centre, _("median") if chart.kind == "run" else _("mean")),
        (chart.upper, _("upper limit")),
        (chart.lower, _("lower limit")),
    )
    known = [(float(line[last]), word) for line, word in words if np.isfinite(line[last])]
    apart = max(value for value, _word in known) - min(value for value, _word in known) if known else 0.0
    for value, word in known:
        yield {"label": _label(picture, last), "value": value, "text": f"{word} {short(value, apart)}"}


def short(value: float, apart: float = 0.0) -> str:
    """A number with as many digits as it deserves, in the way of the active language.

    apart: how far the numbers beside it lie apart; where that is little, digits are added until they can be told apart.

    >>> short(14.8333), short(0.95289), short(2180.86), short(74.00118, apart=0.0266)
    ('14.8', '0.953', '2,181', '74.001')
    """
    size = abs(value)
    places = 0 if size >= 1000 else 1 if size >= 10 else 2 if size >= 1 else 3
    if apart > 0:
        places = min(9, max(places, 1 - math.floor(math.log10(apart))))
    if value == round(value):
        places = 0
    return str(number_format(round(value, places), places, use_l10n=True, force_grouping=True))


def _in_lines(text: str, width: int = 110) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]
