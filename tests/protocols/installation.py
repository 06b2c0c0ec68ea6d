"""Tejido as people run it: `tejido serve` in processes of its own, on a database of its own, and somebody who can look into it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tejido.foundation.tests.running import command, environment

ROOT = Path(__file__).parents[2]
UP_WITHIN_S, STOP_WITHIN_S = 180, 30
LISTEN = """
import django, json, sys, traceback
django.setup()
from django.db import connection
told = {}
for line in sys.stdin:
    asked = json.loads(line)
    told |= {"given": asked["given"], "answer": None}
    try:
        exec(asked["code"], told)
        answer = {"answer": told["answer"]}
    except Exception:
        answer = {"error": traceback.format_exc()}
    connection.close()
    print(json.dumps(answer, default=str), flush=True)
"""


class Installation:
    """url: where it listens. `ask(code)` runs Python beside it, on the same database."""

    def __init__(self, url: str, own: dict[str, str]) -> None:
        self.url = url
        self.environment = own
        self._inside = subprocess.Popen(
            [sys.executable, "-c", LISTEN],
            env=own | {"DJANGO_SETTINGS_MODULE": "tejido.config.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, code: str, **given: Any) -> Any:
        """Run `code`, which finds `given` and leaves `answer`. Names that it binds are there the next time."""
        assert self._inside.stdin is not None
        assert self._inside.stdout is not None
        self._inside.stdin.write(json.dumps({"code": code, "given": given}) + "\n")
        self._inside.stdin.flush()
        told = json.loads(self._inside.stdout.readline())
        assert "error" not in told, told["error"]
        return told["answer"]

    def close(self) -> None:
        assert self._inside.stdin is not None
        self._inside.stdin.close()
        self._inside.wait(timeout=STOP_WITHIN_S)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """Settings of a database that nobody else uses: SQLite, or one in the PostgreSQL that the tests run on."""
    address = os.environ.get("DATABASE_URL")
    if not address:
        yield {}
        return
    import psycopg

    name = f"served_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield {"DATABASE_URL": urlsplit(address)._replace(path=f"/{name}").geturl()}
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def served(folder: Path, *options: str, **more: str) -> Iterator[Installation]:
    """An installation that answers, until the end of the block. folder: where its data stand."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with database() as where:
        own = environment(folder / "data", TEJIDO_URL=url, TEJIDO_LANGUAGE="en", **where, **more)
        own["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        with (folder / "server.log").open("w") as log:
            server = subprocess.Popen(
                command("serve", "--port", str(port), *options), env=own, stdout=log, stderr=log, cwd=folder
            )
            try:
                _wait(server, port, folder / "server.log")
                installation = Installation(url, own)
                yield installation
                installation.close()
            finally:
                server.terminate()
                server.wait(timeout=STOP_WITHIN_S)


def _wait(server: subprocess.Popen[Any], port: int, log: Path) -> None:
    until = time.monotonic() + UP_WITHIN_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not come up:\n{log.read_text()}")
