"""What people want to get: their preferences, and stopping without signing in."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.directory.models import Person
from tejido.directory.services import change_person
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.messages.events import PreferencesChanged
from tejido.messages.models import EVERYBODY, Channel, Message, Preferences, Stop
from tejido.messages.tokens import Reader
from tejido.messages.values import Wishes


@transaction.atomic
def choose(person: Person, wishes: Wishes, *, actor: User) -> None:
    """Keep what a person wants. What is held for the digest and fits now goes out. Raises NotAllowed.

    Announces PreferencesChanged.
    """
    require(actor, "messages.choose", person)
    kept = {key: value for key, value in wishes.items() if key != "language"}
    Preferences.objects.update_or_create(person=person, defaults=kept)
    if person.language != wishes["language"]:
        change_person(person, {"language": wishes["language"]}, actor=actor)
    waiting = Message.objects.filter(person=person, state=Message.State.HELD, folded_into=None)
    waiting.update(state=Message.State.WAITING, not_before=timezone.now())
    announce(PreferencesChanged(person.pk), actor=actor)


@transaction.atomic
def resume(stop: Stop, *, actor: User) -> None:
    """Let messages that were stopped come again. Raises NotAllowed. Announces PreferencesChanged."""
    assert stop.person is not None
    require(actor, "messages.choose", stop.person)
    Stop.objects.filter(pk=stop.pk).delete()
    announce(PreferencesChanged(stop.person.pk), actor=actor)


@transaction.atomic
def stop_everything(person: Person, *, actor: User) -> None:
    """No more messages from this house but answers to what the person does. Idempotent. Raises NotAllowed.

    Announces PreferencesChanged.
    """
    require(actor, "messages.choose", person)
    for channel in (Channel.EMAIL, Channel.GATEWAY):
        Stop.objects.get_or_create(person=person, channel=channel, community_id=EVERYBODY)
    announce(PreferencesChanged(person.pk), actor=actor)


# By a signed link, or by a word on the phone: whoever holds the message may stop it.


@transaction.atomic
def stop_by_link(reader: Reader, *, everything: bool = False) -> None:
    """No more messages to this reader from this sender, or from nobody here. Idempotent.

    The link is the key: it stands in the reader's own letter. Announces PreferencesChanged as the system, of
    somebody in the directory. Raises Person.DoesNotExist: the reader was taken out of it.
    """
    sender = EVERYBODY if everything else reader.community_id
    person = _person(reader)
    _row, is_new = Stop.objects.get_or_create(
        person=person,
        address="" if person else reader.address,
        channel=reader.channel,
        community_id=sender,
        defaults={"sender": "" if sender == EVERYBODY else reader.sender},
    )
    if is_new and person:
        _tell(person.pk, actor=system_account())


@transaction.atomic
def resume_by_link(reader: Reader) -> None:
    """Messages from this sender come again by its channel. Idempotent. Announces and raises as `stop_by_link`."""
    person = _person(reader)
    whose = Q(person=person) if person else Q(person=None, address=reader.address)
    stops = Stop.objects.filter(
        whose, channel=reader.channel, community_id__in={EVERYBODY, reader.community_id}
    )
    if stops.delete()[0] and person:
        _tell(person.pk, actor=system_account())


def _person(reader: Reader) -> Person | None:
    """The person of the letter, or whom they were merged into since."""
    if not reader.person_id:
        return None
    person: Person = Person.every.select_related("merged_into").get(pk=reader.person_id)
    return person.merged_into or person


@transaction.atomic
def _tell(person_id: int, *, actor: User) -> None:
    announce(PreferencesChanged(person_id), actor=actor)
