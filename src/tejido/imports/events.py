"""Facts this domain announces. Past tense, ids and numbers only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ImportApplied:
    NAME: ClassVar[str] = "imports.applied"
    run_id: int
    community_id: int | None
    kind: str
    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class ImportUndone:
    NAME: ClassVar[str] = "imports.undone"
    run_id: int
    community_id: int | None
    kind: str
    new: int
    changed: int
