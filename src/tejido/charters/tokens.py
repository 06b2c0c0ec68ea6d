"""Tokens of the links under which people accept a charter. The database holds only their hash."""

from __future__ import annotations

from django.conf import settings

from tejido.foundation.links import token_for

SALT = "tejido.charters.acceptance"


def acceptance_token(version_id: int, person_id: int) -> str:
    """24 characters for an address."""
    return token_for(SALT, version_id, person_id)


def acceptance_address(token: str) -> str:
    """The absolute address under which somebody with this token reads and accepts."""
    return f"{settings.TEJIDO_URL}/ch/{token}/"
