"""A PostgreSQL cluster of the tests' own: in a temporary folder, on a free port of 127.0.0.1, gone afterwards.

    python tools/postgres.py -- python -m pytest src/tejido/gatherings

runs a command with DATABASE_URL pointing at such a cluster. Nothing outlives it, also when it fails, is
interrupted or killed. Speed before safety (no fsync): never for data that anybody wants to keep.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

import machine

START_WITHIN_S = 30
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}


class NoCluster(RuntimeError):
    """PostgreSQL is not there or did not start; the message says why."""


def _account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then the account it runs under instead, else None."""
    if os.geteuid() != 0:
        return None
    accounts = {entry.pw_name: entry for entry in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _die_with_parent() -> None:
    """Linux: have the kernel stop the server when the process that started it is killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG


def _run_as(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """Arguments of subprocess for running under `account`, or as ourselves."""
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


def _make(programs: Path, home: Path, account: pwd.struct_passwd | None) -> None:
    wanted = ["-U", "tejido", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(
        [programs / "initdb", "-D", home / "data", *wanted],
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **_run_as(account),
    )
    if made.returncode:
        raise NoCluster(f"initdb failed:\n{made.stdout}")


def _start(
    programs: Path, home: Path, account: pwd.struct_passwd | None, port: int
) -> subprocess.Popen[bytes]:
    settings = [part for name, value in FAST.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as stream:
        return subprocess.Popen(
            [programs / "postgres", "-D", home / "data", "-p", str(port), *settings],
            cwd=home,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # an interrupt at the keyboard reaches us first
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no threads yet
            **_run_as(account),
        )


def _wait_until_ready(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise NoCluster(f"PostgreSQL stopped while starting:\n{log.read_text(errors='replace')}")
        try:
            with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE tejido")
                return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise NoCluster(
        f"PostgreSQL did not answer within {START_WITHIN_S} s:\n{log.read_text(errors='replace')}"
    )


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; yields its DATABASE_URL. Raises NoCluster with the reason."""
    programs = machine.postgresql()
    if programs is None:
        raise NoCluster(f"PostgreSQL is not installed. Run: {machine.install_command(['postgresql'])}")
    account = _account()
    home = Path(tempfile.mkdtemp(prefix="tejido-postgresql-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        if account:
            os.chown(home, account.pw_uid, account.pw_gid)
        _make(programs, home, account)
        port = _free_port()
        server = _start(programs, home, account, port)
        url = f"postgresql://tejido@127.0.0.1:{port}"
        _wait_until_ready(server, url, home / "log")
        yield f"{url}/tejido"
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # "fast": connections are cut
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(home, ignore_errors=True)


def stop_on_terminate() -> None:
    """Turn SIGTERM and SIGHUP into SystemExit, so that `finally` runs."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda got, _frame: sys.exit(128 + got))


def main() -> int:
    command = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    if not command:
        sys.exit((__doc__ or "").strip())
    stop_on_terminate()
    try:
        with cluster() as url:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except NoCluster as reason:
        sys.stderr.write(f"{reason}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
