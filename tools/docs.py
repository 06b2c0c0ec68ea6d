"""The pages of docs/reference that are made from the code, so that they cannot grow old.

python tools/docs.py            write them
python tools/docs.py --check    say which are not what the code says; exit code 1 if any
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Made by `make docs` from {source}. Do not edit by hand. -->"


def settings_page() -> str:
    """Every variable of the environment, as config/env.py and config/settings.py declare them."""
    from tejido.config import env, settings  # noqa: F401 - reading the settings declares the variables

    lines = [
        MADE.format(source="src/tejido/config/settings.py"),
        "# Settings",
        "",
        "Tejido is set up by variables of its environment; every one has a default that works on one machine.",
        "A value may also come from a file: `TEJIDO_SECRET_KEY_FILE=/run/secrets/key` names the file that holds",
        "`TEJIDO_SECRET_KEY`, and the same holds for every other name. A wrong value stops the start with a",
        "sentence that names the variable. `tejido doctor` shows what is in force.",
        "",
        "| variable | what it is | default | for what |",
        "|---|---|---|---|",
    ]
    for variable in sorted(env.VARIABLES, key=lambda variable: variable.name):
        default = f"`{variable.default}`" if variable.default else "–"
        lines.append(f"| `{variable.name}` | {variable.kind} | {default} | {variable.sentence} |")
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {"settings.md": settings_page}


def _from_nothing(data: str) -> None:
    """The pages show defaults, not what the person who makes them has set."""
    for name in [name for name in os.environ if name.startswith(("TEJIDO_", "DATABASE_URL"))]:
        del os.environ[name]
    os.environ |= {"TEJIDO_DATA": data, "DJANGO_SETTINGS_MODULE": "tejido.config.settings"}
    sys.path.insert(0, str(ROOT / "src"))


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="tejido-docs-") as data:
        _from_nothing(data)
        pages = {REFERENCE / name: make() for name, make in PAGES.items()}
    if "--check" in sys.argv:
        stale = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not what the code says. Run: make docs")
        return 1 if stale else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
