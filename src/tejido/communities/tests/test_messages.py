"""Those who run a community write to its people, see what became of it, take back, send again; nobody else does."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tejido.accounts.tests.factories import UserFactory
from tejido.communities.models import Role
from tejido.communities.services import Note, write_to_members
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import ContactPoint
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.models import JournalEntry
from tejido.messages.models import Batch, Message, OwnWords
from tejido.messages.services import send_due

pytestmark = pytest.mark.django_db
State = Message.State


def noon_to_come():
    """Tomorrow's noon in Bogotá, when nobody's hours are quiet."""
    return timezone.now().replace(hour=17) + timedelta(days=1)


def note(**more):
    told = {"key": str(uuid.uuid4()), "subject": "Sábado", "text": "Hola {name}, nos vemos en {community}."}
    return Note(**(told | more))


def typed(**more):
    return {"key": str(uuid.uuid4()), "channel": "email", "subject": "Sábado", "text": "Hola {name}."} | more


@pytest.fixture
def written(cast):
    """A message of Rosa's to everybody of the network, with the one that goes to Ana."""
    batch = write_to_members(cast.network, note(), actor=cast.rosa).batch
    return batch.messages.get(person__user=cast.ana)


PAGES = ["messages", "write", "message_words"]


@pytest.mark.parametrize(
    ("who", "node", "network", "elsewhere"),
    [
        ("rosa", 200, 200, 404),  # coordinates the network
        ("tomas", 200, 200, 404),  # its steward
        ("ines", 404, 404, 404),  # accompanies
        ("sole", 404, 404, 404),  # does research
        ("ana", 404, 404, 404),  # a member of the node
        ("ze", 404, 404, 404),
    ],
)
def test_who_gets_to_the_messages_of_a_community(cast, client, written, who, node, network, elsewhere):
    client.force_login(getattr(cast, who))
    for community, status in ((cast.node, node), (cast.network, network), (cast.elsewhere, elsewhere)):
        for page in PAGES:
            assert client.get(reverse(f"communities:{page}", args=[community.pk])).status_code == status
    one = client.get(reverse("communities:message", args=[cast.network.pk, written.pk]))
    assert one.status_code == network
    deed = reverse("communities:look_after", args=[cast.network.pk, written.pk, "cancel"])
    assert client.post(deed).status_code == (302 if network == 200 else 404)
    written.refresh_from_db()
    assert (written.state == State.CANCELLED) is (network == 200)


def test_a_visitor_is_asked_to_sign_in(client, cast):
    assert client.get(reverse("communities:messages", args=[cast.node.pk])).status_code == 302


def test_who_leads_a_node_looks_after_its_messages_and_not_after_those_above(cast, client, written):
    leader = MembershipFactory(community=cast.node, role=Role.NODE_LEADER).person
    leader.user = UserFactory(email="lidia@example.org")
    leader.save()
    client.force_login(leader.user)
    below = write_to_members(cast.node, note(), actor=leader.user).batch.messages.first()
    for community, message, status in (
        (cast.node, below, 200),
        (cast.node, written, 404),
        (cast.network, written, 404),
        (cast.network, below, 404),
    ):
        shown = client.get(reverse("communities:message", args=[community.pk, message.pk]))
        assert shown.status_code == status
    client.force_login(cast.rosa)  # the network looks after its nodes
    assert client.get(reverse("communities:message", args=[cast.network.pk, below.pk])).status_code == 200


@pytest.mark.parametrize("who", ["ana", "ines", "sole", "ze"])
def test_nobody_else_writes(cast, who):
    with pytest.raises(NotAllowed):
        write_to_members(cast.node, note(), actor=getattr(cast, who))
    assert not Batch.objects.exists()


