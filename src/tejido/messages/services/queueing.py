"""Putting messages into the queue: one deed, one batch, however often it is submitted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from tejido.accounts.models import User
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.messages.kinds import Kind, kind_of
from tejido.messages.models import Batch, Channel, Message
from tejido.messages.selectors import filled, gateway_is_on, words_of
from tejido.messages.services.sending import set_off
from tejido.messages.wording import one_line, wrong_placeholders

AT_ONCE = 500
MOST_OF_A_SUBJECT = 250


@dataclass(frozen=True, slots=True)
class Writing:
    """What a deed wants written.

    kind, key:     a kind of kinds.py; what makes the deed the same when it is submitted again.
    community_id, sender, reply_to: who writes, as people read it; where answers go ("": to the house's address).
    subject, text: own words of this one deed; "" for the words of the kind.
    values:        what stands for the placeholders, the same for everybody; `name` is known of each.
    language, time_zone: of those who have not said theirs.
    discreet:      nobody may learn to whom it went.
    """

    kind: str
    key: str
    channel: str = Channel.EMAIL
    community_id: int | None = None
    sender: str = ""
    reply_to: str = ""
    about: str = ""
    subject: str = ""
    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    time_zone: str = "UTC"
    not_before: datetime | None = None
    discreet: bool = False

    def worded(self, language: str) -> tuple[str, str]:
        """Subject and text in a language, placeholders as they are. At most one query."""
        if self.text:
            return self.subject, self.text
        return words_of(known_kind(self.kind), self.community_id, language)


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who is written to and is not in the directory, or needs values of their own."""

    address: str
    language: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    batch: Batch
    is_new: bool  # False: the same deed was done before, and nothing was queued


def known_kind(key: str) -> Kind:
    """The kind. Raises LookupError: whoever writes has registered it."""
    kind = kind_of(key)
    if kind is None:
        raise LookupError(f"{key} is no registered kind of message")
    return kind


@transaction.atomic
def write(writing: Writing, readers: Iterable[Person | Somebody], *, actor: User) -> Written:
    """Queue one message for each reader; the same `key` again queues nothing.

    People come with their account joined (`select_related("user")`). Who may write is decided by the deed that
    calls this, which also announces it. For the channel `share` there are no readers: one text is kept.

    Raises Refusal: "wrong_placeholders"; "no_text"; "gateway_off". Nothing is written then.
    """
    check(writing)
    known = Batch.objects.filter(key=writing.key).first()
    if known is not None:
        return Written(known, is_new=False)
    try:
        with transaction.atomic():
            batch = _batch(writing, actor)
    except IntegrityError:  # the same form arrived twice at one moment
        return Written(Batch.objects.get(key=writing.key), is_new=False)
    rows = _messages(writing, batch, readers)
    Message.objects.bulk_create(rows, batch_size=AT_ONCE)
    batch.people = len(rows)
    batch.save(update_fields=["people"])
    if batch.channel != Channel.SHARE:
        transaction.on_commit(set_off)
    return Written(batch, is_new=True)


def check(writing: Writing) -> None:
    """Raises Refusal where `write` would: "wrong_placeholders", "no_text", "gateway_off"."""
    kind = known_kind(writing.kind)
    if writing.channel == Channel.GATEWAY and not gateway_is_on():
        raise Refusal(
            "gateway_off", _("This installation has no phone gateway. Send an e-mail or share the text.")
        )
    subject, text = writing.worded(writing.language or settings.LANGUAGE_CODE)
    if not text.strip() or (writing.channel == Channel.EMAIL and not subject.strip()):
        raise Refusal("no_text", _("A message needs a subject and a text."))
    known = {"name", *writing.values, *kind.placeholders} if not writing.text else set(kind.placeholders)
    wrong = wrong_placeholders(subject, known=sorted(known - {"link"})) or wrong_placeholders(
        text, known=sorted(known), needed=kind.needed
    )
    if wrong:
        raise Refusal("wrong_placeholders", wrong)


def _batch(writing: Writing, actor: User) -> Batch:
    return Batch.objects.create(
        key=writing.key,
        kind=writing.kind,
        channel=writing.channel,
        community_id=writing.community_id,
        sender=one_line(writing.sender)[:200],
        reply_to=writing.reply_to,
        about=writing.about,
        time_zone=writing.time_zone,
        discreet=writing.discreet,
        by=actor,
    )


def _messages(writing: Writing, batch: Batch, readers: Iterable[Person | Somebody]) -> list[Message]:
    now = timezone.now()
    worded = cache(writing.worded)
    later = writing.not_before is not None and writing.not_before > now
    everybody: list[Person | Somebody | None] = [*readers] if batch.channel != Channel.SHARE else [None]
    made = []
    for reader in everybody:
        language, values = told(writing, reader)
        subject, text = filled(worded(language), values)
        made.append(
            Message(
                batch=batch,
                community_id=batch.community_id,
                channel=batch.channel,
                person=reader if isinstance(reader, Person) else None,
                address=reader.address if isinstance(reader, Somebody) else "",
                language=language,
                subject=one_line(subject)[:MOST_OF_A_SUBJECT],
                text=text,
                state=Message.State.SCHEDULED if later else Message.State.WAITING,
                not_before=max(writing.not_before or now, now),
            )
        )
    return made


def told(writing: Writing, reader: Person | Somebody | None) -> tuple[str, dict[str, str]]:
    """The reader's language, and the values for their placeholders; `{link}` is left for later unless given."""
    own = ""
    values = dict(writing.values)
    if isinstance(reader, Person):
        own = reader.language or (reader.user.language if reader.user else "")
        values["name"] = reader.given_names
    elif reader is None:  # a text to share goes to whoever it is handed to
        with override(writing.language or settings.LANGUAGE_CODE):
            values["name"] = pgettext("in place of a name, after a greeting", "colleagues")
    elif isinstance(reader, Somebody):
        own = reader.language
        values |= reader.values
    return own or writing.language or settings.LANGUAGE_CODE, values
