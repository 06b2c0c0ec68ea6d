"""The journal, read by people: names in bulk, hidden where policies say so, plain words for what is gone."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import translation

from tejido.accounts.services import system_account
from tejido.accounts.tests.factories import UserFactory
from tejido.communities.events import CommunityReopened, MemberJoined, MemberLeft, MembersJoined
from tejido.communities.models import Role
from tejido.communities.tests.factories import CommunityFactory, person_with_account
from tejido.directory.models import Person
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.journal import announce, history
from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import listed, read, sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def node():
    return CommunityFactory(name="Nodo Agua")


@pytest.fixture
def rosa():
    return person_with_account("Rosa Díaz").user


def told(fact, actor, reader=None) -> str:
    with transaction.atomic():
        entry = announce(fact, actor=actor)
    return read(history().filter(pk=entry.pk), reader=reader or system_account())[0].words


def test_an_entry_reads_as_a_sentence_with_the_names_of_today(node, rosa):
    ana = PersonFactory(given_names="Ana", family_names="Rojas")
    fact = MemberJoined(node.pk, ana.pk, 1, Role.MEMBER)
    assert told(fact, rosa) == "Rosa Díaz added Ana Rojas to Nodo Agua as a member."
    Person.objects.filter(pk=ana.pk).update(given_names="Ana María")
    assert "Ana María Rojas" in told(fact, rosa)


def test_it_reads_in_the_readers_language(node, rosa):
    with translation.override("es"):
        assert told(CommunityReopened(node.pk), rosa) == "Rosa Díaz volvió a abrir Nodo Agua."
    with translation.override("pt-br"):
        assert told(CommunityReopened(node.pk), rosa) == "Rosa Díaz reabriu Nodo Agua."


def test_a_name_that_the_reader_may_not_see_is_a_member(cast):
    rosa, ana = cast.rosa, cast.ana.person
    fact = MemberJoined(cast.node.pk, ana.pk, 1, Role.MEMBER)
    assert told(fact, rosa, cast.ines) == "Rosa Díaz added Ana Rojas to Nodo Agua as a member."
    assert told(fact, rosa, cast.sole) == "Rosa Díaz added a member to Nodo Agua as a member."
    assert told(fact, rosa, cast.ze) == "A member added a member to another community as a member."


def test_whoever_did_it_to_themselves_is_said_once(node, rosa):
    assert (
        told(MemberLeft(node.pk, rosa.person.pk, 1, Role.FACILITATOR, "health"), rosa)
        == "Rosa Díaz is no longer in Nodo Agua as facilitator."
    )


def test_the_system_and_an_account_without_a_person_have_a_plain_word(node, system):
    assert told(CommunityReopened(node.pk), system) == "The system opened Nodo Agua again."
    assert told(CommunityReopened(node.pk), UserFactory()) == "Somebody opened Nodo Agua again."


def test_what_was_removed_has_a_plain_word_and_what_was_merged_keeps_its_name(node, rosa):
    gone = MemberJoined(node.pk, 987_654, 1, Role.MEMBER)
    assert "added somebody who is no longer listed to Nodo Agua" in told(gone, rosa)
    kept, merged = PersonFactory(), PersonFactory(given_names="Ana", family_names="R.")
    merged.merged_into = kept
    merged.save()
    assert "added Ana R. to" in told(MemberJoined(node.pk, merged.pk, 1, Role.MEMBER), rosa)


def test_a_fact_of_a_version_to_come_does_not_break_the_page(rosa):
    entry = JournalEntry.objects.create(actor=rosa, fact="choirs.sung", payload={})
    item = read(history().filter(pk=entry.pk), reader=system_account())[0]
    assert item.words == "Something happened for which this version has no words."
    assert item.url is None


def test_a_long_history_costs_one_query_per_model(node, rosa, django_assert_max_num_queries):
    with transaction.atomic():
        for _n in range(40):
            announce(MemberJoined(node.pk, PersonFactory().pk, 1, Role.MEMBER), actor=rosa)
            announce(MembersJoined(CommunityFactory().pk, 3), actor=UserFactory())
    reader = system_account()
    with django_assert_max_num_queries(3):  # the entries, people with accounts, communities
        assert len(read(history()[:80], reader=reader)) == 80


def test_two_sentences_for_one_fact_are_a_mistake_of_the_programmer():
    with pytest.raises(RuntimeError, match="already has its sentence"):
        sentence("communities.founded")(lambda entry, names: "")


def test_fields_are_listed_once_each():
    assert listed(["place", "time", "place"]) == "place, time"
