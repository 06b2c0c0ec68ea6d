"""A form and its versions. A version that was published never changes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community


class Instrument(models.Model):
    """A form that a community uses again and again; without a community, a template of the house."""

    class Kind(models.TextChoices):
        EXIT_TICKET = "exit_ticket", _("Exit ticket")
        SURVEY = "survey", pgettext_lazy("kind of instrument", "Survey")
        DIAGNOSTIC = "diagnostic", pgettext_lazy("kind of instrument", "Diagnostic")
        OBSERVATION = "observation", pgettext_lazy("kind of instrument", "Observation")
        RECORD_SHEET = "record_sheet", _("Record sheet")
        APPLICATION = "application", pgettext_lazy("kind of instrument", "Application")
        PRACTICE_SHEET = "practice_sheet", _("Practice sheet")
        CONSENT = "consent", pgettext_lazy("kind of instrument", "Consent")
        VOTE = "vote", pgettext_lazy("kind of instrument", "Vote")
        SOCIOMETRIC = "sociometric", _("Who works with whom")

    RECORDED = (Kind.OBSERVATION, Kind.RECORD_SHEET)  # filled in about others, by the team

    community = models.ForeignKey(
        Community, models.CASCADE, null=True, blank=True, related_name="instruments"
    )  # None: a template of the house
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.SURVEY)
    title = models.CharField(max_length=200)
    form_id = models.CharField(max_length=200)  # what answers name; the same in every version
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "form_id"], name="form_id_once_per_community"),
            models.UniqueConstraint(
                fields=["form_id"], condition=Q(community=None), name="form_id_once_among_templates"
            ),
            models.CheckConstraint(condition=~Q(form_id=""), name="instrument_has_a_form_id"),
        ]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One published wording of an instrument. Never changed: answers name it, and phones keep it."""

    class Way(models.TextChoices):
        """How it can be shown: as a plain page, with the light script, or only by the full engine."""

        LIGHT = "light", pgettext_lazy("way of showing a form", "Plain page")
        SCRIPT = "script", pgettext_lazy("way of showing a form", "Page with a light script")
        ENGINE = "engine", pgettext_lazy("way of showing a form", "Full form engine")

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="versions")
    version = models.CharField(max_length=200)  # as the form says it, or made from its content
    title = models.CharField(max_length=300)  # as the form says it
    xform = models.BinaryField()  # exactly as phones get it
    md5 = models.CharField(max_length=32)  # of `xform`: what OpenRosa lists call its hash
    digest = models.CharField(max_length=64)  # SHA-256 of `xform` and of the files it needs
    source = models.BinaryField(null=True)  # the file that was brought
    source_name = models.CharField(max_length=255, blank=True)
    languages = models.CharField(max_length=500)  # names as in the form, one a line, the default first
    way = models.CharField(max_length=10, choices=Way)
    published_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "version"], name="version_once_per_instrument"),
            models.CheckConstraint(condition=~Q(version=""), name="version_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    @property
    def spoken(self) -> tuple[str, ...]:
        """Its languages, the default first; ("",) where the form names none."""
        return tuple(self.languages.split("\n"))


class VersionFile(models.Model):
    """A list or a picture that the form needs, brought with it."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    md5 = models.CharField(max_length=32)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="file_once_per_version")]

    def __str__(self) -> str:
        return self.name
