"""Facts this domain announces. Past tense, ids only: who leads what is in no history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AgendaChanged:
    """how: added, changed, removed, moved."""

    NAME: ClassVar[str] = "agenda.changed"
    community_id: int
    gathering_id: int
    how: str


@dataclass(frozen=True, slots=True)
class SegmentBegun:
    NAME: ClassVar[str] = "agenda.segment_begun"
    community_id: int
    gathering_id: int
    segment_id: int


@dataclass(frozen=True, slots=True)
class SegmentEnded:
    """The last one for now: nothing follows at once."""

    NAME: ClassVar[str] = "agenda.segment_ended"
    community_id: int
    gathering_id: int
    segment_id: int


@dataclass(frozen=True, slots=True)
class TapTakenBack:
    """The last "begin" or "end" had been pressed by mistake."""

    NAME: ClassVar[str] = "agenda.tap_taken_back"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class ActivityWritten:
    """A community wrote down a way of working of its own, or changed it."""

    NAME: ClassVar[str] = "agenda.activity_written"
    community_id: int
    activity_id: int


@dataclass(frozen=True, slots=True)
class ActivityRemoved:
    NAME: ClassVar[str] = "agenda.activity_removed"
    community_id: int
