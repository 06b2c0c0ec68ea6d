from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tejido.communities.models import Community


class Report(models.Model):
    """A report as it was made: later corrections of the records do not change it. PDF and page are made from it again."""

    class Audience(models.TextChoices):
        OUTSIDE = "outside", _("For others: groups of fewer than five people are hidden")
        TEAM = "team", _("For the coordination: nothing is hidden")

    community = models.ForeignKey(Community, models.CASCADE, related_name="reports")
    starts_on = models.DateField()
    ends_on = models.DateField()
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.OUTSIDE)
    document = models.JSONField()  # tejido.reports.document.Document; its `version` says which shape
    data = models.JSONField()  # tejido.reports.files.indicators, with ids only
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="report_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["community", "-made_at"], name="report_by_community_recent")]

    def __str__(self) -> str:
        return f"{self.community_id} {self.starts_on} {self.ends_on}"
