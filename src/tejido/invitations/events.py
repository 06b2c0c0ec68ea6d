"""Facts this domain announces. Past tense, ids only: who answered what is in no history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class PeopleAsked:
    """Answers are wanted; an invitation was written to so many."""

    NAME: ClassVar[str] = "invitations.people_asked"
    community_id: int
    gathering_id: int
    count: int


@dataclass(frozen=True, slots=True)
class AskingChanged:
    """How many places there are, or when people are reminded."""

    NAME: ClassVar[str] = "invitations.asking_changed"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody answered, or somebody of the team for them."""

    NAME: ClassVar[str] = "invitations.answered"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class SubstituteNamed:
    NAME: ClassVar[str] = "invitations.substitute_named"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class PeopleTold:
    """A letter went to those concerned. what: changed, cancelled, reminded."""

    NAME: ClassVar[str] = "invitations.people_told"
    community_id: int
    gathering_id: int
    what: str
    count: int
