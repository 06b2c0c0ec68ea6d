"""Open answers, grouped into topics by hand."""

from __future__ import annotations

from django.db import models

from tejido.instruments.models.collections import Collection
from tejido.instruments.models.responses import Response


class Topic(models.Model):
    """A heading under which people put open answers to one question of a collection."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="topics")
    path = models.CharField(max_length=1000)  # of the question
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "path", "name"], name="topic_once_per_question")
        ]

    def __str__(self) -> str:
        return self.name


class Sorted(models.Model):
    """One open answer stands under a topic; it may stand under several."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="answers")
    response = models.ForeignKey(Response, models.CASCADE, related_name="topics")
    repeat = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "response", "repeat"], name="sorted_once_per_topic")
        ]

    def __str__(self) -> str:
        return f"{self.response_id} under {self.topic_id}"
