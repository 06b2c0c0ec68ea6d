"""Who may look after the tables of a gathering. Roles are those of communities."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, has_right
from tejido.foundation.policies import Decision, policy
from tejido.gatherings.models import Gathering
from tejido.gatherings.policies import sealed


@policy("seating.see")
def may_see(actor: User, gathering: Gathering) -> Decision:
    """Look at the tables, print them, read what came out. What was closed stays readable."""
    if not has_right(actor, gathering.community_id, "record"):
        return Decision(False, _("Only the team of this community says who sits where. Ask the coordinator."))
    if gathering.state == Gathering.State.CANCELLED:
        return Decision(False, _("This gathering was cancelled, so there are no tables to plan."))
    return Decision(True, "in the team of the community")


@policy("seating.look_after")
def may_look_after(actor: User, gathering: Gathering) -> Decision:
    """Say how people are to sit, propose, move, confirm, write down what came out: as long as nothing is closed."""
    decision = may_see(actor, gathering)
    return sealed() if decision and gathering.sealed_at is not None else decision


def seen_by(actor: User) -> Q:
    """`seating.see`, for lists of Gathering. A test asserts that the two agree."""
    if actor.is_system:
        return Q(pk__gt=0)
    there = ~Q(state=Gathering.State.CANCELLED)
    return there & Q(community_id__in=Community.objects.filter(communities_for(actor, "record")).values("pk"))
