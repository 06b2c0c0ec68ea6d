"""Who reads the applications of a call, and what they make of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from tejido.calls.models.applications import Application
from tejido.calls.models.calls import Criterion, OpenCall


class Reviewer(models.Model):
    """Somebody with an account who was named to read the applications of a call."""

    call = models.ForeignKey(OpenCall, models.CASCADE, related_name="reviewers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "user"], name="reviewer_once_per_call")]

    def __str__(self) -> str:
        return f"{self.user_id} of {self.call_id}"


class Conflict(models.Model):
    """The reviewer says that she should not judge this application: from then on she does not see it either."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, models.CASCADE, related_name="conflicts")
    words = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "application"], name="conflict_declared_once")
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} with {self.application_id}"


class Assignment(models.Model):
    """This reviewer reads this application, where they were shared out."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="assignments")
    application = models.ForeignKey(Application, models.CASCADE, related_name="assignments")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "application"], name="application_given_once")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} to {self.reviewer_id}"


class Review(models.Model):
    """What one reviewer makes of one application. Others read it when the review is closed."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="reviews")
    application = models.ForeignKey(Application, models.CASCADE, related_name="reviews")
    note = models.TextField(blank=True, max_length=4000)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "application"], name="one_review_per_reviewer")
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} on {self.application_id}"


class Score(models.Model):
    """Points for one criterion, 0 to its most."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="scores")
    points = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="criterion_scored_once")]

    def __str__(self) -> str:
        return f"{self.points} in {self.review_id}"
