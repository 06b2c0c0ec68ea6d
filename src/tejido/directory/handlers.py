"""What the directory does when somebody signs in."""

from __future__ import annotations

from typing import Any

from tejido.accounts.models import User
from tejido.directory.services import claim_person


def on_signed_in(sender: Any, user: User, **_more: Any) -> None:
    """Whoever signs in with an address that the directory knows finds their own page."""
    claim_person(actor=user)
