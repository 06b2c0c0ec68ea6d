"""A plan as `tejido visits` wrote it, read again after a change: what was made, what fell through, what stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.dates import date_order
from tejido.foundation.tables.fields import Cells, Field, FieldedTable
from tejido.foundation.tables.values import parse_yes_no
from tejido.workbench.lists import numbers_in, open_list
from tejido.workbench.visits.reading import SCHOOLS, SKILL, TEAMS, date_in
from tejido_analytics.routes.model import Visit
from tejido_analytics.routes.replanning import Replan

PLAN = {
    "team": Field(TEAMS["team"].also, True, "string", "key or name of the team; empty: without a place"),
    "date": Field(("fecha", "data"), True, "date", "of the visit; empty: without a place"),
    "order": Field(("orden", "ordem"), False, "number", "within the team's day"),
    "school": SCHOOLS["school"],
    "skill": Field(SKILL, False, "string", "that the visit asks for"),
    "arrival": Field(("llegada", "chegada"), False, "string", "time of day"),
    "departure": Field(("salida", "saída"), False, "string", "time of day"),
    "km": Field((), False, "number", "driven to get there"),
    "sleeps": Field(("duerme", "dorme"), False, "boolean", "the team spends the night there"),
    "done": Field(
        ("hecha", "realizada", "made"), False, "boolean", "no: the visit fell through and is due again"
    ),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan there was: its visits, and those of them that were not made although their day has passed."""

    visits: tuple[Visit, ...]
    undone: tuple[Visit, ...]


def read_plan(path: Path, today: dt.date) -> Standing:
    """Raises Refusal as `open_list`, and for cells that are no date, number, time, or yes and no."""
    table = open_list(path, "plan", PLAN)
    order = date_order(table.column("date")).order
    numbers = {name: _numbers(table, name) for name in ("order", "km")}
    visits: list[Visit] = []
    undone: list[Visit] = []
    for index, (number, cells) in enumerate(table.rows()):
        if not cells["date"]:
            continue  # a visit that had no place
        visit = Visit(
            cells["team"],
            date_in(table, number, cells["date"], order),
            int(numbers["order"][index] or 1),
            cells["school"],
            cells.get("skill", ""),
            _minutes(table, number, cells.get("arrival", "")),
            _minutes(table, number, cells.get("departure", "")),
            float(numbers["km"][index] or 0.0),
            sleeps=_yes(table, number, cells, "sleeps") is True,
        )
        visits.append(visit)
        if visit.date < today and _yes(table, number, cells, "done") is False:
            undone.append(visit)
    return Standing(tuple(visits), tuple(undone))


def what_changed(after: Replan, dropped: int, today: dt.date) -> list[str]:
    """What the change came to, for people. dropped: visits ahead to schools that the list no longer has."""
    said = {
        "today": today,
        "kept": after.kept,
        "moved": after.moved,
        "added": after.added,
        "lost": after.lost,
        "made": len(after.done),
    }
    lines = [
        _(
            "From %(today)s on %(kept)d visits stay as they were, %(moved)d have another day or team, %(added)d are new and "
            "%(lost)d have lost their place. %(made)d were made before."
        )
        % said
    ]
    if dropped:
        lines.append(
            ngettext(
                "  %(count)d visit of the old plan is gone: its school is not in the list any more.",
                "  %(count)d visits of the old plan are gone: their schools are not in the list any more.",
                dropped,
            )
            % {"count": dropped}
        )
    return lines


def _numbers(table: FieldedTable, name: str) -> list[float | None]:
    if name not in table.places:
        return [None] * table.table.row_count
    return numbers_in(table.table, table.table.headers[table.places[name]], table.column(name))


def _yes(table: FieldedTable, number: int, cells: Cells, column: str) -> bool | None:
    cell = cells.get(column, "")
    said = parse_yes_no(cell) if cell else None
    if cell and said is None:
        raise Refusal(
            "not_yes_or_no",
            _("«%(file)s», row %(row)d: «%(text)s» in the column «%(column)s» is neither yes nor no.")
            % {"file": table.name, "row": number, "text": cell, "column": column},
        )
    return said


def _minutes(table: FieldedTable, number: int, text: str) -> int:
    """Minutes after midnight; 0 where the cell is empty."""
    try:
        time = dt.time.fromisoformat(text.zfill(5)) if text else dt.time()
    except ValueError as error:
        raise Refusal(
            "not_a_time",
            _("«%(file)s», row %(row)d: «%(text)s» is not a time of day. Write it like this: 07:30.")
            % {"file": table.name, "row": number, "text": text},
        ) from error
    return time.hour * 60 + time.minute
