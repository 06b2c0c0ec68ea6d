"""Facts this domain announces. Past tense, ids only, never a model instance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class GatheringPlanned:
    NAME: ClassVar[str] = "gatherings.planned"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class GatheringChanged:
    NAME: ClassVar[str] = "gatherings.changed"
    community_id: int
    gathering_id: int
    fields: list[str]


@dataclass(frozen=True, slots=True)
class GatheringCancelled:
    NAME: ClassVar[str] = "gatherings.cancelled"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class AttendanceRecorded:
    NAME: ClassVar[str] = "gatherings.attendance_recorded"
    community_id: int
    gathering_id: int
    person_ids: list[int]


@dataclass(frozen=True, slots=True)
class AttendanceClosed:
    NAME: ClassVar[str] = "gatherings.attendance_closed"
    community_id: int
    gathering_id: int
    attended: int


@dataclass(frozen=True, slots=True)
class AttendanceReopened:
    NAME: ClassVar[str] = "gatherings.attendance_reopened"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class TablesRecorded:
    NAME: ClassVar[str] = "gatherings.tables_recorded"
    community_id: int
    gathering_id: int
    round_number: int
