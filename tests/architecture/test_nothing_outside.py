"""What is committed names no package registry, brings no third-party JavaScript, and its made pages are current."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOW_PACKAGES_COME = (
    "requirements.lock",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "Makefile",
    ".npmrc",
    ".ci/run",
    "tools",
    "hatch_build.py",
)
ADDRESS = re.compile(r"https?://[^\s\"')>]+|index-url|find-links|\"resolved\"")
HARMLESS = ("http://127.0.0.1", "https://json-schema.org")


def test_no_address_of_a_registry_stands_in_what_installs_packages():
    found = []
    for name in HOW_PACKAGES_COME:
        place = ROOT / name
        files = [p for p in place.rglob("*") if p.is_file()] if place.is_dir() else [place]
        for path in (p for p in files if "__pycache__" not in p.parts):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                said = [hit for hit in ADDRESS.findall(line) if not hit.startswith(HARMLESS)]
                if said and "--no-emit-index-url" not in line:
                    found.append(f"{path.relative_to(ROOT)}:{number}: {said}")
    assert not found, found


def test_every_locked_package_has_a_hash():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").split("\n")
    packages = [number for number, line in enumerate(lines) if re.match(r"^[a-z0-9]", line)]
    assert len(packages) > 40
    assert all(lines[number].endswith("\\") and "--hash=sha256:" in lines[number + 1] for number in packages)


def test_packages_and_builds_are_not_part_of_the_tree():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = listed.splitlines()
    forbidden = re.compile(r"(^|/)(node_modules|\.venv|dist|var|uv\.lock)(/|$)|\.min\.js$|\.mo$")
    assert files
    assert not [name for name in files if forbidden.search(name)]


def test_pages_made_from_the_code_are_current():
    made = subprocess.run(
        [sys.executable, "tools/docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr
