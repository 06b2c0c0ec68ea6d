"""Facts this domain announces. Past tense, ids and numbers only.

Who said yes, and who not this time, is no fact: a history would tell it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class SkillsAsked:
    NAME: ClassVar[str] = "buddies.skills_asked"
    community_id: int
    round_id: int
    people: int


@dataclass(frozen=True, slots=True)
class TopicAdded:
    """A suggestion was taken onto the list. is_new: False where it was what another topic says already."""

    NAME: ClassVar[str] = "buddies.topic_added"
    community_id: int
    topic_id: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class ProposalsSent:
    NAME: ClassVar[str] = "buddies.proposals_sent"
    community_id: int
    round_id: int
    pairs: int


@dataclass(frozen=True, slots=True)
class CameTogether:
    """Everybody of a pair said yes."""

    NAME: ClassVar[str] = "buddies.came_together"
    community_id: int
    pair_id: int


@dataclass(frozen=True, slots=True)
class PairEnded:
    NAME: ClassVar[str] = "buddies.pair_ended"
    community_id: int
    pair_id: int


@dataclass(frozen=True, slots=True)
class RoundClosed:
    NAME: ClassVar[str] = "buddies.round_closed"
    community_id: int
    round_id: int
