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
class GatheringsCloned:
    """One or many planned like another: whoever keeps something of the source carries it over."""

    NAME: ClassVar[str] = "gatherings.cloned"
    community_id: int
    source_id: int
    gathering_ids: list[int]


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
class GatheringPlannedAgain:
    """A cancelled gathering takes place after all."""

    NAME: ClassVar[str] = "gatherings.planned_again"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class GatheringsDiscarded:
    """Gatherings that never were (an import undone): their rows are gone."""

    NAME: ClassVar[str] = "gatherings.discarded"
    community_id: int
    gathering_ids: list[int]


@dataclass(frozen=True, slots=True)
class AttendanceRecorded:
    """late: attendance had been closed before, so this corrects what counted as final."""

    NAME: ClassVar[str] = "gatherings.attendance_recorded"
    community_id: int
    gathering_id: int
    person_ids: list[int]
    late: bool


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


@dataclass(frozen=True, slots=True)
class RoundRemoved:
    NAME: ClassVar[str] = "gatherings.round_removed"
    community_id: int
    gathering_id: int
    round_number: int


@dataclass(frozen=True, slots=True)
class SeriesMade:
    NAME: ClassVar[str] = "gatherings.series_made"
    community_id: int
    series_id: int


@dataclass(frozen=True, slots=True)
class SeriesChanged:
    """how: renamed, ended, opened_again."""

    NAME: ClassVar[str] = "gatherings.series_changed"
    community_id: int
    series_id: int
    how: str


@dataclass(frozen=True, slots=True)
class FeedOpened:
    """Somebody asked for a private calendar address, or for a new one in place of the old."""

    NAME: ClassVar[str] = "gatherings.feed_opened"
    account_id: int
    feed_id: int


@dataclass(frozen=True, slots=True)
class FeedRevoked:
    NAME: ClassVar[str] = "gatherings.feed_revoked"
    account_id: int
    feed_id: int
