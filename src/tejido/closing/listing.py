"""The commitments of a community as a table: its columns, orders and filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from tejido.closing import wording
from tejido.closing.selectors import Line
from tejido.directory.selectors import search_form
from tejido.web.tables import Column, Filter, TableSpec

CELL = "closing/partials/{}_cell.html"


class Row:
    """A line with the keys by which a table is sorted."""

    def __init__(self, line: Line) -> None:
        one = line.commitment
        self.line, self.commitment = line, one
        self.what, self.who, self.state = one.what, line.who, line.state
        self.due = (one.due_on is None, one.due_on)
        self.by, self.settled_on = one.due_on, one.settled_on
        self.gathering, self.node = one.gathering.title, one.community.name


def _keep(test: Callable[[Row, str], bool]) -> Callable[[Any, str], Any]:
    return lambda rows, value: [row for row in rows if test(row, value)]


def _worded(row: Row, words: str) -> bool:
    text = f" {search_form(row.what)} {search_form(row.who)} {search_form(row.gathering)}"
    return all(f" {word}" in text for word in search_form(words).split())


def _in_state(row: Row, state: str) -> bool:
    return row.state == state or (state == "open" and row.commitment.state == "open")


def table_of(rows: list[Row]) -> TableSpec:
    """The list of commitments as a table that can be sorted, filtered and downloaded."""
    return TableSpec(
        key="commitments",
        caption=gettext_lazy("Commitments"),
        order="due",
        columns=_columns(),
        filters=_filters(rows),
    )


def _columns() -> list[Column]:
    return [
        Column("what", gettext_lazy("What"), lambda row: row.what, ("what",), CELL.format("what")),
        Column("who", pgettext_lazy("of a commitment", "Who"), lambda row: row.who, ("who",)),
        Column("due", gettext_lazy("By when"), lambda row: row.by, ("due",)),
        Column(
            "state",
            gettext_lazy("State"),
            lambda row: str(wording.STATES[row.state][0]),
            ("state",),
            CELL.format("commitment"),
        ),
        Column("settled", gettext_lazy("Settled on"), lambda row: row.settled_on, only="files"),
        Column(
            "gathering",
            gettext_lazy("Made at"),
            lambda row: row.gathering,
            ("gathering",),
            CELL.format("made_at"),
        ),
        Column("node", gettext_lazy("Community"), lambda row: row.node, ("node",)),
        Column("note", gettext_lazy("Note"), lambda row: row.commitment.note, only="files"),
    ]


def _filters(rows: list[Row]) -> list[Filter]:
    nodes = sorted({(str(row.commitment.community_id), row.node) for row in rows}, key=lambda one: one[1])
    return [
        Filter("q", gettext_lazy("What, who or where"), _keep(_worded)),
        Filter(
            "state",
            gettext_lazy("State"),
            _keep(_in_state),
            [(key, words) for key, (words, _tone) in wording.STATES.items()],
            gettext_lazy("Any state"),
        ),
        Filter(
            "node",
            gettext_lazy("Community"),
            _keep(lambda row, value: str(row.commitment.community_id) == value),
            nodes,
            gettext_lazy("All communities"),
        ),
    ]
