"""Letters about commitments, before and after their day, by the clock of each community."""

from __future__ import annotations

from django.db import transaction

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.closing.events import CommitmentRecalled
from tejido.closing.models import Commitment
from tejido.closing.selectors import due_for_a_letter, reminded_of, today_in
from tejido.closing.selectors.commitments import SOON as AHEAD
from tejido.closing.services.ending import give_keys
from tejido.closing.services.letters import LATE, SOON, write_of_commitment
from tejido.foundation.journal import announce

AT_ONCE = 500


def remind_of_commitments() -> int:
    """Write once three days before the day of a commitment, and once after it. Returns how many letters.

    For a tick; done again and again. What was given another day is reminded of anew.
    """
    system = system_account()
    keys = list(due_for_a_letter().order_by("due_on", "pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_remind(pk, actor=system) for pk in keys)


@transaction.atomic
def _remind(pk: int, *, actor: User) -> int:
    rows = Commitment.objects.select_for_update(of=("self",))
    row = rows.select_related("community", "gathering", "node").get(pk=pk)
    today, due = today_in(row.community), row.due_on
    if row.state != Commitment.State.OPEN or due is None or today < due - AHEAD:
        return 0
    late = today > due
    if due in ((row.recalled_for,) if late else (row.reminded_for, row.recalled_for)):
        return 0
    column = "recalled_for" if late else "reminded_for"
    setattr(row, column, due)
    row.save(update_fields=[column])
    people = reminded_of(row)
    give_keys(row, people)
    count = write_of_commitment(row, LATE if late else SOON, people, actor=actor)
    if count:
        announce(CommitmentRecalled(row.community_id, row.gathering_id, row.pk, late), actor=actor)
    return count
