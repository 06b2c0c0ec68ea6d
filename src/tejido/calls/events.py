"""Facts this domain announces. Past tense, ids and numbers only: who applied is nobody else's business.

A score is no fact: it is the reviewer's alone until the review is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class CallMade:
    NAME: ClassVar[str] = "calls.made"
    community_id: int
    call_id: int


@dataclass(frozen=True, slots=True)
class CallPublished:
    NAME: ClassVar[str] = "calls.published"
    community_id: int
    call_id: int


@dataclass(frozen=True, slots=True)
class CallExtended:
    NAME: ClassVar[str] = "calls.extended"
    community_id: int
    call_id: int


@dataclass(frozen=True, slots=True)
class CallClosed:
    NAME: ClassVar[str] = "calls.closed"
    community_id: int
    call_id: int
    applications: int


@dataclass(frozen=True, slots=True)
class CallWithdrawn:
    NAME: ClassVar[str] = "calls.withdrawn"
    community_id: int
    call_id: int


@dataclass(frozen=True, slots=True)
class ApplicationSent:
    """Somebody applied. Of no community's history: what comes in is read by whoever runs it, on its page."""

    NAME: ClassVar[str] = "calls.application_sent"
    call_id: int
    application_id: int


@dataclass(frozen=True, slots=True)
class ApplicationChanged:
    NAME: ClassVar[str] = "calls.application_changed"
    call_id: int
    application_id: int


@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn:
    NAME: ClassVar[str] = "calls.application_withdrawn"
    call_id: int
    application_id: int


@dataclass(frozen=True, slots=True)
class ReviewersNamed:
    NAME: ClassVar[str] = "calls.reviewers_named"
    community_id: int
    call_id: int
    count: int


@dataclass(frozen=True, slots=True)
class ApplicationsSharedOut:
    NAME: ClassVar[str] = "calls.shared_out"
    community_id: int
    call_id: int
    count: int


@dataclass(frozen=True, slots=True)
class ConflictDeclared:
    NAME: ClassVar[str] = "calls.conflict_declared"
    call_id: int
    application_id: int


@dataclass(frozen=True, slots=True)
class ReviewClosed:
    NAME: ClassVar[str] = "calls.review_closed"
    community_id: int
    call_id: int


@dataclass(frozen=True, slots=True)
class ReviewReopened:
    NAME: ClassVar[str] = "calls.review_reopened"
    community_id: int
    call_id: int


@dataclass(frozen=True, slots=True)
class ApplicationsChosen:
    """accepted, waiting, declined: how many stand so now."""

    NAME: ClassVar[str] = "calls.chosen"
    community_id: int
    call_id: int
    accepted: int
    waiting: int
    declined: int


@dataclass(frozen=True, slots=True)
class ChoiceUndone:
    NAME: ClassVar[str] = "calls.choice_undone"
    community_id: int
    call_id: int
    application_id: int


@dataclass(frozen=True, slots=True)
class ApplicantsTold:
    NAME: ClassVar[str] = "calls.applicants_told"
    community_id: int
    call_id: int
    count: int


@dataclass(frozen=True, slots=True)
class ApplicantTakenIn:
    """An applicant became a member or a leader."""

    NAME: ClassVar[str] = "calls.taken_in"
    community_id: int
    call_id: int
    application_id: int


@dataclass(frozen=True, slots=True)
class PlaceGoneOn:
    """A place that fell free went to the next on the waiting list."""

    NAME: ClassVar[str] = "calls.place_gone_on"
    community_id: int
    call_id: int
    application_id: int


@dataclass(frozen=True, slots=True)
class ApplicationsForgotten:
    NAME: ClassVar[str] = "calls.forgotten"
    call_id: int
    count: int
