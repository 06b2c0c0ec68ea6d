"""Who writes down what a gathering leaves, who reads it, who says that a promise was kept. Roles are those of communities."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.closing.models import Commitment, Owner
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, communities_with, has_right
from tejido.foundation.policies import Decision, policy
from tejido.gatherings.models import Gathering


@policy("closing.look_after")
def may_look_after(actor: User, gathering: Gathering) -> Decision:
    """Write the closing, close, open again."""
    if has_right(actor, gathering.community_id, "record"):
        return Decision(True, "in the team of the community")
    return Decision(False, _("Only the team of this community closes its gatherings. Ask the coordinator."))


def looked_after_by(actor: User) -> Q:
    """`closing.look_after`, for lists of Gathering. A test asserts that the two agree."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, "record")).values("pk"))


def commitments_visible_to(actor: User) -> Q:
    """`closing.see_commitment`, for lists of Commitment. A test asserts that the two agree."""
    if actor.is_system:
        return Q(pk__gt=0)
    here = Community.objects.filter(communities_for(actor, "see")).values("pk")
    return Q(community_id__in=here) | owed_by(actor)


def owed_by(actor: User) -> Q:
    """Commitments that the actor's own person owes. A `Q` on Commitment."""
    return Q(Exists(Owner.objects.filter(commitment_id=OuterRef("pk"), person__user_id=actor.pk)))


@policy("closing.see_commitment")
def may_see_commitment(actor: User, commitment: Commitment) -> Decision:
    if Commitment.objects.filter(commitments_visible_to(actor), pk=commitment.pk).exists():
        return Decision(True, "belongs to the community, or owes it")
    return Decision(False, _("Commitments are open to members of their community."))


def settled_by(actor: User) -> Q:
    """`closing.settle`, for lists of Commitment. A test asserts that the two agree."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=communities_with(actor, "record")) | owed_by(actor)


@policy("closing.settle")
def may_settle(actor: User, commitment: Commitment) -> Decision:
    """Say that it is done, or dropped, or open again; give it another day."""
    if Commitment.objects.filter(settled_by(actor), pk=commitment.pk).exists():
        return Decision(True, "in the team of the community, or owes it")
    return Decision(False, _("Whoever promised it, and the team of the community, say whether it is done."))
