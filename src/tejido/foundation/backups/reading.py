"""Restore an archive into an empty installation: all of it or nothing, also when the machine dies half-way.

SQLite: the database is built beside its place and renamed into it. PostgreSQL: one transaction. The uploads
are put in place just before, under the mark of an unfinished restore; the next restore clears what a broken
one left.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from tejido.foundation.backups.layout import (
    FORMAT,
    MADE_BY_MIGRATE,
    MANIFEST,
    TABLES,
    UPLOADS,
    Manifest,
    Part,
    Progress,
    columns,
    migrations_of_this_code,
    read,
    tables,
)
from tejido.foundation.backups.writing import BLOCK, CHUNK
from tejido.foundation.errors import Refusal

MARK = "restore-unfinished"


def restore(source: Path, *, progress: Progress) -> Manifest:
    """Fill this empty installation from `source`. Afterwards it is what was backed up, or still empty.

    Raises Refusal: not_a_backup, damaged_backup, backup_of_other_version, not_empty.
    """
    with _opened(source) as (archive, manifest):
        _require_same_tables(archive, manifest)
        data = Path(settings.DATA_DIR)
        data.mkdir(parents=True, exist_ok=True)
        _clear_what_a_broken_restore_left(data)
        _require_empty()
        total = len(manifest.tables) + len(manifest.uploads)
        (data / MARK).touch()
        _place_uploads(archive, manifest, lambda n, name: progress(n, total, name))
        done = len(manifest.uploads)
        if connection.vendor == "sqlite":
            _into_new_sqlite(archive, manifest, lambda n, name: progress(done + n, total, name))
        else:
            call_command("migrate", interactive=False, verbosity=0)
            _load(archive, manifest, lambda n, name: progress(done + n, total, name))
        (data / MARK).unlink()
    return manifest


def check_archive(source: Path, *, progress: Progress) -> Manifest:
    """Read all of `source` and compare it with its manifest; nothing is written. Raises as `restore` does."""
    with _opened(source) as (archive, manifest):
        members = {f"{TABLES}/{name}.jsonl": part for name, part in manifest.tables.items()} | {
            f"{UPLOADS}/{name}": part for name, part in manifest.uploads.items()
        }
        for number, (name, part) in enumerate(members.items(), start=1):
            for _block in _verified_blocks(archive, name, part):
                pass
            progress(number, len(members), name)
    return manifest


@contextmanager
def _opened(source: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    try:
        archive = zipfile.ZipFile(source)
    except FileNotFoundError as error:
        raise Refusal(
            "not_a_backup", _("%(path)s does not exist. Check the name.") % {"path": source}
        ) from error
    except zipfile.BadZipFile as error:
        raise _not_a_backup(source) from error
    with archive:
        yield archive, _manifest(archive, source)


def _manifest(archive: zipfile.ZipFile, source: Path) -> Manifest:
    try:
        data = json.loads(archive.read(MANIFEST))
        if data["format"] != FORMAT:
            raise _of_other_version(data["tejido"])
        return Manifest.from_json(data)
    except (zipfile.BadZipFile, KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise _not_a_backup(source) from error


def _not_a_backup(source: Path) -> Refusal:
    return Refusal(
        "not_a_backup",
        _(
            "%(path)s is not a backup of Tejido, or only part of one. Choose a file that «tejido backup» wrote."
        )
        % {"path": source},
    )


def _of_other_version(version: str) -> Refusal:
    return Refusal(
        "backup_of_other_version",
        _(
            "This backup was made by Tejido %(version)s, whose tables are not those of this version. Install "
            "%(version)s, restore there, then upgrade."
        )
        % {"version": version},
    )


def _require_same_tables(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    ours = {model._meta.label: [column.attname for column in columns(model)] for model in tables()}
    if manifest.migrations != migrations_of_this_code() or manifest.tables.keys() != ours.keys():
        raise _of_other_version(manifest.tejido)
    for label, expected in ours.items():
        with archive.open(f"{TABLES}/{label}.jsonl") as member:
            if json.loads(member.readline()) != expected:
                raise _of_other_version(manifest.tejido)


# an empty place


def _clear_what_a_broken_restore_left(data: Path) -> None:
    if (data / MARK).exists():
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    for left in data.glob("*.restoring*"):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def _require_empty() -> None:
    there = set(connection.introspection.table_names())
    held = {}
    for model in tables():
        if model._meta.db_table in there and model._meta.label not in MADE_BY_MIGRATE:
            rows = model._base_manager.count()
            if rows:
                held[model._meta.label] = rows
    connection.close()
    root = Path(settings.MEDIA_ROOT)
    if root.is_dir() and any(root.iterdir()):
        held["uploads"] = sum(1 for _path in root.rglob("*"))
    if held:
        shown = ", ".join(f"{name} {rows}" for name, rows in sorted(held.items())[:5])
        raise Refusal(
            "not_empty",
            _(
                "This installation already holds data (%(held)s). A backup is restored into an empty one: name a new "
                "folder with TEJIDO_DATA, or an empty database with DATABASE_URL."
            )
            % {"held": shown},
        )


# filling it


def _place_uploads(archive: zipfile.ZipFile, manifest: Manifest, progress: Any) -> None:
    root = Path(settings.MEDIA_ROOT)
    fresh = root.with_name(f"{root.name}.restoring")
    for number, (name, part) in enumerate(manifest.uploads.items(), start=1):
        inside = PurePosixPath(name)
        if inside.is_absolute() or ".." in inside.parts:
            raise _damaged(name)
        target = fresh / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as stream:
            for block in _verified_blocks(archive, f"{UPLOADS}/{name}", part):
                stream.write(block)
        progress(number, name)
    if manifest.uploads:
        shutil.rmtree(root, ignore_errors=True)  # empty, by _require_empty
        fresh.rename(root)


def _into_new_sqlite(archive: zipfile.ZipFile, manifest: Manifest, progress: Any) -> None:
    place = Path(connection.settings_dict["NAME"])
    fresh = place.with_name(f"{place.name}.restoring")
    connection.close()
    connection.settings_dict["NAME"] = fresh
    try:
        call_command("migrate", interactive=False, verbosity=0)
        _load(archive, manifest, progress)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA journal_mode=DELETE")  # everything in the one file that is renamed
    finally:
        connection.close()
        connection.settings_dict["NAME"] = place
    with fresh.open("rb") as stream:
        os.fsync(stream.fileno())
    for rest in ("-wal", "-shm"):
        place.with_name(place.name + rest).unlink(missing_ok=True)
    fresh.replace(place)


def _load(archive: zipfile.ZipFile, manifest: Manifest, progress: Any) -> None:
    every = tables()
    try:
        with transaction.atomic():
            for model in every:
                if model._meta.label in MADE_BY_MIGRATE:
                    with connection.cursor() as cursor:
                        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
            for number, model in enumerate(every, start=1):
                label = model._meta.label
                _load_table(archive, model, manifest.tables[label])
                if model._base_manager.count() != manifest.tables[label].rows:
                    raise _damaged(label)
                progress(number, label)
            connection.check_constraints()
            with connection.cursor() as cursor:
                for sql in connection.ops.sequence_reset_sql(no_style(), every):
                    cursor.execute(sql)
    except IntegrityError as error:
        raise _damaged(str(error)) from error


def _load_table(archive: zipfile.ZipFile, model: type[models.Model], part: Part) -> None:
    quote = connection.ops.quote_name
    kept = columns(model)
    names = ", ".join(quote(str(column.column)) for column in kept)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({', '.join(['%s'] * len(kept))})"  # noqa: S608
    lines = _lines(_verified_blocks(archive, f"{TABLES}/{model._meta.label}.jsonl", part))
    next(lines)  # the columns
    rows = (
        [read(value, column, connection) for value, column in zip(json.loads(line), kept, strict=True)]
        for line in lines
    )
    with connection.cursor() as cursor:
        while batch := list(islice(rows, CHUNK)):
            cursor.executemany(sql, batch)


def _verified_blocks(archive: zipfile.ZipFile, name: str, part: Part) -> Iterator[bytes]:
    """The content of a member. Raises Refusal("damaged_backup") at its end if it is not what was written."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as member:
            yield from _hashed(member, digest)
    except (KeyError, zipfile.BadZipFile, EOFError) as error:
        raise _damaged(name) from error
    if digest.hexdigest() != part.sha256:
        raise _damaged(name)


def _hashed(member: IO[bytes], digest: Any) -> Iterator[bytes]:
    while block := member.read(BLOCK):
        digest.update(block)
        yield block


def _lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\n")
        yield from whole


def _damaged(what: str) -> Refusal:
    return Refusal(
        "damaged_backup",
        _("The backup is damaged at «%(what)s», so nothing was restored. Use another copy of it.")
        % {"what": what},
    )
