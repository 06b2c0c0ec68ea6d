"""Who reads cycles, who begins one, who writes in one. Roles are those of communities."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community, Membership, Role
from tejido.communities.policies import communities_for, communities_with, standing
from tejido.foundation.policies import Decision, policy
from tejido.improvement.models import Cycle, Participant


def cycles_visible_to(actor: User) -> Q:
    """`improvement.see`, for lists of Cycle: whoever sees the community. A test asserts that the two agree."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, "see")).values("pk"))


@policy("improvement.see")
def may_see(actor: User, cycle: Cycle) -> Decision:
    if Cycle.objects.filter(cycles_visible_to(actor), pk=cycle.pk).exists():
        return Decision(True, "belongs to the community")
    return Decision(False, _("Improvement cycles are open to the members of their community."))


def cycles_begun_by(actor: User) -> Q:
    """`improvement.begin`, for lists of Community: its members and those of its nodes, and its team."""
    if actor.is_system:
        return Q(pk__gt=0)
    belongs = Membership.objects.filter(standing(actor)).exclude(role=Role.RESEARCHER)
    return Q(pk__in=communities_with(actor, "record")) | Q(
        pk__in=belongs.values("community__lineage__ancestor_id")
    )


@policy("improvement.begin")
def may_begin(actor: User, community: Community) -> Decision:
    """Begin a cycle."""
    if Community.objects.filter(cycles_begun_by(actor), pk=community.pk).exists():
        return Decision(True, "a member, or in the team")
    return Decision(False, _("Only members of this community begin a cycle here."))


def written_by(actor: User) -> Q:
    """`improvement.write`, for lists of Cycle: who takes part in it, and the team of the community."""
    if actor.is_system:
        return Q(pk__gt=0)
    takes_part = Participant.objects.filter(cycle_id=OuterRef("pk"), person__user_id=actor.pk)
    still_sees = cycles_visible_to(actor)
    return Q(community_id__in=communities_with(actor, "record")) | (Q(Exists(takes_part)) & still_sees)


@policy("improvement.write")
def may_write(actor: User, cycle: Cycle) -> Decision:
    """Plan, log, study, decide."""
    if Cycle.objects.filter(written_by(actor), pk=cycle.pk).exists():
        return Decision(True, "takes part, or in the team")
    return Decision(
        False, _("Whoever takes part in the cycle writes in it. Join it first, or ask the coordinator.")
    )


def joined_by(actor: User) -> Q:
    """`improvement.join`, for lists of Cycle: members of the community, as in `cycles_begun_by`."""
    return Q(community_id__in=Community.objects.filter(cycles_begun_by(actor)).values("pk"))


@policy("improvement.join")
def may_join(actor: User, cycle: Cycle) -> Decision:
    """Take part in a cycle."""
    return may_begin(actor, cycle.community)
