"""What every command of `tejido` keeps: an example in --help, one sentence and a remedy on error."""

from __future__ import annotations

import argparse
import sys
from abc import abstractmethod
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tejido.foundation.errors import Refusal


class TejidoCommand(BaseCommand):
    """A command whose refusals are one sentence on stderr and exit code 2, without a traceback.

    Subclasses set `help` (one sentence), `example` (a line to copy) and write `work(**options)`.
    """

    example: ClassVar[str] = ""
    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            "tejido",
            subcommand,
            epilog=f"example:\n  {self.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            **kwargs,
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.work(**options)
        except Refusal as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal

    @abstractmethod
    def work(self, **options: Any) -> None:
        """Do it. A Refusal raised here becomes the one sentence that is shown."""

    def progress(self, done: int, total: int, what: str) -> None:
        """One line that is written over itself on a terminal, and now and then elsewhere."""
        line = f"[{done}/{total}] {what}"
        if sys.stderr.isatty():
            self.stderr.write(f"\r{line:<78}", ending="" if done < total else "\n")
        elif done == total or done % max(1, total // 10) == 0:
            self.stderr.write(line)
        self.stderr.flush()
