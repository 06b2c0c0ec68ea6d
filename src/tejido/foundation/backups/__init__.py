"""Backups: one archive that either database can be restored from.

A zip with a JSON-lines file per table (first line: the columns; then one list per row), the uploads, and a
manifest with counts and checksums. Nothing in it belongs to SQLite or PostgreSQL, so it is also the way from
the one to the other.
"""

from tejido.foundation.backups.reading import check_archive, restore
from tejido.foundation.backups.writing import back_up

__all__ = ["back_up", "check_archive", "restore"]
