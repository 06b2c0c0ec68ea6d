"""Where an answer stands: the one place for its id, and whether its author already has one. For services only."""

from __future__ import annotations

import hashlib
import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.instruments.models import Collection, Invitation
from tejido.instruments.selectors.lists import audience_of
from tejido.instruments.services.opening import add_invitations


def slot_of(scope: str, name: str) -> str:
    """The one place of `name` in `scope`.

    >>> slot_of("collection:1", "uuid:a")[:12]
    '69494b769313'
    """
    return hashlib.sha256(f"{scope}\n{name}".encode()).hexdigest()


def day_of(moment: datetime, community: Community) -> datetime:
    """The beginning of the day of `moment` where the community is."""
    local = moment.astimezone(zoneinfo.ZoneInfo(community.time_zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Claim:
    """first: nobody had noted an answer of this person. counts: it is the first, or several are wanted."""

    invitation: Invitation | None
    first: bool
    counts: bool


def claim(collection: Collection | None, person: Person | None, invitation: Invitation | None) -> Claim:
    """Note that this person has answered.

    A transaction of its own, apart from the answer: what is written together can be found together.
    """
    if collection is None:
        return Claim(None, True, True)
    with transaction.atomic():
        mine = _invitation(collection, person, invitation)
        if mine is None:
            return Claim(None, True, True)
        when = None if collection.anonymous else timezone.now()
        free = Invitation.objects.filter(pk=mine.pk, has_answered=False)
        first = free.update(has_answered=True, answered_at=when) == 1
    return Claim(mine, first, first or collection.many)


def release(made: Claim) -> None:
    """The answer could not be kept after all."""
    if made.first and made.invitation is not None:
        Invitation.objects.filter(pk=made.invitation.pk).update(has_answered=False, answered_at=None)


def _invitation(
    collection: Collection, person: Person | None, invitation: Invitation | None
) -> Invitation | None:
    if invitation is not None or person is None:
        return invitation
    found = collection.invitations.filter(person=person).first()
    if found is None:
        missing = list(audience_of(collection) or []) if collection.anonymous else []
        add_invitations(collection, [person, *(one for one in missing if one != person)])
        found = collection.invitations.filter(person=person).first()
    return found
