"""What only a few pages need is loaded by them, not by every process at its start: a start is what a second `make demo` waits for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SLOW = {
    "icalendar",
    "igraph",
    "matplotlib",
    "networkx",
    "numba",
    "openpyxl",
    "pandas",
    "pyld",
    "pyvrp",
    "pyxform",
    "rustworkx",
    "scipy",
    "typst",
    "xlsxwriter",
}
LOADED = "import sys, django; django.setup(); import tejido.config.urls; print(*{name.partition('.')[0] for name in sys.modules})"


def test_a_server_starts_without_what_few_pages_need(tmp_path: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tejido.config.settings",
        "TEJIDO_DATA": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-c", LOADED], env=environment, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "tejido" in loaded
    assert loaded & SLOW == set()
