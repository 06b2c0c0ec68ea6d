"""Facts this domain announces. Past tense, ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ReportMade:
    NAME: ClassVar[str] = "reports.made"
    community_id: int
    report_id: int
