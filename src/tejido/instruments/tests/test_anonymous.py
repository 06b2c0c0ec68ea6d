"""Anonymous means it: whoever holds the whole database cannot say who gave which answer."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection, models

from tejido.communities.tests.factories import MembershipFactory
from tejido.instruments import services
from tejido.instruments.anonymous import telling, without_traces
from tejido.instruments.models import Answer, Attachment, Blob, Flag, Invitation, Phone, Response
from tejido.instruments.selectors import definition_of
from tejido.instruments.services import Sent, ingest
from tejido.instruments.tests import factories as make

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 3, 4, 15, 16, 17, 181_920, tzinfo=UTC)


def everything():
    """Every row of every table, as text by column."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.all().values():
            yield model, {name: _text(value) for name, value in row.items()}


def _text(value):
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


@pytest.fixture
def answered_by_ana(system, cast):
    """Ana answers an anonymous form by her personal link, from a phone that tells all about itself."""
    collection = make.collection(
        cast.node, make.brought(make.PHONE), audience="list", anonymous=True,
        people=[cast.ana.person, MembershipFactory(community=cast.node).person],
    )  # fmt: skip
    xml = make.submission(
        collection.version, "uuid:11111111-2222-3333-4444-555555555555",
        start="2026-03-04T10:11:12.131-05:00", end="2026-03-04T10:16:17.181-05:00", today="2026-03-04",
        deviceid="phone-of-ana", username="ana.rojas", stamp="phone-of-ana2026-03-04T10:11:12.131-05:00",
        word="confianza",
    ).replace(b"</orx:meta>", b"<orx:deviceID>phone-of-ana</orx:deviceID></orx:meta>")  # fmt: skip
    invitation = Invitation.objects.get(person=cast.ana.person)
    sent = Sent(
        xml, Response.Channel.COLLECT, cast.node, collection, person=cast.ana.person, invitation=invitation,
        files={"audit.csv": b"event,node,start\nform start,,1772637072131"}, received_at=MOMENT,
    )  # fmt: skip
    return ingest(sent, actor=system)


def test_no_table_holds_what_the_phone_said_about_its_owner_or_the_moment(answered_by_ana):
    assert (answered_by_ana.outcome, answered_by_ana.ignored) == ("stored", ("audit.csv",))
    traces = re.compile(r"phone-of-ana|ana\.rojas|10:11:12|10:16:17|15:16:17|1772637072131")
    found = [
        (model.__name__, name)
        for model, row in everything()
        for name, text in row.items()
        if traces.search(text)
    ]
    assert found == []
    assert b"confianza" in bytes(Response.objects.get().xml)


def test_nothing_points_from_an_answer_to_a_person_or_the_other_way(answered_by_ana, cast):
    response = Response.objects.get()
    assert response.person is None
    assert response.received_at.astimezone(UTC) == datetime(2026, 3, 4, 5, tzinfo=UTC)  # midnight in Bogotá
    mine = {str(response.pk), response.instance_id, response.slot, response.content_hash}
    for model, row in everything():
        if model._meta.app_label == "instruments" and model._meta.model_name in {
            "response",
            "answer",
            "flag",
        }:
            continue
        assert not mine & set(row.values()), f"{model.__name__} names the answer"
    invitation = Invitation.objects.get(person=cast.ana.person)
    assert (invitation.has_answered, invitation.answered_at) == (True, None)


def test_the_journal_does_not_tell_of_an_answer(answered_by_ana):
    from tejido.foundation.models import JournalEntry

    facts = set(JournalEntry.objects.filter(fact__startswith="instruments.").values_list("fact", flat=True))
    assert facts == {"instruments.made", "instruments.version_published", "instruments.collection_opened"}


