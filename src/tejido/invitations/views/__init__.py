"""Pages about invitations and answers."""

from __future__ import annotations

from tejido.invitations.views.by_link import answer, calendar_file, substitute
from tejido.invitations.views.mine import mine, quick
from tejido.invitations.views.team import answers, ask, person, settings, whom
from tejido.invitations.views.venues import venues

__all__ = [
    "answer",
    "answers",
    "ask",
    "calendar_file",
    "mine",
    "person",
    "quick",
    "settings",
    "substitute",
    "venues",
    "whom",
]
