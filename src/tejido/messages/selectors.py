"""Questions about messages. Read only; every list says what it costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from tejido.accounts.models import User
from tejido.directory.models import ContactPoint, Person
from tejido.messages.kinds import DIGEST, Kind, kinds
from tejido.messages.models import (
    EVERYBODY,
    Batch,
    Channel,
    Message,
    OwnWords,
    Preferences,
    Reply,
    Stop,
)
from tejido.messages.policies import messages_for
from tejido.messages.tokens import Reader
from tejido.messages.wording import fill

WEEK = timedelta(days=7)
SAME_LETTER = timedelta(minutes=10)  # asked for again within it, it is the same letter
OPEN = (Message.State.WAITING, Message.State.SCHEDULED, Message.State.HELD)


def gateway_is_on() -> bool:
    """Whether this installation can write to phones. No query."""
    return bool(settings.TEJIDO_GATEWAY)


def channels() -> list[tuple[str, str]]:
    """The channels that work in this installation, with their words. No query."""
    return [
        (value, str(words)) for value, words in Channel.choices if value != Channel.GATEWAY or gateway_is_on()
    ]


def log_for(actor: User) -> QuerySet[Message]:
    """Messages that `actor` may look after, newest first, with person and batch. One query, unsliced.

    Those of a discreet batch are left out: nobody may know to whom it went.
    """
    return (
        Message.objects.filter(messages_for(actor), batch__discreet=False)
        .select_related("person", "batch")
        .order_by("-pk")
    )


def batches_for(actor: User) -> QuerySet[Batch]:
    """Batches that `actor` may look after, newest first. One query, unsliced."""
    return Batch.objects.filter(messages_for(actor)).order_by("-pk")


def written_since(kind: str, about: str, moment: datetime) -> Batch | None:
    """The newest batch of this kind about the same thing since `moment`. One query."""
    return Batch.objects.filter(kind=kind, about=about, written_at__gte=moment).order_by("-pk").first()


def written_just_now(kind: str, about: str) -> Batch | None:
    """The batch that a second tap means: the same kind about the same thing within SAME_LETTER. One query."""
    return written_since(kind, about, timezone.now() - SAME_LETTER)


def with_replies(messages: QuerySet[Message]) -> QuerySet[Message]:
    """The messages with what was written back, oldest first. One query more."""
    return messages.prefetch_related(Prefetch("replies", queryset=Reply.objects.order_by("pk")))


def sent_to(person: Person) -> QuerySet[Message]:
    """What went out to this person, newest first, for their own page. One query, unsliced."""
    return (
        Message.objects.filter(person=person, state=Message.State.SENT)
        .exclude(batch__kind=DIGEST.key)
        .select_related("batch")
        .order_by("-sent_at", "-pk")
    )


def preferences_of(person: Person) -> Preferences:
    """What the person chose, or what holds for whoever has not chosen (not saved). One query."""
    return Preferences.objects.filter(person=person).first() or Preferences(person=person)


def stops_of(person: Person) -> QuerySet[Stop]:
    """Which messages the person stopped, everything first. One query."""
    return Stop.objects.filter(person=person).order_by("community_id", "channel", "pk")


def stopped_by(reader: Reader) -> set[int]:
    """Senders whose messages by this channel the reader of a letter stopped; EVERYBODY for all. One query."""
    stops = Stop.objects.filter(stops_of_reader(reader), channel=reader.channel)
    return set(stops.values_list("community_id", flat=True))


def stops_of_reader(reader: Reader) -> Q:
    """A `Q` on Stop: those of whoever got the letter."""
    if reader.person_id:
        return Q(person_id=reader.person_id)
    return Q(person=None, address=reader.address)


# Words


def words_of(kind: Kind, community_id: int | None, language: str) -> tuple[str, str]:
    """Subject and text for one kind, as the community words them, else the house. One query."""
    own = OwnWords.objects.filter(community_id=community_id or EVERYBODY, kind=kind.key, language=language)
    found = own.first()
    return (found.subject, found.text) if found else kind.words(language)


def wordings(community_id: int) -> list[tuple[Kind, dict[str, OwnWords]]]:
    """Every kind that a community may word itself, with its own words by language. One query."""
    own: dict[str, dict[str, OwnWords]] = defaultdict(dict)
    for row in OwnWords.objects.filter(community_id=community_id):
        own[row.kind][row.language] = row
    return [(kind, own[kind.key]) for kind in kinds() if kind.placeholders and kind is not DIGEST]


def filled(words: tuple[str, str], values: Mapping[str, str]) -> tuple[str, str]:
    """Subject and text with their placeholders replaced. No query."""
    return fill(words[0], values), fill(words[1], values)


# What sending has to know, for many at once


def reached_by_mail(people: QuerySet[Person]) -> list[Person]:
    """Those of `people` who can be written to, their account joined. Three queries."""
    found = list(people.select_related("user"))
    reached = addresses([person.pk for person in found], Channel.EMAIL)
    return [person for person in found if person.pk in reached]


def addresses(person_ids: Collection[int], channel: str) -> dict[int, str]:
    """person id -> where they are reached by this channel: contact data first, else the account's e-mail. Two queries."""
    kind = ContactPoint.Kind.EMAIL if channel == Channel.EMAIL else ContactPoint.Kind.PHONE
    found: dict[int, str] = {}
    if channel == Channel.EMAIL:
        accounts = User.objects.filter(person__in=person_ids, is_active=True)
        found.update(accounts.values_list("person__pk", "email"))
    contacts = ContactPoint.objects.filter(kind=kind, person__in=person_ids).order_by("-pk")
    found.update(contacts.values_list("person_id", "value"))  # the one written down first stands
    return found


