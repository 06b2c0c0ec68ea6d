"""What somebody sent to a call, with her files, and what became of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.calls.models.calls import OpenCall, Requirement
from tejido.communities.models import Community, Membership
from tejido.directory.models import Person, School
from tejido.instruments.models import Response


class Application(models.Model):
    """One application, by a link of her own. `key` is that of the page it was typed on: a second tap is the same one.

    `told_at`: from when on she may read the outcome. `late`: typed before the closing, sent after it. After the time she was
    told, what says who she is goes (`forgotten_at`), unless she was taken in.
    """

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("state of an application", "Received")
        ACCEPTED = "accepted", pgettext_lazy("state of an application", "Accepted")
        WAITING = "waiting", pgettext_lazy("state of an application", "On the waiting list")
        DECLINED = "declined", pgettext_lazy("state of an application", "Not accepted")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of an application", "Withdrawn")

    class Reason(models.TextChoices):
        FITS = "fits", _("It answers what the call looks for")
        EXPERIENCE = "experience", _("Experience that the community needs")
        BALANCE = "balance", _("Balance of schools, levels and subjects")
        POINTS = "points", _("By the points of the reviewers")
        PLACES = "places", _("There are no more places")
        REQUIREMENTS = "requirements", _("A requirement is not met")
        INCOMPLETE = "incomplete", _("Something was missing")
        ELSEWHERE = "elsewhere", _("Another call suits it better")
        OTHER = "other", pgettext_lazy("reason of a choice", "Another reason")

    CHOSEN = (State.ACCEPTED, State.WAITING, State.DECLINED)

    call = models.ForeignKey(OpenCall, models.CASCADE, related_name="applications")
    number = models.PositiveIntegerField()  # in the order in which they came
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    given_names = models.CharField(max_length=100, blank=True)
    family_names = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)  # in lower case
    phone = models.CharField(max_length=40, blank=True)  # E.164
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    school = models.ForeignKey(School, models.SET_NULL, null=True, blank=True, related_name="+")
    school_typed = models.CharField(max_length=200, blank=True)  # where it is none of the register
    node = models.ForeignKey(Community, models.SET_NULL, null=True, blank=True, related_name="+")
    motivation = models.TextField(blank=True)
    video_link = models.URLField(max_length=500, blank=True)
    response = models.OneToOneField(Response, models.SET_NULL, null=True, blank=True, related_name="+")
    agreed_to = models.TextField()  # the words on the use of her data, as she read them
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # who was signed in
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    late = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False)  # of a demonstration; shown wherever the name is
    place_in_line = models.PositiveIntegerField(null=True, blank=True)  # on the waiting list, 1 is the next
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    reason_words = models.TextField(blank=True, max_length=2000)
    chosen_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="application_number_once"),
            models.UniqueConstraint(
                fields=["call", "place_in_line"],
                condition=~Q(place_in_line=None),
                name="one_application_in_each_place_of_the_line",
            ),
            models.CheckConstraint(
                condition=Q(place_in_line=None) | Q(state="waiting"), name="only_who_waits_is_in_the_line"
            ),
            models.CheckConstraint(
                condition=~Q(given_names="") | Q(forgotten_at__isnull=False),
                name="application_has_a_name_until_forgotten",
            ),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone="") | Q(forgotten_at__isnull=False),
                name="applicant_can_be_reached_until_forgotten",
            ),
        ]
        indexes = [models.Index(fields=["call", "state"], name="application_by_call")]

    def __str__(self) -> str:
        return f"{self.number} to {self.call_id}"

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_names}".strip()


class Fulfilment(models.Model):
    """What an applicant answered to a requirement."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="fulfilments")
    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="fulfilments")
    met = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "requirement"], name="requirement_answered_once")
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} of {self.application_id}"


class ApplicationFile(models.Model):
    """A film or an attachment. `key` is drawn by chance and stands in its address; `name` is what it was called, for people."""

    class Kind(models.TextChoices):
        VIDEO = "video", _("Video")
        ATTACHMENT = "attachment", _("Attachment")

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=10, choices=Kind)
    file = models.CharField(max_length=200)  # where it lies in the storage
    name = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()  # bytes
    media_type = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["added_at", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(kind="video"), name="one_video_per_application"
            ),
            models.UniqueConstraint(
                fields=["application", "kind", "sha256"], name="file_once_per_application"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.application_id}"
