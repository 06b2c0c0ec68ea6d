"""Whether the planted demonstration fits this code; what another version planted is thrown away and planted anew.

Only invented people stand in it, so nothing is lost; real data are never touched (`tejido demo` has a
database of its own and refuses to plant where real people are).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import connection

PACKAGE = Path(__file__).resolve().parents[1]
STAMP = "planted-by"


def fingerprint() -> str:
    """Changes with the shape of any table and with what is planted. Reads some fifty small files."""
    sources = [
        *PACKAGE.glob("*/migrations/*.py"),
        *PACKAGE.glob("demo/*.py"),
        *PACKAGE.glob("demo/figures/*.csv"),
    ]
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _stamp() -> Path:
    return Path(settings.DATA_DIR) / STAMP


def is_current() -> bool:
    """Whether this code made the tables that stand and planted what is in them."""
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not (database.exists() and _stamp().exists()):
        return False
    return _stamp().read_text(encoding="ascii") == fingerprint()


def forget_what_another_version_planted() -> bool:
    """Remove the demonstration's own database where another version made it. True if there was one."""
    database = Path(str(connection.settings_dict["NAME"]))
    stamp = _stamp()
    if connection.vendor != "sqlite" or not database.exists() or not stamp.exists():
        return False
    if stamp.read_text(encoding="ascii") == fingerprint():
        return False
    connection.close()
    for path in (database, Path(f"{database}-wal"), Path(f"{database}-shm"), stamp):
        path.unlink(missing_ok=True)
    return True


def remember() -> None:
    """Note that this code planted what stands now."""
    _stamp().write_text(fingerprint(), encoding="ascii")
