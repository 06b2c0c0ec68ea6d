"""What forms and services say to each other."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict


class Terms(TypedDict, total=False):
    """How a form is given out. opens_at: now if missing. link: whether there is a link for whoever has it."""

    title: str
    audience: str
    anonymous: bool
    many: bool
    opens_at: datetime
    closes_at: datetime | None
    link: bool
