"""Tokens of heads' links. A token follows from the secret key and a grain of its own; the database holds only its hash."""

from __future__ import annotations

from django.conf import settings

from tejido.foundation.links import token_for

SALT = "tejido.school_leaders.head"


def head_token(grain: str) -> str:
    """24 characters for an address."""
    return token_for(SALT, grain)


def head_address(grain: str) -> str:
    """The absolute address under which a head answers."""
    return f"{settings.TEJIDO_URL}/h/{head_token(grain)}/"
