"""What makes an insight stale, by every fact that touches its numbers; and how it becomes current again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tejido.accounts.services import system_account
from tejido.communities.services import add_member, define_periods, end_membership
from tejido.directory.models import Person, Post, Purpose
from tejido.directory.services import (
    answer_consent,
    change_person,
    change_school,
    leave_post,
    merge_people,
    set_attribute,
    take_up_post,
    undo_merge,
)
from tejido.directory.tests.factories import PersonFactory, SchoolFactory, consents
from tejido.foundation.journal import announce, pay_all
from tejido.gatherings.services import (
    Presence,
    cancel_gathering,
    change_gathering,
    close_attendance,
    plan_gathering,
    record_attendance,
    record_tables,
    reopen_attendance,
)
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.imports.events import ImportApplied, ImportUndone
from tejido.insights import periods, services
from tejido.insights.models import Insight, Owed
from tejido.insights.selectors.reading import choices, insight_of, is_current
from tejido.insights.tests.factories import insight, met, teacher, teachers

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    cast.people = teachers(cast.node, 4)
    cast.gathering = met(cast.node, cast.people, ago=10)
    cast.person = cast.people[0]
    cast.post = Post.objects.get(person=cast.person)
    consents(cast.person, *Purpose.values)
    pay_all()
    for community in (cast.node, cast.network, cast.sister):
        insight(community)
    return cast


def rooms(world):
    return GatheringFactory(community=world.node)


DEEDS = {
    "attendance recorded": lambda w, by: record_attendance(
        w.gathering, {w.person.pk: Presence("absent")}, actor=by
    ),
    "attendance closed": lambda w, by: close_attendance(w.gathering, actor=by),
    "attendance opened again": lambda w, by: reopen_attendance(
        close_attendance(w.gathering, actor=by), actor=by
    ),
    "tables recorded": lambda w, by: record_tables(w.gathering, 1, [[w.person.pk]], actor=by),
    "gathering planned": lambda w, by: plan_gathering(
        w.node,
        {"title": "x", "starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=1)},
        actor=by,
    ),
    "gathering changed": lambda w, by: change_gathering(w.gathering, {"title": "Another"}, actor=by),
    "gathering cancelled": lambda w, by: cancel_gathering(rooms(w), actor=by),
    "somebody joins": lambda w, by: add_member(w.node, PersonFactory(), actor=by),
    "somebody leaves": lambda w, by: end_membership(w.person.memberships.get(), actor=by),
    "periods defined": lambda w, by: define_periods(
        w.node, [("I", date(2024, 1, 1), date(2024, 6, 30))], actor=by
    ),
    "consent withdrawn": lambda w, by: answer_consent(w.person, Purpose.ANALYTICS, False, actor=by),
    "post taken": lambda w, by: take_up_post(w.person, SchoolFactory(), actor=by),
    "post left": lambda w, by: leave_post(w.post, on=timezone.localdate(), actor=by),
    "attribute": lambda w, by: set_attribute(w.person, "origin", "rural", actor=by),
    "school moves": lambda w, by: change_school(w.post.school, {"latitude": 1.0, "longitude": 1.0}, actor=by),
    "people merged": lambda w, by: merge_people(w.person, w.people[1], {}, actor=by),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_fact_makes_the_insights_of_the_community_and_above_stale_and_no_other(world, deed):
    DEEDS[deed](world, system_account())
    pay_all()
    stale = {one.community for one in Insight.objects.exclude(stale_since=None)}
    assert stale == {world.node, world.network}
    assert set(Owed.objects.values_list("community_id", flat=True)) == {world.node.pk, world.network.pk}


def test_an_undone_merge_makes_it_stale_too(world):
    merge = merge_people(world.person, world.people[1], {}, actor=system_account())
    pay_all()
    services.recompute_owed(actor=system_account())
    undo_merge(merge, actor=system_account())
    pay_all()
    assert Insight.objects.get(community=world.node).stale_since is not None


NOTHING_TO_COUNT = {
    "a name corrected": lambda w, by: change_person(w.person, {"given_names": "Otra"}, actor=by),
    "consent for photographs": lambda w, by: answer_consent(w.person, Purpose.PHOTOGRAPH, False, actor=by),
}


@pytest.mark.parametrize("deed", NOTHING_TO_COUNT)
def test_what_changes_no_number_leaves_it_current(world, deed):
    NOTHING_TO_COUNT[deed](world, system_account())
    pay_all()
    assert not Insight.objects.exclude(stale_since=None).exists()


@pytest.mark.parametrize("fact", [ImportApplied, ImportUndone])
def test_a_list_that_was_brought_or_taken_back_makes_every_insight_stale(world, fact):
    with transaction.atomic():
        announce(fact(1, world.elsewhere.pk, "people", 3, 1), actor=system_account())
    pay_all()
    assert not Insight.objects.filter(stale_since=None).exists()
    assert Owed.objects.filter(community=world.elsewhere).exists()


def test_handlers_mark_and_do_not_compute(world):
    before = set(Insight.objects.values_list("pk", flat=True))
    DEEDS["attendance recorded"](world, system_account())
    pay_all()
    assert set(Insight.objects.values_list("pk", flat=True)) == before


def test_many_facts_queue_one_computation_per_community(world):
    for deed in ("attendance recorded", "attendance closed", "somebody joins"):
        DEEDS[deed](world, system_account())
    pay_all()
    assert DBTaskResult.objects.count() == 2  # of the node and of the network


def test_the_queued_computation_brings_it_up_to_date(world):
    DEEDS["attendance recorded"](world, system_account())
    pay_all()
    services.recompute.func(world.node.pk)
    now = Insight.objects.get(community=world.node)
    assert now.stale_since is None
    assert not Owed.objects.filter(community=world.node).exists()
    assert now.values.get(indicator="active_members", is_uncut=True).value == 3


def test_a_second_worker_finds_nothing_to_do(world):
    computed = Insight.objects.get(community=world.node).computed_at
    services.recompute.func(world.node.pk)
    assert Insight.objects.get(community=world.node).computed_at == computed


def test_what_happens_while_computing_is_not_forgotten(world, monkeypatch):
    from tejido.insights.services import computing

    real = computing.tables_for

    def meanwhile(community):
        tables = real(community)
        services.mark_stale([world.node.pk])
        return tables

    monkeypatch.setattr(computing, "tables_for", meanwhile)
    insight(world.node)
    assert Insight.objects.get(community=world.node).stale_since is not None
    assert Owed.objects.filter(community=world.node).exists()


def test_a_page_computes_at_once_what_is_quick_and_what_it_gives_is_current(world):
    DEEDS["attendance recorded"](world, system_account())
    pay_all()
    rolling = choices(world.node)[0]
    assert not is_current(insight_of(world.node, rolling), rolling.period)
    shown, current = services.ready_insight(world.node, rolling, actor=world.rosa)
    assert current
    assert is_current(insight_of(world.node, rolling), rolling.period)
    assert shown.values.get(indicator="active_members", is_uncut=True).value == 3


def test_what_is_current_is_not_computed_again(world, django_assert_num_queries):
    rolling = choices(world.node)[0]
    with django_assert_num_queries(1):
        services.ready_insight(world.node, rolling, actor=world.rosa)


def test_a_new_day_owes_new_twelve_months(world):
    yesterday = periods.last_twelve_months(timezone.localdate() - timedelta(days=3))
    Insight.objects.filter(community=world.node).update(starts_on=yesterday.start, ends_on=yesterday.end)
    services.owe_the_new_day()
    assert set(Owed.objects.values_list("community_id", flat=True)) == {world.node.pk}
    assert services.recompute_owed(actor=system_account()) == 1
    assert Insight.objects.get(community=world.node).ends_on >= timezone.localdate() - timedelta(days=1)


def test_somebody_who_was_merged_is_one_person_in_the_next_insight(world):
    double = teacher(world.node, "Doble Uno")
    met(world.node, [double, world.people[2]], ago=5)
    insight(world.node)
    merge_people(world.person, double, {}, actor=system_account())
    pay_all()
    services.recompute_owed(actor=system_account())
    shown = {row[0] for row in Insight.objects.get(community=world.node).network.people}
    assert double.pk not in shown
    assert world.person.pk in shown
    assert Person.every.get(pk=double.pk).merged_into_id == world.person.pk
