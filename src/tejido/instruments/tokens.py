"""Tokens of links. Pure, but for the installation's secret key.

A personal token follows from the secret key, so that a link can be shown again, while the database holds only its hash.
"""

from __future__ import annotations

import secrets

from django.conf import settings

from tejido.foundation.links import token_for, token_hash

__all__ = [
    "answer_address",
    "personal_token",
    "phone_address",
    "phone_salt",
    "phone_token",
    "shared_token",
    "token_hash",
]

SALT = "tejido.instruments.invitation"
PHONE_SALT = "tejido.instruments.phone"


def personal_token(collection_id: int, person_id: int, turn: int) -> str:
    """24 characters for an address; another turn gives another token."""
    return token_for(SALT, collection_id, person_id, turn)


def phone_salt() -> str:
    """What makes the token of one phone another than that of the next: 16 characters."""
    return secrets.token_urlsafe(12)


def phone_token(salt: str) -> str:
    """The token of the phone with this salt: 24 characters for an address."""
    return token_for(PHONE_SALT, salt)


def shared_token() -> str:
    """A new token for a link that is handed to many: 16 characters."""
    return secrets.token_urlsafe(12)


def answer_address(token: str) -> str:
    """The absolute address under which somebody with this token answers."""
    return f"{settings.TEJIDO_URL}/a/{token}/"


def phone_address(token: str) -> str:
    """The absolute address that a phone with this token calls its server."""
    return f"{settings.TEJIDO_URL}/collect/{token}"
