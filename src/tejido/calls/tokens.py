"""Addresses of calls and of applications. An applicant's token follows from the installation's secret key."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings

from tejido.foundation.links import token_for

SALT = "tejido.calls.application"


def call_token() -> str:
    """A new token for the public address of a call: 16 characters."""
    return secrets.token_urlsafe(12)


def application_token(key: UUID) -> str:
    """24 characters for the address of an application with this key."""
    return token_for(SALT, key.hex)


def call_address(token: str) -> str:
    """The absolute address of the public page of a call."""
    return f"{settings.TEJIDO_URL}/calls/{token}/"


def application_address(token: str) -> str:
    """The absolute address at which an applicant sees what becomes of her application."""
    return f"{settings.TEJIDO_URL}/applications/{token}/"
