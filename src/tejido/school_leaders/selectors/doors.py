"""Who comes in by which link, and what waits for whom."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.directory.models import School
from tejido.foundation.links import token_hash
from tejido.school_leaders.models import HeadInvitation, SchoolCommitment
from tejido.school_leaders.policies import led_by, looked_after_by, still_leads
from tejido.school_leaders.tokens import head_address

JOINED = ("community", "school__territory", "head")


def invitation_by_token(token: str) -> HeadInvitation | None:
    """Whose link this is; None where nobody's, or where its owner no longer leads the school. One query."""
    return (
        HeadInvitation.objects.filter(still_leads(), token_hash=token_hash(token))
        .select_related("community", "school", "head")
        .first()
    )


def commitment_by_link(token: str) -> tuple[HeadInvitation, SchoolCommitment] | None:
    """The link and how the school stands; None where the link opens nothing, or somebody else is asked now. Two queries."""
    invitation = invitation_by_token(token)
    if invitation is None:
        return None
    found = (
        SchoolCommitment.objects.filter(
            community_id=invitation.community_id,
            school_id=invitation.school_id,
            head_id=invitation.head_id,
            is_current=True,
        )
        .select_related(*JOINED)
        .first()
    )
    return (invitation, found) if found else None


def commitments_of_head(actor: User) -> QuerySet[SchoolCommitment]:
    """How the schools stand that the actor leads, each with its community. One query."""
    rows = SchoolCommitment.objects.filter(led_by(actor), is_current=True).select_related(*JOINED)
    return rows.order_by("school__search_name", "community__name", "pk")


def is_asked_as_head() -> Exists:
    """Whether a head has not answered what a community asked: a condition on User. No query by itself."""
    asked = SchoolCommitment.objects.filter(head__user_id=OuterRef("pk"), is_current=True)
    return Exists(asked.filter(state=SchoolCommitment.State.ASKED))


def waiting_for_head(actor: User) -> QuerySet[SchoolCommitment]:
    """Those to which the actor has not answered. One query."""
    return commitments_of_head(actor).filter(state=SchoolCommitment.State.ASKED, wants_talk=False)


def commitments_looked_after(actor: User, community: Community, school: School) -> QuerySet[SchoolCommitment]:
    """How a school stands with a community, for whoever runs that community. One query."""
    return SchoolCommitment.objects.filter(
        looked_after_by(actor), community=community, school=school, is_current=True
    ).select_related(*JOINED)


def address_of(commitment: SchoolCommitment) -> str:
    """Her own link, for herself and for whoever runs the community: whoever calls has asked. "" without one. One query."""
    grain = HeadInvitation.objects.filter(
        community_id=commitment.community_id, school_id=commitment.school_id, head_id=commitment.head_id
    ).values_list("grain", flat=True)
    return "".join(map(head_address, grain))
