"""Who takes part in a cycle."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.directory.models import Person
from tejido.directory.policies import people_visible_to
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.improvement.events import PieceWritten
from tejido.improvement.models import Cycle, Participant, Stage
from tejido.improvement.services.holding import held, held_open


@transaction.atomic
def join_cycle(cycle: Cycle, *, actor: User) -> Participant:
    """Take part, oneself. Raises: NotAllowed; Refusal("no_person", "closed"). Announces PieceWritten."""
    row = held(cycle, actor, "improvement.join")
    if row.stage == Stage.CLOSED:
        raise Refusal(
            "closed", _("This cycle is closed. Begin the next one from it to go on; what was learnt stays.")
        )
    own = Person.objects.filter(user_id=actor.pk).first()
    if own is None:
        raise Refusal("no_person", _("Your account has no person in the directory yet. Ask the coordinator."))
    participant, new = Participant.objects.get_or_create(cycle=row, person=own)
    if new:
        announce(PieceWritten(row.community_id, row.pk, "people"), actor=actor)
    return participant


@transaction.atomic
def leave_cycle(cycle: Cycle, *, actor: User) -> None:
    """Take part no longer. Raises: NotAllowed; Refusal("closed"). Announces PieceWritten."""
    row = held_open(cycle, actor)
    gone, _by_model = Participant.objects.filter(cycle=row, person__user_id=actor.pk).delete()
    if gone:
        announce(PieceWritten(row.community_id, row.pk, "people"), actor=actor)


@transaction.atomic
def name_participants(cycle: Cycle, people: Sequence[Person], *, actor: User) -> None:
    """Add people whom the actor may see; who takes part already stays. Raises: NotAllowed; Refusal("closed", "unknown_person").

    Announces PieceWritten.
    """
    row = held_open(cycle, actor)
    wanted = {person.pk for person in people}
    known = Person.objects.filter(people_visible_to(actor), pk__in=wanted).count()
    if known < len(wanted):
        raise Refusal(
            "unknown_person", _("Somebody of these is in none of your communities. Add them first.")
        )
    there = set(row.participants.values_list("person_id", flat=True))
    new = [Participant(cycle=row, person_id=pk) for pk in sorted(wanted - there)]
    if Participant.objects.bulk_create(new):
        announce(PieceWritten(row.community_id, row.pk, "people"), actor=actor)
