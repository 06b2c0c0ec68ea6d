"""What a table is: its columns, its filters, its order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest

if TYPE_CHECKING:
    from tejido.web.tables.bound import BoundTable

Rows = QuerySet[Any] | Sequence[Any]
Choices = Iterable[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` gives what is shown and downloaded: text, number, date, time, bool or None.

    order: the database's fields to sort by, for a queryset; for a list of rows any non-empty tuple lets the
           column be sorted, by its value. Empty: not sortable.
    cell:  a template with `row` and `value`, for a cell that is more than text; files get `value` all the same.
    """

    key: str
    title: Any
    value: Callable[[Any], Any]
    order: tuple[str, ...] = ()
    cell: str = ""
    numeric: bool = False
    only: str = ""  # "page": not in files; "files": not on the page


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter, its value in the address under `key`. Without choices: a search box.

    choices: (value, words) pairs, or a function that returns them (asked once per page). A value that is none of
    them is ignored.
    """

    key: str
    label: Any
    apply: Callable[[Any, str], Rows]
    choices: Choices | Callable[[], Choices] | None = None
    everything: Any = ""  # words of the choice that filters nothing


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table. `key` names it on the page and in file names; `order` is a column's key, "-key" for downwards."""

    key: str
    caption: Any
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    order: str = ""
    per_page: int = 50
    heading: str = ""  # key of the column that heads the row (default: the first)
    hidden: dict[str, str] = field(default_factory=dict)

    def read(self, request: HttpRequest, rows: Rows) -> BoundTable:
        """The table as the address asks for it. Costs two queries on a page, one in a file."""
        from tejido.web.tables.bound import BoundTable

        return BoundTable(self, request, rows)
