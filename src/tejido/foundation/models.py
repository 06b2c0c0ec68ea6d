from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class JournalEntry(models.Model):
    """A fact: somebody did something. Written in the same transaction as the deed.

    `community_id` and `person_id` are copied out of the payload (where the fact has such a field) so that the
    history of a community or a person is one indexed query; they are plain numbers because the
    foundation knows no higher floor.
    """

    happened_at = models.DateTimeField(db_default=Now())
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    fact = models.CharField(max_length=80)  # "gatherings.attendance_recorded"
    payload = models.JSONField(default=dict)  # ids and numbers; never names or answers
    community_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["community_id", "-id"], name="journal_by_community"),
            models.Index(fields=["person_id", "-id"], name="journal_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.fact} #{self.pk}"


class PendingReaction(models.Model):
    """A reaction owed to a fact. One row per handler, so that each retries alone."""

    entry = models.ForeignKey(JournalEntry, models.CASCADE, related_name="reactions")
    handler = models.CharField(max_length=120)
    not_before = models.DateTimeField(db_default=Now())  # also the lease of a claim
    done_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "handler"], name="one_reaction_per_handler")]
        indexes = [
            # pay_one() asks for the oldest reaction that is not done; the done ones pile up for ever.
            models.Index(fields=["id"], name="reaction_still_owed", condition=models.Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.handler} of {self.entry_id}"


class DoneAct(models.Model):
    """An act that a phone sent, under the key it made for it. Sent twice is done once.

    The row is written in the same transaction as the act's effect; `outcome` is what was answered.
    """

    key = models.UUIDField(primary_key=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    outcome = models.CharField(max_length=60)
    done_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Tick(models.Model):
    """When something that is done again and again is due next. See config/ticks.py."""

    deed = models.CharField(max_length=120, primary_key=True)
    due_at = models.DateTimeField(db_default=Now())  # moved ahead by whoever claims it
    ran_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)  # of the last run; empty if it went well

    def __str__(self) -> str:
        return self.deed


class Worker(models.Model):
    """A `tejido work` that is running, or was when it was last seen."""

    name = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name
