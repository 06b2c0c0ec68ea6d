from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

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
        rows = sum(part.rows for part in manifest.tables.values())
        size = options["file"].stat().st_size / 1e6
        self.stdout.write(
            f"{options['file']}: {rows} rows of {len(manifest.tables)} tables, {len(manifest.uploads)} uploads, "
            f"{size:.1f} MB. It holds personal data: keep it where only you can read it."
        )
