"""The one way in: nothing is lost, nothing is doubled, and what is wrong with an answer is said beside it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.communities.tests.factories import CommunityFactory, MembershipFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.instruments import services
from tejido.instruments.models import Answer, Collection, Invitation, Response
from tejido.instruments.selectors import door_of
from tejido.instruments.services import Sent, ingest
from tejido.instruments.tests import factories as make
from tejido.instruments.tokens import personal_token

pytestmark = pytest.mark.django_db


def test_an_answer_is_kept_whole_and_cut_into_values(system):
    collection = make.collection()
    sent = make.sent(collection, useful="si", mark="4", uses="kit guide", give="tiempo")

    received = ingest(sent, actor=system)

    assert received.outcome == "stored"
    response = Response.objects.get()
    assert bytes(response.xml) == sent.xml
    assert (response.state, response.person) == (Response.State.ACCEPTED, None)
    values = {(row.path, row.position): (row.text, row.number) for row in Answer.objects.all()}
    assert values == {
        ("/data/useful", 1): ("si", None),
        ("/data/mark", 1): ("4", 4.0),
        ("/data/uses", 1): ("kit", None),
        ("/data/uses", 2): ("guide", None),
        ("/data/give", 1): ("tiempo", None),
    }


def test_the_same_again_makes_no_copy(system):
    collection = make.collection()
    sent = make.sent(collection, useful="no")
    first, second = ingest(sent, actor=system), ingest(sent, actor=system)
    assert (second.outcome, second.response.pk) == ("known", first.response.pk)
    assert Response.objects.count() == 1
    assert Answer.objects.count() == 1


def test_the_same_id_with_other_content_is_kept_beside_the_first(system):
    collection, name = make.collection(), make.new_id()
    ingest(make.sent(collection, name, useful="no"), actor=system)

    other = ingest(make.sent(collection, name, useful="si"), actor=system)
    again = ingest(make.sent(collection, name, useful="si"), actor=system)

    assert (other.outcome, again.outcome) == ("conflict", "known")
    assert sorted(Response.objects.values_list("state", flat=True)) == ["accepted", "conflict"]
    assert [flag.code for flag in other.response.flags.all()] == ["same_id"]


def test_what_the_form_forbids_is_kept_and_flagged(system):
    collection = make.collection()
    received = ingest(make.sent(collection, useful="quizas", mark="muchos", uses="nave"), actor=system)
    assert received.response.state == Response.State.FLAGGED
    flags = {(flag.code, flag.path, flag.value) for flag in received.response.flags.all()}
    assert flags == {
        ("unknown_choice", "/data/useful", "quizas"),
        ("not_relevant", "/data/mark", "muchos"),
        ("unknown_choice", "/data/uses", "nave"),
    }


def test_an_answer_without_an_id_is_known_by_its_content(system):
    collection = make.collection()
    sent = make.sent(collection, "x", useful="no")
    bare = sent.xml.replace(b"<orx:instanceID>x</orx:instanceID>", b"")
    received = [
        ingest(Sent(bare, sent.channel, collection.community, collection), actor=system) for _ in range(2)
    ]
    assert [one.outcome for one in received] == ["stored", "known"]
    assert received[0].response.instance_id.startswith("hash:")


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"not xml at all", "not_a_form"),
        (b"<data", "not_a_form"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><data id="ticket">&x;</data>', "not_a_form"),
        (b"<a>" * 5000, "not_a_form"),
        (b'<data id="ticket">' + b" " * 3_000_000 + b"</data>", "not_a_form"),
        (b'<data id="nobody-knows"/>', "unknown_form"),
        (b'<other id="ticket" version="1"/>', "unknown_form"),
    ],
)
def test_what_is_no_answer_to_a_known_form_is_refused_and_nothing_is_written(system, xml, code):
    collection = make.collection()
    with pytest.raises(Refusal) as refused:
        ingest(Sent(xml, Response.Channel.COLLECT, collection.community, collection), actor=system)
    assert refused.value.code == code
    assert not Response.objects.exists()


def test_a_closed_collection_keeps_what_comes_as_late(system, cast):
    collection = make.collection(cast.node)
    services.close_collection(collection, actor=cast.rosa)
    collection.refresh_from_db()
    assert ingest(make.sent(collection, useful="no"), actor=system).outcome == "late"
    assert Response.objects.get().state == Response.State.LATE


def test_after_the_closing_date_it_is_late_too(system):
    collection = make.collection(closes_at=timezone.now() + timedelta(hours=1))
    after = {"received_at": timezone.now() + timedelta(hours=2)}
    assert make.answered(collection, more=after, useful="no").state == Response.State.LATE


def test_a_withdrawn_collection_and_a_revoked_link_refuse(system, cast):
    collection = make.collection(cast.node, audience="list", people=[cast.ana.person])
    invitation = Invitation.objects.get()
    invitation.revoked = True
    invitation.save()
    with pytest.raises(Refusal) as refused:
        ingest(make.sent(collection, more={"invitation": invitation}, useful="no"), actor=system)
    assert refused.value.code == "revoked"
    withdrawn = services.withdraw_collection(collection, actor=cast.rosa)
    with pytest.raises(Refusal) as refused:
        ingest(make.sent(withdrawn, useful="no"), actor=system)
    assert refused.value.code == "revoked"
    assert not Response.objects.exists()


def test_an_unknown_version_of_a_known_form_is_read_as_the_newest(system):
    collection = make.collection()
    sent = make.sent(collection, useful="no")
    old = Sent(
        sent.xml.replace(b'version="1"', b'version="0"'), sent.channel, collection.community, collection
    )
    response = ingest(old, actor=system).response
    assert [(flag.code, flag.value) for flag in response.flags.all()] == [("unknown_version", "0")]
    assert response.answers.get().text == "no"


def test_a_phone_that_does_not_say_which_collection_reaches_the_open_one(system, cast):
    closed = make.collection(cast.network)
    services.close_collection(closed, actor=cast.rosa)
    opened = make.collection(cast.network, version=closed.version)
    xml = make.submission(closed.version, useful="no")
    received = ingest(Sent(xml, Response.Channel.COLLECT, cast.node), actor=system)
    assert (received.response.collection, received.outcome) == (opened, "stored")


def test_an_answer_to_a_form_that_nobody_gave_out_is_kept_without_a_collection(system, cast):
    version = make.instrument(cast.node).versions.get()
    received = ingest(
        Sent(make.submission(version, useful="no"), Response.Channel.COLLECT, cast.node), actor=system
    )
    assert received.response.collection is None
    assert received.response.community == cast.node


def test_one_answer_each_means_that_the_second_is_kept_apart(system, cast):
    collection = make.collection(cast.node)
    ana = {"person": cast.ana.person}
    first = make.answered(collection, more=ana, useful="no")
    second = make.answered(collection, more=ana, useful="si")
    assert (first.state, second.state) == ("accepted", "conflict")
    assert [flag.code for flag in second.flags.all()] == ["answered_before"]
    assert (first.person, second.person) == (cast.ana.person, cast.ana.person)
    many = make.collection(cast.node, version=collection.version, many=True)
    assert [make.answered(many, more=ana, useful="no").state for _ in range(2)] == ["accepted", "accepted"]


def test_somebody_who_is_signed_in_answers_only_what_she_is_asked(cast):
    collection = make.collection(cast.node)
    assert ingest(make.sent(collection, useful="no"), actor=cast.ana).outcome == "stored"
    for stranger in (cast.ze,):
        with pytest.raises(NotAllowed):
            ingest(make.sent(collection, useful="no"), actor=stranger)
    assert Response.objects.count() == 1


def test_links_open_what_they_belong_to(cast):
    collection = make.collection(cast.node, audience="list", people=[cast.ana.person], link=True)
    mine = door_of(personal_token(collection.pk, cast.ana.person.pk, 1))
    assert mine is not None
    assert (mine.collection, mine.invitation.person) == (collection, cast.ana.person)
    shared = door_of(collection.public_token)
    assert (shared.collection, shared.invitation, shared.is_open) == (collection, None, True)
    assert door_of("") is None
    assert door_of("nobody") is None
    assert not Invitation.objects.filter(
        token_hash=personal_token(collection.pk, cast.ana.person.pk, 1)
    ).exists()


def test_answers_are_made_again_from_their_xml(system, cast):
    collection = make.collection(cast.node)
    response = make.answered(collection, useful="quizas", uses="kit guide")
    before = set(response.answers.values_list("path", "position", "text"))
    response.answers.all().delete()
    response.flags.all().delete()
    assert services.derive_again(collection.version.instrument, actor=cast.rosa) == 1
    assert set(response.answers.values_list("path", "position", "text")) == before
    assert [flag.code for flag in response.flags.all()] == ["unknown_choice"]
    with pytest.raises(NotAllowed):
        services.derive_again(collection.version.instrument, actor=cast.ana)


@pytest.mark.django_db(transaction=True)
def test_twelve_posts_of_one_answer_at_once_make_one_row():
    community = CommunityFactory()
    person = MembershipFactory(community=community).person
    collection = make.collection(community)
    sent = make.sent(collection, more={"person": person}, useful="no")
    system, outcomes, gate = system_account(), [], threading.Barrier(12)

    def post() -> None:
        try:
            gate.wait()
            outcomes.append(ingest(sent, actor=system).outcome)
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    response = Response.objects.get()
    assert response.state == Response.State.ACCEPTED
    assert not response.flags.exists()
    assert len(outcomes) == 12
    assert response.answers.count() == 1
    assert Collection.objects.get().invitations.get().has_answered
