"""Where a certificate is checked, and what stands beside it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def path_of(key: str) -> str:
    return reverse("certificates:verify", args=[key])


def address_of(key: str) -> str:
    """The absolute address under which anybody who holds the certificate can check it."""
    return f"{settings.TEJIDO_URL}{path_of(key)}"
