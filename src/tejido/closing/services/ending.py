"""The act itself: closing a gathering and telling its members; opening it again and saying why."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.closing.events import GatheringClosed, GatheringReopened
from tejido.closing.models import Closing, Commitment, Door, Key, Reopening
from tejido.closing.selectors import readers_among
from tejido.closing.services.holding import held, held_open, written
from tejido.closing.services.letters import kinds_for, write_of_closing
from tejido.closing.tokens import door_token, key_token
from tejido.closing.values import Told
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.links import token_hash
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import sheet
from tejido.gatherings.services import seal, unseal


@transaction.atomic
def close_gathering(gathering: Gathering, *, tell: bool, actor: User) -> Told:
    """The closing act: nothing changes any more, and everybody who was there or invited gets it in one message.

    tell: whether to write it. Attendance has to be closed; all else may be missing. One that is closed stays as it is.
    Raises: NotAllowed; Refusal("cancelled", "attendance_open"). Announces GatheringClosed.
    """
    found = held(gathering, actor)
    if found.sealed_at is not None:
        return Told(0, 0)
    found = held_open(found, actor)
    closing = written(found)
    seal(found, actor=actor)
    again = closing.times > 0
    closing.times, closing.closed_by = closing.times + 1, actor
    told = _tell(found, closing, actor) if tell else Told(0, 0)
    closing.save(update_fields=["times", "closed_by", "told_at"])
    announce(GatheringClosed(found.community_id, found.pk, told.written, again), actor=actor)
    return told


def _tell(gathering: Gathering, closing: Closing, actor: User) -> Told:
    readers = readers_among(sheet(gathering, schools=False))
    everybody = [*readers.attended, *readers.missed]
    open_doors(gathering, everybody)
    count = 0
    for kind, people in zip(kinds_for(closing), (readers.attended, readers.missed), strict=True):
        count += write_of_closing(gathering, kind, people, actor=actor)
    closing.told_at = timezone.now()
    return Told(count, len(everybody) - count)


@transaction.atomic
def reopen_gathering(gathering: Gathering, reason: str, *, actor: User) -> Gathering:
    """What was closed can be changed again. The reason is kept and stands in the history. One that is open stays as it is.

    Attendance stays closed until it is opened by itself. Raises: NotAllowed; Refusal("no_reason"). Announces GatheringReopened.
    """
    found = held(gathering, actor)
    if found.sealed_at is None:
        return found
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Refusal("no_reason", _("Say in a few words why it is opened again. It stands in the history."))
    row = Reopening.objects.create(gathering=found, reason=reason, by=actor)
    found = unseal(found, actor=actor)
    announce(GatheringReopened(found.community_id, found.pk, row.pk), actor=actor)
    return found


def open_doors(gathering: Gathering, person_ids: Iterable[int]) -> dict[int, Door]:
    """Person id -> their link to what was done and agreed, made where there is none. For services. Two or three queries."""
    wanted, rows = set(person_ids), Door.objects.filter(gathering=gathering)
    known = set(rows.filter(person_id__in=wanted).values_list("person_id", flat=True))
    made = [(pk, secrets.token_hex(16)) for pk in sorted(wanted - known)]
    Door.objects.bulk_create(
        (
            Door(gathering=gathering, person_id=pk, grain=grain, token_hash=token_hash(door_token(grain)))
            for pk, grain in made
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    return {door.person_id: door for door in rows.filter(person_id__in=wanted)}


@transaction.atomic
def links_to_hand_on(gathering: Gathering, person_ids: Iterable[int], *, actor: User) -> dict[int, Door]:
    """Links of people who cannot be written to, for the team to hand on. Raises: NotAllowed; Refusal("not_closed")."""
    found = held(gathering, actor)
    if found.sealed_at is None:
        raise Refusal("not_closed", _("Close the gathering first; then there is something to read."))
    return open_doors(found, person_ids)


def give_keys(commitment: Commitment, person_ids: Iterable[int]) -> None:
    """A link to say that it is done, for each who has none. For services. Two queries."""
    wanted = set(person_ids)
    known = set(
        Key.objects.filter(commitment=commitment, person_id__in=wanted).values_list("person_id", flat=True)
    )
    made = [(pk, secrets.token_hex(16)) for pk in sorted(wanted - known)]
    Key.objects.bulk_create(
        (
            Key(commitment=commitment, person_id=pk, grain=grain, token_hash=token_hash(key_token(grain)))
            for pk, grain in made
        ),
        ignore_conflicts=True,
    )
