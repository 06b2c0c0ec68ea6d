"""Facts this domain announces. Past tense, ids only.

A vote is no fact: an entry with its moment would tell who cast which ballot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ConsultationAsked:
    NAME: ClassVar[str] = "consultations.asked"
    community_id: int
    consultation_id: int


@dataclass(frozen=True, slots=True)
class ProposalsCollected:
    """Some proposals came in at once: from a wall, or from the answers to a form."""

    NAME: ClassVar[str] = "consultations.proposals_collected"
    community_id: int
    consultation_id: int
    count: int


@dataclass(frozen=True, slots=True)
class ProposalsMerged:
    NAME: ClassVar[str] = "consultations.proposals_merged"
    community_id: int
    consultation_id: int
    count: int


@dataclass(frozen=True, slots=True)
class VotingOpened:
    NAME: ClassVar[str] = "consultations.voting_opened"
    community_id: int
    consultation_id: int
    voters: int


@dataclass(frozen=True, slots=True)
class VotingExtended:
    NAME: ClassVar[str] = "consultations.voting_extended"
    community_id: int
    consultation_id: int


@dataclass(frozen=True, slots=True)
class VotingClosed:
    NAME: ClassVar[str] = "consultations.voting_closed"
    community_id: int
    consultation_id: int


@dataclass(frozen=True, slots=True)
class ConsultationWithdrawn:
    NAME: ClassVar[str] = "consultations.withdrawn"
    community_id: int
    consultation_id: int


@dataclass(frozen=True, slots=True)
class OutcomeCarriedOut:
    """What was decided was done. what: "nodes", "name" or "challenge"; count: how many nodes, else 1."""

    NAME: ClassVar[str] = "consultations.carried_out"
    community_id: int
    consultation_id: int
    what: str
    count: int
