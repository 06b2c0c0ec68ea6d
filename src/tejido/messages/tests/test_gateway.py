"""Messages to phones: a stand-in gateway on this machine takes them, refuses them, and answers."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.urls import reverse

from tejido.directory.models import ContactPoint
from tejido.messages.models import EVERYBODY, Message, Reply, Stop
from tejido.messages.selectors import channels
from tejido.messages.services import send_due
from tejido.messages.services.carriers import signature
from tejido.messages.tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
State = Message.State
ANA = "+573001234567"


@dataclass
class StandIn:
    """What the gateway was handed, and what it answers."""

    status: int = 200
    answer: bytes = b'{"id": "wamid.1"}'
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def gateway(settings: Any) -> Iterator[StandIn]:
    stand_in = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stand_in.taken.append((dict(self.headers), body))
            self.send_response(stand_in.status)
            self.end_headers()
            self.wfile.write(stand_in.answer)

        def log_message(self, *args: object) -> None:
            """Not on the console."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.TEJIDO_GATEWAY = f"http://127.0.0.1:{server.server_port}/in"
    settings.TEJIDO_GATEWAY_SECRET = "shared"
    yield stand_in
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def sent(gateway: StandIn) -> Message:
    ana = make.reader()
    ContactPoint.objects.create(person=ana, kind="phone", value=ANA)
    [message] = make.written(ana, channel="gateway", community_id=7)
    assert send_due() == 1
    message.refresh_from_db()
    return message


def tell(client: Any, told: Any, *, stamp: str = "", secret_of: bytes | None = None) -> Any:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    stamp = stamp or str(int(time.time()))
    return client.post(
        reverse("messages:hear"),
        body,
        content_type="application/json",
        headers={
            "X-Tejido-Timestamp": stamp,
            "X-Tejido-Signature": f"sha256={signature(stamp, body if secret_of is None else secret_of)}",
        },
    )


def test_a_message_is_handed_over_signed(gateway, sent):
    [(headers, body)] = gateway.taken
    told = json.loads(body)
    assert told["to"] == ANA
    assert told["id"] == str(sent.key)
    assert f"https://example.org/for/{sent.person_id}" in told["text"]
    assert headers["X-Tejido-Signature"] == f"sha256={signature(headers['X-Tejido-Timestamp'], body)}"
    assert (sent.state, sent.outside_id, sent.address) == (State.SENT, "wamid.1", ANA)


@pytest.mark.parametrize(
    ("status", "state", "trouble"),
    [
        (400, State.FAILED, "gateway_refused"),
        (503, State.WAITING, "gateway_refused"),
        (429, State.WAITING, "gateway_refused"),
    ],
)
def test_what_the_gateway_refuses_fails_or_is_tried_again(gateway, status, state, trouble):
    gateway.status = status
    ana = make.reader()
    ContactPoint.objects.create(person=ana, kind="phone", value=ANA)
    [message] = make.written(ana, channel="gateway")
    send_due()
    message.refresh_from_db()
    assert (message.state, message.trouble, message.tries) == (state, trouble, 1)


def test_a_gateway_that_is_not_there_is_tried_again(gateway, settings):
    settings.TEJIDO_GATEWAY = "http://127.0.0.1:1/in"
    ana = make.reader()
    ContactPoint.objects.create(person=ana, kind="phone", value=ANA)
    [message] = make.written(ana, channel="gateway")
    send_due()
    message.refresh_from_db()
    assert (message.state, message.trouble) == (State.WAITING, "gateway_silent")


def test_the_gateway_tells_what_became_of_it_in_any_order(client, sent):
    for status, kept in (("delivered", "delivered"), ("read", "read"), ("delivered", "read")):
        assert tell(client, {"event": "status", "id": str(sent.key), "status": status}).status_code == 200
        sent.refresh_from_db()
        assert sent.delivery == kept


def test_a_reply_is_kept_with_its_message_once(client, sent):
    told = {"event": "reply", "id": "r1", "from": ANA, "text": "¡Gracias! Ahí estaré."}
    assert [tell(client, told).json()["outcome"] for _ in range(2)] == ["reply", "known"]
    reply = Reply.objects.get()
    assert (reply.message, reply.text) == (sent, "¡Gracias! Ahí estaré.")


@pytest.mark.parametrize("word", ["STOP", " Baja. ", "¡No más!", "sair"])
def test_a_word_stops_phone_messages_and_only_those(client, sent, word):
    tell(client, {"event": "reply", "id": "r1", "from": ANA, "text": word})
    stop = Stop.objects.get()
    assert (stop.person_id, stop.channel, stop.community_id) == (sent.person_id, "gateway", EVERYBODY)
    messages = [make.written(sent.person, channel=channel)[0] for channel in ("gateway", "email")]
    send_due()
    for message in messages:
        message.refresh_from_db()
    assert [message.trouble for message in messages] == ["stopped", ""]
    tell(client, {"event": "reply", "id": "r2", "from": ANA, "text": "ALTA"})
    assert not Stop.objects.exists()


def test_a_sentence_with_the_word_in_it_is_a_reply(client, sent):
    tell(client, {"event": "reply", "id": "r1", "from": ANA, "text": "Mi hija baja del bus a las 3"})
    assert not Stop.objects.exists()


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (b"no json", 422),
        ([], 422),
        ({"event": "status", "id": "no key", "status": "read"}, 422),
        ({"event": "status", "id": "6a1b2c3d-0000-4000-8000-000000000000", "status": "read"}, 422),
        ({"event": "reply", "from": ANA, "text": "without a name"}, 422),
    ],
)
def test_what_makes_no_sense_is_said_to_make_none(client, gateway, told, status):
    assert tell(client, told).status_code == status
    assert not Reply.objects.exists()


def test_what_is_not_signed_or_was_signed_long_ago_is_not_heard(client, sent):
    told = {"event": "reply", "id": "r1", "from": ANA, "text": "STOP"}
    assert tell(client, told, secret_of=b"another body").status_code == 403
    assert tell(client, told, stamp=str(int(time.time()) - 3600)).status_code == 403
    assert tell(client, told, stamp="yesterday").status_code == 403
    assert client.post(reverse("messages:hear"), {}).status_code == 403
    assert not Reply.objects.exists()


def test_it_is_off_until_it_is_set_up(client):
    assert client.post(reverse("messages:hear"), {}).status_code == 404
    assert "gateway" not in dict(channels())
