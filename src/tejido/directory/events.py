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
class PostTakenBack:
    """A post was entered by mistake and is gone again."""

    NAME: ClassVar[str] = "directory.post_taken_back"
    person_id: int
    post_id: int


@dataclass(frozen=True, slots=True)
class PostKept:
    """Leaving a post was noted by mistake: the person is still there."""

    NAME: ClassVar[str] = "directory.post_kept"
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
class OrganisationAdded:
    NAME: ClassVar[str] = "directory.organisation_added"
    organisation_id: int


@dataclass(frozen=True, slots=True)
class OrganisationChanged:
    NAME: ClassVar[str] = "directory.organisation_changed"
    organisation_id: int
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
    person_id: int | None  # the one that had been kept, where people were merged
    school_id: int | None  # likewise, where schools were
    gone_id: int  # the one that stands on its own again


@dataclass(frozen=True, slots=True)
class ProposedAgain:
    """Having told two rows apart was taken back: they may be proposed as doubles again."""

    NAME: ClassVar[str] = "directory.proposed_again"
    of: str
    lower_id: int
    higher_id: int


@dataclass(frozen=True, slots=True)
class ToldApart:
    """Somebody looked at two rows and decided that they are not the same."""

    NAME: ClassVar[str] = "directory.told_apart"
    of: str
    lower_id: int
    higher_id: int
