"""Deeds on accounts."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tejido.accounts.models import User

SYSTEM_EMAIL = "system@tejido.invalid"


def system_account() -> User:
    """The account under which the system itself acts: imports by command, planting, clean-up. Idempotent."""
    account, _ = User.objects.get_or_create(
        is_system=True, defaults={"email": SYSTEM_EMAIL, "is_active": False, "password": "!"}
    )
    return account


@transaction.atomic
def open_account(
    email: str, *, password: str | None = None, language: str = "", steward: bool = False
) -> User:
    """An account for `email`, made if it is not there; with `steward`, one that may found networks.

    The address counts as confirmed: whoever calls this knows the person. Idempotent.
    """
    from allauth.account.models import EmailAddress

    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, password, language=language)
    if steward and not user.is_superuser:
        user.is_superuser = True
        user.save(update_fields=["is_superuser"])
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


def choose_password(user: User, password: str) -> None:
    """Let this person sign in with `password` too. Whether it is a good one was asked before."""
    user.set_password(password)
    user.save(update_fields=["password"])


def choose_language(user: User, language: str) -> None:
    """Remember the language in which this person reads."""
    User.objects.filter(pk=user.pk).update(language=language)


def note_visit(user: User) -> None:
    """Remember when this person last opened the home page."""
    User.objects.filter(pk=user.pk).update(last_visit_at=timezone.now())
