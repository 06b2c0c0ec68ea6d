"""What came back. The XML is kept for ever; everything else here can be made again from it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.instruments.models.collections import Collection
from tejido.instruments.models.instruments import Version


class Response(models.Model):
    """One filled-in form, whatever state it is in. Nothing that arrives is thrown away.

    The key is drawn by chance, so that its order says nothing. In anonymous collections there is no person, `received_at`
    is the beginning of the day, and the XML is without what the phone adds by itself (see anonymous.py).
    """

    class Channel(models.TextChoices):
        PAGE = "page", pgettext_lazy("way an answer came", "Page")
        COLLECT = "collect", pgettext_lazy("way an answer came", "Phone application")
        ENGINE = "engine", pgettext_lazy("way an answer came", "Form engine")
        IMPORT = "import", pgettext_lazy("way an answer came", "Brought from elsewhere")

    class State(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("state of an answer", "Accepted")
        FLAGGED = "flagged", pgettext_lazy("state of an answer", "To look at")
        CONFLICT = "conflict", pgettext_lazy("state of an answer", "Contradicts another one")
        LATE = "late", pgettext_lazy("state of an answer", "Came after the closing")

    COUNTED = (State.ACCEPTED, State.FLAGGED)  # in results

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collection = models.ForeignKey(
        Collection, models.CASCADE, null=True, blank=True, related_name="responses"
    )
    community = models.ForeignKey(Community, models.CASCADE, related_name="responses")
    version = models.ForeignKey(Version, models.PROTECT, related_name="responses")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="responses")
    name_given = models.CharField(
        max_length=200, blank=True
    )  # by somebody with a shared link, who agreed that it is kept; never in anonymous collections
    instance_id = models.CharField(max_length=200)
    slot = models.CharField(max_length=64, unique=True)  # the place that only one row may take: see services
    content_hash = models.CharField(max_length=64)  # SHA-256 of `xml`
    xml = models.BinaryField()
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=Channel)
    language = models.CharField(max_length=100, blank=True)  # of the form, as it was shown
    state = models.CharField(max_length=10, choices=State)

    class Meta:
        indexes = [
            models.Index(fields=["collection", "state"], name="response_by_collection"),
            models.Index(fields=["collection", "instance_id"], name="response_by_instance"),
        ]

    def __str__(self) -> str:
        return self.instance_id


class Flag(models.Model):
    """One thing about a response that somebody should look at.

    code: of `tejido_forms.judging.Flag`, or of `wording.OWN_FLAGS`.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="flags")
    code = models.CharField(max_length=30)
    path = models.CharField(max_length=1000, blank=True)
    repeat = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.code} {self.path}"


class Answer(models.Model):
    """One value of a response; one row for each choice that was ticked. A blank has no row."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    path = models.CharField(max_length=1000)
    repeat = models.CharField(max_length=60, blank=True)  # which of the repeats, "2.1"
    position = models.PositiveIntegerField(default=1)  # of several choices; the order of a rank
    text = models.TextField()
    number = models.FloatField(null=True, blank=True)  # dates as days since 1970
    day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "path", "repeat", "position"], name="answer_once_per_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.path} = {self.text[:40]}"


class Blob(models.Model):
    """The bytes of an attachment, once for however many answers carry them, without where a photograph was taken."""

    sha256 = models.CharField(max_length=64, unique=True)  # of what is stored
    file = models.FileField(upload_to="answers", max_length=200)
    size = models.PositiveBigIntegerField()  # bytes
    media_type = models.CharField(max_length=60)  # as the bytes say, not as the sender said

    def __str__(self) -> str:
        return self.sha256


class Attachment(models.Model):
    """A file of a response, under the name by which its XML speaks of it."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="attachments")
    sent_sha256 = models.CharField(max_length=64)  # of what was sent, to know it again

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "name"], name="attachment_once_per_name")]

    def __str__(self) -> str:
        return self.name
