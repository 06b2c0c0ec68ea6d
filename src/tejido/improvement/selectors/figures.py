"""The figures of improvement, as indicators.md defines them, for insight and reports."""

from __future__ import annotations

import statistics
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.gatherings.selectors import day_in
from tejido.improvement.models import Cycle, Outcome, Stage
from tejido.improvement.selectors.cycles import STALLED
from tejido_analytics.measure import Measure

NO_CYCLE = "no cycle has begun"
NONE_DECIDED = "no cycle was decided in this time"


def counts_by_stage(community: Community) -> dict[str, int]:
    """How many cycles of the community and below stand in each stage, and how many ended by each decision. One query."""
    counted = {f"stage_{stage.value}": Count("pk", filter=Q(stage=stage)) for stage in Stage}
    counted |= {f"decision_{one.value}": Count("pk", filter=Q(decision=one)) for one in Outcome}
    return Cycle.objects.filter(community_id__in=below(community)).aggregate(**counted)


def days_to_decision(community: Community, start: date, end: date) -> Measure:
    """Median days from planning to the decision, of cycles decided from `start` to `end`. n = cycles. One query."""
    rows = Cycle.objects.filter(community_id__in=below(community), decided_on__range=(start, end))
    days = [
        (row.decided_on - day_in(row.community.time_zone, row.started_at)).days
        for row in rows.select_related("community")
        if row.decided_on is not None
    ]
    if not days:
        return Measure(None, 0, NONE_DECIDED)
    return Measure(float(statistics.median(days)), len(days))


def stalled_in(community: Community) -> QuerySet[Cycle]:
    """Cycles under way in which nothing was written for 30 days, the longest silent first. No query by itself."""
    rows = Cycle.objects.filter(
        community_id__in=below(community), touched_at__lt=timezone.now() - STALLED
    ).exclude(stage=Stage.CLOSED)
    return rows.order_by("touched_at")
