"""Undo, for a day: what was entered by mistake is taken back, and the history says so."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.events import JoiningUndone, LeavingUndone, MemberJoined, MemberLeft, RoleChanged
from tejido.communities.models import Membership, Role
from tejido.communities.services.memberships import right_for
from tejido.communities.services.steering import keep_seats
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce, history
from tejido.foundation.models import JournalEntry
from tejido.foundation.policies import require

UNDO_FOR = timedelta(days=1)


def lately(fact: str, membership: Membership) -> JournalEntry:
    """The entry that told of the deed to undo. Raises Refusal("too_late_to_undo") where it is older than a day."""
    entry = (
        history(person_id=membership.person_id, community_ids=[membership.community_id], facts=[fact])
        .filter(happened_at__gte=timezone.now() - UNDO_FOR, payload__membership_id=membership.pk)
        .first()
    )
    if entry is None:
        raise Refusal(
            "too_late_to_undo",
            _("This can be undone for a day. Enter what is true now instead: a role, or the end of one."),
        )
    return entry


@transaction.atomic
def undo_joining(membership: Membership, *, actor: User) -> None:
    """A membership entered by mistake within the last day is gone. Raises: NotAllowed;
    Refusal("too_late_to_undo"). Announces JoiningUndone."""
    require(actor, right_for(membership.role), membership.community)
    lately(MemberJoined.NAME, membership)
    announce(JoiningUndone(membership.community_id, membership.person_id, membership.role), actor=actor)
    membership.delete()
    keep_seats([membership.community_id], actor=actor)


@transaction.atomic
def undo_leaving(membership: Membership, *, actor: User) -> Membership:
    """A membership that was ended within the last day goes on; a person may so undo their own leaving.

    Raises: NotAllowed; Refusal("too_late_to_undo", "organisation_left"). Announces LeavingUndone.
    """
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    entry = lately(MemberLeft.NAME, membership)
    if entry.actor_id != actor.pk:
        require(actor, right_for(membership.role), membership.community)
    again = Membership.objects.filter(
        community_id=membership.community_id,
        person_id=membership.person_id,
        role=membership.role,
        ends_on=None,
    ).first()
    if again is not None:  # it goes on already: never ended, or begun anew
        return again
    spoken_for = membership.organisation_membership
    if spoken_for is not None and spoken_for.ends_on is not None:
        raise Refusal(
            "organisation_left", _("The organisation has left the community. Take that back first.")
        )
    membership.ends_on, membership.end_reason, membership.end_note = None, "", ""
    membership.save(update_fields=["ends_on", "end_reason", "end_note"])
    announce(
        LeavingUndone(membership.community_id, membership.person_id, membership.pk, membership.role),
        actor=actor,
    )
    keep_seats([membership.community_id], actor=actor)
    return membership


@transaction.atomic
def undo_role_change(membership: Membership, *, actor: User) -> Membership:
    """The role taken within the last day is given back and the one before goes on, as if nothing had been.

    Raises: NotAllowed; Refusal("too_late_to_undo"). Announces RoleChanged, the other way round.
    """
    require(actor, "communities.give_roles", membership.community)
    before = Role(lately(RoleChanged.NAME, membership).payload["before"])
    earlier = (
        Membership.objects.filter(
            community_id=membership.community_id,
            person_id=membership.person_id,
            role=before,
            end_reason=Membership.EndReason.CHANGED_ROLE,
            ends_on__gte=membership.starts_on - timedelta(days=1),
        )
        .order_by("-ends_on")
        .first()
    )
    taken = membership.role
    if earlier is None:
        membership.role = before
        membership.save(update_fields=["role"])
        back = membership
    else:
        membership.delete()
        earlier.ends_on, earlier.end_reason = None, ""
        earlier.save(update_fields=["ends_on", "end_reason"])
        back = earlier
    announce(RoleChanged(back.community_id, back.person_id, back.pk, before, taken), actor=actor)
    keep_seats([back.community_id], actor=actor)
    return back
