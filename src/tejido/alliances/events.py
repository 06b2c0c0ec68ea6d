"""Facts this domain announces. Past tense, ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class LinkOpened:
    """A network of networks has a new link with which to invite; an earlier one works no more."""

    NAME: ClassVar[str] = "alliances.link_opened"
    community_id: int


@dataclass(frozen=True, slots=True)
class LinkClosed:
    NAME: ClassVar[str] = "alliances.link_closed"
    community_id: int


@dataclass(frozen=True, slots=True)
class JoiningAsked:
    """A community (`community_id`) asks to belong to a network of networks."""

    NAME: ClassVar[str] = "alliances.joining_asked"
    community_id: int
    upper_id: int
    joining_id: int


@dataclass(frozen=True, slots=True)
class JoiningAccepted:
    """The network of networks (`community_id`) takes a member network in."""

    NAME: ClassVar[str] = "alliances.joining_accepted"
    community_id: int
    member_id: int
    joining_id: int


@dataclass(frozen=True, slots=True)
class JoiningEnded:
    """Ended, declined or withdrawn. community_id: the side that did it."""

    NAME: ClassVar[str] = "alliances.joining_ended"
    community_id: int
    other_id: int
    joining_id: int
    had_begun: bool


@dataclass(frozen=True, slots=True)
class SharesChosen:
    """A member network chose what the upper one sees. Numbers of indicators."""

    NAME: ClassVar[str] = "alliances.shares_chosen"
    community_id: int
    upper_id: int
    joining_id: int
    added: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class AgreementMade:
    NAME: ClassVar[str] = "alliances.agreement_made"
    community_id: int
    organisation_id: int
    agreement_id: int


@dataclass(frozen=True, slots=True)
class AgreementChanged:
    NAME: ClassVar[str] = "alliances.agreement_changed"
    community_id: int
    organisation_id: int
    agreement_id: int


@dataclass(frozen=True, slots=True)
class AgreementDiscarded:
    """It was entered by mistake and is gone, with its contributions and documents."""

    NAME: ClassVar[str] = "alliances.agreement_discarded"
    community_id: int
    organisation_id: int


@dataclass(frozen=True, slots=True)
class ContributionRecorded:
    """A contribution was written down, or changed."""

    NAME: ClassVar[str] = "alliances.contribution_recorded"
    community_id: int
    organisation_id: int
    agreement_id: int
    delivered: bool


@dataclass(frozen=True, slots=True)
class ContributionRemoved:
    NAME: ClassVar[str] = "alliances.contribution_removed"
    community_id: int
    organisation_id: int
    agreement_id: int


@dataclass(frozen=True, slots=True)
class DocumentAdded:
    NAME: ClassVar[str] = "alliances.document_added"
    community_id: int
    organisation_id: int
    agreement_id: int


@dataclass(frozen=True, slots=True)
class DocumentRemoved:
    NAME: ClassVar[str] = "alliances.document_removed"
    community_id: int
    organisation_id: int
    agreement_id: int


@dataclass(frozen=True, slots=True)
class RenewalRecalled:
    """Those who run the community were written to that an agreement is due for renewal."""

    NAME: ClassVar[str] = "alliances.renewal_recalled"
    community_id: int
    organisation_id: int
    agreement_id: int
