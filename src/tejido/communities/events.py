"""Facts this domain announces. Past tense, ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class CommunityFounded:
    NAME: ClassVar[str] = "communities.founded"
    community_id: int


@dataclass(frozen=True, slots=True)
class CommunityChanged:
    NAME: ClassVar[str] = "communities.changed"
    community_id: int
    fields: list[str]


@dataclass(frozen=True, slots=True)
class MemberJoined:
    NAME: ClassVar[str] = "communities.member_joined"
    community_id: int
    person_id: int
    membership_id: int
    role: str


@dataclass(frozen=True, slots=True)
class MembersJoined:
    """Many at once, by an import: one entry, so that the history stays readable."""

    NAME: ClassVar[str] = "communities.members_joined"
    community_id: int
    count: int


@dataclass(frozen=True, slots=True)
class MembersTakenBack:
    """An import was undone: these memberships are gone."""

    NAME: ClassVar[str] = "communities.members_taken_back"
    community_id: int
    count: int


@dataclass(frozen=True, slots=True)
class MemberLeft:
    NAME: ClassVar[str] = "communities.member_left"
    community_id: int
    person_id: int
    membership_id: int
    role: str
    reason: str


@dataclass(frozen=True, slots=True)
class RoleChanged:
    """One role ended and another began on the same day."""

    NAME: ClassVar[str] = "communities.role_changed"
    community_id: int
    person_id: int
    membership_id: int  # the new one
    role: str
    before: str


@dataclass(frozen=True, slots=True)
class JoiningUndone:
    """A membership was entered by mistake and is gone."""

    NAME: ClassVar[str] = "communities.joining_undone"
    community_id: int
    person_id: int
    role: str


@dataclass(frozen=True, slots=True)
class LeavingUndone:
    NAME: ClassVar[str] = "communities.leaving_undone"
    community_id: int
    person_id: int
    membership_id: int
    role: str


@dataclass(frozen=True, slots=True)
class CommunityMoved:
    NAME: ClassVar[str] = "communities.moved"
    community_id: int
    before_id: int | None  # under which it stood; None: it stood alone
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class CommunityClosed:
    NAME: ClassVar[str] = "communities.closed"
    community_id: int


@dataclass(frozen=True, slots=True)
class CommunityReopened:
    NAME: ClassVar[str] = "communities.reopened"
    community_id: int


@dataclass(frozen=True, slots=True)
class TiesRecorded:
    """Ties that were written down came in with a list: one entry for all of them."""

    NAME: ClassVar[str] = "communities.ties_recorded"
    community_id: int
    count: int


@dataclass(frozen=True, slots=True)
class TiesTold:
    """Somebody who was asked said whom they are tied to, said it anew, or their answer stopped counting."""

    NAME: ClassVar[str] = "communities.ties_told"
    community_id: int
    asked_in: int
    answers: list[str]  # keys of the answers, not of people


@dataclass(frozen=True, slots=True)
class TiesTakenBack:
    """A list of ties was undone: these are gone."""

    NAME: ClassVar[str] = "communities.ties_taken_back"
    community_id: int
    count: int


@dataclass(frozen=True, slots=True)
class PeopleWrittenTo:
    """Those who run a community wrote to its people. `channel` share: a text to hand on, to nobody in particular."""

    NAME: ClassVar[str] = "communities.written_to"
    community_id: int
    batch_id: int
    channel: str
    count: int


@dataclass(frozen=True, slots=True)
class MessagesReworded:
    """A community words one kind of message in its own way, or as the house does again."""

    NAME: ClassVar[str] = "communities.messages_reworded"
    community_id: int
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class OrganisationJoined:
    NAME: ClassVar[str] = "communities.organisation_joined"
    community_id: int
    organisation_id: int
    held_id: int  # the organisation's membership


@dataclass(frozen=True, slots=True)
class OrganisationJoiningUndone:
    """An organisation was entered by mistake and is gone."""

    NAME: ClassVar[str] = "communities.organisation_joining_undone"
    community_id: int
    organisation_id: int


@dataclass(frozen=True, slots=True)
class OrganisationLeft:
    NAME: ClassVar[str] = "communities.organisation_left"
    community_id: int
    organisation_id: int
    held_id: int
    membership_ids: list[int]  # of its representatives, which ended with it


@dataclass(frozen=True, slots=True)
class OrganisationLeavingUndone:
    NAME: ClassVar[str] = "communities.organisation_leaving_undone"
    community_id: int
    organisation_id: int
    held_id: int


@dataclass(frozen=True, slots=True)
class RepresentativeNamed:
    """Somebody represents an organisation from now on; in place of `before_id` (a membership) where one is named."""

    NAME: ClassVar[str] = "communities.representative_named"
    community_id: int
    organisation_id: int
    person_id: int
    membership_id: int
    before_id: int | None


@dataclass(frozen=True, slots=True)
class NamingUndone:
    NAME: ClassVar[str] = "communities.naming_undone"
    community_id: int
    organisation_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class TermSet:
    """It was planned until when somebody holds a role, for the first time or anew."""

    NAME: ClassVar[str] = "communities.term_set"
    community_id: int
    person_id: int
    membership_id: int
    role: str
    before: str  # ISO dates; "": without an end
    until: str


@dataclass(frozen=True, slots=True)
class RoleHandedOver:
    """One person's role ended and another took it up."""

    NAME: ClassVar[str] = "communities.role_handed_over"
    community_id: int
    person_id: int  # who has it now
    membership_id: int  # of whoever has it now
    before_id: int  # the membership that ended
    giver_id: int  # the person whose it was
    role: str


@dataclass(frozen=True, slots=True)
class HandingOverUndone:
    NAME: ClassVar[str] = "communities.handing_over_undone"
    community_id: int
    person_id: int  # whose role goes on
    role: str


@dataclass(frozen=True, slots=True)
class HandOverNoted:
    """Something on the list of what hangs on the holder of a role was noted, ticked or opened again."""

    NAME: ClassVar[str] = "communities.hand_over_noted"
    community_id: int
    person_id: int
    membership_id: int


@dataclass(frozen=True, slots=True)
class MembershipPaused:
    NAME: ClassVar[str] = "communities.membership_paused"
    community_id: int
    person_id: int
    membership_id: int
    pause_id: int


@dataclass(frozen=True, slots=True)
class PauseEnded:
    NAME: ClassVar[str] = "communities.pause_ended"
    community_id: int
    person_id: int
    membership_id: int


@dataclass(frozen=True, slots=True)
class PauseTakenBack:
    """A pause was noted by mistake and is gone."""

    NAME: ClassVar[str] = "communities.pause_taken_back"
    community_id: int
    person_id: int
    membership_id: int


@dataclass(frozen=True, slots=True)
class SeatsFollowed:
    """The seats of a steering node followed what happened to nodes and their leaders."""

    NAME: ClassVar[str] = "communities.seats_followed"
    community_id: int  # the steering node
    seat_ids: list[int]


@dataclass(frozen=True, slots=True)
class SeatNamed:
    """Who sits in a seat, or stands in, was said by those who run the node."""

    NAME: ClassVar[str] = "communities.seat_named"
    community_id: int
    seat_id: int


@dataclass(frozen=True, slots=True)
class OutsideSeatGiven:
    NAME: ClassVar[str] = "communities.outside_seat_given"
    community_id: int
    organisation_id: int
    seat_id: int


@dataclass(frozen=True, slots=True)
class OutsideSeatTaken:
    NAME: ClassVar[str] = "communities.outside_seat_taken"
    community_id: int
    organisation_id: int
