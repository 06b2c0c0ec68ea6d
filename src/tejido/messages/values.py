"""What is handed from a page to a deed."""

from __future__ import annotations

from typing import TypedDict


class Wishes(TypedDict):
    """What somebody chose: messages a week (0: the digest only), quiet hours, time zone, language."""

    per_week: int
    quiet_from: int
    quiet_to: int
    time_zone: str
    language: str
