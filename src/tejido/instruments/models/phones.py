"""Phones on which somebody answers with ODK Collect or KoboCollect, also without a network."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from tejido.communities.models import Community
from tejido.directory.models import Person


class Phone(models.Model):
    """A phone that fetches forms and sends answers in a person's name, from one community, until it is revoked.

    What opens the door is a token in the address. It follows from the installation's secret key and from `salt`; here stands
    its hash. There is no moment of sending: beside an anonymous answer it would tell whose it is.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="phones")
    community = models.ForeignKey(Community, models.CASCADE, related_name="phones")
    name = models.CharField(max_length=80)  # as its owner calls it
    salt = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())
    last_used_on = models.DateField(null=True, blank=True)  # the day on which it last asked for forms
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="phone_has_a_name")]
        indexes = [models.Index(fields=["community", "person"], name="phone_by_community")]

    def __str__(self) -> str:
        return self.name

    @property
    def waits(self) -> bool:
        """Whether its code was not scanned yet, and still can be."""
        return self.last_used_on is None and self.revoked_at is None
