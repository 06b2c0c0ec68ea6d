"""Tokens of personal links. A token follows from the secret key and a grain of its own; the database holds only its hash."""

from __future__ import annotations

from django.conf import settings

from tejido.foundation.links import token_for

SALT = "tejido.invitations.door"


def door_token(grain: str) -> str:
    """24 characters for an address."""
    return token_for(SALT, grain)


def door_address(grain: str) -> str:
    """The absolute address under which somebody answers."""
    return f"{settings.TEJIDO_URL}/i/{door_token(grain)}/"
