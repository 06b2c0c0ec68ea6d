"""The insight that a page shows: the stored one, or a new one where that is quick."""

from __future__ import annotations

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.foundation.policies import require
from tejido.insights.models import Insight
from tejido.insights.periods import Choice
from tejido.insights.selectors.reading import insight_of, is_current, is_quick
from tejido.insights.services.computing import compute_insight
from tejido.insights.services.staleness import owe


def ready_insight(community: Community, choice: Choice, *, actor: User) -> tuple[Insight | None, bool]:
    """The insight to show, and whether it knows everything. One query where it does.

    Computed at once where that is quick. Elsewhere the last one stays (None if there is none) and a new one is owed;
    only for two dates of one's own, which nobody else asks for, the reader waits. Raises NotAllowed.
    """
    insight = insight_of(community, choice)
    if insight is not None and is_current(insight, choice.period):
        return insight, True
    if is_quick(community, insight) or not choice.is_rolling:
        return compute_insight(community, choice.period, actor=actor), True
    owe([community.pk])
    return insight, False


def compute_now(community: Community, choice: Choice, *, actor: User) -> Insight:
    """Compute it while the reader waits, however long that takes. Raises NotAllowed: only the team asks for that."""
    require(actor, "insights.attend", community)
    return compute_insight(community, choice.period, actor=actor)
