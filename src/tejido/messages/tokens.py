"""Whom a letter went to, signed, in the link that stops letters like it without signing in.

All of it stands in the link, so that it works for as long as somebody keeps the letter, whatever becomes of our row.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from tejido.messages.models import EVERYBODY, Channel, Message

SALT = "tejido.messages.stop"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who got a letter and from whom. person_id 0: somebody at `address` who is not in the directory."""

    person_id: int
    address: str
    channel: str
    community_id: int  # EVERYBODY: of no community
    sender: str


def reader_of(message: Message) -> Reader:
    address = "" if message.person_id else message.address.lower()
    sender = message.batch.sender
    return Reader(message.person_id or 0, address, message.channel, message.community_id or EVERYBODY, sender)


def stop_token(message: Message) -> str:
    """What stands in the link by which the reader stops messages like this one."""
    reader = reader_of(message)
    told = [reader.person_id, reader.address, reader.channel, reader.community_id, reader.sender]
    return signing.dumps(told, salt=SALT)


def read_token(token: str) -> Reader | None:
    """The reader that a link names; None where nobody of this house signed it."""
    try:
        person_id, address, channel, community_id, sender = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Reader(int(person_id), str(address), str(Channel(channel)), int(community_id), str(sender))


def stop_address(message: Message) -> str:
    """The absolute address of the page that stops messages like this one."""
    return settings.TEJIDO_URL + reverse("messages:stop", args=[stop_token(message)])
