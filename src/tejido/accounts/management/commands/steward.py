from __future__ import annotations

import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tejido.accounts import services
from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal


class Command(TejidoCommand):
    help = "open an account that may found networks, or make one of an account that is there"
    example = "tejido steward rosa@example.org"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="where codes to sign in are sent")
        parser.add_argument(
            "--password", action="store_true", help="ask for a password too, for where no mail is sent yet"
        )

    def work(self, **options: Any) -> None:
        email: str = options["email"].strip()
        try:
            validate_email(email)
        except ValidationError as error:
            raise Refusal(
                "not_an_address",
                _("«%(email)s» is not an e-mail address. Check how it is written.") % {"email": email},
            ) from error
        user = services.open_account(email, steward=True)
        if options["password"]:
            services.choose_password(user, self._asked_password())
        self.stdout.write(
            _(
                "%(email)s may found networks. To sign in: the sign-in page, with a code by mail or a password."
            )
            % {"email": user.email}
        )

    def _asked_password(self) -> str:
        password = getpass.getpass(_("Password: "))
        try:
            validate_password(password)
        except ValidationError as error:
            raise Refusal("weak_password", " ".join(error.messages)) from error
        return password
