"""The door of a gathering, and by which way somebody came through it. Who was there stands in gatherings.Attendance."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from tejido.directory.models import Person
from tejido.gatherings.models import Gathering


class Door(models.Model):
    """People may check in by themselves with the code on the wall, from `opened_at` until `closed_at`."""

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="door")
    secret = models.CharField(max_length=64)  # the codes follow from it and from the clock
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(secret=""), name="door_has_a_secret"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=models.F("opened_at")),
                name="door_closes_after_it_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"door of {self.gathering_id}"


class Arrival(models.Model):
    """One person came, by which way. `stood`: what the sheet said before; `taken`: whether the sheet followed."""

    class Way(models.TextChoices):
        SHOWN = "shown", pgettext_lazy("way of checking in", "personal code, seen by the team")
        SCANNED = "scanned", pgettext_lazy("way of checking in", "code on the wall, scanned")
        TYPED = "typed", pgettext_lazy("way of checking in", "six digits, typed")

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="arrivals")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stood = models.CharField(max_length=10, blank=True)
    taken = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="one_arrival_at_a_gathering"),
            models.CheckConstraint(
                condition=Q(taken=True) | ~Q(stood=""), name="only_what_stood_is_kept_instead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.gathering_id}: {self.way}"

    def outweighs(self, other: Arrival) -> bool:
        """Two rows of one person: who came first."""
        return (self.at, self.pk) < (other.at, other.pk)


class WrongCode(models.Model):
    """Somebody typed six digits that were not on the wall. Kept for as long as it counts against guessing."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["gathering", "at"], name="wrong_code_by_time")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.gathering_id}"
