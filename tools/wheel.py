"""Build the wheel and see that it stands on its own: pages, translations and the front end are in it.

    python tools/wheel.py

The command is run from the unpacked wheel, far from this tree, as somebody who installed it would.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MUST_HAVE = (
    "tejido/web/static/dist/tejido.css",
    "tejido/web/static/dist/tejido.js",
    "tejido/web/templates/web/base.html",
    "tejido/locale/es/LC_MESSAGES/django.mo",
    "tejido/locale/pt_BR/LC_MESSAGES/django.mo",
    "tejido_analytics/measure.py",
)
MUST_NOT_SAY = ("not compiled", "not built")  # of the doctor


def build(folder: Path) -> Path:
    """The wheel, made in `folder` as an installer makes it: with build dependencies of its own."""
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(pip, check=True)
    (wheel,) = folder.glob("tejido-*.whl")
    return wheel


def problems(wheel: Path, folder: Path) -> list[str]:
    """What is wrong with it, in words."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(folder / "there")
    found = [f"lacks {name}" for name in MUST_HAVE if name not in names]
    found += [f"carries {name}" for name in names if "/tests/" in name or "node_modules" in name]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TEJIDO_")}
    environment |= {
        "PYTHONPATH": str(folder / "there"),
        "TEJIDO_DATA": str(folder / "var"),
        "LANG": "C.UTF-8",
    }
    doctor = subprocess.run(
        [sys.executable, "-m", "tejido", "doctor"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    said = doctor.stdout + doctor.stderr
    if "Tejido" not in doctor.stdout or any(words in said for words in MUST_NOT_SAY):
        found.append(f"its doctor complains:\n{said}")
    return found


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="tejido-wheel-") as folder:
        wheel = build(Path(folder))
        found = problems(wheel, Path(folder))
        print(f"{wheel.name}, {wheel.stat().st_size / 1e6:.1f} MB")
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
