"""What the tests on a Spark cluster need: Java, which is there or is not, and PySpark, in a folder of its own.

PySpark takes half a gigabyte, so it is no part of the environment that `make demo` and `make test` set up. Where there is
Java, `tools/check.py` puts the packages of requirements-spark.lock into .spark/ and lets Python look there as well.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-spark.lock"
FOLDER = ROOT / ".spark"
_NOTE = FOLDER / ".installed"


def java() -> str | None:
    """The program that runs Spark: that of JAVA_HOME, else the first on the path, or None."""
    home = os.environ.get("JAVA_HOME")
    named = Path(home, "bin", "java") if home else None
    return str(named) if named and named.exists() else shutil.which("java")


def installed() -> bool:
    """Whether .spark/ holds what the lock says today."""
    return _NOTE.exists() and _NOTE.read_text(encoding="utf-8") == _wanted()


def install() -> subprocess.CompletedProcess[str]:
    """Put the locked packages into .spark/, whose old content goes; with uv where it is, else with pip."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    uv = Path(sys.executable).parent / "uv"
    tool = (
        [str(uv), "pip", "install", "--system-certs"]
        if uv.exists()
        else [sys.executable, "-m", "pip", "install"]
    )
    ended = subprocess.run(
        [*tool, "-q", "--target", str(FOLDER), "--no-deps", "--require-hashes", "-r", str(LOCK)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if ended.returncode == 0:
        _NOTE.write_text(_wanted(), encoding="utf-8")
    return ended


def environment() -> dict[str, str]:
    """What a step has to know to find PySpark and to run the tests that need it."""
    return {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(FOLDER)]), "SPARK_TESTS": "1"}


def _wanted() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()
