"""Pages of skills and buddies."""

from __future__ import annotations

from tejido.buddies.views.answering import buddy
from tejido.buddies.views.rounds import (
    begin,
    buddies,
    close,
    leave_out,
    open_round,
    propose,
    send,
    swap,
    wave,
)
from tejido.buddies.views.skills import ask, asked, decide, remind, seek, skills, suggestions, wish
from tejido.buddies.views.telling import mine, tell

__all__ = [
    "ask",
    "asked",
    "begin",
    "buddies",
    "buddy",
    "close",
    "decide",
    "leave_out",
    "mine",
    "open_round",
    "propose",
    "remind",
    "seek",
    "send",
    "skills",
    "suggestions",
    "swap",
    "tell",
    "wave",
    "wish",
]
