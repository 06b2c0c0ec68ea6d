"""What is noted on the list of what hangs on the holder of a role."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.events import HandOverNoted
from tejido.communities.models import HandOverItem, Membership
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


@dataclass(frozen=True, slots=True)
class Noted:
    """What is said of one thing: whether it is handed over, to whom, and a remark."""

    done: bool
    receiver: Person | None = None
    note: str = ""


@transaction.atomic
def note_hand_over(membership: Membership, source: str, told: Noted, *, actor: User) -> HandOverItem:
    """Tick one thing of the list, say to whom it goes, or leave a remark; noting again replaces what was noted.

    Raises NotAllowed. Announces HandOverNoted.
    """
    require(actor, "communities.hand_over", membership)
    item = HandOverItem.objects.select_for_update().filter(membership=membership, source=source).first()
    item = item or HandOverItem(membership=membership, source=source)
    item.receiver, item.note = told.receiver, told.note.strip()[:300]
    item.done_on = (item.done_on or membership.community.today) if told.done else None
    item.save()
    announce(HandOverNoted(membership.community_id, membership.person_id, membership.pk), actor=actor)
    return item


@transaction.atomic
def add_to_hand_over(membership: Membership, words: str, *, actor: User) -> HandOverItem:
    """Something that no page of the house knows: the keys, the list of the museum's people.

    Raises: NotAllowed; Refusal("no_words"). Announces HandOverNoted.
    """
    require(actor, "communities.hand_over", membership)
    if not words.strip():
        raise Refusal("no_words", _("Write what is to be handed over."))
    item = HandOverItem.objects.create(
        membership=membership, source=f"own:{uuid4()}", words=words.strip()[:200]
    )
    announce(HandOverNoted(membership.community_id, membership.person_id, membership.pk), actor=actor)
    return item
