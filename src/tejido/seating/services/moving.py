"""Changes by hand, each of which can be taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.seating.events import SeatMoved
from tejido.seating.models import MOST_TABLES, Move, Place, SeatingPlan


@transaction.atomic
def move(plan: SeatingPlan, number: int, person: int, *, table: int = 0, swap: int = 0, actor: User) -> None:
    """In round `number`, a person goes to `table`, or changes places with the person `swap`.

    Raises: NotAllowed; Refusal("not_seated", "no_such_table"). Announces SeatMoved.
    """
    require(actor, "seating.look_after", plan.gathering)
    SeatingPlan.objects.select_for_update().get(pk=plan.pk)
    wanted = {person, swap} - {0}
    seats = {
        seat.person_id: seat for seat in Place.objects.filter(plan=plan, round=number, person_id__in=wanted)
    }
    if set(seats) != wanted:
        raise Refusal(
            "not_seated", _("Somebody has changed these tables meanwhile. Look again who sits where.")
        )
    to = seats[swap].table if swap else table
    if not 1 <= to <= MOST_TABLES:
        raise Refusal("no_such_table", _("Tables are counted from 1."))
    before = [[number, pk, seat.table] for pk, seat in seats.items()]
    if swap:
        Place.objects.filter(pk=seats[swap].pk).update(table=seats[person].table)
    Place.objects.filter(pk=seats[person].pk).update(table=to)
    Move.objects.create(plan=plan, before=before)
    SeatingPlan.objects.filter(pk=plan.pk).update(confirmed_at=None)
    announce(SeatMoved(plan.gathering.community_id, plan.gathering_id), actor=actor)


@transaction.atomic
def take_back(plan: SeatingPlan, *, actor: User) -> bool:
    """Undo the last change by hand. False where there is none.

    Raises NotAllowed. Announces SeatMoved.
    """
    require(actor, "seating.look_after", plan.gathering)
    SeatingPlan.objects.select_for_update().get(pk=plan.pk)
    last = Move.objects.filter(plan=plan).order_by("-pk").first()
    if last is None:
        return False
    for number, person, table in last.before:
        Place.objects.filter(plan=plan, round=number, person_id=person).update(table=table)
    last.delete()
    SeatingPlan.objects.filter(pk=plan.pk).update(confirmed_at=None)
    announce(SeatMoved(plan.gathering.community_id, plan.gathering_id), actor=actor)
    return True
