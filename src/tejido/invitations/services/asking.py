"""Asking for answers: whom it is written to, how many places there are, when people are reminded."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.links import token_hash
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import invited_to
from tejido.invitations.events import AskingChanged, PeopleAsked
from tejido.invitations.models import Asking, Door, Reply
from tejido.invitations.services.letters import INVITATION, write_about
from tejido.invitations.services.lining_up import fill_places, locked
from tejido.invitations.tokens import door_address, door_token
from tejido.invitations.values import Place


def open_doors(gathering: Gathering, person_ids: Iterable[int]) -> dict[int, Door]:
    """Person id -> their link, made where there is none. For services. Two or three queries."""
    wanted = set(person_ids)
    rows = Door.objects.filter(gathering=gathering, person_id__in=wanted)
    known = set(rows.values_list("person_id", flat=True))
    grains = {pk: secrets.token_hex(16) for pk in sorted(wanted - known)}
    made = (
        Door(gathering=gathering, person_id=pk, grain=grain, token_hash=token_hash(door_token(grain)))
        for pk, grain in grains.items()
    )
    Door.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)
    return {door.person_id: door for door in rows.all()}


def must_be_coming(gathering: Gathering) -> None:
    """Raises Refusal("begun") where it has begun, ("cancelled") where it was called off."""
    if gathering.state == Gathering.State.CANCELLED:
        raise Refusal("cancelled", _("This gathering was called off, so nobody needs to answer."))
    if gathering.starts_at <= timezone.now():
        raise Refusal("begun", _("It has begun, so answers are not changed any more."))


@transaction.atomic
def ask_for_answers(gathering: Gathering, *, actor: User) -> tuple[int, int]:
    """Write the invitation with their own link to everybody who is invited and was not written to yet.

    Done again it writes only to those who came to the list since. Who cannot be written to has a link all the same, to hand on.
    Returns (written to, without an address). Raises: NotAllowed; Refusal("begun", "cancelled"). Announces PeopleAsked.
    """
    gathering, asking = locked(gathering)
    require(actor, "invitations.look_after", gathering)
    must_be_coming(gathering)
    if not Door.objects.filter(gathering=gathering).exclude(written_at=None).exists():
        _told_as_it_is(asking, gathering)
    answered = Reply.objects.filter(gathering=gathering).values_list("person_id", flat=True)
    doors = open_doors(gathering, invited_to(gathering).values_list("pk", flat=True))
    already = set(answered)
    new = [door.person_id for door in doors.values() if not door.written_at and door.person_id not in already]
    count = write_about(gathering, INVITATION, new, actor=actor)
    Door.objects.filter(gathering=gathering, person_id__in=new).update(written_at=timezone.now())
    if new:
        announce(PeopleAsked(gathering.community_id, gathering.pk, len(new)), actor=actor)
    return count, len(new) - count


def _told_as_it_is(asking: Asking, gathering: Gathering) -> None:
    """Nobody knows of any earlier time or place, so nobody is told that it changed."""
    asking.told_sequence, asking.told_cancelled = gathering.sequence, False
    asking.save(update_fields=["told_sequence", "told_cancelled"])


@transaction.atomic
def set_asking(gathering: Gathering, *, places: int | None, remind_days: int, actor: User) -> Asking:
    """How many places there are on site (None: for everybody) and how many days before people are reminded (0: not at all).

    More places go to those who wait, in order; fewer take no place away that was given.
    Raises: NotAllowed; ValidationError. Announces AskingChanged where anything differs.
    """
    gathering, asking = locked(gathering)
    require(actor, "invitations.look_after", gathering)
    if (asking.places, asking.remind_days) == (places, remind_days):
        return asking
    asking.places, asking.remind_days = places, remind_days
    asking.full_clean()
    asking.save(update_fields=["places", "remind_days"])
    fill_places(gathering, asking, actor=actor)
    announce(AskingChanged(gathering.community_id, gathering.pk), actor=actor)
    return asking


@transaction.atomic
def share_link(place: Place, *, actor: User) -> str:
    """Somebody's own link, made where there is none, for the team to hand on. Raises: NotAllowed."""
    require(actor, "invitations.look_after", place.gathering)
    require(actor, "invitations.answer", place)
    return door_address(open_doors(place.gathering, [place.person.pk])[place.person.pk].grain)
