"""Who looks after the tables: the cast against every page and deed, and what the pages cost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.foundation.policies import can
from tejido.gatherings.models import Gathering, Seat
from tejido.seating import policies, selectors, services
from tejido.seating.models import PairRule, SeatingPlan, TableTalk
from tejido.seating.tests import factories as make

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze")
TEAM = ("rosa", "tomas", "ines")
PAGES = ["board", "settings", "rules", "talks", "person", "cards", "badges", "poster", "as_table"]
PAGES += ["harvest", "rooms", "options"]
DEEDS = ["settings", "rules", "drop_rule", "propose", "reseat", "confirm", "take_back", "talks", "person"]


@pytest.fixture
def scene(cast):
    cast.gathering = make.coming(cast.node)
    cast.people = make.members(cast.node, 12)
    cast.plan = make.planned(cast.gathering)
    services.propose(cast.plan, actor=cast.rosa)
    return cast


def address(scene, name):
    pk = scene.gathering.pk
    more = {"talks": [1], "person": [1, scene.people[0].pk], "options": [1, scene.people[0].pk]}
    if name in {"cards", "badges", "poster"}:
        return reverse("seating:printed", args=[pk, name])
    return reverse(f"seating:{name}", args=[pk, *more.get(name, [])])


def test_lists_and_questions_agree_for_everybody(scene, system):
    make.coming(scene.elsewhere)
    make.coming(scene.network)
    make.coming(scene.node, state=Gathering.State.CANCELLED)
    for actor in [*(getattr(scene, who) for who in WHO), system]:
        said = {one.pk for one in Gathering.objects.all() if can(actor, "seating.look_after", one)}
        listed = Gathering.objects.filter(policies.looked_after_by(actor))
        assert set(listed.values_list("pk", flat=True)) == said, actor


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_not_there_for_others(client, scene, name):
    assert client.get(address(scene, name)).status_code == 302  # a visitor signs in first
    for who in WHO:
        client.force_login(getattr(scene, who))
        assert client.get(address(scene, name)).status_code == (200 if who in TEAM else 404), who


@pytest.mark.parametrize("name", DEEDS)
def test_who_is_not_in_the_team_can_post_nothing(client, scene, name):
    before = selectors.places_of(scene.plan)
    one, other = scene.people[:2]
    sent = {"kind": "apart", "one": one.pk, "other": other.pk, "rounds": 9, "table": 2, "prompt-0": "Hm"}
    for who in ("ana", "sole", "ze"):
        client.force_login(getattr(scene, who))
        assert client.post(address(scene, name), sent).status_code == 404, who
    assert selectors.places_of(scene.plan) == before
    assert SeatingPlan.objects.get().rounds == 3
    assert not (PairRule.objects.exists() or TableTalk.objects.exists() or Seat.objects.exists())


def test_pages_cost_the_same_at_two_hundred_people(client, scene, django_assert_max_num_queries):
    make.members(scene.node, 200)
    services.set_up(scene.gathering, actor=scene.rosa, rounds=5, size=8)
    services.propose(SeatingPlan.objects.get(), actor=scene.rosa)
    services.confirm(SeatingPlan.objects.get(), actor=scene.rosa)
    client.force_login(scene.rosa)
    for name in PAGES:
        with django_assert_max_num_queries(12):
            assert client.get(address(scene, name)).status_code == 200, name
    with django_assert_max_num_queries(12):
        client.get(reverse("gatherings:gathering", args=[scene.gathering.pk]))
