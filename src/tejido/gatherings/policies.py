"""Who may do what with gatherings. Each verb has one function; each refusal a reason."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, has_right
from tejido.foundation.policies import Decision, policy
from tejido.gatherings.models import Gathering


def visible_to(actor: User) -> Q:
    """`gatherings.see`, for lists of Gathering. A test asserts that the two agree."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, "see")).values("pk"))


@policy("gatherings.see")
def may_see(actor: User, gathering: Gathering) -> Decision:
    if has_right(actor, gathering.community_id, "see"):
        return Decision(True, "belongs to the community, one above or one below")
    return Decision(False, _("This gathering is for members of its community."))


@policy("gatherings.plan")
def may_plan(actor: User, community: Community) -> Decision:
    if has_right(actor, community, "record"):
        return Decision(True, "in the team of the community")
    return Decision(False, _("Only the team of this community plans its gatherings. Ask the coordinator."))


@policy("gatherings.change")
def may_change(actor: User, gathering: Gathering) -> Decision:
    return may_plan(actor, gathering.community)


@policy("gatherings.record_attendance")
def may_record_attendance(actor: User, gathering: Gathering) -> Decision:
    if not has_right(actor, gathering.community_id, "record"):
        return Decision(False, _("Only the team of this community records attendance. Ask the coordinator."))
    if gathering.closed_at is not None:
        return Decision(False, _("Attendance of this gathering is closed. Open it again to correct it."))
    if gathering.state == Gathering.State.CANCELLED:
        return Decision(
            False, _("This gathering was cancelled, so nobody can have been there. Plan it again first.")
        )
    return Decision(True, "in the team of the community")


@policy("gatherings.see_attendance")
def may_see_attendance(actor: User, gathering: Gathering) -> Decision:
    if has_right(actor, gathering.community_id, "record"):
        return Decision(True, "in the team of the community")
    return Decision(False, _("The attendance list is open to the team of this community."))


@policy("gatherings.close_attendance")
def may_close_attendance(actor: User, gathering: Gathering) -> Decision:
    if has_right(actor, gathering.community_id, "record"):
        return Decision(True, "in the team of the community")
    return Decision(False, _("Only the team of this community closes attendance."))
