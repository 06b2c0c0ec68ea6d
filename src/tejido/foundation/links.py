"""Tokens for links of people's own: they follow from the installation's secret key, so that a link can be shown again,
while the database holds only their hash."""

from __future__ import annotations

import base64
import hashlib

from django.utils.crypto import salted_hmac


def token_for(salt: str, *parts: int | str) -> str:
    """24 characters for an address, from the secret key, `salt` (one per kind of link) and what says whose it is.

    Another part gives another token; another secret key too.
    """
    digest = salted_hmac(salt, ":".join(map(str, parts)), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:18]).decode()


def token_hash(token: str) -> str:
    """What the database holds of a token.

    >>> token_hash("a")[:8]
    'ca978112'
    """
    return hashlib.sha256(token.encode()).hexdigest()
