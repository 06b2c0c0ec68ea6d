"""What a version asks, as rows; and which questions make a scale."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tejido.instruments.models.instruments import Instrument, Version


class Item(models.Model):
    """A question or a hidden value of a version, in the order of the answer. Made from the form, with the version."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    path = models.CharField(max_length=1000)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=40)  # of the ODK XForms specification: int, select1, date …
    control = models.CharField(max_length=20, blank=True)  # "": nobody is asked
    appearance = models.CharField(max_length=200, blank=True)
    repeated = models.BooleanField(default=False)  # inside a repeat: several values in one answer

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "path"], name="item_once_per_version"),
            models.UniqueConstraint(fields=["version", "position"], name="item_position_once"),
        ]

    def __str__(self) -> str:
        return self.path


class ItemText(models.Model):
    """What an item says in one language."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=100, blank=True)  # as the form names it; "" where it names none
    label = models.TextField()
    hint = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "language"], name="item_text_once")]

    def __str__(self) -> str:
        return self.label


class Choice(models.Model):
    """A value that an item offers."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="choices")
    position = models.PositiveIntegerField()
    value = models.CharField(max_length=500)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["item", "value"], name="choice_once_per_item")]

    def __str__(self) -> str:
        return self.value


class ChoiceText(models.Model):
    """What a choice says in one language."""

    choice = models.ForeignKey(Choice, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=100, blank=True)
    label = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["choice", "language"], name="choice_text_once")]

    def __str__(self) -> str:
        return self.label


class Scale(models.Model):
    """Items of an instrument that measure something together, over all its versions."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="scales")
    name = models.CharField(max_length=200)
    least_share = models.FloatField(default=0.5)  # of a dimension's items to be answered for a score, 0..1

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "name"], name="scale_once_per_instrument"),
            models.CheckConstraint(
                condition=Q(least_share__gt=0, least_share__lte=1), name="scale_least_share_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScaleItem(models.Model):
    """One item of a scale. By path, because the same question stands in several versions."""

    scale = models.ForeignKey(Scale, models.CASCADE, related_name="items")
    dimension = models.CharField(max_length=200, blank=True)  # "": the scale has only one
    path = models.CharField(max_length=1000)
    reverse = models.BooleanField(default=False)  # a high answer means little of what is measured
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["scale", "path"], name="item_once_per_scale")]

    def __str__(self) -> str:
        return f"{self.path} of {self.scale_id}"
