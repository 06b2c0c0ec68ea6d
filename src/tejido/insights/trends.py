"""The charts of single indicators: what the time goes to, usefulness with its limits, and who leads over the months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tejido.agenda.models import Kind
from tejido.insights.models import IndicatorValue
from tejido.insights.selectors import say
from tejido.web.charts import Chart, Series, line, shares


def chart_of(value: IndicatorValue) -> Chart | None:
    """The chart of an indicator that has one, where there is enough to draw. No query."""
    draw = CHARTS.get(value.indicator)
    return draw(value.detail) if draw is not None and value.detail else None


def _time(detail: Any) -> Chart | None:
    minutes = [detail["minutes"][kind] for kind in Kind.values]
    if not sum(minutes):
        return None
    return shares(
        [(_("All gatherings"), minutes)],
        [str(label) for label in Kind.labels],
        caption=_("What the time went to"),
        says=_("Minutes of all agendas of the period by kind of activity."),
        say=lambda number: _("%(n)s min") % {"n": say("count", number)},
    )


def _usefulness(detail: Any) -> Chart | None:
    """The individuals chart: every gathering that may be shown, the mean, and the limits of chance."""
    points = [point for point in detail["points"] if point["value"] is not None]
    if len(points) < 2:
        return None
    chart, many = detail["chart"], len(points)
    series = [Series(_("Usefulness"), [point["value"] for point in points])]
    for name, key in ((_("Mean"), "centre"), (_("Lower limit"), "lower"), (_("Upper limit"), "upper")):
        if chart[key] is not None:
            series.append(Series(name, [chart[key]] * many))
    return line(
        series,
        [_day(point["date"]) for point in points],
        caption=_("Usefulness from gathering to gathering"),
        says=_("Between the two limits values differ by chance alone."),
        say=lambda number: say("rating", number),
    )


def _led(detail: Any) -> Chart | None:
    months = detail["by_month"]
    if len(months) < 2:
        return None
    return line(
        [Series(_("Led by members"), [cell["value"] for cell in months])],
        [_month(cell["key"]) for cell in months],
        caption=_("Led by members, month by month"),
        says=_("Of the segments of each month, the part that members led. It should rise."),
        say=lambda number: say("share", number),
    )


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "SHORT_DATE_FORMAT")


def _month(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "m/Y")


CHARTS: dict[str, Callable[[Any], Chart | None]] = {
    "time_mix": _time,
    "usefulness": _usefulness,
    "member_led": _led,
}
