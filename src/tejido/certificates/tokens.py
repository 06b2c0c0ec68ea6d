"""Addresses of certificates. A key follows from the secret key and a grain of its own; the database holds only its hash."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from tejido.foundation.links import token_for

SALT = "tejido.certificates.certificate"


def key_of(grain: str) -> str:
    """24 characters for an address, never to be guessed (144 bits)."""
    return token_for(SALT, grain)


def path_of(grain: str) -> str:
    return reverse("certificates:verify", args=[key_of(grain)])


def address_of(grain: str) -> str:
    """The absolute address under which anybody who holds the certificate can check it."""
    return f"{settings.TEJIDO_URL}{path_of(grain)}"
