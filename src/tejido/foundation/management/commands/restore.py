from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tejido.foundation import backups
from tejido.foundation.commands import TejidoCommand


class Command(TejidoCommand):
    help = "fill an empty installation from a backup: all of it or nothing"
    example = "TEJIDO_DATA=/srv/tejido-new tejido restore tejido-2026-11-22.zip"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what «tejido backup» wrote")
        parser.add_argument("--check", action="store_true", help="only read it and say whether it is whole")

    def work(self, **options: Any) -> None:
        deed = backups.check_archive if options["check"] else backups.restore
        manifest = deed(options["file"], progress=self.progress)
        said = {
            "rows": sum(part.rows for part in manifest.tables.values()),
            "uploads": len(manifest.uploads),
            "when": manifest.made_at[:16].replace("T", " "),
            "version": manifest.tejido,
            "path": settings.DATA_DIR,
        }
        if options["check"]:
            whole = _(
                "Whole: %(rows)d rows and %(uploads)d uploads, made %(when)s UTC by Tejido %(version)s."
            )
            self.stdout.write(whole % said)
        else:
            done = _("Restored %(rows)d rows and %(uploads)d uploads into %(path)s. Start it: tejido serve")
            self.stdout.write(done % said)
