"""What settings.py asks of SQLite is what a connection really has. (docs/decisions: one writer at a time.)"""

from __future__ import annotations

import sqlite3

import pytest
from django.db import connection, transaction

pytestmark = pytest.mark.django_db(transaction=True)
only_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="these are SQLite's own settings")


def pragma(name: str):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


@only_sqlite
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),  # readers do not wait for the writer
        ("synchronous", 2),  # FULL: what was acknowledged survives a power cut
        ("foreign_keys", 1),
        ("busy_timeout", 20_000),
        ("cache_size", -20_000),
        ("temp_store", 2),  # MEMORY
    ],
)
def test_sqlite_has_what_the_settings_ask(name: str, value: object):
    assert pragma(name) == value


@only_sqlite
def test_a_transaction_takes_the_writers_place_when_it_begins():
    """With Django's default a second writer would come in between and the first would fail at its first write."""
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)
    try:
        with transaction.atomic():  # nothing read, nothing written yet
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            assert (
                other.execute("SELECT count(*) FROM accounts_user").fetchone() is not None
            )  # reading goes on
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    finally:
        other.close()
