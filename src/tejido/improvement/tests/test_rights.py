"""Who reads cycles, begins one, writes in one: the cast against every page and deed, and visitors."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.communities.models import Community
from tejido.communities.tests.factories import MembershipFactory, person_with_account
from tejido.foundation.policies import can
from tejido.improvement import policies, services
from tejido.improvement.models import Cycle, Participant
from tejido.improvement.tests import factories as make

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze", "luz")


@pytest.fixture
def scene(cast):
    """Ana leads a cycle of her node; Luz is a member of the node and takes no part in it."""
    luz = person_with_account("Luz Mora")
    MembershipFactory(community=cast.node, person=luz)
    cast.luz = luz.user
    cast.cycle = make.doing(cast.node, cast.ana)
    return cast


@pytest.mark.parametrize(
    ("who", "sees", "begins", "writes"),
    [
        ("ana", True, True, True),
        ("luz", True, True, False),
        ("rosa", True, True, True),
        ("tomas", True, True, True),
        ("ines", True, True, True),
        ("sole", True, False, False),
        ("ze", False, False, False),
    ],
)
def test_rights(scene, who, sees, begins, writes):
    actor, cycles = getattr(scene, who), Cycle.objects
    assert bool(can(actor, "improvement.see", scene.cycle)) is sees
    assert cycles.filter(policies.cycles_visible_to(actor)).exists() is sees
    assert bool(can(actor, "improvement.begin", scene.node)) is begins
    assert Community.objects.filter(policies.cycles_begun_by(actor), pk=scene.node.pk).exists() is begins
    assert bool(can(actor, "improvement.join", scene.cycle)) is begins
    assert cycles.filter(policies.joined_by(actor)).exists() is begins
    assert bool(can(actor, "improvement.write", scene.cycle)) is writes
    assert cycles.filter(policies.written_by(actor)).exists() is writes


ALL = "ana luz rosa tomas ines sole"
PAGES = [
    ("board", ALL),
    ("learnt", ALL),
    ("cycle", ALL),
    ("new", "ana luz rosa tomas ines"),
    ("plan", "ana rosa tomas ines"),
    ("study", "ana rosa tomas ines"),
    ("decide", "ana rosa tomas ines"),
]


@pytest.mark.parametrize(("page", "let_in"), PAGES)
def test_who_may_open_which_page(client, scene, page, let_in):
    where = scene.node.pk if page in {"board", "learnt", "new"} else scene.cycle.pk
    address = reverse(f"improvement:{page}", args=[where])
    assert client.get(address).status_code == 302  # a visitor signs in first
    for who in WHO:
        client.force_login(getattr(scene, who))
        assert client.get(address).status_code == (200 if who in let_in.split() else 404), who


DEEDS = ["plan", "move", "log", "correct", "study", "decide", "add_task", "add_factor", "add_person", "leave"]


@pytest.mark.parametrize("deed", DEEDS)
def test_who_takes_no_part_writes_nothing(client, scene, deed):
    sent = {"title": "Mine", "stage": "study", "day": "2025-01-01", "kind": "done", "text": "Mine", "seen": 0,
            "decision": "abandon", "reason": "Mine", "what": "Mine"}  # fmt: skip
    for who in ("luz", "sole", "ze"):
        client.force_login(getattr(scene, who))
        assert client.post(reverse(f"improvement:{deed}", args=[scene.cycle.pk]), sent).status_code == 404
    row = Cycle.objects.get()
    assert (row.title, row.stage, row.entries.count(), row.tasks.count()) == (make.READY.title, "do", 0, 0)


def test_a_member_joins_and_then_writes(client, scene):
    client.force_login(scene.luz)
    client.post(reverse("improvement:join", args=[scene.cycle.pk]))
    assert can(scene.luz, "improvement.write", scene.cycle)
    client.post(reverse("improvement:leave", args=[scene.cycle.pk]))
    assert not can(scene.luz, "improvement.write", scene.cycle)
    for who in ("sole", "ze"):
        client.force_login(getattr(scene, who))
        assert client.post(reverse("improvement:join", args=[scene.cycle.pk])).status_code == 404
    assert Participant.objects.count() == 1


def test_who_left_the_community_no_longer_writes(scene):
    services.join_cycle(scene.cycle, actor=scene.luz)
    scene.luz.person.memberships.all().delete()
    assert not can(scene.luz, "improvement.write", scene.cycle)


@pytest.mark.parametrize("stage", ["planned", "doing", "studied"])
def test_pages_cost_few_queries(client, scene, stage, django_assert_max_num_queries):
    cycle = getattr(make, stage)(scene.node, scene.ana)
    for who in ("ana", "rosa", "sole"):
        client.force_login(getattr(scene, who))
        for address in (f"/cycles/{cycle.pk}/", f"/c/{scene.node.pk}/cycles/", f"/c/{scene.node.pk}/learnt/"):
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200
