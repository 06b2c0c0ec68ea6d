"""`tejido collect-settings`: a phone's settings for ODK Collect, where nobody is at a page."""  # noqa: N999 - the command's own name

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tejido.accounts.services import system_account
from tejido.communities.models import Community
from tejido.directory.models import ContactPoint, Person
from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal
from tejido.instruments.selectors import offered_to, settings_of
from tejido.instruments.services import connect_phone
from tejido.web.sharing import qr_on_terminal, qr_picture
from tejido_forms.openrosa import settings_code

PICTURES = {".svg", ".png", ".pdf"}


class Command(TejidoCommand):
    help = "make a code with which somebody's phone fills in forms by ODK Collect or KoboCollect"
    example = 'tejido collect-settings "Red Tejer" --person ana@example.org --picture ana.svg'

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("community", help="its name, or its number as pages have it in their address")
        parser.add_argument(
            "--person", required=True, help="e-mail of a member, of the account or written down"
        )
        parser.add_argument(
            "--name", default="ODK Collect", help="what the phone is called (default: %(default)s)"
        )
        parser.add_argument(
            "--picture", type=Path, help="write the QR code to this file too: .svg, .png or .pdf"
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help="print the settings as JSON, as Collect reads them, and nothing else",
        )

    def work(self, **options: Any) -> None:
        picture = options["picture"]
        if picture and picture.suffix.lower() not in PICTURES:
            raise Refusal("unknown_picture", _("The picture can end in .svg, .png or .pdf."))
        community = community_named(options["community"])
        person = person_with(options["person"].strip().lower())
        phone = connect_phone(person, community, options["name"], actor=system_account())
        told = settings_of(phone)
        if not offered_to(phone):
            self.stderr.write(_("No form waits for %(person)s there now.") % {"person": person.name})
        code = settings_code(told)
        if picture:
            qr_picture(code, picture)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        qr_on_terminal(code, sys.stdout)
        words = {"person": person.name, "community": community.name, "address": told["general"]["server_url"]}
        self.stdout.write(
            _(
                "Scan this with ODK Collect or KoboCollect on the phone of %(person)s: it answers in their name in "
                "%(community)s. Without a camera, type this address, with no user name and no password:\n%(address)s"
            )
            % words
        )


def community_named(words: str) -> Community:
    """Raises Refusal("unknown_community"), ("several_communities")."""
    by_name = Community.objects.filter(name__iexact=words.strip())
    found = list((Community.objects.filter(pk=int(words)) if words.isdecimal() else by_name)[:2])
    if not found:
        raise Refusal("unknown_community", _("There is no community «%(name)s».") % {"name": words})
    if len(found) > 1:
        raise Refusal(
            "several_communities",
            _(
                "Several communities are called «%(name)s». Give the number that its pages have in their address."
            )
            % {"name": words},
        )
    return found[0]


def person_with(email: str) -> Person:
    """Raises Refusal("unknown_person"), ("several_people")."""
    written = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, value=email).values("person_id")
    found: list[Person] = list(Person.objects.filter(user__email__iexact=email)[:1])
    found = found or list(Person.objects.filter(pk__in=written)[:2])
    if not found:
        raise Refusal(
            "unknown_person", _("Nobody in the directory has the address %(email)s.") % {"email": email}
        )
    if len(found) > 1:
        raise Refusal(
            "several_people",
            _("Several people have the address %(email)s. Join the two entries first.") % {"email": email},
        )
    return found[0]
