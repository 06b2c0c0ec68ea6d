"""What a school promises its teachers: who was asked, what was promised from when to when, whether it was kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.directory.models import Person, School
from tejido.gatherings.models import Gathering


class HeadInvitation(models.Model):
    """The head of a school was asked by a community, and has a link of her own for it."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="invited_heads")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    head = models.ForeignKey(Person, models.CASCADE, related_name="+")
    grain = models.CharField(max_length=32)  # from which, and the secret key, her link follows
    token_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "school", "head"], name="head_is_invited_once_to_a_community"
            )
        ]

    def __str__(self) -> str:
        return f"{self.head_id} of {self.school_id} by {self.community_id}"

    def outweighs(self, other: HeadInvitation) -> bool:
        """Two rows of one person: the older link is the one that she has."""
        return self.pk < other.pk


class SchoolCommitment(models.Model):
    """How a community and a school stand: asked, given, declined, over, withdrawn. Each change is a new row.

    The newest of a school and community is current; the others are history and never change.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("commitment of a school", "Asked")
        GIVEN = "given", pgettext_lazy("commitment of a school", "Given")
        DECLINED = "declined", pgettext_lazy("commitment of a school", "Not now")
        OVER = "over", pgettext_lazy("commitment of a school", "Over")
        WITHDRAWN = "withdrawn", pgettext_lazy("commitment of a school", "Withdrawn")

    class Unit(models.TextChoices):
        HOURS_A_MONTH = "hours_a_month", _("hours a month")
        DAYS = "days", _("days in all")

    STANDING = (State.ASKED, State.GIVEN)

    community = models.ForeignKey(Community, models.CASCADE, related_name="school_commitments")
    school = models.ForeignKey(School, models.CASCADE, related_name="commitments")
    head = models.ForeignKey(Person, models.CASCADE, related_name="school_commitments")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    is_current = models.BooleanField(default=True)
    wants_talk = models.BooleanField(default=False)  # she asked to talk it over first
    reason = models.CharField(max_length=300, blank=True)  # why not now, or why withdrawn
    unit = models.CharField(max_length=15, choices=Unit, blank=True)  # "": no time is released
    amount = models.PositiveSmallIntegerField(null=True, blank=True)  # of time, in `unit`
    for_whom = models.CharField(max_length=200, blank=True)  # whose time it is
    substitute = models.CharField(max_length=200, blank=True)  # who takes the lessons meanwhile
    room = models.BooleanField(default=False)
    transport = models.BooleanField(default=False)
    support = models.CharField(max_length=300, blank=True)  # what else the school gives
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # the last day; None: until further notice
    made_at = models.DateTimeField(db_default=Now())
    reminded_on = models.DateField(null=True, blank=True)  # of its end

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "school"],
                condition=Q(is_current=True),
                name="one_current_commitment_of_a_school",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="commitment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(unit="", amount=None) | (~Q(unit="") & Q(amount__gte=1)),
                name="commitment_of_time_says_how_much",
            ),
            models.CheckConstraint(
                condition=~Q(state="given") | Q(starts_on__isnull=False), name="given_commitment_has_a_start"
            ),
        ]
        indexes = [models.Index(fields=["community", "is_current"], name="commitment_by_community")]

    def __str__(self) -> str:
        return f"{self.school_id} to {self.community_id}: {self.state}"

    def outweighs(self, other: SchoolCommitment) -> bool:
        """Where two schools turn out to be one: what was given stands before what was only asked, then the newer."""
        given = self.State.GIVEN
        if (self.state == given) != (other.state == given):
            return self.state == given
        return self.pk > other.pk


class TermNote(models.Model):
    """Whether a commitment was kept in a term, as whoever runs the community saw it."""

    class Kept(models.TextChoices):
        KEPT = "kept", pgettext_lazy("a commitment was", "Kept")
        PARTLY = "partly", pgettext_lazy("a commitment was", "Kept in part")
        NOT_KEPT = "not_kept", pgettext_lazy("a commitment was", "Not kept")

    commitment = models.ForeignKey(SchoolCommitment, models.CASCADE, related_name="notes")
    term = models.CharField(max_length=100)
    kept = models.CharField(max_length=10, choices=Kept)
    note = models.CharField(max_length=500, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-noted_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["commitment", "term"], name="one_note_for_each_term")]

    def __str__(self) -> str:
        return f"{self.commitment_id} in {self.term}: {self.kept}"


class Substitution(models.Model):
    """Somebody of the school comes to a gathering instead of its head. Whether she came is her own attendance."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="substitutions")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    head = models.ForeignKey(Person, models.CASCADE, related_name="+")
    substitute = models.ForeignKey(Person, models.CASCADE, related_name="+")
    named_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "head"], name="one_substitute_for_each_head"),
            models.CheckConstraint(condition=~Q(head=F("substitute")), name="nobody_substitutes_herself"),
        ]

    def __str__(self) -> str:
        return f"{self.substitute_id} instead of {self.head_id} at {self.gathering_id}"

    def outweighs(self, other: Substitution) -> bool:
        """Two rows of one head: the one named last."""
        return self.pk > other.pk


class Offer(models.Model):
    """A community's own words to heads, in one language: what it asks of them, what their school gets."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="offers_to_heads")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    asked = models.TextField(blank=True)
    given = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "language"], name="one_offer_for_each_language")
        ]

    def __str__(self) -> str:
        return f"{self.community_id} in {self.language}"
