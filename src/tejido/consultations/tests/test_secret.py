"""A secret vote is secret in the database too: whoever holds all of it cannot say who cast which ballot."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from tejido.consultations.models import Ballot, Choice, Voter
from tejido.consultations.tests import factories as make
from tejido.foundation.models import JournalEntry

pytestmark = pytest.mark.django_db


def rows_of_other_tables():
    for model in apps.get_models(include_auto_created=True):
        if model not in {Ballot, Choice}:
            for row in model._base_manager.all().values():
                yield model, row


def test_nothing_points_from_a_ballot_to_a_person_or_the_other_way(cast):
    found = make.opened(cast.node, "Water", "Energy", secret=True)
    make.voted(found.voters.get(person=cast.ana.person), "Water")
    ballot = Ballot.objects.get()
    assert ballot.voter is None
    for model, row in rows_of_other_tables():
        assert str(ballot.pk) not in {str(value) for value in row.values()}, model.__name__


def test_no_table_of_votes_has_a_moment_or_counts_arrivals():
    """A new field on these tables has to be thought about here first."""
    moments = {
        f"{model.__name__}.{field.name}"
        for model in (Ballot, Choice, Voter)
        for field in model._meta.get_fields()
        if isinstance(field, models.DateField)
    }
    assert moments == set()
    assert not isinstance(Ballot._meta.pk, models.AutoField)


def test_the_journal_does_not_tell_of_a_vote(cast):
    found = make.opened(cast.node, "Water", "Energy", secret=True)
    before = JournalEntry.objects.count()
    make.voted(found.voters.get(person=cast.ana.person), "Water")
    assert JournalEntry.objects.count() == before


def test_after_the_closing_the_order_of_arrival_is_gone(cast):
    """Forty people vote one after the other; afterwards neither keys nor the order of rows follow that order."""
    make.members(cast.node, 40)
    found = make.opened(cast.node, "Water", "Energy", method="approval", secret=True)
    came = list(found.voters.order_by("pk"))
    arrived = []
    for voter in came:
        make.voted(voter, "Water")
        arrived.append(Ballot.objects.exclude(pk__in=arrived).get().pk)
    make.closed(found)
    stored = list(Ballot.objects.filter(consultation=found).values_list("pk", flat=True))
    assert set(stored) == set(arrived)
    assert Choice.objects.filter(ballot__consultation=found).count() == 41
    people = [one.person_id for one in found.voters.order_by("pk")]
    assert people != [one.person_id for one in came]
    assert [one.ballot_id for one in Choice.objects.order_by("pk")] != arrived


def test_an_open_vote_says_who_voted_what_only_after_the_closing(cast):
    from tejido.consultations.selectors import ballots_shown, count_of

    found = make.opened(cast.node, "Water", "Energy")
    make.voted(found.voters.get(person=cast.ana.person), "Water")
    assert count_of(found) is None
    shown = ballots_shown(make.closed(found))
    assert [(one.name, one.words) for one in shown] == [("Ana Rojas", "Water")]
