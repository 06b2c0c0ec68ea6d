"""What every deed on a closing does first: hold the gathering, ask whether the actor may, and whether it is still open."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.closing.models import Closing
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering


def held(gathering: Gathering, actor: User) -> Gathering:
    """The gathering as it is now, held until the transaction ends, for the team. Raises NotAllowed. For services."""
    rows = Gathering.objects.select_for_update(of=("self",))
    found = rows.select_related("community", "school", "organisation").get(pk=gathering.pk)
    require(actor, "closing.look_after", found)
    return found


def held_open(gathering: Gathering, actor: User) -> Gathering:
    """As `held`, for what changes. Raises: NotAllowed; Refusal("sealed", "cancelled"). For services."""
    found = held(gathering, actor)
    if found.sealed_at is not None:
        raise Refusal(
            "sealed",
            _("This gathering was closed. Open it again, and say why, before anything is changed."),
        )
    if found.state == Gathering.State.CANCELLED:
        raise Refusal("cancelled", _("This gathering was cancelled, so there is nothing to close."))
    return found


def written(gathering: Gathering) -> Closing:
    """The row of its closing, made where there is none. For services that hold the gathering."""
    return Closing.objects.get_or_create(gathering=gathering)[0]
