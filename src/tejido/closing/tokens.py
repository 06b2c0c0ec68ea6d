"""Tokens of personal links. A token follows from the secret key and a grain of its own; the database holds only its hash."""

from __future__ import annotations

from django.conf import settings

from tejido.foundation.links import token_for

DOOR, KEY = "tejido.closing.door", "tejido.closing.key"


def door_token(grain: str) -> str:
    """24 characters for the address of what a gathering did and agreed."""
    return token_for(DOOR, grain)


def door_address(grain: str) -> str:
    """The absolute address under which somebody reads what a gathering did and agreed."""
    return f"{settings.TEJIDO_URL}/w/{door_token(grain)}/"


def key_token(grain: str) -> str:
    """24 characters for the address of one commitment."""
    return token_for(KEY, grain)


def key_address(grain: str) -> str:
    """The absolute address under which somebody says that a commitment is done."""
    return f"{settings.TEJIDO_URL}/k/{key_token(grain)}/"
