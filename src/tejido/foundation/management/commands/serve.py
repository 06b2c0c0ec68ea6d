from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tejido.foundation import serving
from tejido.foundation.commands import TejidoCommand


class Command(TejidoCommand):
    help = "serve the pages, with a worker beside them"
    example = "tejido serve --port 8123"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="where it listens (default: %(default)s)")
        parser.add_argument(
            "--host", default="127.0.0.1", help="on which address; 0.0.0.0 for all (default: %(default)s)"
        )
        parser.add_argument(
            "--processes", type=int, help="server processes (default: as many as cores, 2 to 4)"
        )
        parser.add_argument(
            "--migrate", action="store_true", help="bring the data of an older version up to date first"
        )

    def work(self, **options: Any) -> None:
        self.say(_("Tejido keeps its data in %(path)s") % {"path": settings.DATA_DIR})
        sys.exit(
            serving.serve(
                options["port"],
                host=options["host"],
                processes=options["processes"],
                migrate=options["migrate"],
                say=self.say,
            )
        )

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
