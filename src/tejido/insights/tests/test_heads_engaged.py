"""Few heads of schools take part: it is said once, leads to inviting them, and settles itself when they come."""

from __future__ import annotations

import pytest

from tejido.directory.models import Post
from tejido.directory.tests.factories import SchoolFactory
from tejido.insights.models import AttentionItem
from tejido.insights.selectors import attention_for, proposal_for
from tejido.insights.tests.factories import insight, met, signal, teacher

pytestmark = pytest.mark.django_db
State, Outcome = AttentionItem.State, AttentionItem.Outcome


def test_few_heads_lead_to_the_schools_and_their_heads(cast, client):
    schools = [SchoolFactory() for _ in range(4)]
    people = [teacher(cast.node, school=school) for school in schools]
    met(cast.node, people, ago=10)
    insight(cast.node)
    item = signal(cast.node, AttentionItem.Signal.HEADS, "heads")
    (notice,) = [one for one in attention_for(cast.rosa) if one.item == item]
    assert notice.why == "Of 4 schools that take part, 0 are there with a principal or leader of their own."
    proposal = proposal_for(item, cast.rosa)
    assert proposal.sentence.startswith("0 of 4 schools have a head who promised her support.")
    client.force_login(cast.rosa)
    assert f"/c/{cast.node.pk}/school-leaders/" in client.get(notice.url).text
    heads = [teacher(cast.node, school=school) for school in schools[:2]]
    Post.objects.filter(person__in=heads).update(function=Post.Function.SENIOR_LEADER)
    met(cast.node, [*people, *heads], ago=1)
    insight(cast.node)
    item.refresh_from_db()
    assert (item.state, item.outcome) == (State.CLOSED, Outcome.HEADS_CAME)
