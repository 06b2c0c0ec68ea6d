"""What allauth asks of this house: its sentences in plain words, and passkeys as a way in, not as a second lock."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext, gettext_lazy

from tejido.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy(
            "This account is closed. Write to the coordination of your network."
        ),
        "email_password_mismatch": gettext_lazy(
            "That e-mail and that password do not go together. A code by e-mail works without a password."
        ),
        "email_taken": gettext_lazy(
            "There is an account with this e-mail already. Sign in with a code instead."
        ),
        "enter_current_password": gettext_lazy("That is not the password you have now."),
        "incorrect_code": gettext_lazy("That is not the code that was sent. Look at the newest message."),
        "incorrect_password": gettext_lazy("That is not your password."),
        "invalid_or_expired_key": gettext_lazy("This link is too old or was used before. Ask for a new one."),
        "rate_limited": gettext_lazy("That was a little too quick. Wait a minute, then try again."),
        "too_many_login_attempts": gettext_lazy(
            "That was tried too often in a short time. Wait five minutes, then try again."
        ),
        "unverified_primary_email": gettext_lazy(
            "Confirm your e-mail first, with the code that was sent to it."
        ),
        "same_as_current": gettext_lazy("That is the e-mail you have now."),
    }


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This passkey was not recognised. Try again, or sign in with a code."),
        "unverified_email": gettext_lazy("Confirm your e-mail first, with the code that was sent to it."),
    }

    def is_mfa_enabled(self, user: User, types: list[str] | None = None) -> bool:
        """Whether something besides the first way in is asked for: never.

        A passkey on one phone must not lock its owner out of another. Asked for passkeys alone (to confirm a
        delicate change with one), the answer is whether there are any.
        """
        if types is None or Authenticator.Type.TOTP in types:
            return False
        return bool(super().is_mfa_enabled(user, types=types))

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 - allauth's signature
        return gettext("This phone or computer")
