"""The log of a cycle: dated entries, never lost."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.gatherings.selectors import day_in
from tejido.improvement.events import EntryTakenOff, EntryWritten
from tejido.improvement.models import Cycle, Entry, Stage
from tejido.improvement.services.holding import held_open, touched


@transaction.atomic
def add_entry(cycle: Cycle, day: date, kind: str, text: str, *, actor: User) -> Entry:
    """Write down what was done or seen on a day, not one to come. From doing on; the diagnostic stage from its first day.

    Raises: NotAllowed; Refusal("closed", "still_planning", "nothing_said", "day_to_come", "no_such_kind"). Announces EntryWritten.
    """
    row = held_open(cycle, actor)
    if row.stage == Stage.PLAN and not row.is_diagnostic:
        raise Refusal("still_planning", _("The log begins with doing. Begin doing first; the plan is kept."))
    said = text.strip()[:2000]
    if not said:
        raise Refusal("nothing_said", _("Write what happened; one sentence is enough."))
    if kind not in Entry.Kind.values:
        raise Refusal("no_such_kind", _("Choose what kind of entry this is."))
    if day > day_in(row.community.time_zone, timezone.now()):
        raise Refusal("day_to_come", _("That day is still to come. The log tells what happened."))
    entry = Entry.objects.create(cycle=row, day=day, kind=kind, text=said, by=actor)
    touched(row)
    announce(EntryWritten(row.community_id, row.pk, entry.pk), actor=actor)
    return entry


@transaction.atomic
def take_off_entry(entry: Entry, *, actor: User) -> None:
    """It stood there by mistake; it is kept and can be put back. Raises: NotAllowed; Refusal("closed"). Announces EntryTakenOff."""
    row = held_open(entry.cycle, actor)
    if Entry.objects.filter(pk=entry.pk, taken_off_at=None).update(taken_off_at=timezone.now()):
        announce(EntryTakenOff(row.community_id, row.pk, entry.pk, back=False), actor=actor)


@transaction.atomic
def put_back_entry(entry: Entry, *, actor: User) -> None:
    """Undo of `take_off_entry`. Raises: NotAllowed; Refusal("closed"). Announces EntryTakenOff."""
    row = held_open(entry.cycle, actor)
    if Entry.objects.filter(pk=entry.pk).exclude(taken_off_at=None).update(taken_off_at=None):
        announce(EntryTakenOff(row.community_id, row.pk, entry.pk, back=True), actor=actor)
