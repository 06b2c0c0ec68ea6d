"""What every command of `tejido` keeps: an example in --help, one sentence and a remedy on error.

Exit codes: 0 done, 2 refused or failed (always with a sentence on stderr), 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from abc import abstractmethod
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, OperationalError, ProgrammingError, connections
from django.utils import translation
from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal

FAILED, INTERRUPTED = 2, 130


class _Parser(CommandParser):
    """An argument that cannot be understood is one sentence, not a page of usage."""

    def error(self, message: str) -> NoReturn:
        if not self.called_from_command_line:
            raise CommandError(message, returncode=FAILED)
        self.exit(FAILED, f"{self.prog}: {message}. See: {self.prog} --help\n")


class TejidoCommand(BaseCommand):
    """A command whose refusals are one sentence on stderr and exit code 2, without a traceback.

    Subclasses set `help` (one sentence), `example` (a line to copy) and write `work(**options)`.
    What nobody foresaw is one sentence too, with the place where its details were written;
    `--traceback` shows them at once.
    """

    example: ClassVar[str] = ""
    requires_system_checks = []
    suppressed_base_arguments = {
        "--version",
        "--settings",
        "--pythonpath",
        "--no-color",
        "--force-color",
        "--skip-checks",
        "--verbosity",
    }

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        name = subcommand.replace("_", "-")
        parser = _Parser(
            prog=f"tejido {name}",
            description=str(self.help) or None,
            epilog=f"example:\n  {self.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            missing_args_message=getattr(self, "missing_args_message", None),
            called_from_command_line=getattr(self, "_called_from_command_line", None),
            **kwargs,
        )
        for option, default in (("--settings", None), ("--pythonpath", None), ("--verbosity", 1)):
            parser.add_argument(option, default=default, type=type(default or ""), help=argparse.SUPPRESS)
        for option in ("--no-color", "--force-color", "--skip-checks"):
            parser.add_argument(option, action="store_true", help=argparse.SUPPRESS)
        parser.add_argument(
            "--traceback", action="store_true", help="for programmers: show where an error comes from"
        )
        self.add_arguments(parser)
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        """Run from the command line. Everything that goes wrong becomes a sentence and an exit code."""
        translation.activate(terminal_language())
        self._called_from_command_line = True
        options = vars(self.create_parser(argv[0], argv[1]).parse_args(argv[2:]))
        options.pop("args", None)
        try:
            self.execute(**options)
        except (KeyboardInterrupt, BrokenPipeError):
            sys.exit(INTERRUPTED)
        except Exception as error:
            if options["traceback"]:
                raise
            self.stderr.write(sentence_about(error, f"tejido {argv[1].replace('_', '-')}"))
            sys.exit(getattr(error, "returncode", FAILED))
        finally:
            connections.close_all()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.work(**options)
        except Refusal as refusal:
            raise CommandError(refusal.message, returncode=FAILED) from refusal

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


def terminal_language() -> str:
    """The language of the terminal (LC_ALL, LC_MESSAGES, LANG) if Tejido speaks it, else English."""
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    code = said.partition(".")[0].replace("_", "-").lower()
    for known, _name in settings.LANGUAGES:
        if code and known.partition("-")[0] == code.partition("-")[0]:
            return known
    return "en"


def sentence_about(error: Exception, command: str) -> str:
    """What went wrong and what to do about it, in one sentence for people."""
    if isinstance(error, CommandError):
        return str(error)
    if isinstance(error, PermissionError | FileNotFoundError | IsADirectoryError) and error.filename:
        said = {"path": error.filename, "reason": error.strerror}
        return _("%(path)s: %(reason)s. Check the path, and who may read and write there.") % said
    if isinstance(error, ProgrammingError | OperationalError) and _lacks_tables(error):
        return _("The database has no tables for this version yet. Run: tejido serve --migrate")
    if isinstance(error, OperationalError):
        reason = str(error).strip().splitlines()[0]
        return _("The database does not answer (%(reason)s). Run: tejido doctor") % {"reason": reason}
    return _(
        "%(command)s met an error that nobody foresaw (%(kind)s). Its details are in %(path)s; please send them "
        "along when you report it, or run the same with --traceback."
    ) % {"command": command, "kind": type(error).__name__, "path": write_down(error, command)}


def _lacks_tables(error: DatabaseError) -> bool:
    return any(hint in str(error) for hint in ("no such table", "no such column", "does not exist"))


def write_down(error: Exception, command: str) -> Path:
    """Append the traceback to the log in the data folder (a temporary file where that cannot be). The path."""
    entry = (
        f"{time.strftime('%Y-%m-%d %H:%M:%S%z')} {command}\n{''.join(traceback.format_exception(error))}\n"
    )
    log = Path(settings.DATA_DIR) / "errors.log"
    try:
        with log.open("a", encoding="utf-8") as stream:
            stream.write(entry)
    except OSError:
        handle, name = tempfile.mkstemp(prefix="tejido-error-", suffix=".log")
        os.close(handle)
        log = Path(name)
        log.write_text(entry, encoding="utf-8")
    return log
