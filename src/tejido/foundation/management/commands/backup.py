from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tejido.foundation import backups, serving
from tejido.foundation.commands import TejidoCommand


class Command(TejidoCommand):
    help = "write everything into one file, while people go on working"
    example = "tejido backup tejido-2026-11-22.zip"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where to write it; must not exist yet")

    def work(self, **options: Any) -> None:
        serving.require_tables()
        manifest = backups.back_up(options["file"], progress=self.progress)
        said = {
            "path": options["file"],
            "rows": sum(part.rows for part in manifest.tables.values()),
            "uploads": len(manifest.uploads),
            "megabytes": options["file"].stat().st_size / 1e6,
        }
        self.stdout.write(
            _("%(path)s: %(rows)d rows, %(uploads)d uploads, %(megabytes).1f MB.") % said
            + " "
            + _("It holds personal data: keep it where only you can read it.")
        )
