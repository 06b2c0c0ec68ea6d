"""The room of a gathering and the addresses that lead to it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from tejido.during.models import Poll, Room
from tejido.foundation.links import token_hash
from tejido.gatherings.models import Gathering

JOINED = ("gathering__community__parent", "poll")


def room_of(gathering: Gathering) -> Room | None:
    """The room, where there is one. One query."""
    return Room.objects.filter(gathering=gathering).select_related("poll").first()


def room_by_code(code: str) -> Room | None:
    """The room at this address, as people type it. One query."""
    return Room.objects.filter(code=code.lower()).select_related(*JOINED).first()


def room_by_wall(token: str) -> Room | None:
    """The room whose wall this link shows, until its gathering is closed or cancelled. One query."""
    rows = Room.objects.filter(wall_hash=token_hash(token), gathering__sealed_at=None)
    return rows.exclude(gathering__state=Gathering.State.CANCELLED).select_related(*JOINED).first()


def is_open(gathering: Gathering) -> bool:
    """Whether anything may still be asked and answered. No query."""
    return gathering.sealed_at is None and gathering.state != Gathering.State.CANCELLED


def is_asking(of: str = "pk") -> Exists:
    """Whether something is asked now: a condition on Gathering, or on what has one (`of`). No query by itself."""
    polls = Poll.objects.filter(gathering_id=OuterRef("gathering_id"), closed_at=None)
    rooms = Room.objects.filter(gathering_id=OuterRef(of), gathering__sealed_at=None)
    rooms = rooms.exclude(gathering__state=Gathering.State.CANCELLED)
    return Exists(rooms.filter(Q(hears=True) | Q(Exists(polls))))
