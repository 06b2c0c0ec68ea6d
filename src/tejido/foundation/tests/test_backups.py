"""A backup brings back everything, on either database, or nothing; also when the machine dies half-way."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tejido.accounts.services import system_account
from tejido.foundation import backups
from tejido.foundation.backups.layout import MANIFEST, UPLOADS
from tejido.foundation.errors import Refusal
from tejido.foundation.models import JournalEntry
from tejido.foundation.tests.running import command, environment, tejido
from tejido.foundation.tests.test_jobs import together

pytestmark = pytest.mark.django_db(transaction=True)


def quietly(_done: int, _total: int, _what: str) -> None:
    """No progress is shown."""


@pytest.fixture
def uploads(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "uploads-of-the-original"
    (settings.MEDIA_ROOT / "2026").mkdir(parents=True)
    (settings.MEDIA_ROOT / "2026" / "acta de ñandú.pdf").write_bytes(bytes(range(256)) * 5_000)
    (settings.MEDIA_ROOT / "empty.txt").touch()
    return settings.MEDIA_ROOT


@pytest.fixture
def archive(cast, uploads: Path, tmp_path: Path) -> Path:
    """A backup of the cast's network, with values that lose something where they are copied carelessly."""
    JournalEntry.objects.bulk_create(
        JournalEntry(
            fact="foundation.written_down",
            payload={"number": number, "words": "¿qué?\n«sí» 👋", "nothing": None, "share": 0.1},
            actor=system_account(),
            happened_at=datetime(2026, 3, 1, 23, 59, 59, number, tzinfo=UTC),
        )
        for number in range(2_500)  # more than one batch
    )
    target = tmp_path / "backup.zip"
    backups.back_up(target, progress=quietly)
    return target


def tables_of(path: Path) -> dict[str, str]:
    """Checksums by table and upload: two archives with the same say the same."""
    with zipfile.ZipFile(path) as opened:
        manifest = json.loads(opened.read(MANIFEST))
    return {name: part["sha256"] for kind in ("tables", "uploads") for name, part in manifest[kind].items()}


def rows_of(path: Path) -> dict[str, int]:
    with zipfile.ZipFile(path) as opened:
        return {name: part["rows"] for name, part in json.loads(opened.read(MANIFEST))["tables"].items()}


@pytest.fixture
def empty_postgresql() -> Iterator[str]:
    """The address of a database beside the one of the tests, made and dropped here."""
    known = connection.settings_dict
    name = f"{known['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield f"postgresql://{known['USER']}@{known['HOST']}:{known['PORT']}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


