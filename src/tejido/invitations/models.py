"""What is asked of those who are invited, and what they answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.directory.models import Person
from tejido.gatherings.models import Gathering


class Asking(models.Model):
    """Answers are wanted for a gathering. The row is locked by every answer, so that the last place is given once."""

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="asking")
    places = models.PositiveSmallIntegerField(null=True, blank=True)  # on site; None: room for everybody
    remind_days = models.PositiveSmallIntegerField(default=3)  # before its day; 0: nobody is reminded
    reminded_on = models.DateField(null=True, blank=True)
    told_sequence = models.PositiveIntegerField(default=0)  # the iCalendar sequence that people were told
    told_cancelled = models.BooleanField(default=False)
    asked_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(places=None) | Q(places__gte=1), name="asking_has_places"),
            models.CheckConstraint(condition=Q(remind_days__lte=30), name="asking_reminds_within_a_month"),
        ]

    def __str__(self) -> str:
        return f"answers to {self.gathering_id}"


class Door(models.Model):
    """The link of one person to one gathering."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="doors")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    grain = models.CharField(max_length=32)  # from which, and the secret key, the link follows
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())
    written_at = models.DateTimeField(null=True, blank=True)  # when the invitation was written to them

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="one_door_to_a_gathering")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.gathering_id}"

    def outweighs(self, other: Door) -> bool:
        """Two rows of one person: the older link is the one that they have."""
        return self.pk < other.pk


class Reply(models.Model):
    """What one person answered. No row: nothing was answered."""

    class Answer(models.TextChoices):
        YES = "yes", pgettext_lazy("answer to an invitation", "I am coming")
        MAYBE = "maybe", pgettext_lazy("answer to an invitation", "Perhaps")
        NO = "no", pgettext_lazy("answer to an invitation", "I cannot come")

    class Modality(models.TextChoices):
        ON_SITE = "on_site", pgettext_lazy("answer to an invitation", "On site")
        ONLINE = "online", pgettext_lazy("answer to an invitation", "Online")

    class Transport(models.TextChoices):
        NEEDS = "needs", _("I need a lift")
        OFFERS = "offers", _("I can take somebody along")

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="replies")
    person = models.ForeignKey(Person, models.CASCADE, related_name="replies")
    answer = models.CharField(max_length=5, choices=Answer)
    modality = models.CharField(max_length=10, choices=Modality, blank=True)  # "" of a no
    waiting = models.BooleanField(default=False)  # for a place on site
    in_line_since = models.DateTimeField()  # the order in which places are given
    substitute = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # who comes instead
    wheelchair = models.BooleanField(default=False)
    interpreter = models.BooleanField(default=False)
    other_needs = models.CharField(max_length=300, blank=True)
    transport = models.CharField(max_length=10, choices=Transport, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)  # in the car, where somebody offers
    note = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="one_reply_to_a_gathering"),
            models.CheckConstraint(
                condition=Q(answer="no", modality="") | (~Q(answer="no") & ~Q(modality="")),
                name="reply_says_how_unless_it_is_no",
            ),
            models.CheckConstraint(
                condition=Q(waiting=False) | Q(answer="yes", modality="on_site"),
                name="only_a_yes_on_site_waits",
            ),
            models.CheckConstraint(
                condition=Q(substitute=None) | (Q(answer="no") & ~Q(substitute=F("person"))),
                name="only_who_does_not_come_is_substituted",
            ),
            models.CheckConstraint(
                condition=Q(seats=None) | Q(transport="offers", seats__gte=1, seats__lte=60),
                name="only_who_offers_a_lift_has_seats",
            ),
        ]
        indexes = [models.Index(fields=["gathering", "in_line_since"], name="reply_by_place_in_line")]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.gathering_id}: {self.answer}"

    def outweighs(self, other: Reply) -> bool:
        """Two rows of one person: what was answered last."""
        return (self.answered_at, self.pk) > (other.answered_at, other.pk)
