"""Nobody who pauses is proposed for a call because they stay away; the indicators stay what they are."""

from __future__ import annotations

from datetime import date

import pytest

from tejido.communities.models import Membership
from tejido.communities.services import pause_membership
from tejido.insights.models import AttentionItem, Insight
from tejido.insights.services.attention import Now, refresh_attention
from tejido.insights.tests.factories import insight, met, teacher
from tejido_analytics.signals import DRIFTING, Signal

pytestmark = pytest.mark.django_db


def test_who_pauses_does_not_drift(cast):
    away, other = teacher(cast.node), teacher(cast.node)
    met(cast.node, [away, other], ago=10)
    insight(cast.node)
    seen = Insight.objects.filter(community=cast.node).order_by("-pk")[0]
    told = {"last_attended": date(2024, 1, 1), "missed": ["1", "2"], "excused": 0, "attended_before": 1}
    signals = tuple(Signal(DRIFTING, "person", str(one.pk), date(2024, 2, 1), told) for one in (away, other))
    now = Now(signals, frozenset({str(away.pk), str(other.pk)}), frozenset(), {}, {})
    pause_membership(Membership.objects.get(person=away), actor=cast.rosa)

    refresh_attention(seen, now)

    items = AttentionItem.objects.filter(signal=DRIFTING, community=cast.node)
    assert list(items.values_list("person_id", flat=True)) == [other.pk]
