"""What a head answers: yes with what and until when, a talk first, or not now. Each answer is a new row; the old one stays."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.school_leaders.events import CommitmentEnded, CommitmentGiven, HeadAnswered
from tejido.school_leaders.models import SchoolCommitment
from tejido.school_leaders.values import Promise

State = SchoolCommitment.State


@transaction.atomic
def give_commitment(commitment: SchoolCommitment, promise: Promise, *, actor: User) -> SchoolCommitment:
    """The school promises this. The same promise again (a second tap) is the one that stands.

    Raises: NotAllowed; Refusal("out_of_date", "nothing_promised", "already_over"); ValidationError.
    Announces CommitmentGiven.
    """
    current = _current(commitment, actor)
    if promise.is_empty:
        raise Refusal(
            "nothing_promised",
            _("Say what the school gives: time, a room, transport, or something else. A little counts."),
        )
    if promise.ends_on is not None and promise.ends_on < timezone.localdate():
        raise Refusal("already_over", _("Its last day has passed. Choose a later one, or leave it empty."))
    fields = asdict(promise)
    if current.state == State.GIVEN and all(
        getattr(current, name) == value for name, value in fields.items()
    ):
        return current
    given = follow(current, State.GIVEN, **fields)
    announce(CommitmentGiven(given.community_id, given.school_id, given.pk), actor=actor)
    return given


@transaction.atomic
def want_to_talk(commitment: SchoolCommitment, *, actor: User) -> SchoolCommitment:
    """She would like to talk it over first. Raises: NotAllowed; Refusal("out_of_date"). Announces HeadAnswered."""
    current = _current(commitment, actor)
    if current.state == State.ASKED and current.wants_talk:
        return current
    answered = follow(current, State.ASKED, wants_talk=True)
    announce(HeadAnswered(answered.community_id, answered.school_id, answered.pk), actor=actor)
    return answered


@transaction.atomic
def answer_later(commitment: SchoolCommitment, reason: str = "", *, actor: User) -> SchoolCommitment:
    """Not now, perhaps with a reason. Raises: NotAllowed; Refusal("out_of_date", "given_already"). Announces HeadAnswered."""
    current = _current(commitment, actor)
    reason = " ".join(reason.split())[:300]
    if current.state == State.GIVEN:
        raise Refusal(
            "given_already", _("The school has committed itself. Withdraw that if it no longer holds.")
        )
    if current.state == State.DECLINED and current.reason == reason:
        return current
    answered = follow(current, State.DECLINED, reason=reason)
    announce(HeadAnswered(answered.community_id, answered.school_id, answered.pk), actor=actor)
    return answered


@transaction.atomic
def withdraw_commitment(commitment: SchoolCommitment, reason: str = "", *, actor: User) -> SchoolCommitment:
    """It no longer holds; or nobody waits for an answer any more. What was promised stays in the history.

    Raises: NotAllowed; Refusal("out_of_date"). Announces CommitmentEnded.
    """
    current = _current(commitment, actor)
    if current.state == State.WITHDRAWN:
        return current
    ended = follow(current, State.WITHDRAWN, reason=" ".join(reason.split())[:300], **_kept_of(current))
    announce(CommitmentEnded(ended.community_id, ended.school_id, ended.pk), actor=actor)
    return ended


def _current(commitment: SchoolCommitment, actor: User) -> SchoolCommitment:
    """The row as it stands, locked. An answer to an older one says so instead of overruling what came meanwhile."""
    current = SchoolCommitment.objects.select_for_update().select_related("community").get(pk=commitment.pk)
    require(actor, "school_leaders.answer", current)
    if not current.is_current:
        raise Refusal("out_of_date", _("Meanwhile another answer was written down. Look at it first."))
    return current


def follow(current: SchoolCommitment, state: str, **fields: Any) -> SchoolCommitment:
    """A new row after this one, which becomes history. For services."""
    SchoolCommitment.objects.filter(pk=current.pk).update(is_current=False)
    made = SchoolCommitment(
        community_id=current.community_id,
        school_id=current.school_id,
        head_id=current.head_id,
        state=state,
        **fields,
    )
    made.full_clean(validate_unique=False, validate_constraints=False)
    made.save()
    return made


PROMISED = (
    "unit", "amount", "for_whom", "substitute", "room", "transport", "support", "starts_on", "ends_on"
)  # fmt: skip


def _kept_of(commitment: SchoolCommitment) -> dict[str, Any]:
    return {name: getattr(commitment, name) for name in PROMISED}


def ended(commitment: SchoolCommitment) -> SchoolCommitment:
    """The row that says that it is over, with what had been promised. For services."""
    return follow(commitment, State.OVER, **_kept_of(commitment))
