"""The `tejido` command: what people do with an installation. Programmers' commands are those of manage.py.

Each command is a management command of its domain, written on foundation.commands.TejidoCommand.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tejido import __version__

if TYPE_CHECKING:
    from tejido.foundation.commands import TejidoCommand

COMMANDS = (
    "serve",
    "demo",
    "import",
    "analyse",
    "visits",
    "seat",
    "pair",
    "scale",
    "agree",
    "chart",
    "count",
    "work",
    "seed-reference",
    "seed-activities",
    "steward",
    "collect-settings",
    "backup",
    "restore",
    "doctor",
)
KEEP_NOTHING = {
    "analyse",
    "visits",
    "seat",
    "pair",
    "scale",
    "agree",
    "chart",
    "count",
    "help",
}  # these need no installation, so they leave no data folder behind
FAILED = 2


def main() -> None:
    arguments = sys.argv[1:]
    name = arguments[0] if arguments else "help"
    if name == "--version":
        sys.stdout.write(f"tejido {__version__}\n")
        return
    if name in {"-h", "--help"}:
        name = "help"
    if name == "help" or {"-h", "--help"} & set(arguments) or name in KEEP_NOTHING:
        with _no_installation():
            _run(name, arguments)
    else:
        _set_up(name, arguments[1:])
        _run(name, arguments)


@contextmanager
def _no_installation() -> Iterator[None]:
    """A data folder that vanishes, for what neither reads nor keeps anything."""
    with tempfile.TemporaryDirectory(prefix="tejido-") as folder:
        os.environ["TEJIDO_DATA"] = folder
        yield


def _set_up(name: str, arguments: list[str]) -> None:
    """What the options of a command say about the settings, unless the environment says otherwise."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--port", default="8000")
    try:
        known, _others = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return  # the command itself will say what is wrong with its options
    if name in {"serve", "demo"} and known.port.isdecimal():
        os.environ.setdefault("TEJIDO_URL", f"http://127.0.0.1:{known.port}")
    if name == "demo":  # its world stands beside the data of the installation, never in it
        data = Path(os.environ.get("TEJIDO_DATA") or "var") / "demo"
        os.environ |= {"TEJIDO_DEMONSTRATION": "1", "TEJIDO_DATA": str(data)}
        os.environ.pop("DATABASE_URL", None)


def _run(name: str, arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tejido.config.settings")
    import django

    django.setup()
    if name == "help":
        sys.stdout.write(overview())
    elif is_there(name):
        command(name).run_from_argv(["tejido", name, *arguments[1:]])
    else:
        sys.stderr.write(_unknown(name) + "\n")
        sys.exit(FAILED)


def is_there(name: str) -> bool:
    """Whether a domain brings this command."""
    from django.core.management import get_commands

    return name in COMMANDS and name in get_commands()


def command(name: str) -> TejidoCommand:
    """The command of that name, loaded."""
    from django.core.management import get_commands, load_command_class

    return cast("TejidoCommand", load_command_class(str(get_commands()[name]), name))


def overview() -> str:
    """What `tejido --help` prints: every command with its sentence."""
    lines = [f"  {name:<16}{command(name).help}" for name in COMMANDS if is_there(name)]
    return "\n".join(
        [
            "Tejido: networks of teachers, formed, run, understood and reported on.",
            "",
            "usage: tejido COMMAND [options]",
            "",
            *lines,
            "",
            "tejido COMMAND --help shows its options and an example. Settings: docs/reference/settings.md",
            "",
        ]
    )


def _unknown(name: str) -> str:
    from django.core.management import get_commands

    if name in get_commands():
        return (
            f"«{name}» is one of Django's own commands. Run: "
            f"python -m django {name} --settings tejido.config.settings"
        )
    near = difflib.get_close_matches(name, COMMANDS, n=1)
    guess = f" Did you mean «{near[0]}»?" if near else ""
    return f"There is no command «{name}».{guess} See them all: tejido --help"
