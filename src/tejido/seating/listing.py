"""Tables as lines to be read and copied."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tejido.seating.models import TableTalk
from tejido.seating.selectors import Standing

TalkLine = tuple[int, list[str], str]  # table (0: all), what it talks about, what came out


def talk_lines(talks: Mapping[tuple[int, int], TableTalk], number: int, tables: int) -> list[TalkLine]:
    """Each table of a round with what came out; first the whole round, where anything is said of it. Pure."""
    known = {table: row for (round_, table), row in talks.items() if round_ == number}
    whole = known.get(0)
    lines: list[TalkLine] = []
    if whole and (whole.prompt or whole.harvest):
        lines.append((0, [whole.prompt] if whole.prompt else [], whole.harvest))
    for table in range(1, max([tables, *known]) + 1):
        row = known.get(table)
        lines.append((table, [row.prompt] if row and row.prompt else [], row.harvest if row else ""))
    return lines


def room_lines(standing: Standing, number: int) -> str:
    """A line for each room with the names of those who go there. Pure."""
    return "\n".join(
        _("Room %(number)d: %(names)s")
        % {"number": table, "names": ", ".join(standing.traits[one].name for one in people)}
        for table, people in standing.tables(number).items()
        if people
    )
