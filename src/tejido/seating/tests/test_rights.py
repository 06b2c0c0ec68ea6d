"""Who looks after the tables: the cast against every page and deed, and what the pages cost."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.foundation.errors import NotAllowed, Refusal
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


def sealed(gathering):
    now = timezone.now()
    Gathering.objects.filter(pk=gathering.pk).update(closed_at=now, sealed_at=now)
    gathering.refresh_from_db()
    return gathering


def test_lists_and_questions_agree_for_everybody(scene, system):
    make.coming(scene.elsewhere)
    make.coming(scene.network)
    make.coming(scene.node, state=Gathering.State.CANCELLED)
    sealed(make.coming(scene.node))
    for actor in [*(getattr(scene, who) for who in WHO), system]:
        said = {one.pk for one in Gathering.objects.all() if can(actor, "seating.see", one)}
        listed = Gathering.objects.filter(policies.seen_by(actor))
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


@pytest.mark.parametrize(
    ("who", "sees", "changes", "sees_closed", "changes_closed"),
    [
        ("rosa", True, True, True, False),
        ("tomas", True, True, True, False),
        ("ines", True, True, True, False),
        ("ana", False, False, False, False),
        ("sole", False, False, False, False),
        ("ze", False, False, False, False),
    ],
)
def test_what_was_closed_is_looked_at_and_not_changed(scene, who, sees, changes, sees_closed, changes_closed):
    def rights():
        return [
            bool(can(getattr(scene, who), verb, scene.gathering))
            for verb in ("seating.see", "seating.look_after")
        ]

    assert rights() == [sees, changes]
    sealed(scene.gathering)
    assert rights() == [sees_closed, changes_closed]


LATE = {
    "set_up": lambda it: services.set_up(it.gathering, rounds=9, actor=it.rosa),
    "add_pair": lambda it: services.add_pair(it.plan, *it.people[:2], together=True, actor=it.rosa),
    "keep_table": lambda it: services.keep_table(it.plan, it.people[0], 1, actor=it.rosa),
    "drop_rules": lambda it: services.drop_rules(it.plan, actor=it.rosa),
    "propose": lambda it: services.propose(it.plan, actor=it.rosa),
    "reseat": lambda it: services.reseat(it.plan, actor=it.rosa),
    "move": lambda it: services.move(it.plan, 1, it.people[0].pk, table=2, actor=it.rosa),
    "take_back": lambda it: services.take_back(it.plan, actor=it.rosa),
    "note_talks": lambda it: services.note_talks(it.plan, 1, {1: ("Why?", "So.")}, actor=it.rosa),
    "harvest": lambda it: services.harvest(it.plan, 1, {1: "So."}, actor=it.rosa),
    "confirm": lambda it: services.confirm(it.plan, actor=it.rosa),
}


def test_every_deed_for_the_team_is_tried_on_a_closed_gathering():
    assert set(LATE) == set(services.__all__) - {"carry_over"}  # that one makes plans of other gatherings


@pytest.mark.parametrize("deed", LATE)
def test_after_the_closing_every_deed_is_refused_and_nothing_is_written(scene, deed):
    before, seen = selectors.places_of(scene.plan), SeatingPlan.objects.values().get()
    sealed(scene.gathering)
    scene.plan = SeatingPlan.objects.get()
    with pytest.raises(NotAllowed, match="was closed") as refused:
        LATE[deed](scene)
    assert refused.value.code == "seating.look_after"
    assert selectors.places_of(scene.plan) == before
    assert SeatingPlan.objects.values().get() == seen
    assert not (PairRule.objects.exists() or TableTalk.objects.exists() or Seat.objects.exists())


def test_a_table_that_writes_after_the_closing_is_told_so(scene):
    sealed(scene.gathering)
    with pytest.raises(Refusal, match="too late"):
        services.harvest(SeatingPlan.objects.get(), 1, {1: "So."}, actor=system_account())
    assert not TableTalk.objects.exists()


@pytest.mark.parametrize("name", ["board", "harvest", "rooms", "cards", "badges", "poster", "as_table"])
def test_the_team_still_reads_a_closed_gathering_and_finds_nothing_to_change(client, scene, name):
    sealed(scene.gathering)
    client.force_login(scene.rosa)
    answer = client.get(address(scene, name))
    assert answer.status_code == 200
    if name in {"board", "harvest", "rooms"}:
        main = answer.text.partition("<main")[2].partition("</main>")[0]
        assert main
        assert "<form" not in main
        assert "data-grip" not in main
        for way in ("settings", "rules", "talks", "person"):
            assert address(scene, way) not in main, way


@pytest.mark.parametrize("name", DEEDS)
def test_a_page_that_changes_a_closed_gathering_says_why_not(client, scene, name):
    sealed(scene.gathering)
    client.force_login(scene.rosa)
    answer = client.post(address(scene, name), {"rounds": 9, "table": 2})
    assert answer.status_code == 403
    assert "This gathering was closed." in answer.text
