"""Facts this domain announces. Past tense, ids only.

Answers are no facts: each is a row that stays, and an entry with its moment would tell who gave an anonymous one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class InstrumentMade:
    NAME: ClassVar[str] = "instruments.made"
    community_id: int | None
    instrument_id: int


@dataclass(frozen=True, slots=True)
class VersionPublished:
    NAME: ClassVar[str] = "instruments.version_published"
    community_id: int | None
    instrument_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class ScaleDefined:
    NAME: ClassVar[str] = "instruments.scale_defined"
    community_id: int | None
    instrument_id: int
    scale_id: int


@dataclass(frozen=True, slots=True)
class ScaleDropped:
    NAME: ClassVar[str] = "instruments.scale_dropped"
    community_id: int | None
    instrument_id: int


@dataclass(frozen=True, slots=True)
class CollectionOpened:
    NAME: ClassVar[str] = "instruments.collection_opened"
    community_id: int
    collection_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class CollectionClosed:
    NAME: ClassVar[str] = "instruments.collection_closed"
    community_id: int
    collection_id: int


@dataclass(frozen=True, slots=True)
class CollectionReopened:
    NAME: ClassVar[str] = "instruments.collection_reopened"
    community_id: int
    collection_id: int


@dataclass(frozen=True, slots=True)
class CollectionWithdrawn:
    """Its links are dead: what arrives is refused."""

    NAME: ClassVar[str] = "instruments.collection_withdrawn"
    community_id: int
    collection_id: int


@dataclass(frozen=True, slots=True)
class PeopleReminded:
    NAME: ClassVar[str] = "instruments.people_reminded"
    community_id: int
    collection_id: int
    count: int


@dataclass(frozen=True, slots=True)
class ResponseSettled:
    """Somebody decided whether a late or contradicting answer counts."""

    NAME: ClassVar[str] = "instruments.response_settled"
    community_id: int
    collection_id: int
    counts: bool


@dataclass(frozen=True, slots=True)
class PhoneConnected:
    """Somebody got a code for a phone, from whoever is the actor or by themselves."""

    NAME: ClassVar[str] = "instruments.phone_connected"
    community_id: int
    phone_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class PhoneRevoked:
    NAME: ClassVar[str] = "instruments.phone_revoked"
    community_id: int
    phone_id: int
    person_id: int