def test_the_journal_tells_how_many_and_neither_words_nor_addresses(cast, written):
    entry = JournalEntry.objects.get(fact="communities.written_to")
    assert entry.payload == {
        "community_id": cast.network.pk, "batch_id": written.batch_id, "channel": "email", "count": 5,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        ({}, {"Ana", "Rosa", "Tomas", "Ines", "Sole"}),
        ({"role": Role.MEMBER}, {"Ana"}),
        ({"role": Role.COORDINATOR}, {"Rosa"}),
        ({"node": "node"}, {"Ana"}),
        ({"node": "sister"}, set()),
        ({"node": "elsewhere"}, set()),
        ({"node": "node", "role": Role.COORDINATOR}, set()),
    ],
)
def test_to_whom_it_goes(cast, choice, names):
    gone = MembershipFactory(community=cast.node, ends_on=date(2022, 1, 1)).person
    MembershipFactory(community=cast.elsewhere)
    if "node" in choice:
        choice = choice | {"node": getattr(cast, choice["node"]).pk}
    if not names:
        with pytest.raises(Refusal) as refused:
            write_to_members(cast.network, note(**choice), actor=cast.rosa)
        assert refused.value.code == "nobody_to_write_to"
        return
    batch = write_to_members(cast.network, note(**choice), actor=cast.rosa).batch
    people = {message.person for message in batch.messages.select_related("person")}
    assert {person.given_names for person in people} == names
    assert gone not in people


def test_it_is_looked_at_then_sent_and_a_second_tap_sends_nothing(cast, client):
    client.force_login(cast.rosa)
    url = reverse("communities:write", args=[cast.network.pk])
    form = client.get(url).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', form)[1]
    words = typed(key=key, role="member", answers_to_me="on")
    look = client.post(url, words | {"look": "1"}).content.decode()
    assert "Hola Ana." in look
    assert "So Ana Rojas reads it. It goes to 1 person." in look
    assert key in look
    assert not Batch.objects.exists()
    for _ in range(2):
        assert client.post(url, words).status_code == 302
    send_due(clock=noon_to_come)
    [letter] = mail.outbox
    assert (letter.to, letter.subject, letter.reply_to) == (
        ["ana@example.org"],
        "Sábado",
        ["rosa@example.org"],
    )
    assert letter.from_email == "Red Tejer <tejido@localhost>"
    log = client.get(reverse("communities:messages", args=[cast.network.pk])).content.decode()
    assert "Ana Rojas" in log and "Sent" in log


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": "Hola {nombre}."}, "Nothing is known that would stand for {nombre}."),
        ({"day": "2020-01-01"}, "This moment has passed."),
        ({"channel": "gateway"}, "gateway is not one of the available choices"),
        ({"role": "researcher", "text": ""}, "This field is required"),
        ({"role": "representative"}, "Nobody here has this role today."),
    ],
)
def test_what_cannot_be_sent_is_said_and_what_was_typed_stays(cast, client, wrong, sentence):
    client.force_login(cast.rosa)
    sent = client.post(reverse("communities:write", args=[cast.network.pk]), typed(**wrong))
    assert sent.status_code == 422
    assert sentence in sent.content.decode()
    assert "Sábado" in sent.content.decode()
    assert not Batch.objects.exists()


def test_a_moment_is_by_the_clock_of_the_community(cast, client):
    client.force_login(cast.rosa)
    day = timezone.localdate() + timedelta(days=10)
    client.post(
        reverse("communities:write", args=[cast.network.pk]), typed(role="member", day=day.isoformat())
    )
    message = Message.objects.get()
    assert message.state == State.SCHEDULED
    assert (message.not_before.date(), message.not_before.hour) == (day, 13)  # eight o'clock in Bogotá


def test_a_text_to_share_is_copied_or_opened_in_whatsapp_and_goes_to_nobody(cast, client):
    client.force_login(cast.rosa)
    sent = client.post(
        reverse("communities:write", args=[cast.network.pk]),
        typed(channel="share", text="Hola {name}, el sábado en {community}."),
        follow=True,
    )
    shown = sent.content.decode()
    link = re.search(r'href="(https://wa\.me/\?text=[^"]+)"', shown)[1]
    assert unquote(link).endswith("Hola colegas, el sábado en Red Tejer.")
    message = Message.objects.get()
    assert message.person is None
    assert send_due(clock=noon_to_come) == 0
    client.post(reverse("communities:look_after", args=[cast.network.pk, message.pk, "shared"]))
    message.refresh_from_db()
    assert message.state == State.SENT