def test_what_is_restored_is_what_was_backed_up(archive: Path, tmp_path: Path):
    there = tmp_path / "there"
    restored = tejido(there, "restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    again = tejido(there, "backup", str(tmp_path / "again.zip"))
    assert again.returncode == 0, again.stderr

    assert tables_of(tmp_path / "again.zip") == tables_of(archive)
    assert rows_of(archive)["foundation.JournalEntry"] >= 2_500
    assert (there / "uploads/2026/acta de ñandú.pdf").read_bytes() == bytes(range(256)) * 5_000
    assert sorted(path.name for path in there.iterdir()) == [
        "secret-key",
        "tejido.sqlite3",
        "uploads",
    ]
    with sqlite3.connect(there / "tejido.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        counted = database.execute("SELECT count(*) FROM foundation_journalentry").fetchone()[0]
    assert counted == rows_of(archive)["foundation.JournalEntry"]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the way to PostgreSQL and back needs one")
def test_the_way_leads_from_one_database_to_the_other_and_back(archive, empty_postgresql, tmp_path: Path):
    on_sqlite, on_postgresql = tmp_path / "sqlite", tmp_path / "postgresql"
    steps = [
        tejido(on_sqlite, "restore", str(archive)),
        tejido(on_sqlite, "backup", str(tmp_path / "from-sqlite.zip")),
        tejido(on_postgresql, "restore", str(tmp_path / "from-sqlite.zip"), DATABASE_URL=empty_postgresql),
        tejido(on_postgresql, "backup", str(tmp_path / "and-back.zip"), DATABASE_URL=empty_postgresql),
    ]
    assert [(step.returncode, step.stderr) for step in steps if step.returncode] == []
    assert tables_of(tmp_path / "and-back.zip") == tables_of(archive)


def test_people_go_on_writing_while_a_backup_is_made(cast, uploads, tmp_path: Path):
    """The backup is of one moment: what is written after its first look is not in it, and nobody waits."""
    actor = system_account()

    def write_meanwhile(done: int, _total: int, _what: str) -> None:
        if done == 1:
            together(1, lambda: JournalEntry.objects.create(fact="foundation.later", actor=actor))

    before = JournalEntry.objects.count()
    backups.back_up(tmp_path / "b.zip", progress=write_meanwhile)

    assert JournalEntry.objects.count() == before + 1
    assert rows_of(tmp_path / "b.zip")["foundation.JournalEntry"] == before


def test_a_backup_never_overwrites_and_is_for_its_owner_only(archive: Path):
    before = archive.read_bytes()
    with pytest.raises(Refusal, match="exists already"):
        backups.back_up(archive, progress=quietly)
    assert archive.read_bytes() == before
    assert archive.stat().st_mode & 0o077 == 0


def test_a_backup_that_breaks_off_leaves_no_file(cast, uploads, tmp_path: Path):
    def full_disk(done: int, _total: int, _what: str) -> None:
        if done == 5:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        backups.back_up(tmp_path / "b.zip", progress=full_disk)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("b.zip")]


@pytest.mark.parametrize("line", [1, 3])
def test_a_restore_that_is_killed_leaves_nothing_or_everything_and_can_be_repeated(archive, line, tmp_path):
    there = tmp_path / "there"
    with subprocess.Popen(
        command("restore", str(archive)),
        env=environment(there),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as process:
        for _number in range(line):
            process.stderr.readline()
        process.kill()
        process.wait()

    database = there / "tejido.sqlite3"
    if process.returncode == 0:  # it was quicker than we are
        assert not (there / "restore-unfinished").exists()
        return
    with sqlite3.connect(database) as opened:
        assert opened.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone() == (0,)
    said = tejido(there, "doctor")
    assert said.returncode == 2
    assert "A restore was broken off" in said.stdout

    again = tejido(there, "restore", str(archive))
    assert again.returncode == 0, again.stderr
    assert tejido(there, "backup", str(tmp_path / "again.zip")).returncode == 0
    assert tables_of(tmp_path / "again.zip") == tables_of(archive)


def test_a_restore_needs_an_empty_place(archive: Path):
    with pytest.raises(Refusal) as refused:
        backups.restore(archive, progress=quietly)
    assert refused.value.code == "not_empty"
    assert "accounts.User" in refused.value.message


def changed(archive: Path, target: Path, name: str, content: bytes) -> Path:
    """A copy of `archive` in which one member says something else."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return target


def refused(there: Path, archive: Path) -> str:
    ended = tejido(there, "restore", str(archive))
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    if (there / "tejido.sqlite3").exists():
        with sqlite3.connect(there / "tejido.sqlite3") as database:
            assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    return ended.stderr.splitlines()[-1]


def test_a_changed_row_is_noticed_and_nothing_is_restored(archive: Path, tmp_path: Path):
    name = "tables/foundation.JournalEntry.jsonl"
    with zipfile.ZipFile(archive) as opened:
        content = opened.read(name).replace(b"foundation.written_down", b"foundation.crossed__out", 1)
    said = refused(tmp_path / "there", changed(archive, tmp_path / "changed.zip", name, content))
    assert said.startswith(f"The backup is damaged at «{name}»")
    with pytest.raises(Refusal, match="damaged"):
        backups.check_archive(tmp_path / "changed.zip", progress=quietly)


def test_a_broken_file_is_noticed(archive: Path, tmp_path: Path):
    whole = archive.read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    assert "only part of one" in refused(tmp_path / "there", tmp_path / "half.zip")
    assert backups.check_archive(archive, progress=quietly).tables


def test_an_upload_never_lands_outside_its_folder(archive: Path, tmp_path: Path):
    with zipfile.ZipFile(archive) as opened:
        manifest = json.loads(opened.read(MANIFEST))
    manifest["uploads"]["../../escaped"] = manifest["uploads"].pop("empty.txt")
    changed(archive, tmp_path / "evil.zip", MANIFEST, json.dumps(manifest).encode())
    with zipfile.ZipFile(tmp_path / "evil.zip", "a") as opened:
        opened.writestr(f"{UPLOADS}/../../escaped", b"")
    assert "damaged" in refused(tmp_path / "there", tmp_path / "evil.zip")
    assert not list(tmp_path.rglob("escaped"))


@pytest.mark.parametrize("change", ["migrations", "format"])
def test_a_backup_of_another_version_says_which(change: str, archive: Path, tmp_path: Path):
    with zipfile.ZipFile(archive) as opened:
        manifest = json.loads(opened.read(MANIFEST))
    manifest |= {"tejido": "9.9", change: 2 if change == "format" else ["accounts.0042_later"]}
    said = refused(
        tmp_path / "there", changed(archive, tmp_path / "n.zip", MANIFEST, json.dumps(manifest).encode())
    )
    assert "made by Tejido 9.9" in said


def test_a_backup_holds_no_session_and_no_key(archive: Path):
    assert "sessions.Session" not in rows_of(archive)
    with zipfile.ZipFile(archive) as opened:
        text = b"".join(opened.read(name) for name in opened.namelist())
    assert settings.SECRET_KEY.encode() not in text
