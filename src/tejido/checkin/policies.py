"""Who keeps the door of a gathering, and who comes through it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, has_right
from tejido.foundation.policies import Decision, policy
from tejido.gatherings.models import Gathering
from tejido.invitations.policies import is_expected
from tejido.invitations.selectors import Place


@policy("checkin.keep_door")
def may_keep_door(actor: User, gathering: Gathering) -> Decision:
    """Open and close the door, show the codes, see who came how."""
    if has_right(actor, gathering.community_id, "record"):
        return Decision(True, "in the team of the community")
    return Decision(False, _("Only the team of this community keeps the door. Ask the coordinator."))


def doors_kept_by(actor: User) -> Q:
    """`checkin.keep_door`, for lists of Gathering. A test asserts that the two agree."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, "record")).values("pk"))


@policy("checkin.arrive")
def may_arrive(actor: User, place: Place) -> Decision:
    """Whoever is expected, for themselves. Who comes by a personal code is let in by the code."""
    if not is_expected(place):
        return Decision(False, _("You are not on the list of this gathering. Tell the team at the door."))
    if actor.is_system or place.person.user_id == actor.pk:
        return Decision(True, "for themselves")
    return Decision(False, _("People check in for themselves; the team uses the sheet."))
