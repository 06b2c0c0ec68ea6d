"""How much a table may hold. Above it a person is told what to do; nothing is read half."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, counts and characters. `unpacked_bytes` and `ratio` hold for XLSX and ODS, which are zip archives."""

    file_bytes: int = 20 * MEGABYTE
    unpacked_bytes: int = 200 * MEGABYTE
    ratio: int = 200  # unpacked to packed; real workbooks stay below 40
    archive_members: int = 2_000
    rows: int = 200_000
    columns: int = 300
    cell_characters: int = 10_000


STANDARD = Limits()
