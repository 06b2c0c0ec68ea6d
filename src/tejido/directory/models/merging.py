"""The memory of merging: what was one, what was not, and how to undo it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class Merge(models.Model):
    """Two rows were one person or one school. Everything that pointed at `gone` points at `kept`; undoable."""

    class Of(models.TextChoices):
        PEOPLE = "people"
        SCHOOLS = "schools"

    of = models.CharField(max_length=10, choices=Of)
    kept_id = models.BigIntegerField()
    gone_id = models.BigIntegerField()
    before = models.JSONField(default=dict)  # {"kept": {field: value before}, "gone": {field: value before}}
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(db_default=Now())
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.of} {self.gone_id} into {self.kept_id}"


class MovedPointer(models.Model):
    """One change that a merge made to one row, so that undoing it goes back through them, the last first."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="moved")
    model = models.CharField(max_length=80)  # "gatherings.attendance"
    row_id = models.CharField(max_length=64)  # as text: tables of higher floors may count otherwise
    field = models.CharField(max_length=60)  # the column that changed; "" where the row was dropped
    was = models.JSONField(null=True)  # what stood in the column
    dropped = models.JSONField(null=True)  # the whole row where it had to go because its like stands

    def __str__(self) -> str:
        return f"{self.model} {self.row_id}"


class NotTheSame(models.Model):
    """Somebody looked and decided: these two are not one. They are not proposed again."""

    of = models.CharField(max_length=10, choices=Merge.Of)
    lower_id = models.BigIntegerField()
    higher_id = models.BigIntegerField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of", "lower_id", "higher_id"], name="not_the_same_once_per_pair"
            ),
            models.CheckConstraint(
                condition=Q(lower_id__lt=F("higher_id")), name="not_the_same_pair_is_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.lower_id} {self.higher_id}"
