"""Serve the pages, with a worker beside them: two kinds of processes under one command.

The command makes ready (tables, static files), starts granian and `tejido work`, and stays as
their supervisor: it hands on the signal to stop, starts a worker that died again, and ends when
the server ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import find, get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from tejido import __version__
from tejido.foundation.errors import Refusal

STOP_WITHIN_S = 15
LOOK_EVERY_S = 0.25
WORKER_PAUSE_S = 5.0
BUILT = "dist/tejido.css"  # by tools/frontend.py; a wheel brings it
NOT_NEEDED = ["django_htmx/*", "ninja/*", "admin/*", "*.map", "*.ts"]  # htmx comes in our own bundle
Say = Callable[[str], Any]


def serve(
    port: int,
    *,
    host: str = "127.0.0.1",
    processes: int | None = None,
    migrate: bool = False,
    say: Say = print,
    open_words: str = "",
) -> int:
    """Make ready and serve until told to stop. Returns the exit code.

    migrate: bring the tables of an older version up to date instead of refusing to start.
    open_words: what to say once the server answers; the address if empty.
    Raises Refusal: the port is taken, the tables are of another version.
    """
    _require_free(host, port)
    make_tables(migrate=migrate, say=say)
    collect_static_files(say=say)
    connection.close()
    stop = _signals()
    with _processes(host, port, processes or default_processes()) as (server, worker):
        if _wait_until_up(server, host, port, stop):
            worker.append(_start_worker())  # after the pages: somebody is waiting for those
            say(
                open_words
                or _("Open %(address)s in a browser. Stop with Ctrl-C.") % {"address": settings.TEJIDO_URL}
            )
        return _watch(server, worker, stop, say)


def default_processes() -> int:
    """Server processes for this machine: its cores, at least 2 and at most 4."""
    return max(2, min(4, os.cpu_count() or 2))


# making ready


def pending_migrations() -> list[str]:
    """Names of migrations that this code has and the database has not, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def require_tables() -> None:
    """For what works on tables and makes none. Raises Refusal: there are none, or of another version."""
    if pending_migrations():
        if connection.introspection.table_names():
            raise _tables_of_older_version()
        raise Refusal("no_tables", _("There are no tables here yet. Start «tejido serve» once."))


def _tables_of_older_version() -> Refusal:
    return Refusal(
        "tables_of_older_version",
        _(
            "This data was written by an older version of Tejido. Make a backup with that version "
            "(tejido backup before-upgrade.zip), then run: tejido serve --migrate"
        ),
    )


def make_tables(*, migrate: bool, say: Say) -> None:
    """Tables for an empty database; for one of an older version only if asked to.

    Raises Refusal("tables_of_older_version"): nothing is changed.
    """
    if not pending_migrations():
        return
    empty = not connection.introspection.table_names()
    if not (empty or migrate):
        raise _tables_of_older_version()
    say(_("Making the tables …") if empty else _("Bringing the tables up to date …"))
    call_command("migrate", interactive=False, verbosity=0)
    for name in sorted(get_commands()):
        if name.startswith("seed-"):  # of higher floors, and safe to run again
            call_command(name, stdout=io.StringIO())


def static_fingerprint() -> str:
    """Changes when any static file, or the version, does. Reads names, sizes and times only."""
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list(NOT_NEEDED):
            with contextlib.suppress(NotImplementedError):
                stat = Path(storage.path(path)).stat()
                digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def static_files_are_current() -> bool:
    """Whether what is served is what the code brings."""
    stamp = Path(settings.STATIC_ROOT) / ".made-from"
    return stamp.exists() and stamp.read_text(encoding="ascii") == static_fingerprint()


def collect_static_files(*, say: Say) -> None:
    """Gather, name and compress the static files, if they are not current.

    Raises Refusal("front_end_missing"): a page would name what is not there.
    """
    if static_files_are_current():
        return
    if find(BUILT) is None:
        raise Refusal("front_end_missing", _("Styles and scripts were not built yet. Run: make setup"))
    say(_("Preparing styles and scripts …"))
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=NOT_NEEDED)
    (root / ".made-from").write_text(static_fingerprint(), encoding="ascii")


# running


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(
                "port_taken",
                _(
                    "Port %(port)d of %(host)s cannot be used (%(reason)s). Stop what runs there, or choose "
                    "another one with --port."
                )
                % {"port": port, "host": host, "reason": error.strerror},
            ) from error


def _die_with_parent() -> None:
    """Linux: a supervisor that is killed does not leave its processes behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C reaches the supervisor, which stops the others in order."""
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        start_new_session=True,
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no threads here
    )


def _start_worker() -> subprocess.Popen[bytes]:
    return _start(["tejido", "work", "--quiet"])


@contextlib.contextmanager
def _processes(
    host: str, port: int, processes: int
) -> Iterator[tuple[subprocess.Popen[bytes], list[subprocess.Popen[bytes]]]]:
    """The server, and a list for the worker to be put into. Both are stopped at the end."""
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(processes)]
    threads = min(8, 2 * (os.cpu_count() or 2))  # PostgreSQL's pool has 8 connections per process
    options += ["--blocking-threads", str(threads), "--backpressure", "64"]
    quiet = ["--no-ws", "--log-level", "warning", "--respawn-failed-workers", "--workers-kill-timeout", "5"]
    worker: list[subprocess.Popen[bytes]] = []
    server = _start(["granian", *options, *quiet, "tejido.config.wsgi:application"])
    try:
        yield server, worker
    finally:
        for process in (server, *worker):
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _signals() -> list[int]:
    """A list that fills when somebody asks us to stop."""
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda got, _frame: asked.append(got))
    return asked


def _wait_until_up(server: subprocess.Popen[bytes], host: str, port: int, stop: list[int]) -> bool:
    """Wait until the port answers. False if the server ended, or somebody said stop, before."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - a name, not a binding
    while server.poll() is None and not stop:
        with contextlib.suppress(OSError), socket.create_connection((reachable, port), timeout=1):
            return True
        time.sleep(0.05)
    return False


def _watch(
    server: subprocess.Popen[bytes], worker: list[subprocess.Popen[bytes]], stop: list[int], say: Say
) -> int:
    """Until a signal comes or the server ends. A worker that died is started again after a pause."""
    start_again_at = 0.0
    while not stop:
        if server.poll() is not None:
            code = server.returncode
            say(_("The server ended by itself (code %(code)d). Its last words are above.") % {"code": code})
            return 2
        if worker and worker[0].poll() is not None:
            if not start_again_at:
                start_again_at = time.monotonic() + WORKER_PAUSE_S
                say(_("The worker ended; it is started again."))
            elif time.monotonic() >= start_again_at:
                worker[0], start_again_at = _start_worker(), 0.0
        time.sleep(LOOK_EVERY_S)
    say(_("Stopping …"))
    return 0
