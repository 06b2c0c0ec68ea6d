"""What every deed on a cycle does first: hold it, ask whether the actor may, and whether it is still open."""

from __future__ import annotations

from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import require
from tejido.improvement.models import Cycle, Stage


def held(cycle: Cycle, actor: User, verb: str = "improvement.write") -> Cycle:
    """The cycle as it is now, held until the transaction ends. Raises NotAllowed. For services."""
    found = Cycle.objects.select_for_update(of=("self",)).select_related("community").get(pk=cycle.pk)
    require(actor, verb, found)
    return found


def held_open(cycle: Cycle, actor: User) -> Cycle:
    """As `held`, for what changes. Raises: NotAllowed; Refusal("closed"). For services."""
    found = held(cycle, actor)
    if found.stage == Stage.CLOSED:
        raise Refusal(
            "closed", _("This cycle is closed. Begin the next one from it to go on; what was learnt stays.")
        )
    return found


def check_seen(cycle: Cycle, seen: int) -> None:
    """Whoever saves has read what stands now. Raises Refusal("changed_meanwhile")."""
    if seen != cycle.edition:
        raise Refusal(
            "changed_meanwhile",
            _(
                "Somebody else has changed this meanwhile. What stands now is shown above what you wrote. "
                "Bring the two together and save again; nothing is lost."
            ),
        )


def touched(cycle: Cycle, *fields: str) -> None:
    """Save these fields of a held cycle and that something was written now. For services."""
    cycle.touched_at = timezone.now()
    cycle.save(update_fields=[*fields, "touched_at"])


def seal_of(text: str) -> str:
    """SHA-256 of a prediction, as hexadecimal digits.

    >>> seal_of("Twelve of fifteen")[:8]
    '1e67c49e'
    """
    return sha256(text.encode()).hexdigest()
