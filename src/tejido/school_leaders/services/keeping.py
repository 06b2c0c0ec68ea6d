"""Keeping it honest: what came of it in each term, a word before it ends, and its end."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.school_leaders.events import CommitmentEnded, TermNoted
from tejido.school_leaders.models import SchoolCommitment, TermNote
from tejido.school_leaders.policies import still_leads
from tejido.school_leaders.selectors.schools import ENDS_SOON
from tejido.school_leaders.services.answering import ended
from tejido.school_leaders.services.inviting import invitation_of
from tejido.school_leaders.services.letters import ENDS, write_to_head
from tejido.school_leaders.values import Noted

State = SchoolCommitment.State


@transaction.atomic
def note_term(commitment: SchoolCommitment, noted: Noted, *, actor: User) -> TermNote:
    """How it was kept in a term; noting the term again replaces what was noted.

    Raises: NotAllowed; Refusal("nothing_given"). Announces TermNoted.
    """
    require(actor, "school_leaders.look_after", commitment.community)
    if commitment.state not in (State.GIVEN, State.OVER, State.WITHDRAWN) or commitment.starts_on is None:
        raise Refusal("nothing_given", _("Nothing was promised yet, so there is nothing to look back on."))
    values = {
        "kept": noted.kept,
        "note": noted.note.strip()[:500],
        "noted_by": actor,
        "noted_at": timezone.now(),
    }
    note, _new = TermNote.objects.update_or_create(
        commitment=commitment, term=noted.term.strip()[:100], defaults=values
    )
    announce(TermNoted(commitment.community_id, commitment.school_id, commitment.pk), actor=actor)
    return note


def end_what_is_over() -> int:
    """Commitments whose last day has passed are over. Returns how many. Done again and again."""
    today = timezone.localdate()
    over = SchoolCommitment.objects.filter(is_current=True, state=State.GIVEN, ends_on__lt=today)
    system = system_account()
    return sum(_end(pk, actor=system) for pk in list(over.values_list("pk", flat=True)))


@transaction.atomic
def _end(pk: int, *, actor: User) -> int:
    rows = SchoolCommitment.objects.select_for_update().filter(pk=pk, is_current=True, state=State.GIVEN)
    commitment = rows.first()
    if commitment is None:  # another worker was faster
        return 0
    made = ended(commitment)
    announce(CommitmentEnded(made.community_id, made.school_id, made.pk), actor=actor)
    return 1


def remind_before_the_end() -> int:
    """Write to heads whose commitment ends within thirty days, once. Returns to how many. Done again and again."""
    today = timezone.localdate()
    soon = SchoolCommitment.objects.filter(
        still_leads(),
        is_current=True,
        state=State.GIVEN,
        reminded_on=None,
        ends_on__gte=today,
        ends_on__lte=today + ENDS_SOON,
    )
    return sum(_remind(pk) for pk in list(soon.values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int) -> int:
    commitment = (
        SchoolCommitment.objects.select_for_update(of=("self",))
        .select_related("community", "head")
        .filter(pk=pk, reminded_on=None)
        .first()
    )
    if commitment is None or commitment.ends_on is None:
        return 0
    SchoolCommitment.objects.filter(pk=pk).update(reminded_on=timezone.localdate())
    with override(commitment.head.language or commitment.community.language):
        day = date_format(commitment.ends_on, "DATE_FORMAT")
    return int(write_to_head(ENDS, invitation_of(commitment), actor=system_account(), day=day))
