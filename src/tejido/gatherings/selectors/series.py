"""Series of a community, and what belongs to each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from tejido.communities.models import Community
from tejido.gatherings.models import Gathering, Series


def series_of(community: Community, now: datetime) -> QuerySet[Series]:
    """A community's series, those that go on first, with `.planned`, `.held`, `.next_day` and `.last_day`. One query."""
    standing = ~Q(gatherings__state=Gathering.State.CANCELLED)
    coming = standing & Q(gatherings__ends_at__gte=now)
    rows: Any = Series.objects.filter(community=community).annotate(
        planned=Count("gatherings", filter=standing),
        held=Count("gatherings", filter=Q(gatherings__state=Gathering.State.HELD)),
        next_day=Min("gatherings__day", filter=coming),
        last_day=Max("gatherings__day", filter=standing),
    )
    found: QuerySet[Series] = rows.order_by("ended_on", "name")
    return found


def open_series(community: Community) -> QuerySet[Series]:
    """Series into which gatherings are still put. One query."""
    return Series.objects.filter(community=community, ended_on=None).order_by("name")


def last_of(series: Series) -> Gathering | None:
    """The gathering of a series to plan the next one after: its latest that was not cancelled. One query."""
    rows = series.gatherings.exclude(state=Gathering.State.CANCELLED).select_related("community__parent")
    return rows.order_by("-starts_at", "-pk").first()


def within(series: Series) -> QuerySet[Gathering]:
    """All gatherings of a series, the first first, places joined. One query."""
    rows = series.gatherings.select_related("community", "school", "organisation")
    return rows.order_by("starts_at", "pk")
