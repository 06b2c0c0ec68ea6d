"""Whoever comes in a wheelchair sits where it is easy to reach; a gathering planned like another begins with its wishes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tejido.foundation import journal
from tejido.foundation.errors import Refusal
from tejido.gatherings import services as gatherings
from tejido.invitations.tests.factories import rolls, says
from tejido.seating import selectors, services
from tejido.seating.models import SeatingPlan
from tejido.seating.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    """Twenty people who come, four tables of five, three rounds; the first two tables are easy to reach."""
    cast.gathering = make.coming(cast.node)
    cast.people = make.members(cast.node, 20)
    for person in cast.people:
        (rolls if person in cast.people[4:7] else says)(cast.gathering, person)
    cast.plan = make.planned(cast.gathering, cast.people, who="coming", reachable=2)
    return cast


def tables_of(scene, person):
    return [at[person.pk] for at in selectors.places_of(scene.plan).values()]


def test_whoever_comes_in_a_wheelchair_sits_within_reach_and_still_changes_tables(scene):
    services.propose(scene.plan, actor=scene.rosa)
    for person in scene.people[4:7]:
        assert set(tables_of(scene, person)) == {1, 2}, person
    everywhere = {table for person in scene.people for table in tables_of(scene, person)}
    assert everywhere == {1, 2, 3, 4}


def test_a_table_kept_by_rule_and_a_partner_count_more(scene):
    one, other, third = scene.people[4:7]
    services.keep_table(scene.plan, one, 4, actor=scene.rosa)
    services.add_pair(scene.plan, other, third, together=True, actor=scene.rosa)
    services.propose(scene.plan, actor=scene.rosa)
    assert tables_of(scene, one) == [4, 4, 4]
    assert tables_of(scene, other) == tables_of(scene, third)
    assert set(tables_of(scene, other)) <= {1, 2}


def test_seating_again_leaves_those_who_sit_well_where_they_are(scene):
    services.propose(scene.plan, actor=scene.rosa)
    before = {person: tables_of(scene, person) for person in scene.people[5:7]}
    says(scene.gathering, scene.people[4], "no")
    services.reseat(scene.plan, settled=1, actor=scene.rosa)
    assert {person: tables_of(scene, person) for person in before} == before


def test_more_than_the_tables_within_reach_can_take_is_said(scene):
    for person in scene.people[:8]:
        rolls(scene.gathering, person)
    services.set_up(scene.gathering, actor=scene.rosa, reachable=1)
    with pytest.raises(Refusal) as refused:
        services.propose(SeatingPlan.objects.get(), actor=scene.rosa)
    assert "8 people keep table 1, and it takes 5" in refused.value.message


def test_the_team_reads_a_number_and_no_name_until_it_is_said_which_tables(client, scene):
    services.set_up(scene.gathering, actor=scene.rosa, reachable=None)
    services.propose(SeatingPlan.objects.get(), actor=scene.rosa)
    client.force_login(scene.rosa)
    board = reverse("seating:board", args=[scene.gathering.pk])
    assert "3 people answered that they come in a wheelchair" in client.get(board).text
    settings = reverse("seating:settings", args=[scene.gathering.pk])
    page = client.get(settings).text
    assert "3 people answered that they come in a wheelchair" in page
    assert not any(person.name in page for person in scene.people)
    services.set_up(scene.gathering, actor=scene.rosa, reachable=2)
    assert "in a wheelchair." not in client.get(board).text


def test_a_gathering_planned_like_another_begins_with_its_wishes_and_questions(scene):
    services.propose(scene.plan, actor=scene.rosa)
    services.add_pair(scene.plan, *scene.people[:2], together=True, actor=scene.rosa)
    services.note_talks(scene.plan, 1, {0: ("What did you try?", "A lab.")}, actor=scene.rosa)
    later = timedelta(days=30)
    times = [(scene.gathering.starts_at + later, scene.gathering.ends_at + later)]
    (copy,) = gatherings.plan_like(scene.gathering, times, actor=scene.rosa).gatherings
    journal.pay_all()
    plan = selectors.plan_of(copy)
    assert plan is not None
    assert (plan.rounds, plan.size, plan.reachable, plan.who) == (3, 5, 2, "coming")
    assert plan.proposed_at is None
    assert not plan.places.exists()
    assert not plan.pairs.exists()
    assert [(talk.prompt, talk.harvest) for talk in plan.talks.all()] == [("What did you try?", "")]
    services.set_up(copy, actor=scene.rosa, rounds=1)
    services.carry_over(scene.gathering.pk, [copy.pk])
    assert selectors.plan_of(copy).rounds == 1, "what somebody has changed since is kept"
