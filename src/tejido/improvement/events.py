"""Facts this domain announces. Past tense, ids only: what was written stands in no payload, and nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class CycleStarted:
    """after_id: the cycle that it goes on from, or None."""

    NAME: ClassVar[str] = "improvement.cycle_started"
    community_id: int
    cycle_id: int
    after_id: int | None


@dataclass(frozen=True, slots=True)
class PieceWritten:
    """piece: plan, study, tasks, factors, people."""

    NAME: ClassVar[str] = "improvement.piece_written"
    community_id: int
    cycle_id: int
    piece: str


@dataclass(frozen=True, slots=True)
class StageMoved:
    """seal: SHA-256 of the prediction as it stands, so that the history shows whether it was touched; "" in planning."""

    NAME: ClassVar[str] = "improvement.stage_moved"
    community_id: int
    cycle_id: int
    stage: str
    seal: str


@dataclass(frozen=True, slots=True)
class PredictionCorrected:
    """Something was said of a prediction after doing began; the prediction stands as it was."""

    NAME: ClassVar[str] = "improvement.prediction_corrected"
    community_id: int
    cycle_id: int
    correction_id: int


@dataclass(frozen=True, slots=True)
class EntryWritten:
    NAME: ClassVar[str] = "improvement.entry_written"
    community_id: int
    cycle_id: int
    entry_id: int


@dataclass(frozen=True, slots=True)
class EntryTakenOff:
    """back: it was put back."""

    NAME: ClassVar[str] = "improvement.entry_taken_off"
    community_id: int
    cycle_id: int
    entry_id: int
    back: bool


@dataclass(frozen=True, slots=True)
class CycleDecided:
    """decision: adopt, adapt, abandon. days: from planning to the decision."""

    NAME: ClassVar[str] = "improvement.decided"
    community_id: int
    cycle_id: int
    decision: str
    days: int
