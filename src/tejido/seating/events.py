"""Facts this domain announces. Past tense, ids only: who sits with whom is in no history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class SeatingSet:
    """What is wished for, and what must be, was said."""

    NAME: ClassVar[str] = "seating.set"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class SeatingProposed:
    """Tables were proposed for so many people; `moved`: places that differ from the proposal before (0: a new one)."""

    NAME: ClassVar[str] = "seating.proposed"
    community_id: int
    gathering_id: int
    count: int
    moved: int


@dataclass(frozen=True, slots=True)
class SeatMoved:
    """Somebody changed table by hand, or a change was taken back."""

    NAME: ClassVar[str] = "seating.moved"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class SeatingConfirmed:
    """The tables were written down as they stand."""

    NAME: ClassVar[str] = "seating.confirmed"
    community_id: int
    gathering_id: int
    rounds: int


@dataclass(frozen=True, slots=True)
class TalkNoted:
    """A prompt or what came out of the tables of a round was written down."""

    NAME: ClassVar[str] = "seating.talk_noted"
    community_id: int
    gathering_id: int
    round: int


@dataclass(frozen=True, slots=True)
class TableHarvested:
    """Those at a table wrote down, by its link, what came out of a round."""

    NAME: ClassVar[str] = "seating.harvested"
    community_id: int
    gathering_id: int
    round: int
    table: int
