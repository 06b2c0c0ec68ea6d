"""Who may read, write and keep an agenda: the cast against every page and deed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.agenda import policies, services
from tejido.agenda.models import Activity
from tejido.agenda.tests import factories as make
from tejido.foundation.policies import can
from tejido.gatherings.models import Gathering
from tejido.gatherings.services import cancel_gathering
from tejido.gatherings.tests.factories import GatheringFactory

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze")
TEAM = ("rosa", "tomas", "ines")
RIGHTS = [  # who, sees the agenda, keeps it
    ("ana", True, False),
    ("rosa", True, True),
    ("tomas", True, True),
    ("ines", True, True),
    ("sole", True, False),
    ("ze", False, False),
]
DEEDS = ["as_usual", "move", "remove", "begin", "end", "back", "add", "change"]
OF_A_PART = {"move", "remove", "change"}


@pytest.fixture
def scene(cast):
    """A gathering of the node with an agenda, and an activity of the node's own."""
    cast.gathering = make.begun(cast.node)
    cast.part = make.agenda(cast.gathering)[0]
    words = services.ActivityWords("Our own", "discussion", [(10, "Talk")])
    cast.activity = services.write_activity(cast.node, words, actor=cast.rosa)
    return cast


def address(scene, name):
    args = [scene.gathering.pk, scene.part.pk] if name in OF_A_PART else [scene.gathering.pk]
    return reverse(f"agenda:{name}", args=args)


@pytest.mark.parametrize(("who", "sees", "keeps"), RIGHTS)
def test_rights(scene, who, sees, keeps):
    actor = getattr(scene, who)
    assert bool(can(actor, "agenda.see", scene.gathering)) is sees
    assert bool(can(actor, "agenda.plan", scene.gathering)) is keeps
    assert bool(can(actor, "agenda.write_activity", scene.node)) is keeps
    assert bool(can(actor, "agenda.see_activity", scene.activity)) is sees


def test_lists_and_questions_agree_for_everybody(scene, system):
    GatheringFactory(community=scene.elsewhere)
    cancelled = GatheringFactory(community=scene.node)
    cancel_gathering(cancelled, actor=scene.rosa)
    services.seed_activities(actor=system)
    for actor in [*(getattr(scene, who) for who in WHO), system]:
        kept = {one.pk for one in Gathering.objects.all() if can(actor, "agenda.plan", one)}
        assert (
            set(Gathering.objects.filter(policies.planned_by(actor)).values_list("pk", flat=True)) == kept
        ), actor
        seen = {one.pk for one in Activity.objects.all() if can(actor, "agenda.see_activity", one)}
        listed = Activity.objects.filter(policies.activities_visible_to(actor))
        assert set(listed.values_list("pk", flat=True)) == seen, actor


@pytest.mark.parametrize("name", ["agenda", "add", "change", "run"])
def test_the_pages_are_there_for_whoever_may(client, scene, name):
    assert client.get(address(scene, name)).status_code == 302, "a visitor signs in first"
    for who, sees, keeps in RIGHTS:
        client.force_login(getattr(scene, who))
        opens = sees if name == "agenda" else keeps
        assert client.get(address(scene, name)).status_code == (200 if opens else 404), who


@pytest.mark.parametrize("name", DEEDS)
def test_who_is_not_in_the_team_can_post_nothing(client, scene, name):
    before = list(scene.gathering.segments.values())
    for who in ("ana", "sole", "ze"):
        client.force_login(getattr(scene, who))
        sent = {"segment": scene.part.pk, "title": "X", "kind": "social", "minutes": 5, "to": "down"}
        assert client.post(address(scene, name), sent).status_code == 404, who
    assert list(scene.gathering.segments.values()) == before


def test_activities_are_read_by_members_and_written_by_the_team(client, scene):
    there = reverse("agenda:activities", args=[scene.node.pk])
    new = reverse("agenda:write_activity", args=[scene.node.pk])
    own = reverse("agenda:change_activity", args=[scene.node.pk, scene.activity.pk])
    gone = reverse("agenda:remove_activity", args=[scene.node.pk, scene.activity.pk])
    for who, sees, keeps in RIGHTS:
        client.force_login(getattr(scene, who))
        assert client.get(there).status_code == (200 if sees else 404), who
        assert client.get(new).status_code == (200 if keeps else 403 if sees else 404), who
        assert client.get(own).status_code == (200 if keeps else 403 if sees else 404), who
        if not keeps:
            client.post(gone)
            client.post(own, {"name": "X", "kind": "social", "steps": "5 sit"})
    scene.activity.refresh_from_db()
    assert scene.activity.name == "Our own"


def test_a_part_of_another_gathering_is_not_there(client, scene):
    other = GatheringFactory(community=scene.node)
    client.force_login(scene.rosa)
    assert client.get(reverse("agenda:change", args=[other.pk, scene.part.pk])).status_code == 404
