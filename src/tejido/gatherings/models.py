from __future__ import annotations

import uuid
from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.directory.models import Organisation, Person, School
from tejido.instruments.models import Collection as FormCollection


class Series(models.Model):
    """Gatherings that belong together: the workshops of a year, the meetings of a term. What holds for each stands here."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="series")
    name = models.CharField(max_length=120)
    ended_on = models.DateField(null=True, blank=True)  # no more are planned in it

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="series_called_once_per_community")
        ]

    def __str__(self) -> str:
        return self.name


class Gathering(models.Model):
    """People of a community meeting at a time, on site, online or both."""

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", _("General assembly")
        NODE_MEETING = "node_meeting", _("Node meeting")
        ITINERANT_CHAIR = "itinerant_chair", _("Itinerant chair")
        TERMLY = "termly", _("Termly meeting")
        WORKSHOP = "workshop", _("Workshop")
        WEBINAR = "webinar", _("Webinar")
        VISIT = "visit", _("Visit")
        INTERVIEW = "interview", _("Interview round")
        OTHER = "other", pgettext_lazy("kind of gathering", "Other")

    class Modality(models.TextChoices):
        ON_SITE = "on_site", _("On site")
        ONLINE = "online", pgettext_lazy("modality", "Online")
        HYBRID = "hybrid", _("Hybrid")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    community = models.ForeignKey(Community, models.PROTECT, related_name="gatherings")
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="gatherings")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.WORKSHOP)
    modality = models.CharField(max_length=10, choices=Modality, default=Modality.ON_SITE)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    day = models.DateField(editable=False)  # of starts_at, in the community's time zone; kept by services
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="hosted_gatherings"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="hosted_gatherings"
    )
    address = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)  # of the address; a school brings its own
    longitude = models.FloatField(null=True, blank=True)
    online_link = models.URLField(blank=True)
    everyone_invited = models.BooleanField(
        default=True
    )  # all members on that day; else the rows of Invitation
    closed_at = models.DateTimeField(null=True, blank=True)  # attendance is final
    reopened_at = models.DateTimeField(
        null=True, blank=True
    )  # what is recorded after this is a late correction
    sealed_at = models.DateTimeField(
        null=True, blank=True
    )  # the closing act is done: nothing changes but by a reopening that says why
    invited_then = models.PositiveIntegerField(
        null=True, blank=True
    )  # how many were invited when attendance closed; None: counted live
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # iCalendar: the same for ever
    sequence = models.PositiveIntegerField(default=0)  # iCalendar: grows with every change of time or place
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    rights_of_reader: Collection[
        str
    ]  # of the community; set by the page of a gathering, for the panels on it

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="gathering_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(school=None) | Q(organisation=None), name="gathering_is_hosted_in_one_place"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="gathering_is_on_the_globe",
            ),
            models.CheckConstraint(
                condition=Q(sealed_at=None) | Q(closed_at__isnull=False),
                name="gathering_is_sealed_with_its_attendance",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "-starts_at"], name="gathering_by_community_recent"),
            models.Index(fields=["community", "day"], name="gathering_by_community_and_day"),
            models.Index(fields=["-starts_at", "-id"], name="gathering_recent"),
        ]

    def __str__(self) -> str:
        return self.title


class Invitation(models.Model):
    """A person is invited to a gathering to which not everyone is."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="invited_once_per_gathering")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.gathering_id}"


class Attendance(models.Model):
    """What is known of one person at one gathering. No row: nothing is known."""

    class Status(models.TextChoices):
        ON_SITE = "on_site", pgettext_lazy("attendance", "On site")
        ONLINE = "online", pgettext_lazy("attendance", "Online")
        ABSENT = "absent", pgettext_lazy("attendance", "Absent")
        EXCUSED = "excused", pgettext_lazy("attendance", "Excused")

    ATTENDED = (Status.ON_SITE, Status.ONLINE)
    TELLS_MORE = (
        Status.ON_SITE,
        Status.ONLINE,
        Status.EXCUSED,
        Status.ABSENT,
    )  # of two marks: the first of these

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    status = models.CharField(max_length=10, choices=Status)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # None: not measured
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="attendance_once_per_person"),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=24 * 60),
                name="attendance_minutes_in_a_day",
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(status__in=["on_site", "online"]),
                name="only_the_present_have_minutes",
            ),
        ]
        indexes = [models.Index(fields=["person", "gathering"], name="attendance_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.gathering_id}: {self.status}"

    def outweighs(self, other: Attendance) -> bool:
        """Whether this mark stands where two rows turn out to be one person: whoever was seen was there."""
        return self.status in self.ATTENDED and other.status not in self.ATTENDED


class OtherMark(models.Model):
    """What somebody of the team said of a person, where another said otherwise and neither knew of the other.

    Which of the two stands as Attendance follows from `Attendance.TELLS_MORE`; this is the one that does not.
    """

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="other_marks")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=Attendance.Status)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="one_other_mark_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.gathering_id}: also {self.status}"


class Round(models.Model):
    """A time in which people talk at tables, with a prompt."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    prompt = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["gathering", "number"], name="round_number_once")]

    def __str__(self) -> str:
        return f"{self.gathering_id} round {self.number}"


class Seat(models.Model):
    """A person sat at a numbered table in a round. One table per person and round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="seats")
    table = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="seats")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="one_table_per_person_and_round"),
            models.CheckConstraint(condition=Q(table__gte=1), name="tables_are_counted_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at table {self.table}"


class FormGiven(models.Model):
    """A form that was given to those who came: what a collection of answers has to do with a gathering."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="forms_given")
    collection = models.OneToOneField(FormCollection, models.CASCADE, related_name="given_at")

    def __str__(self) -> str:
        return f"{self.collection_id} at {self.gathering_id}"


class FeedToken(models.Model):
    """A private address under which a calendar reads what its owner may see. Whoever has it needs no account.

    Without a community: the gatherings to which the owner is invited. With one: all of that community
    and below. Renewing gives a new key, so that the old address stops; revoking deletes the row.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed_tokens")
    community = models.ForeignKey(
        Community, models.CASCADE, null=True, blank=True, related_name="feed_tokens"
    )
    key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "community"],
                condition=~Q(community=None),
                name="one_feed_per_account_and_community",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(community=None), name="one_feed_of_my_own_per_account"
            ),
        ]

    def __str__(self) -> str:
        return f"feed of {self.user_id}"
