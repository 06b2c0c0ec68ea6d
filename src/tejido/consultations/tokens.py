"""Tokens of voters' links. A token follows from the installation's secret key; the database holds only its hash."""

from __future__ import annotations

from django.conf import settings

from tejido.foundation.links import token_for

SALT = "tejido.consultations.voter"


def voter_token(consultation_id: int, person_id: int, turn: int) -> str:
    """24 characters for an address; another turn gives another token."""
    return token_for(SALT, consultation_id, person_id, turn)


def vote_address(token: str) -> str:
    """The absolute address under which somebody with this token votes."""
    return f"{settings.TEJIDO_URL}/v/{token}/"
