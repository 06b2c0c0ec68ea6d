from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

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
        rows = sum(part.rows for part in manifest.tables.values())
        held = f"{rows} rows of {len(manifest.tables)} tables and {len(manifest.uploads)} uploads"
        if options["check"]:
            self.stdout.write(f"Whole: {held}, made {manifest.made_at} by Tejido {manifest.tejido}.")
        else:
            self.stdout.write(f"Restored {held} into {settings.DATA_DIR}. Start it with: tejido serve")
