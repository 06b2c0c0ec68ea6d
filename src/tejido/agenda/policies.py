"""Who may plan and run an agenda. Roles are those of communities; who sees the gathering sees its agenda."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.agenda.models import Activity
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, has_right
from tejido.foundation.policies import Decision, policy
from tejido.gatherings.models import Gathering
from tejido.gatherings.policies import may_see, sealed


@policy("agenda.see")
def may_see_agenda(actor: User, gathering: Gathering) -> Decision:
    return may_see(actor, gathering)


@policy("agenda.plan")
def may_plan(actor: User, gathering: Gathering) -> Decision:
    """Write the agenda of a gathering, and keep its time while it runs."""
    if not has_right(actor, gathering.community_id, "record"):
        return Decision(False, _("Only the team of this community writes agendas. Ask the coordinator."))
    if gathering.state == Gathering.State.CANCELLED:
        return Decision(
            False, _("This gathering was cancelled, so it has no agenda to keep. Plan it again first.")
        )
    if gathering.sealed_at is not None:
        return sealed()
    return Decision(True, "in the team of the community")


def planned_by(actor: User) -> Q:
    """`agenda.plan`, for lists of Gathering. A test asserts that the two agree."""
    if actor.is_system:
        return Q(pk__gt=0)
    standing = ~Q(state=Gathering.State.CANCELLED)
    return (
        standing
        & Q(sealed_at=None)
        & Q(community_id__in=Community.objects.filter(communities_for(actor, "record")).values("pk"))
    )


@policy("agenda.write_activity")
def may_write_activity(actor: User, community: Community) -> Decision:
    """Write down, change or remove a way of working of the community's own."""
    if has_right(actor, community, "record"):
        return Decision(True, "in the team of the community")
    return Decision(False, _("Only the team of this community writes its activities. Ask the coordinator."))


@policy("agenda.see_activity")
def may_see_activity(actor: User, activity: Activity) -> Decision:
    if activity.community_id is None or has_right(actor, activity.community_id, "see"):
        return Decision(True, "comes along, or belongs to a community of the actor's")
    return Decision(False, _("This activity is for members of its community."))


def activities_visible_to(actor: User) -> Q:
    """`agenda.see_activity`, for lists of Activity. A test asserts that the two agree."""
    if actor.is_system:
        return Q(pk__gt=0)
    own = Community.objects.filter(communities_for(actor, "see")).values("pk")
    return Q(community=None) | Q(community_id__in=own)
