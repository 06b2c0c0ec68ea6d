"""Questions about accounts."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from tejido.accounts.models import User


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How somebody can sign in beside the code by e-mail, which always works."""

    password: bool
    passkeys: int


def ways_in(user: User) -> WaysIn:
    """One query."""
    passkeys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count()
    return WaysIn(user.has_usable_password(), passkeys)


def account_with_email(email: str) -> User | None:
    """The active account with this address, whatever its capitals. One query."""
    return User.objects.filter(email__iexact=email, is_active=True).first()
