"""kill -9 in the middle of an import leaves everything or nothing, and it can be ended either way.

A real process on a data folder of its own: what is tested is what SQLite has kept when the process is gone.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = 3_000
PRELUDE = """
import django
django.setup()
from datetime import timedelta
from tejido.accounts.services import system_account
from tejido.communities.services import found_community
from tejido.communities.models import Community
from tejido.imports import services
from tejido.imports.models import ImportRun
from tejido.imports.services import applying, bringing, working
working.LEASE = timedelta(seconds=1)
bringing.BATCH = 100
"""
STAGE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
actor = system_account()
community = found_community({"name": "Red"}, actor=actor)
text = "Nombres;Apellidos;Correo;Colegio\\n" + "".join(
    f"Ana{n};Paz{n % 37} Ruiz{n % 91};a{n}@x.org;Escuela {n % 40}\\n" for n in range(ROWS))
run = services.stage_file(text.encode(), "lista.csv", "people", actor=actor, community=community)
applying.move_to(run, "matching")
services.carry_on(run)
applying.move_to(run, "applying")
"""
GO_ON = "services.carry_on(ImportRun.objects.get())"
UNDO = """
actor = system_account()
run = ImportRun.objects.get()
services.stop_run(run, actor=actor)
run.refresh_from_db()
services.undo_run(run, actor=actor)
services.carry_on(ImportRun.objects.get())
"""
TABLES = (
    "directory_person",
    "directory_contactpoint",
    "directory_school",
    "directory_post",
    "communities_membership",
)


def command(script: str, folder: Path) -> tuple[list[str], dict[str, str]]:
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("TEJIDO_", "DATABASE_URL"))
    }
    own |= {
        "TEJIDO_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "tejido.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    return [sys.executable, "-c", PRELUDE + f"ROWS = {ROWS}\n" + script], own


def run(script: str, folder: Path) -> None:
    call, own = command(script, folder)
    subprocess.run(call, env=own, check=True, timeout=300)


def counts(folder: Path) -> dict[str, int]:
    with sqlite3.connect(folder / "tejido.sqlite3", timeout=20) as database:
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}


def seen(folder: Path) -> int:
    with sqlite3.connect(folder / "tejido.sqlite3", timeout=20) as database:
        return database.execute("SELECT count(*) FROM directory_person WHERE arriving_in IS NULL").fetchone()[
            0
        ]


def state(folder: Path) -> str:
    with sqlite3.connect(folder / "tejido.sqlite3", timeout=20) as database:
        return database.execute("SELECT state FROM imports_importrun").fetchone()[0]


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """A data folder whose import was killed when some hundred people had been written."""
    run(STAGE, tmp_path)
    assert state(tmp_path) == "applying"
    call, own = command(GO_ON, tmp_path)
    worker = subprocess.Popen(call, env=own)
    give_up = time.monotonic() + 120
    while counts(tmp_path)["directory_person"] < 300 and time.monotonic() < give_up:
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    written = counts(tmp_path)["directory_person"]
    assert 300 <= written < ROWS, "killed in the middle"
    time.sleep(1.1)  # the lease of the dead worker
    return tmp_path


@pytest.mark.slow
def test_nothing_of_a_killed_import_is_seen_and_it_goes_on_from_where_it_was(killed: Path):
    assert seen(killed) == 0
    assert counts(killed)["communities_membership"] == counts(killed)["directory_post"] == 0
    run(GO_ON, killed)
    assert state(killed) == "applied"
    assert seen(killed) == ROWS
    assert counts(killed) == {
        "directory_person": ROWS,
        "directory_contactpoint": ROWS,
        "directory_school": 40,
        "directory_post": ROWS,
        "communities_membership": ROWS,
    }


@pytest.mark.slow
def test_a_killed_import_can_be_undone_without_a_trace(killed: Path):
    run(UNDO, killed)
    assert state(killed) == "undone"
    assert set(counts(killed).values()) == {0}
