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
        PAPER = "paper", pgettext_lazy("way of checking in", "signed on paper, typed by the team")

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


class PaperLine(models.Model):
    """The number of one person on the printed sheet. It never changes: what is on paper cannot be changed either."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="paper_lines")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="one_paper_line_of_a_person"),
            models.UniqueConstraint(fields=["gathering", "number"], name="paper_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="paper_numbers_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number} at {self.gathering_id}"

    def outweighs(self, other: PaperLine) -> bool:
        """Two rows of one person: the lower number."""
        return self.number < other.number


class WrongCode(models.Model):
    """Somebody typed six digits that were not on the wall. Kept for as long as it counts against guessing."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["gathering", "at"], name="wrong_code_by_time")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.gathering_id}"
