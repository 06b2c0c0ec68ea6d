"""What every deed in a room does first: hold the gathering, ask whether the actor may, and whether it is still open."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.during import tokens
from tejido.during.models import Room
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering


def held_open(gathering: Gathering, actor: User, verb: str = "during.look_after") -> Gathering:
    """The gathering as it is now, held until the transaction ends. Raises: NotAllowed; Refusal("sealed", "cancelled")."""
    rows = Gathering.objects.select_for_update(of=("self",)).select_related("community")
    found = rows.get(pk=gathering.pk)
    require(actor, verb, found)
    if found.sealed_at is not None and verb == "during.take_part":
        raise Refusal(
            "sealed", _("This gathering is over, so nothing is taken any more. Thank you for coming.")
        )
    if found.sealed_at is not None:
        raise Refusal(
            "sealed", _("This gathering was closed. Open it again, and say why, before anything is changed.")
        )
    if found.state == Gathering.State.CANCELLED:
        raise Refusal("cancelled", _("This gathering was cancelled, so nothing is asked in it."))
    return found


def room_in(gathering: Gathering) -> Room:
    """Its room, made where there is none. For services that hold the gathering."""
    known = Room.objects.filter(gathering=gathering).first()
    if known is not None:
        return known
    return Room.objects.create(gathering=gathering, code=free_code())


def free_code() -> str:
    """A code that leads nowhere yet. There are 480 million, so that the first one nearly always is free."""
    while Room.objects.filter(code=(code := tokens.new_code())).exists():
        continue
    return code