@dataclass(slots=True)
class Standing:
    """What the people of some messages want, and how much they got within a week."""

    preferences: Mapping[int, Preferences]
    stops: set[tuple[str, str, int]]  # (whose, channel, community)
    sent: dict[int, int]  # person id -> messages of the last seven days
    addresses: Mapping[str, Mapping[int, str]]  # channel -> person id -> address

    def stopped(self, message: Message) -> bool:
        who = f"person:{message.person_id}" if message.person_id else message.address.lower()
        senders = {EVERYBODY, message.community_id or EVERYBODY}
        return any((who, message.channel, sender) in self.stops for sender in senders)

    def wishes(self, message: Message) -> Preferences:
        return self.preferences.get(message.person_id or 0) or Preferences()

    def address(self, message: Message) -> str:
        if message.person_id is None:
            return message.address
        return self.addresses.get(message.channel, {}).get(message.person_id, "")


def standing_of(messages: Iterable[Message], now: datetime) -> Standing:
    """What is known of everybody to whom these messages go. Seven queries for any number of messages."""
    rows = list(messages)
    people = {row.person_id for row in rows if row.person_id}
    loose = {row.address.lower() for row in rows if not row.person_id}
    sent = (
        Message.objects.filter(person__in=people, state=Message.State.SENT, sent_at__gt=now - WEEK)
        .exclude(folded_into__isnull=False)
        .exclude(batch__kind__in=[kind.key for kind in kinds() if kind.always or kind is DIGEST])
        .values("person_id")
        .annotate(count=Count("pk"))
        .order_by()
    )
    stops = Stop.objects.filter(Q(person__in=people) | Q(person=None, address__in=loose))
    by_channel = dict.fromkeys({row.channel for row in rows}, people)
    return Standing(
        preferences={row.person_id: row for row in Preferences.objects.filter(person__in=people)},
        stops={
            (f"person:{row.person_id}" if row.person_id else row.address, row.channel, row.community_id)
            for row in stops
        },
        sent={row["person_id"]: row["count"] for row in sent},
        addresses={channel: addresses(ids, channel) for channel, ids in by_channel.items()},
    )
