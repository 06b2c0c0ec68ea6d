"""`tejido steward`: the first account of an installation, which may found networks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tejido.accounts.services import system_account
from tejido.communities.services import appoint_steward
from tejido.foundation.commands import TejidoCommand


class Command(TejidoCommand):
    help = "Open the account of a steward of this installation, who may found networks. Can be run again."
    example = 'tejido steward rosa@example.org --name "Rosa Díaz Soto" --language es'

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the e-mail with which the steward signs in")
        parser.add_argument("--name", default="", help="given names and family names")
        parser.add_argument(
            "--language", default="", choices=["", *dict(settings.LANGUAGES)], help="in which they read"
        )

    def work(self, **options: Any) -> None:
        person = appoint_steward(
            options["email"], name=options["name"], language=options["language"], actor=system_account()
        )
        line = _("%(person)s may found networks now, and signs in with %(email)s at %(address)s")
        words = {
            "person": person.name,
            "email": person.user.email if person.user else "",
            "address": f"{settings.TEJIDO_URL}/accounts/login/",
        }
        self.stdout.write(line % words)
