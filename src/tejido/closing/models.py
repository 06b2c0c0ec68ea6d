"""What a gathering leaves behind: what was said, decided and promised, who helped, what was photographed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.directory.models import Organisation, Person
from tejido.gatherings.models import Gathering

ACCOUNT = settings.AUTH_USER_MODEL


class Closing(models.Model):
    """The closing act of a gathering, written piece by piece. `Gathering.sealed_at` says whether it is done."""

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="closing")
    minutes = models.TextField(blank=True, max_length=50_000)  # in the light markup of forms
    edition = models.PositiveIntegerField(default=0)  # of the minutes; grows with every change
    next_on = models.DateField(null=True, blank=True)  # when people meet again
    next_words = models.CharField(max_length=200, blank=True)
    times = models.PositiveSmallIntegerField(default=0)  # how often it was closed
    told_at = models.DateTimeField(null=True, blank=True)  # when it was last written to the members
    closed_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(times=0, closed_by=None) | Q(times__gte=1, closed_by__isnull=False),
                name="closing_was_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(times__gte=1), name="closing_is_told_when_it_is_done"
            ),
        ]

    def __str__(self) -> str:
        return f"closing of {self.gathering_id}"


class Reopening(models.Model):
    """A closed gathering was opened again: by whom, when and why."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="reopenings")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reopening_says_why")]

    def __str__(self) -> str:
        return self.reason


class Decision(models.Model):
    """One thing that was decided."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="decisions")
    text = models.CharField(max_length=500)
    edition = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="decision_says_something")]

    def __str__(self) -> str:
        return self.text


class Commitment(models.Model):
    """Who will do what by when. It lives on after its gathering."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a commitment", "Open")
        DONE = "done", pgettext_lazy("state of a commitment", "Done")
        DROPPED = "dropped", pgettext_lazy("state of a commitment", "Dropped")

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="commitments")
    community = models.ForeignKey(Community, models.CASCADE, related_name="commitments")  # of the gathering
    what = models.CharField(max_length=300)
    people: models.ManyToManyField[Person, Owner] = models.ManyToManyField(
        Person, through="Owner", related_name="commitments"
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="commitments"
    )
    node = models.ForeignKey(
        Community, models.SET_NULL, null=True, blank=True, related_name="owed_commitments"
    )
    due_on = models.DateField(null=True, blank=True)  # a day of the community's own clock
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    settled_on = models.DateField(null=True, blank=True)
    reminded_for = models.DateField(null=True, blank=True)  # the due day of which a letter before it spoke
    recalled_for = models.DateField(null=True, blank=True)  # the due day of which a letter after it spoke
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="commitment_says_what"),
            models.CheckConstraint(
                condition=Q(state="open", settled_on=None)
                | Q(state__in=["done", "dropped"], settled_on__isnull=False),
                name="commitment_is_open_or_settled_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state", "due_on"], name="promise_by_community"),
            models.Index(fields=["due_on"], name="promise_still_open", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return self.what


class Owner(models.Model):
    """A person who promised to do it."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="owners")
    person = models.ForeignKey(Person, models.CASCADE, related_name="owed")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["commitment", "person"], name="one_owner_once")]

    def __str__(self) -> str:
        return f"{self.person_id} owes {self.commitment_id}"


class Key(models.Model):
    """The link by which somebody who was written to says that a commitment is done. No account is needed."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="keys")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    grain = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "person"], name="one_key_to_a_commitment")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to commitment {self.commitment_id}"

    def outweighs(self, other: Key) -> bool:
        """Two rows of one person: the older link is the one that they have."""
        return self.pk < other.pk


class Door(models.Model):
    """Somebody's own link to what a gathering did and agreed."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="closing_doors")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    grain = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "person"], name="one_door_to_a_closing")]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.gathering_id}"

    def outweighs(self, other: Door) -> bool:
        """Two rows of one person: the older link is the one that they have."""
        return self.pk < other.pk


class Contributor(models.Model):
    """An organisation that gave something to a gathering without an agreement. Those with one stand in `alliances`."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="contributors")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contributed_to")
    what = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "organisation"], name="organisation_contributes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} to {self.gathering_id}"


class Photo(models.Model):
    """A photograph, made smaller, without place and camera. Who is on it is said before anybody else sees it."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="photos")
    file = models.FileField(upload_to="photographs", max_length=200)
    small = models.FileField(upload_to="photographs", max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of what was sent, to know the same picture again
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    caption = models.CharField(max_length=200, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)  # when it was said who is on it
    added_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "digest"], name="photograph_once_per_gathering")
        ]

    def __str__(self) -> str:
        return self.caption or f"photograph {self.pk}"

    @property
    def small_height(self) -> int:
        """Height at which a page keeps a place for the small one, which is 480 wide there."""
        return round(480 * self.height / self.width) if self.width else 480


class Shown(models.Model):
    """Somebody can be recognised on a photograph."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="shown")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["photo", "person"], name="shown_once_per_photograph")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.photo_id}"
