"""Open calls, what came in, how it was read and chosen."""

from __future__ import annotations

from tejido.calls.models.applications import Application, ApplicationFile, Fulfilment
from tejido.calls.models.calls import Criterion, OpenCall, Requirement
from tejido.calls.models.reviews import Assignment, Conflict, Review, Reviewer, Score

__all__ = [
    "Application",
    "ApplicationFile",
    "Assignment",
    "Conflict",
    "Criterion",
    "Fulfilment",
    "OpenCall",
    "Requirement",
    "Review",
    "Reviewer",
    "Score",
]
