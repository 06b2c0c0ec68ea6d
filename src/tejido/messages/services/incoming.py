"""What a gateway tells: what became of a message, and what somebody wrote back."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tejido.directory.models import ContactPoint, Person
from tejido.foundation.errors import Refusal
from tejido.messages.models import EVERYBODY, Channel, Message, Reply, Stop

STOP_WORDS = frozenset({"stop", "alto", "baja", "parar", "pare", "sair", "cancelar", "no mas", "unsubscribe"})
START_WORDS = frozenset({"start", "alta", "volver", "voltar", "iniciar"})
MOST_OF_A_TEXT = 4000


def hear(told: Mapping[str, Any]) -> str:
    """Take in one thing that the gateway tells; told twice is heard once. Returns what it was.

    told: {"event": "status", "id": our key, "status": delivered | read | failed, "error": "…"} or
          {"event": "reply", "id": the gateway's own, "from": "+57…", "text": "…"}.
    Raises Refusal("not_understood"): something is missing, or the message is not ours.
    """
    if told.get("event") == "status":
        return _status(str(told.get("id", "")), str(told.get("status", "")), str(told.get("error", "")))
    if told.get("event") == "reply" and told.get("id") and told.get("from"):
        return _reply(str(told["id"])[:100], str(told["from"])[:254], str(told.get("text", "")))
    raise Refusal("not_understood", _("The gateway tells something that is neither a status nor a reply."))


@transaction.atomic
def _status(key: str, status: str, error: str) -> str:
    if status not in Message.Delivery.values:
        raise Refusal("not_understood", _("The gateway tells a status that is not known here."))
    try:
        message = Message.objects.select_for_update().filter(key=key, channel=Channel.GATEWAY).first()
    except ValidationError as wrong:  # not even the form of a key
        raise Refusal("not_understood", _("The gateway tells of a message that is not ours.")) from wrong
    if message is None:
        raise Refusal("not_understood", _("The gateway tells of a message that is not ours."))
    if message.delivery == Message.Delivery.READ:  # news may arrive in any order
        return "known"
    message.delivery = status
    message.trouble_detail = error[:300] if status == Message.Delivery.FAILED else ""
    message.save(update_fields=["delivery", "trouble_detail"])
    return "status"


@transaction.atomic
def _reply(outside_id: str, sender: str, text: str) -> str:
    """Kept with the newest message to that number; a word that asks to stop stops."""
    answered = Message.objects.filter(
        channel=Channel.GATEWAY, address=sender, state=Message.State.SENT
    ).order_by("-sent_at", "-pk")
    _row, is_new = Reply.objects.get_or_create(
        outside_id=outside_id,
        defaults={"message": answered.first(), "address": sender, "text": text[:MOST_OF_A_TEXT]},
    )
    if not is_new:
        return "known"
    word = plain(text)
    if word in STOP_WORDS:
        _stop(sender)
        return "stopped"
    if word in START_WORDS:
        _stops(sender).delete()
        return "resumed"
    return "reply"


def plain(text: str) -> str:
    """A reply as a word to compare: lower case, without accents, dots and spaces around.

    >>> plain(" ¡No más! ")
    'no mas'
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        "".join(one if one.isalnum() else " " for one in letters if not unicodedata.combining(one)).split()
    )


def _people(number: str) -> list[Person]:
    known = ContactPoint.objects.filter(kind=ContactPoint.Kind.PHONE, value=number)
    return list(Person.objects.filter(contacts__in=known).distinct())


def _stop(number: str) -> None:
    people = _people(number)
    for person in people:
        Stop.objects.get_or_create(person=person, channel=Channel.GATEWAY, community_id=EVERYBODY)
    if not people:
        Stop.objects.get_or_create(
            person=None, address=number, channel=Channel.GATEWAY, community_id=EVERYBODY
        )


def _stops(number: str) -> QuerySet[Stop]:
    """Every stop of whoever has this number, by the phone."""
    return Stop.objects.filter(
        Q(person__in=_people(number)) | Q(person=None, address=number), channel=Channel.GATEWAY
    )
