"""Facts this domain announces. Past tense, ids only: no name and no text is in a payload.

That somebody answered a quick question or supports a question is announced by nobody: in which order people answered would
say who did.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class RoomSet:
    """Whether questions are taken, looked at first, and signed."""

    NAME: ClassVar[str] = "during.room_set"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class WallOpened:
    """The wall has a link that needs no account; one that it had before opens nothing any more."""

    NAME: ClassVar[str] = "during.wall_opened"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class WallClosed:
    NAME: ClassVar[str] = "during.wall_closed"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class CodeRenewed:
    """The room has another address; the one before leads nowhere."""

    NAME: ClassVar[str] = "during.code_renewed"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class PollAsked:
    """A quick question is open: asked, or opened again."""

    NAME: ClassVar[str] = "during.poll_asked"
    community_id: int
    gathering_id: int
    poll_id: int


@dataclass(frozen=True, slots=True)
class PollClosed:
    NAME: ClassVar[str] = "during.poll_closed"
    community_id: int
    gathering_id: int
    poll_id: int


@dataclass(frozen=True, slots=True)
class PollRemoved:
    """With what was answered."""

    NAME: ClassVar[str] = "during.poll_removed"
    community_id: int
    gathering_id: int


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """Somebody in the room asked."""

    NAME: ClassVar[str] = "during.question_asked"
    community_id: int
    gathering_id: int
    question_id: int


@dataclass(frozen=True, slots=True)
class QuestionSettled:
    """state: what the team made of it."""

    NAME: ClassVar[str] = "during.question_settled"
    community_id: int
    gathering_id: int
    question_id: int
    state: str


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """An open answer of the exit ticket may stand on the wall, or may no longer."""

    NAME: ClassVar[str] = "during.answer_shown"
    community_id: int
    gathering_id: int
    shown: bool
