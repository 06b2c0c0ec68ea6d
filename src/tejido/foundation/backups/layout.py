"""What stands in an archive, and how a value is written there and read again."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.utils.duration import duration_iso_string

FORMAT = 1
MANIFEST = "manifest.json"
TABLES = "tables"
UPLOADS = "uploads"
LEFT_OUT = {"sessions.Session", "foundation.Worker", "foundation.Tick"}  # of one machine and one day
MADE_BY_MIGRATE = {"contenttypes.ContentType", "auth.Permission"}  # replaced by those of the backup
Progress = Callable[[int, int, str], Any]


@dataclass(slots=True)
class Part:
    """A member of the archive: a table or an upload."""

    sha256: str
    rows: int = 0
    bytes: int = 0


@dataclass(slots=True)
class Manifest:
    """What the archive holds and who made it. `tables` are named app.Model, `uploads` by their path."""

    format: int
    tejido: str
    made_at: str
    database: str
    migrations: list[str]
    tables: dict[str, Part] = field(default_factory=dict)
    uploads: dict[str, Part] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Manifest:
        parts = {
            kind: {name: Part(**part) for name, part in data[kind].items()} for kind in ("tables", "uploads")
        }
        return cls(**{**data, **parts})


def tables() -> list[type[models.Model]]:
    """Every model with a table of its own, by name; those that belong to one machine are left out."""
    every = apps.get_models(include_auto_created=True)
    kept = [
        model
        for model in every
        if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_OUT
    ]
    return sorted(kept, key=lambda model: model._meta.label)


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields that hold a value of their own; what the database computes is left out."""
    return [each for each in model._meta.concrete_fields if not getattr(each, "generated", False)]


def migrations_of_this_code() -> list[str]:
    """The newest migration of every app, as "app.name": two archives with the same fit the same tables."""
    return sorted(f"{app}.{name}" for app, name in MigrationLoader(None).graph.leaf_nodes())


def written(value: Any) -> Any:
    """A value of the database as JSON keeps it without loss."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def read(value: Any, column: models.Field[Any, Any], connection: BaseDatabaseWrapper) -> Any:
    """The inverse of `written`, as this database wants it."""
    if isinstance(column, models.JSONField):
        if value is None and not column.null:  # JSON's null, not the absence of a value
            return column.get_db_prep_value(None, connection)
        return column.get_db_prep_save(value, connection)
    return column.get_db_prep_save(column.to_python(value), connection)
