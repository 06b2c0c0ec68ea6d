"""Facts this domain announces. Past tense, ids only. Who came is announced by gatherings, with the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class DoorOpened:
    """People may check in by themselves from now on."""

    NAME: ClassVar[str] = "checkin.door_opened"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class DoorClosed:
    NAME: ClassVar[str] = "checkin.door_closed"
    community_id: int
    gathering_id: int
