"""Facts this domain announces. Past tense, ids and numbers only: no text, no address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class MessagesCancelled:
    """Messages that had not gone out were taken back."""

    NAME: ClassVar[str] = "messages.cancelled"
    community_id: int | None
    batch_id: int
    count: int


@dataclass(frozen=True, slots=True)
class MessagesSentAgain:
    """Messages that had not arrived, or had been taken back, were put in the queue again."""

    NAME: ClassVar[str] = "messages.sent_again"
    community_id: int | None
    batch_id: int
    count: int


@dataclass(frozen=True, slots=True)
class PreferencesChanged:
    """A person chose what they get; nothing of what they chose stands here."""

    NAME: ClassVar[str] = "messages.preferences_changed"
    person_id: int
