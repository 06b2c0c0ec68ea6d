"""Where other people's data lie, for tests marked `real_data`: they skip, saying so, where the folder is missing."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]


def folder(name: str) -> Path:
    """The folder of one data set: in TEJIDO_REAL_DATA, else in ../shared/data/real beside the repository."""
    root = Path(os.environ.get("TEJIDO_REAL_DATA") or REPOSITORY.parent / "shared" / "data" / "real")
    if not (root / name).is_dir():
        pytest.skip(f"no {name} in {root}: set TEJIDO_REAL_DATA to the folder that holds it")
    return root / name


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file in UTF-8, whichever of the three line ends it uses."""
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return list(csv.DictReader(io.StringIO(text)))
