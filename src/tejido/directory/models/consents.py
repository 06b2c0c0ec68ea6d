"""What people allow, on which words, since when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tejido.directory.models.people import Person


class Purpose(models.TextChoices):
    """What consent is asked for. Each stands alone; none is a condition of another."""

    CONTACT = "contact", _("Contact: members of my communities may see how to reach me")
    ANALYTICS = "analytics", _("Analytics: I may appear in the network and its breakdowns")
    PHOTOGRAPH = "photograph", _("Photograph: pictures of me may be taken and used")
    PUBLICATION = "publication", _("Publication: my name may stand in reports and pages")
    RESEARCH = "research", _("Research: researchers may use what I said under a pseudonym")
    SCHOOL = "school", _("School: its head may see by name that I take part, and for how many hours")


class ConsentText(models.Model):
    """The words to which people answer. A published version never changes; a new one is a new row."""

    purpose = models.CharField(max_length=20, choices=Purpose)
    version = models.PositiveSmallIntegerField()
    body_es = models.TextField()
    body_en = models.TextField()
    body_pt = models.TextField()
    published_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"

    def body(self, language: str) -> str:
        """The words in `language` ("pt-br" and "pt" alike), in Spanish where there are none."""
        return {"es": self.body_es, "en": self.body_en, "pt": self.body_pt}.get(language[:2], self.body_es)


class Consent(models.Model):
    """A dated answer of a person to one text. The current one per purpose counts; the others are history."""

    class How(models.TextChoices):
        SELF = "self", _("Answered here by the person")
        PAPER = "paper", _("Signed on paper")
        SPOKEN = "spoken", _("Said to the coordination")
        IMPORTED = "imported", _("Brought with a list")

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="answers")
    given = models.BooleanField()
    how = models.CharField(max_length=10, choices=How)
    answered_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(is_current=True),
                name="one_current_answer_per_purpose",
            ),
        ]
        indexes = [
            models.Index(
                fields=["purpose", "person"],
                name="consent_given_now",
                condition=Q(is_current=True, given=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.person_id}"
