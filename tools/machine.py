"""What the tests need of the machine beyond Python: Chromium and PostgreSQL's programs.

On Debian (and its kin), as root, what is missing is installed. Elsewhere one sentence says what to run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRESQL_HOMES = "/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt"


def chromium() -> str | None:
    """The browser that the browser tests drive, or None."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def postgresql() -> Path | None:
    """The folder of initdb and postgres, the newest version first, or None."""

    def version(folder: Path) -> tuple[int, ...]:
        return tuple(int(number) for number in re.findall(r"\d+", folder.parent.name))

    folders = [folder for home in POSTGRESQL_HOMES for folder in Path(home).glob("*/bin")]
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).parent)
    usable = [folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()]
    return max(usable, key=version, default=None)


def missing() -> list[str]:
    """Debian's names of the packages that are not there."""
    return [name for name, there in (("chromium", chromium()), ("postgresql", postgresql())) if there is None]


def install_command(packages: list[str]) -> str:
    """The one line that a person runs."""
    return f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"


def may_install() -> bool:
    """Whether this process can install Debian packages by itself."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> subprocess.CompletedProcess[str]:
    """Run `install_command`. The output is kept for whoever has to find out why it failed."""
    return subprocess.run(
        ["sh", "-c", install_command(packages)],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
