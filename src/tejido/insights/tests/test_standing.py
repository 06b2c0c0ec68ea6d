"""Signals that follow from what is written down: a node without leader."""

from __future__ import annotations

import pytest

from tejido.communities.models import Role
from tejido.communities.services import add_member
from tejido.insights.models import AttentionItem, Insight
from tejido.insights.selectors import attention_for, proposal_for
from tejido.insights.services.attention import Now, refresh_attention

pytestmark = pytest.mark.django_db


def test_a_node_without_a_leader_is_said_until_it_has_one(cast, system):
    nothing = Now((), frozenset(), frozenset(), {}, {})
    insight = Insight(community=cast.network)
    refresh_attention(insight, nothing)
    refresh_attention(insight, nothing)
    items = AttentionItem.objects.filter(community=cast.network, signal=AttentionItem.Signal.LEADERLESS)
    assert {item.evidence["name"] for item in items} == {"Nodo Agua", "Nodo Energía"}
    [notice] = [one for one in attention_for(cast.rosa) if one.item.key == str(cast.node.pk)]
    assert (notice.why, notice.step) == (
        "Nodo Agua has no leader. What nobody leads falls asleep.",
        "Name a leader",
    )
    assert "nadie lidera Nodo Agua" in proposal_for(notice.item, cast.rosa).message.text
    add_member(cast.node, cast.ana.person, role=Role.NODE_LEADER, actor=system)
    refresh_attention(insight, nothing)
    settled = items.get(key=str(cast.node.pk))
    assert (settled.state, settled.outcome) == (AttentionItem.State.CLOSED, AttentionItem.Outcome.LED)
