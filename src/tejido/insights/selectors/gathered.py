"""What stands behind the indicators of meetings and shared leadership: gathering by gathering, and who led.

Each line of a gathering leads to it, for those who may see it; the others are left out of these tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.agenda.models import Kind
from tejido.alliances.models import Contribution
from tejido.insights.policies import Eyes
from tejido.insights.selectors.called import LISTED, Called, Details, Grid
from tejido.insights.selectors.cards import say
from tejido.insights.selectors.records import NAMED
from tejido.insights.words import because

Cell = Mapping[str, Any]


def _listed(
    called: Called, caption: str, headers: list[str], cells: list[Any], say_cell: Callable[[Any], list[str]]
) -> Grid | None:
    """A table of gatherings, the latest first; None where the reader sees none of them."""
    known = [cell for cell in cells if int(cell["key"]) in called.gatherings][::-1][:LISTED]
    rows = [[_met(called, cell), *say_cell(cell)] for cell in known]
    urls = [reverse("gatherings:gathering", args=[int(cell["key"])]) for cell in known]
    return Grid(caption, [_("Gathering"), *headers], rows, urls) if rows else None


def _met(called: Called, cell: Cell) -> str:
    day = date_format(date.fromisoformat(cell["date"]), "SHORT_DATE_FORMAT")
    return f"{called.gatherings[int(cell['key'])]}, {day}"


def _add(found: Details, grid: Grid | None) -> None:
    if grid is not None:
        found.grids.append(grid)


def _minutes(number: float) -> str:
    return _("%(n)s min") % {"n": say("count", number)}


def time_mix(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    """By kind of activity with its warnings, then gathering by gathering."""
    for warning in detail["warnings"]:
        found.lines.append(
            _(
                "More than half of the time is presentation: people come to talk with each other and to try things out."
            )
            if warning == "much_presentation"
            else _("Less than two fifths of the time is hands-on work, discussion or reflection.")
        )
    kinds = dict(Kind.choices)
    rows = [
        [str(kinds[kind]), _minutes(minutes), say("share", detail["shares"][kind])]
        for kind, minutes in detail["minutes"].items()
        if minutes
    ]
    found.grids.append(Grid(_("By kind of activity"), [_("Activity"), _("Minutes"), _("Share")], rows))
    headers = [_("Minutes"), _("To do, talk and think"), _("Presentation"), _("Known from")]

    def line(cell: Cell) -> list[str]:
        known = _("the clock") if cell["measured"] else _("the plan")
        shares = [
            say("share", cell[name]) if cell[name] is not None else "–" for name in ("value", "presentation")
        ]
        return [_minutes(cell["minutes"]), *shares, known]

    _add(found, _listed(called, _("By gathering"), headers, detail["by_gathering"], line))


def voices(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    found.lines.append(
        _(
            "%(share)s of them are members: %(members)d, beside %(team)d of the team that accompanies or of elsewhere, and %(guests)d guests."
        )
        % {
            "share": say("share", detail["share"]),
            **{name: detail[name] for name in ("members", "team", "guests")},
        }
    )
    headers = [_("Voices"), _("Members among them")]
    _add(
        found,
        _listed(
            called,
            _("By gathering"),
            headers,
            detail["by_gathering"],
            lambda cell: [str(cell["people"]), str(cell["members"])],
        ),
    )


def partners(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    """Who contributed what, and at how many gatherings."""
    kinds = {
        **{key: str(label) for key, label in Contribution.Kind.choices},
        "segment": _("A part of the agenda"),
        NAMED: _("Named at the closing"),
    }
    rows = [
        [
            called.organisations[int(row["organisation"])],
            ", ".join(kinds.get(kind, kind) for kind in row["kinds"]),
            str(row["times"]),
            str(len(row["gatherings"])),
        ]
        for row in detail["organisations"][:LISTED]
        if int(row["organisation"]) in called.organisations
    ]
    if rows:
        headers = [_("Organisation"), _("What"), _("Contributions"), _("Gatherings")]
        found.grids.append(Grid(_("Who contributed"), headers, rows))


def exit_response(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    _add(
        found,
        _listed(
            called, _("By gathering"), [_("Answered")], detail["by_gathering"], lambda cell: [rate(cell)]
        ),
    )


def rate(cell: Cell) -> str:
    """A share with what it rests on, or why it is not said."""
    if cell["because"]:
        return because(cell["because"])
    if cell["value"] is None:
        return "–"
    return _("%(share)s (%(came)d of %(asked)d)") % {
        "share": say("share", cell["value"]),
        "came": cell["numerator"],
        "asked": cell["denominator"],
    }


def usefulness(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    """What the chart says, how often each answer was given, and gathering by gathering."""
    chart = detail["chart"]
    if chart:
        found.lines += [_signal(one, called) for one in chart["signals"]] or [_calm(chart["code"])]
    rows = [
        [cell["key"], because(cell["because"]) if cell["because"] else str(cell["count"])]
        for cell in detail["distribution"]
    ]
    if rows:
        found.grids.append(Grid(_("How often each answer was given"), [_("Answer"), _("Times")], rows))
    headers = [_("Usefulness"), _("Answers")]
    here = [cell for cell in detail["points"] if cell["here"]]

    def line(cell: Cell) -> list[str]:
        if cell["value"] is None:
            return [because(cell["because"]), ""]
        return [say("rating", cell["value"]), str(cell["people"])]

    _add(found, _listed(called, _("By gathering"), headers, here, line))


def _calm(code: str) -> str:
    if code == "too_few_readings":  # `tejido_analytics.charts.model`, which is slow to load
        return _("There are too few gatherings with ratings to tell a change from chance; it takes six.")
    return _("What differs from gathering to gathering is no more than chance.")


def _signal(signal: Cell, called: Called) -> str:
    better = signal["side"] in ("above", "rising")
    names = [called.gatherings[int(key)] for key in signal["keys"] if int(key) in called.gatherings]
    words = (
        _("This is more than chance, for the better: %(gatherings)s.")
        if better
        else _("This is more than chance, for the worse: %(gatherings)s.")
    )
    return words % {"gatherings": called.listed(names, len(signal["keys"]))}


def leadership_spread(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    found.lines.append(
        ngettext(
            "%(n)d member led anything; the one who led most holds %(share)s of it.",
            "%(n)d members led anything; the one who led most holds %(share)s of it.",
            detail["leaders"],
        )
        % {"n": detail["leaders"], "share": say("share", detail["top_share"])}
    )
    rows = [
        [called.people[int(row["person"])], say("spread", row["led"]), say("share", row["share"])]
        for row in detail["people"]
        if eyes.team and int(row["person"]) in called.people
    ]
    if rows:
        found.grids.append(Grid(_("Who leads most"), [_("Name"), _("Led"), _("Share")], rows))


def member_led(found: Details, detail: Any, called: Called, eyes: Eyes) -> None:
    kinds = {
        "segment": _("Segments of agendas"),
        "node": _("Nodes"),
        "cycle": _("Cycles"),
        "visit": _("Visits"),
    }
    rows = [
        [kinds[cell["key"]], str(cell["denominator"]), say("share", cell["value"])]
        for cell in detail["by_kind"]
    ]
    found.grids.append(Grid(_("By what was led"), [_("What"), _("Number"), _("Led by members")], rows))
    _add(
        found,
        _listed(
            called,
            _("By gathering"),
            [_("Led by members")],
            detail["by_gathering"],
            lambda cell: [say("share", cell["value"])],
        ),
    )
