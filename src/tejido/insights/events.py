"""Facts this domain announces. Past tense, ids only; no person, so that no one's history tells of signals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AttentionDone:
    NAME: ClassVar[str] = "insights.attention_done"
    community_id: int
    item_id: int


@dataclass(frozen=True, slots=True)
class AttentionSnoozed:
    NAME: ClassVar[str] = "insights.attention_snoozed"
    community_id: int
    item_id: int
    days: int


@dataclass(frozen=True, slots=True)
class AttentionDismissed:
    NAME: ClassVar[str] = "insights.attention_dismissed"
    community_id: int
    item_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class AttentionReopened:
    NAME: ClassVar[str] = "insights.attention_reopened"
    community_id: int
    item_id: int
