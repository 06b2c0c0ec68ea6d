"""Addresses of a room and its wall, and the keys by which two answers of the same person are told to be of the same."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from tejido.foundation.links import token_for

WALL, OWN, WHOSE = "tejido.during.wall", "tejido.during.own", "tejido.during.whose"
LETTERS = "bcdfghjkmnpqrstvwxz23456789"  # nothing that is read as something else, no vowel that makes a word
LENGTH = 6


def new_code() -> str:
    """A code for the address of a room, short enough to be typed off the wall."""
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


def room_address(code: str) -> str:
    """The absolute address of a room: what the QR on the wall holds."""
    return f"{settings.TEJIDO_URL}{reverse('during:room', args=[code])}"


def typed_address(code: str) -> str:
    """The same as people type it: without scheme and last slash."""
    return room_address(code).partition("://")[2].removesuffix("/")


def wall_token(grain: str) -> str:
    """24 characters for the address of the wall."""
    return token_for(WALL, grain)


def wall_address(grain: str) -> str:
    """The absolute address under which the wall is shown without an account."""
    return f"{settings.TEJIDO_URL}{reverse('during:wall_by_link', args=[wall_token(grain)])}"


def own_path(code: str, gathering_id: int, person_id: int) -> str:
    """Where somebody with a link of their own takes part: one person, whatever the phone."""
    return reverse("during:own", args=[code, person_id, token_for(OWN, gathering_id, person_id)])


def is_own(token: str, gathering_id: int, person_id: int) -> bool:
    """Whether this is that person's token at that gathering."""
    return constant_time_compare(token, token_for(OWN, gathering_id, person_id))


def whose(gathering_id: int, kind: str, key: int | str) -> str:
    """One person or phone in what comes from the room of one gathering. kind: person, phone."""
    return token_for(WHOSE, gathering_id, kind, key)


def voice_of(poll_id: int, one: str) -> str:
    """The same for one quick question: two questions do not say that the same one answered both. one: of `whose`."""
    return token_for(WHOSE, "poll", poll_id, one)
