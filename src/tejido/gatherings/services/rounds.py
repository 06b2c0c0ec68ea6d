"""Deeds on tables in rounds."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.events import RoundRemoved, TablesRecorded
from tejido.gatherings.models import Gathering, Round, Seat
from tejido.gatherings.services.attendance import locked


@transaction.atomic
def record_tables(
    gathering: Gathering, number: int, tables: Sequence[Collection[int]], *, actor: User, prompt: str = ""
) -> Round:
    """Who sat with whom in round `number` (from 1): person ids per table, in table order. Replaces that round.

    Raises: NotAllowed; Refusal("two_tables_at_once", "nobody_seated"). Announces TablesRecorded.
    """
    gathering = locked(gathering)
    require(actor, "gatherings.record_tables", gathering)
    seated = [pk for table in tables for pk in table]
    if not seated:
        raise Refusal("nobody_seated", _("Nobody has a table yet. Write a table number beside each person."))
    if len(seated) != len(set(seated)):
        raise Refusal(
            "two_tables_at_once",
            _("Somebody sits at two tables in the same round. Leave each person at one."),
        )
    round_, _made = Round.objects.update_or_create(
        gathering=gathering, number=number, defaults={"prompt": prompt}
    )
    round_.seats.all().delete()
    Seat.objects.bulk_create(
        (
            Seat(round=round_, table=table, person_id=pk)
            for table, people in enumerate(tables, start=1)
            for pk in people
        ),
        batch_size=500,
    )
    announce(TablesRecorded(gathering.community_id, gathering.pk, number), actor=actor)
    return round_


@transaction.atomic
def remove_round(gathering: Gathering, number: int, *, actor: User) -> None:
    """Forget a round with its tables; the others keep their numbers.

    Raises NotAllowed. Announces RoundRemoved; a round that is not there changes nothing.
    """
    gathering = locked(gathering)
    require(actor, "gatherings.record_tables", gathering)
    removed, _by_model = Round.objects.filter(gathering=gathering, number=number).delete()
    if removed:
        announce(RoundRemoved(gathering.community_id, gathering.pk, number), actor=actor)
