"""Run `tejido` as a person does: in a process of its own, on an installation of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[3]


def environment(data: Path, **more: str) -> dict[str, str]:
    """An environment with nothing of Tejido's but `data` and `more`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TEJIDO_", "LC_")) and name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return {**kept, "LANG": "C.UTF-8", "PYTHONPATH": str(SOURCE), "TEJIDO_DATA": str(data), **more}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tejido", *arguments]


def tejido(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        env=environment(data, **more),
        cwd=data.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