def test_what_failed_says_why_and_is_sent_again(cast, client):
    nobody = MembershipFactory(community=cast.sister).person
    write_to_members(cast.sister, note(), actor=cast.rosa)
    send_due(clock=noon_to_come)
    message = Message.objects.get()
    client.force_login(cast.rosa)
    page = reverse("communities:message", args=[cast.sister.pk, message.pk])
    assert "There is no address to which this could go." in client.get(page).content.decode()
    ContactPoint.objects.create(person=nobody, kind="email", value="nueva@example.org")
    client.post(reverse("communities:look_after", args=[cast.sister.pk, message.pk, "again"]))
    send_due(clock=noon_to_come)
    message.refresh_from_db()
    assert message.state == State.SENT
    again = client.post(
        reverse("communities:look_after", args=[cast.sister.pk, message.pk, "cancel"]), follow=True
    )
    assert "This message has gone out already" in again.content.decode()


def test_a_whole_message_is_taken_back_at_once(cast, client, written):
    client.force_login(cast.rosa)
    client.post(reverse("communities:look_after", args=[cast.network.pk, written.pk, "cancel-all"]))
    assert set(written.batch.messages.values_list("state", flat=True)) == {State.CANCELLED}
    send_due(clock=noon_to_come)
    assert mail.outbox == []
    unknown = client.post(reverse("communities:look_after", args=[cast.network.pk, written.pk, "burn"]))
    assert unknown.status_code == 404


def test_a_community_words_its_messages_and_goes_back_to_those_of_the_house(cast, client):
    client.force_login(cast.rosa)
    url = reverse("communities:message_word", args=[cast.network.pk, "instruments.reminder", "es"])
    assert "{title}: todavía falta tu respuesta" in client.get(url).content.decode()
    wrong = client.post(url, {"subject": "Falta {title}", "text": "Hola {name}"})
    assert wrong.status_code == 422
    assert "The text needs {link}" in wrong.content.decode()
    assert client.post(url, {"subject": "Falta {title}", "text": "Hola {name}: {link}"}).status_code == 302
    own = OwnWords.objects.get()
    assert (own.subject, own.language, own.community_id) == ("Falta {title}", "es", cast.network.pk)
    assert (
        "own words"
        in client.get(reverse("communities:message_words", args=[cast.network.pk])).content.decode()
    )
    client.post(url, {"subject": "", "text": ""})
    assert not OwnWords.objects.exists()
    for kind, language in (("instruments.reminder", "fr"), ("no.such", "es"), ("messages.digest", "es")):
        unknown = reverse("communities:message_word", args=[cast.network.pk, kind, language])
        assert client.get(unknown).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"), [({"q": "ana"}, 1), ({"state": "sent"}, 0), ({"channel": "email"}, 5)]
)
def test_the_log_is_narrowed_and_costs_few_queries(
    cast, client, written, query, found, django_assert_max_num_queries
):
    client.force_login(cast.rosa)
    url = reverse("communities:messages", args=[cast.network.pk])
    with django_assert_max_num_queries(12):
        shown = client.get(url, query).content.decode()
    assert ("Ana Rojas" in shown) is (found > 0)
    file = client.get(url, query | {"download": "csv"}).getvalue().decode()
    assert len(file.strip().splitlines()) == found + 1


def test_only_those_who_run_it_are_led_there_from_the_people(cast, client):
    way = reverse("communities:messages", args=[cast.node.pk])
    for who, led in ((cast.rosa, True), (cast.ines, False), (cast.ana, False)):
        client.force_login(who)
        shown = client.get(reverse("communities:people", args=[cast.node.pk])).content.decode()
        assert (way in shown) is led
