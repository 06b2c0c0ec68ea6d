from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.utils.translation import gettext as _

from tejido.accounts.services import system_account
from tejido.demo import avanzando_juntas, freshness, national
from tejido.demo.links import links
from tejido.directory.models import Person
from tejido.foundation.commands import TejidoCommand
from tejido.foundation.errors import Refusal
from tejido.foundation.serving import serve
from tejido.insights.services import recompute_owed

SIZES = {"avanzando-juntas": [avanzando_juntas], "national": [avanzando_juntas, national]}


class Command(TejidoCommand):
    help = "Plant the demonstration in a data folder of its own (var/demo), and serve it with --serve. All its people are invented."
    example = "tejido demo --serve --port 8123"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--size", choices=sorted(SIZES), default="avanzando-juntas", help="national adds 2 000 teachers"
        )
        parser.add_argument("--serve", action="store_true", help="start the server afterwards")
        parser.add_argument("--port", type=int, default=8000, help="where to serve (default 8000)")
        parser.add_argument(
            "--links", action="store_true", help="print links into the demonstration as JSON, nothing else"
        )

    def work(self, **options: Any) -> None:
        if freshness.forget_what_another_version_planted():
            self.stderr.write(_("Another version planted this demonstration; it is planted anew."))
        if not freshness.is_current():  # migrating looks at everything there is, which takes its time
            call_command("migrate", verbosity=0)
        if Person.every.filter(is_invented=False).exists():
            raise Refusal(
                "real_people_here",
                _(
                    "There are real people in this database, so nothing was planted. Name another data folder in TEJIDO_DATA."
                ),
            )
        if not avanzando_juntas.planted():
            call_command("seed-reference", verbosity=0, stdout=self.stderr)
            call_command("seed-activities", verbosity=0, stdout=self.stderr)
        for network in SIZES[options["size"]]:
            if network.planted() is None:
                self.stderr.write(_("Planting %(name)s …") % {"name": network.NAME})
                network.plant(lambda step: self.stderr.write(f"  {step}"))
                call_command("work", once=True, quiet=True)
                recompute_owed(actor=system_account())
        freshness.remember()
        named = links(f"http://127.0.0.1:{options['port']}")
        if options["links"]:
            self.stdout.write(json.dumps(named, indent=2))
            return
        if options["serve"]:
            raise SystemExit(serve(options["port"], open_words=self.words(named)))
        self.stdout.write(self.words(named))

    def words(self, named: dict[str, str]) -> str:
        """What to open, for whoever just typed the command."""
        return "\n".join(
            [
                _("The demonstration is ready. Open %(url)s and enter as Rosa, who coordinates the network.")
                % {"url": named["home"]},
                _("Everybody in it is invented. Other pages: tejido demo --links"),
            ]
        )
