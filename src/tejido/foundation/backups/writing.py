"""Write an archive from one consistent look at the database, without stopping anybody."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido import __version__
from tejido.foundation.backups.layout import (
    FORMAT,
    MANIFEST,
    TABLES,
    UPLOADS,
    Manifest,
    Part,
    Progress,
    columns,
    migrations_of_this_code,
    tables,
    written,
)
from tejido.foundation.errors import Refusal

CHUNK = 2_000  # rows
BLOCK = 1 << 20  # bytes


@contextmanager
def _one_look() -> Iterator[None]:
    """The database stands still for us, while others go on reading and writing."""
    sqlite = connection.vendor == "sqlite"
    if sqlite:
        connection.ensure_connection()
        # A reader of the write-ahead log sees one moment of it, and never asks for the one place of writers.
        usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            if not sqlite:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if sqlite:
            connection.transaction_mode = usual  # type: ignore[attr-defined]


def back_up(target: Path, *, progress: Progress) -> Manifest:
    """Write everything into `target`, a new file. It appears whole or not at all.

    Raises Refusal("backup_exists"), Refusal("backup_folder_missing").
    """
    if target.exists():
        raise Refusal(
            "backup_exists",
            _("%(path)s exists already. Choose another name, or move it away first.") % {"path": target},
        )
    if not target.absolute().parent.is_dir():
        raise Refusal(
            "backup_folder_missing",
            _("The folder %(path)s does not exist. Make it first.") % {"path": target.absolute().parent},
        )
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as stream:
            manifest = _write(stream, progress)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _write(stream: Any, progress: Progress) -> Manifest:
    manifest = Manifest(
        format=FORMAT,
        tejido=__version__,
        made_at=timezone.now().isoformat(),
        database=connection.vendor,
        migrations=migrations_of_this_code(),
    )
    every = tables()
    uploads = _uploads()
    total = len(every) + len(uploads)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        with _one_look():
            for number, model in enumerate(every, start=1):
                manifest.tables[model._meta.label] = _write_table(archive, model)
                progress(number, total, model._meta.label)
        # Rows first: a file that a row names was there before the row.
        for number, path in enumerate(uploads, start=len(every) + 1):
            name = path.relative_to(settings.MEDIA_ROOT).as_posix()
            manifest.uploads[name] = _write_upload(archive, path, name)
            progress(number, total, name)
        archive.writestr(MANIFEST, json.dumps(manifest.as_json(), indent=1, ensure_ascii=False))
    return manifest


def _write_table(archive: zipfile.ZipFile, model: type[models.Model]) -> Part:
    kept = [column.attname for column in columns(model)]
    digest, rows, size = hashlib.sha256(), 0, 0
    order = model._meta.pk.attname
    found = model._base_manager.order_by(order).values_list(*kept).iterator(chunk_size=CHUNK)

    def lines() -> Iterator[list[Any]]:
        yield kept
        for row in found:
            yield [written(value) for value in row]

    with archive.open(f"{TABLES}/{model._meta.label}.jsonl", "w", force_zip64=True) as member:
        for rows, line in enumerate(lines()):  # noqa: B007 - the last number is the count of rows
            text = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            digest.update(text)
            size += len(text)
            member.write(text)
    return Part(sha256=digest.hexdigest(), rows=rows, bytes=size)


def _uploads() -> list[Path]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else []


def _write_upload(archive: zipfile.ZipFile, path: Path, name: str) -> Part:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(f"{UPLOADS}/{name}", "w", force_zip64=True) as member:
        while block := source.read(BLOCK):
            digest.update(block)
            size += len(block)
            member.write(block)
    return Part(sha256=digest.hexdigest(), bytes=size)
