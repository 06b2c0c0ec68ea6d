"""Tokens of links. Pure, but for the installation's secret key.

A personal token follows from the secret key, so that a link can be shown again, while the database holds only its hash.
"""

from __future__ import annotations

import base64
import hashlib
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "tejido.instruments.invitation"


def personal_token(collection_id: int, person_id: int, turn: int) -> str:
    """24 characters for an address; another turn gives another token."""
    digest = salted_hmac(SALT, f"{collection_id}:{person_id}:{turn}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:18]).decode()


def token_hash(token: str) -> str:
    """What the database holds of a token.

    >>> token_hash("a")[:8]
    'ca978112'
    """
    return hashlib.sha256(token.encode()).hexdigest()


def shared_token() -> str:
    """A new token for a link that is handed to many: 16 characters."""
    return secrets.token_urlsafe(12)


def answer_address(token: str) -> str:
    """The absolute address under which somebody with this token answers."""
    return f"{settings.TEJIDO_URL}/a/{token}/"
