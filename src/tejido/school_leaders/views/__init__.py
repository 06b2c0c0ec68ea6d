"""Pages about heads of schools: for whoever runs a community, and for heads themselves."""

from __future__ import annotations

from tejido.school_leaders.views.answering import answer, come_after_all, her_calendar, her_school, substitute
from tejido.school_leaders.views.leading import leading
from tejido.school_leaders.views.running import (
    invite,
    invite_everybody,
    note,
    withdraw,
    words,
    write,
    write_down,
)
from tejido.school_leaders.views.schools import school, schools

__all__ = [
    "answer",
    "come_after_all",
    "her_calendar",
    "her_school",
    "invite",
    "invite_everybody",
    "leading",
    "note",
    "school",
    "schools",
    "substitute",
    "withdraw",
    "words",
    "write",
    "write_down",
]
