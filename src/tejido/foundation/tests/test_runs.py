"""Runs of small deeds are one line of a history; the journal keeps each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.communities.events import CommunityReopened
from tejido.communities.tests.factories import CommunityFactory, person_with_account
from tejido.foundation.journal import announce, history
from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import first_lines, read
from tejido.gatherings.events import AttendanceRecorded
from tejido.gatherings.tests.factories import GatheringFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def node():
    return CommunityFactory(name="Nodo Agua")


@pytest.fixture
def rosa():
    return person_with_account("Rosa Díaz").user


@pytest.fixture
def ines():
    return person_with_account("Ines Prado").user


def taps(gathering, actor, *people, late=False):
    for person in people:
        with transaction.atomic():
            fact = AttendanceRecorded(gathering.community_id, gathering.pk, [person], late)
            announce(fact, actor=actor)


def told(node):
    return [item.words for item in read(history(community_ids=[node.pk]), reader=system_account())][:-1]


def test_an_evening_at_the_door_is_one_sentence(node, rosa):
    circle = GatheringFactory(community=node)
    taps(circle, rosa, *range(1, 301), 7, 7)
    assert told(node) == ["Rosa Díaz noted the attendance of 300 people at «Reading circle»."]
    assert JournalEntry.objects.filter(fact="gatherings.attendance_recorded").count() == 302
    assert all(len(e.payload["person_ids"]) == 1 for e in history(facts=["gatherings.attendance_recorded"]))


def test_two_helpers_who_take_turns_are_two_sentences(node, rosa, ines):
    circle = GatheringFactory(community=node)
    for person in range(1, 5):
        taps(circle, rosa, person)
        taps(circle, ines, person + 10)
    assert told(node) == [
        "Ines Prado noted the attendance of 4 people at «Reading circle».",
        "Rosa Díaz noted the attendance of 4 people at «Reading circle».",
    ]


def test_what_happened_in_between_late_corrections_and_other_gatherings_stand_apart(node, rosa):
    circle, other = GatheringFactory(community=node), GatheringFactory(community=node, title="Other")
    taps(circle, rosa, 1, 2)
    with transaction.atomic():
        announce(CommunityReopened(node.pk), actor=rosa)
    taps(circle, rosa, 3)
    taps(circle, rosa, 4, late=True)
    taps(other, rosa, 5)
    assert [words.split(" at ")[0].split(" Díaz ")[1] for words in told(node)] == [
        "noted the attendance of 1 person",
        "corrected the attendance of 1 person",
        "noted the attendance of 1 person",
        "opened Nodo Agua again.",
        "noted the attendance of 2 people",
    ]


def test_another_day_is_another_sentence(node, rosa):
    circle = GatheringFactory(community=node)
    taps(circle, rosa, 1, 2)
    JournalEntry.objects.filter(fact="gatherings.attendance_recorded").update(
        happened_at=timezone.now() - timedelta(days=1)
    )
    taps(circle, rosa, 3)
    assert len(told(node)) == 2


def test_a_page_of_a_history_is_counted_in_sentences(node, rosa, django_assert_num_queries):
    circle = GatheringFactory(community=node)
    for _time in range(3):
        taps(circle, rosa, *range(1, 11))
        with transaction.atomic():
            announce(CommunityReopened(node.pk), actor=rosa)
    entries = history(community_ids=[node.pk])
    with django_assert_num_queries(1):
        taken, more = first_lines(entries, 4)
    assert (len(taken), more) == (22, True)
    assert len(read(taken, reader=system_account())) == 4
    rest, more = first_lines(entries.filter(pk__lt=taken[-1].pk), 4)
    assert (len(taken) + len(rest), more) == (entries.count(), False)
