"""Pauses: somebody takes part in nothing for a while and still belongs."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.events import MembershipPaused, PauseEnded, PauseTakenBack
from tejido.communities.models import Membership, MembershipPause
from tejido.communities.services.undoing import UNDO_FOR
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


@transaction.atomic
def pause_membership(
    membership: Membership,
    *,
    actor: User,
    starts_on: date | None = None,
    ends_on: date | None = None,
    reason: str = "",
) -> MembershipPause:
    """The person pauses from a day (today) to a day (None: it is not known yet). Everybody may say it of themselves.

    Args:   reason: of `MembershipPause.Reason`, or "". No history tells it.
    Raises: NotAllowed; Refusal("has_ended", "pause_ends_before_start", "pause_outside", "pauses_already").
    Announces MembershipPaused.
    """
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("community", "person")
        .get(pk=membership.pk)
    )
    require(actor, "communities.pause", membership)
    day = starts_on or membership.community.today
    _check(membership, day, ends_on)
    pause = MembershipPause.objects.create(
        membership=membership, starts_on=day, ends_on=ends_on, reason=reason
    )
    announce(
        MembershipPaused(membership.community_id, membership.person_id, membership.pk, pause.pk), actor=actor
    )
    return pause


def _check(membership: Membership, starts_on: date, ends_on: date | None) -> None:
    if membership.ends_on is not None:
        raise Refusal("has_ended", _("This membership has ended, so there is nothing to pause."))
    if ends_on is not None and ends_on < starts_on:
        raise Refusal("pause_ends_before_start", _("A pause ends after it starts. Check the two dates."))
    if starts_on < membership.starts_on:
        raise Refusal("pause_outside", _("On that day the membership had not begun yet. Choose a later day."))
    same_days = Q(ends_on=None) | Q(ends_on__gte=starts_on)
    if ends_on is not None:
        same_days &= Q(starts_on__lte=ends_on)
    if membership.pauses.filter(same_days).exists():
        raise Refusal("pauses_already", _("A pause is noted for these days already. End that one first."))


@transaction.atomic
def end_pause(pause: MembershipPause, *, actor: User, back_on: date | None = None) -> None:
    """The person takes part again from a day on (today). A pause of which no day passed yet is gone.

    Raises: NotAllowed; Refusal("pause_is_over"). Announces PauseEnded.
    """
    pause = MembershipPause.objects.select_for_update(of=("self",)).get(pk=pause.pk)
    membership = pause.membership
    require(actor, "communities.pause", membership)
    last = (back_on or membership.community.today) - timedelta(days=1)
    if pause.ends_on is not None and pause.ends_on <= last:
        raise Refusal("pause_is_over", _("This pause is over already."))
    announce(PauseEnded(membership.community_id, membership.person_id, membership.pk), actor=actor)
    if last < pause.starts_on:
        pause.delete()
        return
    pause.ends_on = last
    pause.save(update_fields=["ends_on"])


@transaction.atomic
def undo_pause(pause: MembershipPause, *, actor: User) -> None:
    """A pause noted by mistake within the last day is gone.

    Raises: NotAllowed; Refusal("too_late_to_undo"). Announces PauseTakenBack.
    """
    membership = pause.membership
    require(actor, "communities.pause", membership)
    if pause.noted_at < timezone.now() - UNDO_FOR:
        raise Refusal(
            "too_late_to_undo", _("This can be undone for a day. Note the end of the pause instead.")
        )
    announce(PauseTakenBack(membership.community_id, membership.person_id, membership.pk), actor=actor)
    pause.delete()
