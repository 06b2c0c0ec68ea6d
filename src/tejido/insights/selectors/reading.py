"""What was computed, as a reader may see it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, visible_to
from tejido.communities.selectors import FROM_LISTS, ties_in
from tejido.gatherings.models import Attendance, Gathering
from tejido.insights import periods
from tejido.insights.models import IndicatorValue, Insight
from tejido.insights.policies import Eyes
from tejido.insights.selectors.records import inside_of
from tejido_analytics.tables import Period

EDITION = (
    7  # raise it whenever what is computed or stored changes: insights of another edition are computed anew
)
AT_ONCE_MS = 1500  # what took no longer last time is computed while the reader waits
AT_ONCE_ATTENDANCES = 4000  # the same for what was never computed: measured, see README.md


def own_periods(community: Community) -> list[Period]:
    """The terms or cycles by which the community counts, in order. One query."""
    rows = community.periods.order_by("starts_on").values_list("starts_on", "ends_on")
    return [Period(start, end) for start, end in rows]


def rolling_period(community: Community) -> Period:
    """The last twelve months up to today; for a community that has not met in them, up to the day it met last.

    A day on which a list of ties was written down counts like a meeting; where it has met, what somebody said who was
    asked does not, nor what two buddies talked about. One query; two where it has not met.
    """
    period = periods.last_twelve_months(community.today)
    came = Attendance.objects.filter(
        inside_of(community, "gathering__community_id"), status__in=Attendance.ATTENDED
    ).exclude(gathering__state=Gathering.State.CANCELLED)
    last = came.aggregate(day=Max("gathering__day"))["day"]
    if last is None or last < period.start:
        dated = ties_in(community).order_by().filter(day__lte=period.end)
        if last is not None:
            dated = dated.filter(FROM_LISTS)
        last = max(filter(None, [last, dated.aggregate(last=Max("day"))["last"]]), default=None)
    if last is None or last >= period.start:
        return period
    return periods.last_twelve_months(last)


def choices(community: Community) -> list[periods.Choice]:
    """Periods to choose from: the last twelve months, then the community's own, the newest first. Two or three queries."""
    rolling = rolling_period(community)
    is_up_to_now = rolling.end == community.today
    words = _("Last 12 months") if is_up_to_now else _("12 months with gatherings")
    found = [periods.Choice(periods.LAST_TWELVE_MONTHS, words, rolling)]
    for one in community.periods.order_by("-starts_on"):
        period = Period(one.starts_on, one.ends_on)
        found.append(periods.Choice(periods.key_of(period), one.name, period))
    return found


def seen_by(actor: User, pk: int) -> tuple[Community, Eyes] | None:
    """The community and how much of its insight `actor` sees; None where it is hidden. One query."""
    rights = {"team": "record", "ties": "understand", "small_groups": "run"}
    answers = {
        f"may_{name}": Exists(Community.objects.filter(communities_for(actor, right), pk=OuterRef("pk")))
        for name, right in rights.items()
    }
    community = (
        Community.objects.filter(visible_to(actor), pk=pk)
        .select_related("parent")
        .annotate(**answers)
        .first()
    )
    if community is None:
        return None
    return community, Eyes(**{name: getattr(community, f"may_{name}") for name in rights})


def insight_of(community: Community, choice: periods.Choice) -> Insight | None:
    """What is stored for a choice: of the last twelve months the last one computed, whatever its day.

    With its network and its community. One query.
    """
    rows = Insight.objects.filter(community=community).select_related("network")
    if choice.is_rolling:
        found = rows.filter(is_rolling=True).first()
    else:
        found = rows.filter(starts_on=choice.period.start, ends_on=choice.period.end).first()
    if found is not None:
        found.community = community
    return found


def is_current(insight: Insight, period: Period) -> bool:
    """Whether the insight knows everything that there is to know about `period` today. No query."""
    return (
        insight.stale_since is None
        and insight.edition == EDITION
        and (insight.starts_on, insight.ends_on) == (period.start, period.end)
    )


def is_quick(community: Community, insight: Insight | None) -> bool:
    """Whether computing takes so little that a reader can wait for it. At most one query."""
    if insight is not None:
        return insight.milliseconds <= AT_ONCE_MS
    rows = Attendance.objects.filter(inside_of(community, "gathering__community_id"))
    return rows.count() <= AT_ONCE_ATTENDANCES


def values_of(insight: Insight, eyes: Eyes, *, only: Collection[str] = ()) -> dict[str, IndicatorValue]:
    """Indicator id -> value, in the edition for these eyes; `only` some of them. One query."""
    rows = IndicatorValue.objects.filter(insight=insight, is_uncut=eyes.small_groups)
    if only:
        rows = rows.filter(indicator__in=only)
    return {row.indicator: row for row in rows.defer("insight")}
