"""Tasks of a cycle, and what helped or hindered."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Lineage
from tejido.directory.models import Person
from tejido.directory.policies import people_visible_to
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.gatherings.selectors import day_in
from tejido.improvement.events import PieceWritten
from tejido.improvement.models import Cycle, Factor, Task
from tejido.improvement.services.holding import held_open, touched
from tejido.improvement.values import Chore, Finding


@transaction.atomic
def add_task(cycle: Cycle, chore: Chore, *, actor: User) -> Task:
    """Something to be done.

    Raises: NotAllowed; Refusal("closed", "nothing_said", "unknown_person", "node_elsewhere"). Announces PieceWritten.
    """
    row = held_open(cycle, actor)
    said, owner, commission = " ".join(chore.what.split())[:300], chore.owner, chore.commission
    if not said:
        raise Refusal("nothing_said", _("Say what will be done."))
    if owner is not None and not Person.objects.filter(people_visible_to(actor), pk=owner.pk).exists():
        raise Refusal(
            "unknown_person", _("Somebody of these is in none of your communities. Add them first.")
        )
    inside = Lineage.objects.filter(ancestor_id=row.community_id)
    if commission is not None and not inside.filter(community_id=commission.pk).exists():
        raise Refusal("node_elsewhere", _("That node belongs to another community. Choose one of this one."))
    task = Task.objects.create(cycle=row, what=said, owner=owner, commission=commission, due_on=chore.due_on)
    touched(row)
    announce(PieceWritten(row.community_id, row.pk, "tasks"), actor=actor)
    return task


@transaction.atomic
def settle_task(task: Task, delivered: bool, *, actor: User) -> None:
    """It is delivered, today by the community's clock, or not yet after all. Raises: NotAllowed; Refusal("closed"). Announces PieceWritten."""
    row = held_open(task.cycle, actor)
    day = day_in(row.community.time_zone, timezone.now()) if delivered else None
    waiting = Task.objects.filter(pk=task.pk, delivered_on__isnull=delivered)
    if waiting.update(delivered_on=day):
        touched(row)
        announce(PieceWritten(row.community_id, row.pk, "tasks"), actor=actor)


@transaction.atomic
def remove_task(task: Task, *, actor: User) -> None:
    """It stood there by mistake. Raises: NotAllowed; Refusal("closed"). Announces PieceWritten."""
    row = held_open(task.cycle, actor)
    if Task.objects.filter(pk=task.pk).delete()[0]:
        touched(row)
        announce(PieceWritten(row.community_id, row.pk, "tasks"), actor=actor)


@transaction.atomic
def note_factor(cycle: Cycle, finding: Finding, *, actor: User) -> Factor:
    """What helped or hindered, with what one knows it from.

    Raises: NotAllowed; Refusal("closed", "nothing_said", "no_evidence", "entry_elsewhere"). Announces PieceWritten.
    """
    row = held_open(cycle, actor)
    said, known_from = " ".join(finding.text.split())[:300], " ".join(finding.evidence.split())[:500]
    entry = finding.entry
    if not said or finding.kind not in Factor.Kind.values:
        raise Refusal("nothing_said", _("Write what helped or what hindered."))
    if entry is not None and entry.cycle_id != row.pk:
        raise Refusal("entry_elsewhere", _("That entry belongs to the log of another cycle."))
    if entry is None and not known_from:
        raise Refusal("no_evidence", _("Say what you know it from: choose an entry of the log, or write it."))
    factor = Factor.objects.create(
        cycle=row, kind=finding.kind, text=said, entry=entry, evidence=known_from, by=actor
    )
    touched(row)
    announce(PieceWritten(row.community_id, row.pk, "factors"), actor=actor)
    return factor


@transaction.atomic
def remove_factor(factor: Factor, *, actor: User) -> None:
    """It stood there by mistake. Raises: NotAllowed; Refusal("closed"). Announces PieceWritten."""
    row = held_open(factor.cycle, actor)
    if Factor.objects.filter(pk=factor.pk).delete()[0]:
        touched(row)
        announce(PieceWritten(row.community_id, row.pk, "factors"), actor=actor)
