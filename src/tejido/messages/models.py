"""Messages that leave the house: who is written to, what became of it, and what people want to get."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.directory.models import Person
from tejido.messages.wording import trouble_words

EVERYBODY = 0  # in place of a community: all senders of this house
PER_WEEK = 5
QUIET_FROM, QUIET_TO = 21, 7  # hours of the day


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SHARE = "share", _("Text to share")  # a person hands it on herself, by WhatsApp or otherwise
    GATEWAY = "gateway", _("Phone message")


class Batch(models.Model):
    """One deed that writes to one or many. The same key again is the same deed.

    `community_id` is a plain number, because this floor knows no communities: those that own the batch answer
    through foundation.reach who may look after it.
    """

    key = models.CharField(max_length=150, unique=True)
    kind = models.CharField(max_length=60)  # kinds.py
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    community_id = models.BigIntegerField(null=True, blank=True)
    sender = models.CharField(max_length=200, blank=True)  # whom people read as the sender
    reply_to = models.EmailField(blank=True)
    about = models.CharField(max_length=80, blank=True)  # "instruments.collection:12"
    time_zone = models.CharField(max_length=60, default="UTC")  # of those who have not chosen one
    discreet = models.BooleanField(default=False)  # nobody may know to whom: rows go once they are done
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now())
    people = models.PositiveIntegerField(default=0)  # how many messages it had
    done = models.PositiveIntegerField(default=0)  # of a discreet one: gone out
    given_up = models.PositiveIntegerField(default=0)  # of a discreet one: failed or not wanted

    class Meta:
        verbose_name_plural = "batches"
        indexes = [
            models.Index(fields=["community_id", "-id"], name="batch_by_community"),
            models.Index(fields=["about", "kind"], name="batch_by_subject", condition=~Q(about="")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="batch_channel_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Message(models.Model):
    """One message to one person or address; of the channel `share` the one text that somebody hands on.

    `text` is complete but for `{link}`, which is made when it leaves (kinds.py): a link that lets its owner
    in stands in no table.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state of a message", "Waiting")
        SCHEDULED = "scheduled", pgettext_lazy("state of a message", "Goes out later")
        HELD = "held", pgettext_lazy("state of a message", "Kept for the weekly digest")
        SENT = "sent", pgettext_lazy("state of a message", "Sent")
        FAILED = "failed", pgettext_lazy("state of a message", "Not sent")
        CANCELLED = "cancelled", pgettext_lazy("state of a message", "Cancelled")

    class Delivery(models.TextChoices):
        """What a gateway told afterwards."""

        DELIVERED = "delivered", pgettext_lazy("state of a message", "Delivered")
        READ = "read", pgettext_lazy("state of a message", "Read")
        FAILED = "failed", pgettext_lazy("state of a message", "Not delivered")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # its name outside of the house
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="messages")
    community_id = models.BigIntegerField(null=True, blank=True)  # of the batch
    channel = models.CharField(max_length=10, choices=Channel)  # of the batch
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="messages")
    address = models.CharField(
        max_length=254, blank=True
    )  # to which it went, or goes where there is no person
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    not_before = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=30, blank=True)  # wording.TROUBLES says it as a sentence
    trouble_detail = models.CharField(max_length=300, blank=True)  # the other side's own words
    sent_at = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    folded_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="folded"
    )  # the digest that carries it
    outside_id = models.CharField(max_length=100, blank=True)  # the gateway's name for it
    delivery = models.CharField(max_length=10, choices=Delivery, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"],
                name="message_to_go",
                condition=Q(state__in=["waiting", "scheduled", "held"]),
            ),
            models.Index(fields=["community_id", "-id"], name="message_by_community"),
            models.Index(fields=["person", "-sent_at"], name="message_by_person"),
            models.Index(fields=["claim"], name="message_by_claim", condition=~Q(claim=None)),
            models.Index(fields=["address"], name="message_by_address", condition=~Q(address="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "person"], name="one_message_per_person_and_batch"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "scheduled", "held", "sent", "failed", "cancelled"]),
                name="message_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="message_sent_has_its_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def trouble_words(self) -> str:
        """Why it did not go out, or not yet, as a sentence; "" where all is well."""
        return trouble_words(self.trouble, self.trouble_detail)


class Reply(models.Model):
    """What somebody wrote back by phone. `outside_id` makes a second delivery of it the same."""

    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="replies")
    address = models.CharField(max_length=254)
    text = models.TextField()
    outside_id = models.CharField(max_length=100, unique=True)
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return f"reply {self.pk}"


class OwnWords(models.Model):
    """How a community words one kind of message in one language, in place of the house's words."""

    community_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community_id", "kind", "language"], name="own_words_once_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.community_id} in {self.language}"


class Preferences(models.Model):
    """What a person wants to get, and when. Whoever has no row gets PER_WEEK, quiet from 21 to 7."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="message_preferences")
    per_week = models.PositiveSmallIntegerField(default=PER_WEEK)  # 0: the weekly digest only
    quiet_from = models.PositiveSmallIntegerField(default=QUIET_FROM)  # hours; equal to quiet_to: never quiet
    quiet_to = models.PositiveSmallIntegerField(default=QUIET_TO)
    time_zone = models.CharField(max_length=60, blank=True)  # "": as the community's

    class Meta:
        verbose_name_plural = "preferences"
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__lte=23, quiet_to__lte=23), name="quiet_hours_are_of_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"preferences of {self.person_id}"

    def outweighs(self, other: Any) -> bool:
        """Of two entries of one person the one that asks for less stands."""
        return bool(self.per_week < other.per_week)


class Stop(models.Model):
    """Somebody wants no more messages by this channel, from one community or (EVERYBODY) from the whole house."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="stopped_messages")
    address = models.CharField(max_length=254, blank=True)  # of somebody who is not in the directory
    channel = models.CharField(max_length=10, choices=Channel)
    community_id = models.BigIntegerField(default=EVERYBODY)
    sender = models.CharField(max_length=200, blank=True)  # as the message named it
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "channel", "community_id"],
                condition=Q(person__isnull=False),
                name="one_stop_per_person_and_sender",
            ),
            models.UniqueConstraint(
                fields=["address", "channel", "community_id"],
                condition=Q(person=None),
                name="one_stop_per_address_and_sender",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, address="") | (Q(person=None) & ~Q(address="")),
                name="stop_is_of_a_person_or_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"stop {self.pk}"
