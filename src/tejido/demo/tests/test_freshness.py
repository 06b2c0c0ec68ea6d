"""The second start of the demonstration takes what the first one planted; another version plants anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def demo(data: Path, *more: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"TEJIDO_DATA": str(data), "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "tejido", "demo", *more],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )


def test_what_stands_is_not_planted_again_but_what_another_version_planted_is(tmp_path: Path) -> None:
    first = demo(tmp_path, "--links")
    assert "Planting Avanzando Juntas" in first.stderr
    assert set(json.loads(first.stdout)) >= {"home", "community", "gathering", "attendance"}
    again = demo(tmp_path, "--links")
    assert again.stderr == ""
    assert again.stdout == first.stdout  # the same rows, under the same keys

    (tmp_path / "demo" / "planted-by").write_text("another version", encoding="ascii")
    anew = demo(tmp_path, "--links")
    assert "it is planted anew" in anew.stderr
    assert "Planting Avanzando Juntas" in anew.stderr
