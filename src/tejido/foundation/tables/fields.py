"""A table read by the names of a data dictionary, whatever its headings are called in es, en or pt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.plain import plain
from tejido.foundation.tables.reading import Table

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the data dictionary: its other names (es, pt), whether a row needs it, what it holds."""

    also: tuple[str, ...]
    needed: bool
    kind: str  # string, number, date, boolean: as in a Frictionless table schema
    holds: str


class FieldedTable:
    """The rows of a table by field name, and its columns as a whole where that decides the reading.

    fields: name -> Field. `places` holds the fields that were found: name -> index of the column.
    Raises Refusal column_missing where a needed field has no column.
    """

    def __init__(self, kind: str, table: Table, fields: Mapping[str, Field]) -> None:
        self.kind, self.table, self.name = kind, table, table.name
        by_heading = {plain(header.replace("_", " ")): index for index, header in enumerate(table.headers)}
        self.places: dict[str, int] = {}
        for name, known in fields.items():
            for heading in (name, *known.also):
                if (wanted := plain(heading.replace("_", " "))) in by_heading:
                    self.places[name] = by_heading[wanted]
                    break
        lost = [name for name, known in fields.items() if known.needed and name not in self.places]
        if lost:
            raise no_column(self.table, lost[0], kind)

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """(number as the spreadsheet shows it, cells by field name) of every row with content."""
        for row in self.table.rows():
            yield row.number, {name: row.cells[place] for name, place in self.places.items()}

    def column(self, name: str) -> list[str]:
        """All the cells of a field; empty where the table has no such column."""
        place = self.places.get(name)
        return [] if place is None else [row.cells[place] for row in self.table.rows()]


def no_column(table: Table, column: str, kind: str = "") -> Refusal:
    """The refusal that names the column that is missing and those that are there."""
    return Refusal(
        "column_missing",
        _(
            "«%(file)s» has no column «%(column)s». Its columns are: %(headings)s. Rename the one that holds it."
        )
        % {"file": table.name, "column": column, "headings": ", ".join(table.headers)},
        table=kind,
        column=column,
    )
