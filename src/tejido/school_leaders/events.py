"""Facts this domain announces. Past tense, ids only. That a head said no is no entry of the history: it shames nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class HeadsInvited:
    """Heads were asked for their support. school_id: of the one school, 0 where there were several."""

    NAME: ClassVar[str] = "school_leaders.heads_invited"
    community_id: int
    school_id: int
    count: int


@dataclass(frozen=True, slots=True)
class HeadAnswered:
    """A head asked for a talk, or said why not now."""

    NAME: ClassVar[str] = "school_leaders.head_answered"
    community_id: int
    school_id: int
    commitment_id: int


@dataclass(frozen=True, slots=True)
class CommitmentGiven:
    NAME: ClassVar[str] = "school_leaders.commitment_given"
    community_id: int
    school_id: int
    commitment_id: int


@dataclass(frozen=True, slots=True)
class CommitmentEnded:
    """It is over, or was withdrawn."""

    NAME: ClassVar[str] = "school_leaders.commitment_ended"
    community_id: int
    school_id: int
    commitment_id: int


@dataclass(frozen=True, slots=True)
class TermNoted:
    """Whoever runs the community wrote down how a commitment was kept in a term."""

    NAME: ClassVar[str] = "school_leaders.term_noted"
    community_id: int
    school_id: int
    commitment_id: int


@dataclass(frozen=True, slots=True)
class OfferWorded:
    NAME: ClassVar[str] = "school_leaders.offer_worded"
    community_id: int


@dataclass(frozen=True, slots=True)
class SubstituteNamed:
    """Somebody comes to a gathering instead of the head of a school."""

    NAME: ClassVar[str] = "school_leaders.substitute_named"
    community_id: int
    gathering_id: int
    school_id: int


@dataclass(frozen=True, slots=True)
class SubstituteTakenBack:
    NAME: ClassVar[str] = "school_leaders.substitute_taken_back"
    community_id: int
    gathering_id: int
    school_id: int
