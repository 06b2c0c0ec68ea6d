from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.directory.models import Organisation, Person
from tejido.gatherings.models import Gathering

MOST_MINUTES = 10 * 60


class Kind(models.TextChoices):
    """What people do meanwhile. The keys are those of the indicator *time mix*."""

    PRESENTATION = "presentation", pgettext_lazy("kind of segment", "Presentation")
    HANDS_ON = "hands_on", pgettext_lazy("kind of segment", "Hands-on")
    DISCUSSION = "discussion", pgettext_lazy("kind of segment", "Discussion")
    REFLECTION = "reflection", pgettext_lazy("kind of segment", "Reflection")
    SOCIAL = "social", pgettext_lazy("kind of segment", "Being together")
    ADMIN = "admin", pgettext_lazy("kind of segment", "Announcements and formalities")


class Activity(models.Model):
    """A way of working that can be put into an agenda: its steps, what it takes, how it goes online.

    With a community: its own. Without: one of those that come along, one row for each language, told apart by `key`.
    """

    community = models.ForeignKey(Community, models.CASCADE, null=True, blank=True, related_name="activities")
    key = models.SlugField(max_length=40, blank=True)
    language = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.DISCUSSION)
    purpose = models.CharField(max_length=300, blank=True)  # what it is good for
    material = models.CharField(max_length=500, blank=True)
    online = models.TextField(blank=True)  # how the same is done with people on screens

    class Meta:
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(
                fields=["key", "language"], condition=Q(community=None), name="activity_once_per_language"
            ),
            models.UniqueConstraint(
                fields=["community", "name"],
                condition=~Q(community=None),
                name="activity_called_once_per_community",
            ),
            models.CheckConstraint(
                condition=Q(community=None) ^ Q(key="", language=""), name="activity_comes_along_or_is_own"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActivityStep(models.Model):
    """One step of an activity, with its time."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "position"], name="step_of_activity_stands_once"),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MOST_MINUTES), name="step_of_activity_takes_time"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Segment(models.Model):
    """A timed part of a gathering: what people do, who leads it, what it needs, and how long it really took."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="segments")
    position = (
        models.PositiveSmallIntegerField()
    )  # from 1; kept without gaps by services, the gathering locked
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.DISCUSSION)
    title = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField()  # planned
    leaders: models.ManyToManyField[Person, Leading] = models.ManyToManyField(
        Person, through="Leading", related_name="segments_led"
    )
    guest = models.CharField(max_length=200, blank=True)  # somebody from outside, by name
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="segments_contributed"
    )
    material = models.CharField(max_length=500, blank=True)
    prompt = models.CharField(max_length=500, blank=True)
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, blank=True, related_name="segments")
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    took = models.PositiveSmallIntegerField(null=True, blank=True)  # minutes, written down afterwards

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MOST_MINUTES),
                name="segment_takes_one_to_600_minutes",
            ),
            models.CheckConstraint(
                condition=Q(took=None) | Q(took__gte=1, took__lte=MOST_MINUTES),
                name="segment_took_one_to_600_minutes",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="segment_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(started_at__isnull=False), name="segment_that_ended_began"
            ),
            models.UniqueConstraint(
                fields=["gathering"],
                condition=Q(started_at__isnull=False, ended_at=None),
                name="one_segment_runs_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["gathering", "position"], name="segment_by_gathering")]

    def __str__(self) -> str:
        return self.title

    @property
    def actual_minutes(self) -> int | None:
        """How long it took: what was written down, else by the clock, at least one; None where neither is known."""
        if self.took is not None:
            return self.took
        if self.started_at is None or self.ended_at is None:
            return None
        return minutes_between(self.started_at, self.ended_at)

    @property
    def runs(self) -> bool:
        return self.started_at is not None and self.ended_at is None


class Leading(models.Model):
    """A person leads a segment."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="leadings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="leadings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["segment", "person"], name="leads_a_segment_once")]

    def __str__(self) -> str:
        return f"{self.person_id} leads {self.segment_id}"


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes, rounded, at least one and at most what a segment can take."""
    return min(MOST_MINUTES, max(1, round((end - start).total_seconds() / 60)))
