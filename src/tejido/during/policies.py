"""Who keeps the room of a gathering, and who takes part in it. Roles are those of communities."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, has_right
from tejido.foundation.policies import Decision, policy
from tejido.gatherings.models import Gathering


@policy("during.look_after")
def may_look_after(actor: User, gathering: Gathering) -> Decision:
    """Ask, show, look at what comes from the room, answer it. What was closed stays readable."""
    if has_right(actor, gathering.community_id, "record"):
        return Decision(True, "in the team of the community")
    return Decision(
        False, _("Only the team of this community asks and answers at its gatherings. Ask the coordinator.")
    )


def looked_after_by(actor: User) -> Q:
    """`during.look_after`, for lists of Gathering. A test asserts that the two agree."""
    return _with_right(actor, "record")


@policy("during.take_part")
def may_take_part(actor: User, gathering: Gathering) -> Decision:
    """Answer, ask, support. Who comes by the address of the room or a link of their own is let in by it."""
    if has_right(actor, gathering.community_id, "see"):
        return Decision(True, "sees the gathering")
    return Decision(False, _("Open the address that stands on the wall to take part."))


def taken_part_by(actor: User) -> Q:
    """`during.take_part`, for lists of Gathering. A test asserts that the two agree."""
    return _with_right(actor, "see")


@policy("during.show_ticket")
def may_show_ticket(actor: User, gathering: Gathering) -> Decision:
    """Let open answers of the exit ticket onto the wall: whoever may read them."""
    if has_right(actor, gathering.community_id, "run"):
        return Decision(True, "runs the community")
    return Decision(False, _("Only the coordination of this community reads single answers."))


def ticket_shown_by(actor: User) -> Q:
    """`during.show_ticket`, for lists of Gathering. A test asserts that the two agree."""
    return _with_right(actor, "run")


def _with_right(actor: User, right: str) -> Q:
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, right)).values("pk"))
