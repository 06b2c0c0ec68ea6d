"""The room itself: its address, its wall, what is taken there."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.during.events import CodeRenewed, RoomSet, WallClosed, WallOpened
from tejido.during.models import Poll, Room
from tejido.during.services.holding import free_code, held_open, room_in
from tejido.during.tokens import wall_token
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.links import token_hash
from tejido.gatherings.models import Gathering

SETTABLE = {"hears", "moderated", "nameless"}


@transaction.atomic
def keep_room(gathering: Gathering, *, actor: User) -> Room:
    """The room with its address, made where there is none. Raises: NotAllowed; Refusal("sealed", "cancelled").

    Announces nothing: an address that nobody knows yet changes nothing.
    """
    return room_in(held_open(gathering, actor))


@transaction.atomic
def set_room(gathering: Gathering, *, actor: User, **wanted: bool) -> Room:
    """Whether questions are taken (`hears`), looked at before they are shown (`moderated`), may go without a name (`nameless`).

    Where they are not looked at any more, those that wait stay with the team: they were asked under the other rule.
    Raises: NotAllowed; Refusal("sealed", "cancelled"). Announces RoomSet where anything changed.
    """
    gathering = held_open(gathering, actor)
    room = room_in(gathering)
    changed = {
        name: value for name, value in wanted.items() if name in SETTABLE and getattr(room, name) != value
    }
    if not changed:
        return room
    for name, value in changed.items():
        setattr(room, name, value)
    room.save(update_fields=sorted(changed))
    announce(RoomSet(gathering.community_id, gathering.pk), actor=actor)
    return room


@transaction.atomic
def open_wall(gathering: Gathering, *, actor: User) -> Room:
    """Give the wall a link that needs no account, for the computer of a host; one that it had opens nothing any more.

    Raises: NotAllowed; Refusal("sealed", "cancelled"). Announces WallOpened.
    """
    gathering = held_open(gathering, actor)
    room = room_in(gathering)
    room.grain = secrets.token_hex(16)
    room.wall_hash = token_hash(wall_token(room.grain))
    room.save(update_fields=["grain", "wall_hash"])
    announce(WallOpened(gathering.community_id, gathering.pk), actor=actor)
    return room


@transaction.atomic
def close_wall(gathering: Gathering, *, actor: User) -> None:
    """No link opens the wall any more. Raises: NotAllowed; Refusal("sealed", "cancelled"). Announces WallClosed."""
    gathering = held_open(gathering, actor)
    rows = Room.objects.filter(gathering=gathering, wall_hash__isnull=False)
    if rows.update(wall_hash=None):
        announce(WallClosed(gathering.community_id, gathering.pk), actor=actor)


@transaction.atomic
def renew_code(gathering: Gathering, *, actor: User) -> Room:
    """Another address for the room, where the one before is used by people who are not there.

    Raises: NotAllowed; Refusal("sealed", "cancelled"). Announces CodeRenewed.
    """
    gathering = held_open(gathering, actor)
    room = room_in(gathering)
    room.code = free_code()
    room.save(update_fields=["code"])
    announce(CodeRenewed(gathering.community_id, gathering.pk), actor=actor)
    return room


@transaction.atomic
def show(gathering: Gathering, shows: str, poll_id: int | None = None, *, actor: User) -> Room:
    """Put something on the wall. poll_id: which quick question, with `poll`.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "nothing_to_show"). Announces nothing: what the wall shows passes.
    """
    gathering = held_open(gathering, actor)
    room = room_in(gathering)
    poll = Poll.objects.filter(gathering=gathering, pk=poll_id).first() if poll_id else None
    if shows not in Room.Shows.values or (shows == Room.Shows.POLL and poll is None):
        raise Refusal("nothing_to_show", _("This is not there any more. Choose what the wall shows."))
    room.shows, room.poll = shows, poll if shows == Room.Shows.POLL else None
    room.save(update_fields=["shows", "poll"])
    return room
