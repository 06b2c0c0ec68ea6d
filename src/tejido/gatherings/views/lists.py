"""A community's gatherings: as a list, as a month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, get_format

from tejido.accounts.access import MemberRequest, members
from tejido.foundation.policies import can
from tejido.gatherings import selectors
from tejido.gatherings.listing import gatherings_table
from tejido.gatherings.models import Gathering
from tejido.gatherings.times import day_in, days_of
from tejido.gatherings.views.loading import community_for
from tejido.web.responses import page
from tejido.web.tables import BoundTable


@members
def gatherings(request: MemberRequest, pk: int) -> HttpResponseBase:
    """All of a community and below, the coming ones on top. Answers ?download=csv and xlsx too."""
    community = community_for(request, pk)
    rows = selectors.gatherings_of(request.user, community)
    in_file = "download" in request.GET
    spec = gatherings_table(community, request.user)
    table = spec.read(request, selectors.with_turnout(rows) if in_file else rows)
    if not in_file:
        _count(table)
    return table.download() or page(
        request,
        "gatherings/list.html",
        table=table,
        community=community,
        place="gatherings",
        may_plan=can(request.user, "gatherings.plan", community),
    )


def _count(table: BoundTable) -> None:
    """Count who came only for the rows that are shown, so that a long history costs no more than a short one."""
    shown = list(table.page.object_list)
    some = Gathering.objects.filter(pk__in=[row.pk for row in shown])
    counted: Any = selectors.with_turnout(some)  # brings columns that the model does not have
    rows = counted.values_list("pk", "attended", "invited")
    counts = {pk: (attended, invited) for pk, attended, invited in rows}
    for row in shown:
        row.attended, row.invited = counts[row.pk]
    table.page.object_list = shown


@dataclass(slots=True)
class Day:
    """One day of the month's table."""

    day: date
    here: bool  # of this month, not of the one before or after
    today: bool
    gatherings: list[Gathering] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Week:
    """A row of the month's table."""

    days: list[Day]

    @property
    def busy(self) -> bool:
        """Whether something takes place on a day of this week that belongs to the month."""
        return any(day.gatherings for day in self.days if day.here)


@members
def month(request: MemberRequest, pk: int) -> HttpResponseBase:
    """A month of a community and below: a table of weeks, an agenda on a phone."""
    community = community_for(request, pk)
    today = day_in(community.time_zone, timezone.now())
    first = parse_month(request.GET.get("month", ""), today)
    weeks = weeks_of(first, today)
    shown = selectors.gatherings_between(
        request.user, community, weeks[0].days[0].day, weeks[-1].days[-1].day
    )
    put_in(weeks, list(shown))
    inside: dict[str, Any] = {"community": community, "place": "gatherings"}
    return page(request, "gatherings/month.html", **inside, **month_words(first, today, weeks))


def month_words(first: date, today: date, weeks: list[Week]) -> dict[str, Any]:
    """What the month's page says around the days."""
    return {
        "first": first,
        "weeks": weeks,
        "weekdays": [(date_format(d.day, "l"), date_format(d.day, "D")) for d in weeks[0].days],
        "before": first - timedelta(days=1),
        "after": first + timedelta(days=31),
        "this_month": first == today.replace(day=1),
        "any_here": any(week.busy for week in weeks),
    }


def parse_month(asked: str, today: date) -> date:
    """The first day of the month "2025-03"; of today's where it is none.

    >>> parse_month("2025-03", date(2026, 11, 22)), parse_month("soon", date(2026, 11, 22))
    (datetime.date(2025, 3, 1), datetime.date(2026, 11, 1))
    """
    try:
        found = parse_date(f"{asked}-01")
    except ValueError:
        found = None
    return found if found and 1900 <= found.year <= 2200 else today.replace(day=1)


def weeks_of(first: date, today: date) -> list[Week]:
    """The weeks of a month, whole, beginning on the day on which weeks begin in the reader's language."""
    begins = (get_format("FIRST_DAY_OF_WEEK") - 1) % 7
    weeks = calendar.Calendar(begins).monthdatescalendar(first.year, first.month)
    return [Week([Day(day, day.month == first.month, day == today) for day in week]) for week in weeks]


def put_in(weeks: list[Week], gatherings: list[Gathering]) -> None:
    """Each gathering into every day on which it takes place, earliest first."""
    days = {shown.day: shown for week in weeks for shown in week.days}
    for gathering in gatherings:
        for day in days_of(gathering.community.time_zone, gathering.starts_at, gathering.ends_at):
            if day in days:
                days[day].gatherings.append(gathering)
