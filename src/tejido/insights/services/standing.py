"""Signals that follow from what is written down, not from what was measured: who leads what."""

from __future__ import annotations

from tejido.communities.models import Community
from tejido.communities.selectors import without_leader
from tejido.insights.models import AttentionItem
from tejido_analytics.signals import Signal


def standing_signals(community: Community) -> list[Signal]:
    """A node below the community that has no leader: one signal each. One query.

    evidence: `name` of the node, which is nobody's personal datum.
    """
    code = AttentionItem.Signal.LEADERLESS.value
    nodes = without_leader(community).filter(kind=Community.Kind.NODE).exclude(pk=community.pk)
    return [Signal(code, "node", str(node.pk), None, {"name": node.name}) for node in nodes]
