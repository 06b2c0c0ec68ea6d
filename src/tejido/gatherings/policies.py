"""Who may do what with gatherings. Each verb has one function; each refusal a reason."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, communities_with, has_right
from tejido.foundation.policies import Decision, policy
from tejido.foundation.reach import NOBODY
from tejido.gatherings.models import Attendance, FeedToken, Gathering


def visible_to(actor: User) -> Q:
    """`gatherings.see`, for lists of Gathering. A test asserts that the two agree."""
    return _with_right(actor, "see")


def _with_right(actor: User, right: str) -> Q:
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, right)).values("pk"))


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
    decision = may_plan(actor, gathering.community)
    return sealed() if decision and gathering.sealed_at is not None else decision


def sealed() -> Decision:
    """The answer to whoever wants to change what the closing act has sealed. For the policies of domains above too."""
    return Decision(
        False, _("This gathering was closed. Open it again, and say why, before anything is changed.")
    )


def asked_by(actor: User) -> Q:
    """`gatherings.ask`, for lists of Gathering. A test asserts that the two agree."""
    return _with_right(actor, "run")


@policy("gatherings.ask")
def may_ask(actor: User, gathering: Gathering) -> Decision:
    """Give a form to those who came. What is given out is decided by whoever runs the community."""
    if not has_right(actor, gathering.community_id, "run"):
        return Decision(
            False, _("Only the coordination of this community gives out forms. Ask the coordinator.")
        )
    return Decision(True, "runs the community")


@policy("gatherings.record_attendance")
def may_record_attendance(actor: User, gathering: Gathering) -> Decision:
    if not has_right(actor, gathering.community_id, "record"):
        return Decision(False, _("Only the team of this community records attendance. Ask the coordinator."))
    if gathering.sealed_at is not None:
        return sealed()
    if gathering.closed_at is not None:
        return Decision(False, _("Attendance of this gathering is closed. Open it again to correct it."))
    if gathering.state == Gathering.State.CANCELLED:
        return Decision(
            False, _("This gathering was cancelled, so nobody can have been there. Plan it again first.")
        )
    return Decision(True, "in the team of the community")


def attendance_seen_by(actor: User) -> Q:
    """`gatherings.see_attendance`, for lists of Gathering. A test asserts that the two agree."""
    return _with_right(actor, "record")


@policy("gatherings.see_attendance")
def may_see_attendance(actor: User, gathering: Gathering) -> Decision:
    if has_right(actor, gathering.community_id, "record"):
        return Decision(True, "in the team of the community")
    return Decision(False, _("The attendance list is open to the team of this community."))


@policy("gatherings.close_attendance")
def may_close_attendance(actor: User, gathering: Gathering) -> Decision:
    """Closing attendance, opening it again, and what seals both: the closing act."""
    if has_right(actor, gathering.community_id, "record"):
        return Decision(True, "in the team of the community")
    return Decision(False, _("Only the team of this community closes attendance."))


@policy("gatherings.record_tables")
def may_record_tables(actor: User, gathering: Gathering) -> Decision:
    if not has_right(actor, gathering.community_id, "record"):
        return Decision(False, _("Only the team of this community records who sat with whom."))
    if gathering.sealed_at is not None:
        return sealed()
    if gathering.state == Gathering.State.CANCELLED:
        return Decision(False, _("This gathering was cancelled, so there were no tables."))
    return Decision(True, "in the team of the community")


@policy("gatherings.open_feed")
def may_open_feed(actor: User, community: Community | None) -> Decision:
    """A calendar address for one's own gatherings (None) or for those of a community."""
    if community is None or has_right(actor, community, "see"):
        return Decision(True, "shows what the actor may see")
    return Decision(False, _("This community is open to its members."))


@policy("gatherings.revoke_feed")
def may_revoke_feed(actor: User, feed: FeedToken) -> Decision:
    if feed.user_id == actor.pk:
        return Decision(True, "their own")
    return Decision(False, _("Only its owner can revoke a calendar address."))


# What other floors ask through foundation.reach ------------------------------------------------


def people_in_reach(actor: User, verb: str) -> Q:
    """Guests: people who are no members but are on an attendance list of a community of the actor's.

    A `Q` on Person; verbs: see, contact, edit, merge, beyond, run, accompany. Without it whoever came once by name would
    be lost to the very people who wrote the name down.
    """
    if verb in {"run", "beyond", "accompany"}:
        return NOBODY
    right = {"see": "record"}.get(verb, verb)
    listed: Any = Attendance.objects.filter(
        person_id=OuterRef("pk"), gathering__community_id__in=communities_with(actor, right)
    )
    return Q(Exists(listed))
