"""`tejido steward`: the first account of an installation, which may found networks."""

from __future__ import annotations

import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tejido.accounts.services import choose_password, system_account
from tejido.communities.services import appoint_steward
from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal


class Command(TejidoCommand):
    help = "open an account that may found networks, or make one of an account that is there"
    example = 'tejido steward rosa@example.org --name "Rosa Díaz Soto" --language es'

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="where codes to sign in are sent")
        parser.add_argument("--name", default="", help="given names and family names")
        parser.add_argument(
            "--language", default="", choices=["", *dict(settings.LANGUAGES)], help="in which they read"
        )
        parser.add_argument(
            "--password", action="store_true", help="ask for a password too, for where no mail is sent yet"
        )

    def work(self, **options: Any) -> None:
        person = appoint_steward(
            options["email"], name=options["name"], language=options["language"], actor=system_account()
        )
        user = person.user
        assert user is not None  # appoint_steward linked it
        if options["password"]:
            choose_password(user, self._asked_password())
        line = _(
            "%(person)s (%(email)s) may found networks. "
            "To sign in: the sign-in page, with a code by mail or a password."
        )
        self.stdout.write(line % {"person": person.name, "email": user.email})

    def _asked_password(self) -> str:
        password = getpass.getpass(_("Password: "))
        try:
            validate_password(password)
        except ValidationError as error:
            raise Refusal("weak_password", " ".join(error.messages)) from error
        return password