def test_no_model_of_answers_has_a_moment_or_a_number_that_counts_arrivals():
    """A new field on these tables has to be thought about here first."""
    moments = {
        f"{model.__name__}.{field.name}"
        for model in (Response, Attachment, Blob, Invitation, Phone)
        for field in model._meta.get_fields()
        if isinstance(field, models.DateField)
    }
    phones = {
        "Phone.made_at",
        "Phone.last_used_on",
        "Phone.revoked_at",
    }  # none is of sending: services.note_use
    assert moments == {"Response.received_at", "Invitation.answered_at", "Invitation.reminded_at", *phones}
    assert not isinstance(Response._meta.pk, models.AutoField)


def test_a_second_answer_of_somebody_who_has_answered_is_kept_but_does_not_count(
    answered_by_ana, cast, system
):
    collection = answered_by_ana.response.collection
    invitation = Invitation.objects.get(person=cast.ana.person)
    second = make.answered(collection, more={"invitation": invitation}, word="otra")
    assert second.state == Response.State.CONFLICT
    assert second.person is None


def test_the_same_answer_again_is_known_although_its_traces_were_taken_out(answered_by_ana, system, cast):
    collection = answered_by_ana.response.collection
    invitation = Invitation.objects.get(person=cast.ana.person)
    sent = make.sent(collection, "uuid:twice", more={"invitation": None}, deviceid="phone-of-ana", word="a")
    assert [ingest(sent, actor=system).outcome for _ in range(2)] == ["stored", "known"]
    assert invitation.has_answered


def test_what_is_calculated_from_a_trace_is_a_trace():
    definition = definition_of(make.collection(form=make.brought(make.PHONE)).version)
    assert telling(definition) >= {
        "/data/start",
        "/data/end",
        "/data/deviceid",
        "/data/username",
        "/data/stamp",
    }
    assert "/data/word" not in telling(definition)
    kept = without_traces(
        definition,
        b'<data id="visit" submissionDate="2026-03-04T10:11:12Z"><word>hola</word><email>a@b</email></data>',
    )
    assert b"hola" in kept
    assert b"a@b" not in kept
    assert b"10:11:12" not in kept


def test_everybody_is_on_the_list_from_the_opening_so_that_its_order_tells_nothing(cast, system):
    members = {MembershipFactory(community=cast.node).person.pk for _ in range(4)} | {cast.ana.person.pk}
    collection = make.collection(cast.node, anonymous=True)
    assert set(collection.invitations.values_list("person_id", flat=True)) == members


def test_closing_forgets_the_order_in_which_values_came_and_loses_none(cast, system):
    collection = make.collection(cast.node, anonymous=True)
    came = [make.answered(collection, useful="quizas", give=f"idea {number}").pk for number in range(12)]

    def order(rows):
        return list(
            rows.filter(response__collection=collection).order_by("pk").values_list("response_id", flat=True)
        )

    assert list(dict.fromkeys(order(Answer.objects))) == came
    before = set(Answer.objects.values_list("response_id", "path", "text"))
    services.close_collection(collection, actor=cast.rosa)
    assert list(dict.fromkeys(order(Answer.objects))) != came
    assert order(Flag.objects) != came
    assert set(Answer.objects.values_list("response_id", "path", "text")) == before
    assert set(order(Flag.objects)) == set(came)


@pytest.mark.django_db(transaction=True)
def test_after_the_closing_not_even_the_hidden_order_of_changes_joins_them(cast, system):
    """PostgreSQL keeps in every row which transaction wrote it last, and the rows in the order of their writing."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no such thing: a row that is changed stays where it is")
    people = [MembershipFactory(community=cast.node).person for _ in range(12)]
    collection = make.collection(cast.node, audience="list", people=people, anonymous=True)
    for person in people:
        make.answered(collection, more={"person": person}, useful="si")
    before = _order(collection)
    services.close_collection(collection, actor=cast.rosa)
    assert len({xmin for _place, xmin, _person in _order(collection)}) == 1
    assert [person for *_rest, person in before] != [person for *_rest, person in _order(collection)]


def _order(collection):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ctid::text, xmin::text, person_id FROM instruments_invitation WHERE collection_id = %s ORDER BY ctid",
            [collection.pk],
        )
        return cursor.fetchall()
