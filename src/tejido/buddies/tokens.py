"""Tokens of links of one's own. A token follows from the installation's secret key; the database holds only its hash."""

from __future__ import annotations

from django.conf import settings

from tejido.foundation.links import token_for


def skills_token(person_id: int, turn: int) -> str:
    """Under which somebody says what they can share; another turn gives another token."""
    return token_for("tejido.buddies.skills", person_id, turn)


def buddy_token(pair_id: int, person_id: int) -> str:
    """Under which one of a pair answers, and says later that they talked."""
    return token_for("tejido.buddies.pair", pair_id, person_id)


def skills_address(token: str) -> str:
    return f"{settings.TEJIDO_URL}/s/{token}/"


def buddy_address(token: str) -> str:
    return f"{settings.TEJIDO_URL}/b/{token}/"
