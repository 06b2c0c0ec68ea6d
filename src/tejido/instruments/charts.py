"""Results as charts and lines for pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tejido.instruments.selectors import Asked, Reliability, Results, ScaleResult, reliability
from tejido.web.charts import Chart, bars
from tejido.web.estimates import estimate
from tejido_analytics.privacy import SMALLEST_CELL

MOST_BARS = 40


def drawn(results: Results) -> list[dict[str, Any]]:
    """One line for each question: {"question": Asked, "chart": Chart or None, "basis": words}."""
    return [
        {"question": one, "chart": chart_of(one) if one.n and one.cells else None, "basis": basis_of(one)}
        for one in results.questions
    ]


def chart_of(one: Asked) -> Chart:
    """The answers to one question as bars."""
    rows = [(cell.label, None if cell.count is None else float(cell.count)) for cell in one.cells[:MOST_BARS]]
    caption = _("%(question)s How many people each answer names.") % {"question": one.label}
    return bars(rows, caption=caption if one.kind == "people" else one.label, says=says_of(one))


def says_of(one: Asked) -> str:
    """The chart in words."""
    shown = [cell for cell in one.cells if cell.count]
    words = basis_of(one)
    if one.mean is not None:
        words += " " + _("Mean: %(mean)s.") % {"mean": number_format(one.mean, 2)}
    if shown and one.kind == "choice":
        most = max(shown, key=lambda cell: cell.count or 0)
        words += " " + _("Most often: %(label)s (%(count)s of %(n)s).") % {
            "label": most.label, "count": number_format(most.count or 0), "n": number_format(one.n),
        }  # fmt: skip
    if len(shown) < sum(cell.count != 0 for cell in one.cells):
        words += " " + _("Small groups are not shown.")
    return words


def basis_of(one: Asked) -> str:
    return ngettext("%(n)d answer.", "%(n)d answers.", one.n) % {"n": one.n}


def scale_lines(scales: Sequence[ScaleResult], *, least: int) -> list[dict[str, Any]]:
    """One line for each dimension. Below `least` answers there is no mean, and below five nothing on reliability."""
    return [
        {
            "scale": one.scale,
            "dimension": one.dimension or pgettext("dimension of a scale", "whole scale"),
            "mean": one.scored.mean if one.scored.n >= least else None,
            "n": one.scored.n,
            "without": one.scored.without,
            "low": one.ends[0],
            "high": one.ends[1],
            "items": one.items,
            "reliability": said_of(reliability(one)) if one.scored.n >= SMALLEST_CELL else None,
        }
        for one in scales
    ]


def said_of(found: Reliability) -> list[str]:
    """α and ω in words, each with its interval and what it rests on."""
    return [estimate("α", found.alpha), estimate(_("ω total"), found.omega)]


def scale_chart(lines: Sequence[dict[str, Any]]) -> Chart | None:
    """Means of dimensions whose answers have the same ends, as bars; None below two of them."""
    shown = [line for line in lines if line["mean"] is not None]
    ends = {(line["low"], line["high"]) for line in shown}
    if len(shown) < 2 or len(ends) > 1:
        return None
    low, high = ends.pop()
    several = len({line["scale"] for line in shown}) > 1
    rows = [
        (f"{line['scale']}: {line['dimension']}" if several else line["dimension"], line["mean"] - low)
        for line in shown
    ]
    between = {"low": floatformat(low), "high": floatformat(high)}
    return bars(
        rows,
        caption=_("Mean of each dimension, from %(low)s to %(high)s") % between,
        says=_("A full bar is %(high)s, an empty one %(low)s.") % between,
        say=lambda value: floatformat(round(value + low, 9), 2),
        most=high - low,
    )
