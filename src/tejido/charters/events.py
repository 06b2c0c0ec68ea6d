"""Facts this domain announces. Past tense, ids only. Who has accepted is no fact: it is told to the coordination alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class DraftBegun:
    NAME: ClassVar[str] = "charters.draft_begun"
    community_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class DraftWritten:
    """An article was written, added, moved or taken out."""

    NAME: ClassVar[str] = "charters.draft_written"
    community_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class DraftDiscarded:
    NAME: ClassVar[str] = "charters.draft_discarded"
    community_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class ChangeSuggested:
    NAME: ClassVar[str] = "charters.change_suggested"
    community_id: int
    version_id: int
    suggestion_id: int


@dataclass(frozen=True, slots=True)
class SuggestionDecided:
    NAME: ClassVar[str] = "charters.suggestion_decided"
    community_id: int
    version_id: int
    suggestion_id: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class CharterProposed:
    """The draft was put to the vote, and is frozen."""

    NAME: ClassVar[str] = "charters.proposed"
    community_id: int
    version_id: int
    consultation_id: int


@dataclass(frozen=True, slots=True)
class CharterAdopted:
    """The version is in force. by_vote: a vote decided; else the coordination declared it."""

    NAME: ClassVar[str] = "charters.adopted"
    community_id: int
    version_id: int
    by_vote: bool


@dataclass(frozen=True, slots=True)
class CharterNotAdopted:
    """The vote was against it, missed its quorum or was withdrawn: it is a draft again."""

    NAME: ClassVar[str] = "charters.not_adopted"
    community_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class AskedToAccept:
    NAME: ClassVar[str] = "charters.asked_to_accept"
    community_id: int
    version_id: int
    people: int


@dataclass(frozen=True, slots=True)
class PublicPageChanged:
    NAME: ClassVar[str] = "charters.public_page_changed"
    community_id: int
    is_open: bool
