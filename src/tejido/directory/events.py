"""Facts this domain announces. Past tense, ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class PersonAdded:
    NAME: ClassVar[str] = "directory.person_added"
    person_id: int


@dataclass(frozen=True, slots=True)
class PersonChanged:
    NAME: ClassVar[str] = "directory.person_changed"
    person_id: int
    fields: list[str]


@dataclass(frozen=True, slots=True)
class PostTaken:
    NAME: ClassVar[str] = "directory.post_taken"
    person_id: int
    post_id: int


@dataclass(frozen=True, slots=True)
class PostLeft:
    NAME: ClassVar[str] = "directory.post_left"
    person_id: int
    post_id: int


@dataclass(frozen=True, slots=True)
class ConsentAnswered:
    NAME: ClassVar[str] = "directory.consent_answered"
    person_id: int
    purpose: str
    given: bool


@dataclass(frozen=True, slots=True)
class SchoolAdded:
    NAME: ClassVar[str] = "directory.school_added"
    school_id: int


@dataclass(frozen=True, slots=True)
class SchoolChanged:
    NAME: ClassVar[str] = "directory.school_changed"
    school_id: int
    fields: list[str]


@dataclass(frozen=True, slots=True)
class PeopleMerged:
    NAME: ClassVar[str] = "directory.people_merged"
    person_id: int  # the kept one
    gone_id: int
    merge_id: int


@dataclass(frozen=True, slots=True)
class SchoolsMerged:
    NAME: ClassVar[str] = "directory.schools_merged"
    school_id: int  # the kept one
    gone_id: int
    merge_id: int


@dataclass(frozen=True, slots=True)
class MergeUndone:
    NAME: ClassVar[str] = "directory.merge_undone"
    merge_id: int
