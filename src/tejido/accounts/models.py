from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now


class UserManager(BaseUserManager["User"]):
    """What django.contrib.auth and allauth ask of the manager of a custom account."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account: somebody who can sign in. Who they are in the network is directory.Person.

    `is_superuser` marks the stewards of the installation: they may found networks. It opens no
    community by itself; that takes a membership.
    """

    email = models.EmailField(unique=True)
    language = models.CharField(
        max_length=10, blank=True, choices=settings.LANGUAGES
    )  # "": as the browser asks
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)  # the actor of what nobody did
    date_joined = models.DateTimeField(db_default=Now())
    last_visit_at = models.DateTimeField(
        null=True, blank=True
    )  # of the home page, for "since your last visit"

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
            models.UniqueConstraint(
                fields=["is_system"], condition=Q(is_system=True), name="one_system_account"
            ),
        ]

    def __str__(self) -> str:
        return self.email
