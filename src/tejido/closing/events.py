"""Facts this domain announces. Past tense, ids only: what was written, and by whom it is owed, is in no payload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class PieceWritten:
    """piece: minutes, decisions, organisations, photographs, next."""

    NAME: ClassVar[str] = "closing.piece_written"
    community_id: int
    gathering_id: int
    piece: str


@dataclass(frozen=True, slots=True)
class CommitmentMade:
    NAME: ClassVar[str] = "closing.commitment_made"
    community_id: int
    gathering_id: int
    commitment_id: int


@dataclass(frozen=True, slots=True)
class CommitmentChanged:
    NAME: ClassVar[str] = "closing.commitment_changed"
    community_id: int
    gathering_id: int
    commitment_id: int


@dataclass(frozen=True, slots=True)
class CommitmentRemoved:
    """It was written down by mistake; its row is gone."""

    NAME: ClassVar[str] = "closing.commitment_removed"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class CommitmentSettled:
    """state: done, dropped, or open again."""

    NAME: ClassVar[str] = "closing.commitment_settled"
    community_id: int
    gathering_id: int
    commitment_id: int
    state: str


@dataclass(frozen=True, slots=True)
class CommitmentRecalled:
    """A letter went to whoever owes it. late: after the day on which it was due."""

    NAME: ClassVar[str] = "closing.commitment_recalled"
    community_id: int
    gathering_id: int
    commitment_id: int
    late: bool


@dataclass(frozen=True, slots=True)
class GatheringClosed:
    """The closing act is done. told: to how many people it was written; again: it had been closed before."""

    NAME: ClassVar[str] = "closing.closed"
    community_id: int
    gathering_id: int
    told: int
    again: bool


@dataclass(frozen=True, slots=True)
class GatheringReopened:
    """The reason stands in the row of the reopening."""

    NAME: ClassVar[str] = "closing.reopened"
    community_id: int
    gathering_id: int
    reopening_id: int
