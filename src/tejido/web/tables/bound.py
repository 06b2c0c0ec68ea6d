"""A table as one request asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tejido.web.tables.files import as_csv, as_xlsx
from tejido.web.tables.shown import shown_value
from tejido.web.tables.spec import Column, Filter, Rows, TableSpec

CHUNK = 2000

ALWAYS_SHOWN = 2  # filters


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head on the page: where sorting by it leads and how it is sorted now."""

    column: Column
    url: str  # "" where it cannot be sorted
    sorted: str  # "", ascending, descending


@dataclass(frozen=True, slots=True)
class Box:
    """A filter on the page."""

    filter: Filter
    value: str
    choices: list[tuple[str, Any]] | None


@dataclass(frozen=True, slots=True)
class Cell:
    column: Column
    html: SafeString | str
    heads: bool


class BoundTable:
    """What {% table %} shows. `rows`: everything that passes the filters, sorted."""

    def __init__(self, spec: TableSpec, request: HttpRequest, rows: Rows) -> None:
        self.spec, self.request = spec, request
        self.boxes = [self._box(one) for one in spec.filters]
        self.rows = self._sorted(self._filtered(rows))

    # Filters

    def _box(self, one: Filter) -> Box:
        value = self.request.GET.get(one.key, "").strip().replace("\x00", "")
        if one.choices is None:
            return Box(one, value, None)
        choices = one.choices() if callable(one.choices) else one.choices
        listed = [(str(key), words) for key, words in choices]
        return Box(one, value if value in dict(listed) else "", listed)

    def _filtered(self, rows: Rows) -> Rows:
        for box in self.boxes:
            if box.value:
                rows = box.filter.apply(rows, box.value)
        return rows

    @cached_property
    def filtered(self) -> bool:
        """Whether some filter leaves rows out."""
        return any(box.value for box in self.boxes)

    @property
    def first_boxes(self) -> list[Box]:
        """Filters that are always in view: all of up to two, else the first. A phone shows the list, not a form."""
        return self.boxes if len(self.boxes) <= ALWAYS_SHOWN else self.boxes[:1]

    @property
    def more_boxes(self) -> list[Box]:
        """The other filters, folded away until somebody wants them."""
        return self.boxes[len(self.first_boxes) :]

    @property
    def more_filtered(self) -> bool:
        """Whether one of the folded filters is in force: then they are open."""
        return any(box.value for box in self.more_boxes)

    @property
    def searched(self) -> bool:
        """Whether there is a search box: the page then filters while one types."""
        return any(box.choices is None for box in self.boxes)

    # Order

    @cached_property
    def sorting(self) -> tuple[Column, bool] | None:
        """The column that is sorted by, and whether downwards. An unknown one in the address is ignored."""
        sortable = {column.key: column for column in self.spec.columns if column.order}
        for asked in (self.request.GET.get("sort", ""), self.spec.order):
            if asked.removeprefix("-") in sortable:
                return sortable[asked.removeprefix("-")], asked.startswith("-")
        return None

    def _sorted(self, rows: Rows) -> Rows:
        if self.sorting is None:
            return rows
        column, downwards = self.sorting
        if isinstance(rows, QuerySet):
            fields = [
                name.removeprefix("-") if downwards == name.startswith("-") else f"-{name.removeprefix('-')}"
                for name in column.order
            ]
            return rows.order_by(*fields, *([] if "pk" in fields or "-pk" in fields else ["pk"]))
        known = [row for row in rows if column.value(row) is not None]
        unknown = [row for row in rows if column.value(row) is None]
        return sorted(known, key=lambda row: _sort_key(column.value(row)), reverse=downwards) + unknown

    # Addresses: every link keeps what the others chose

    def address(self, **changes: str | int | None) -> str:
        query = self.request.GET.copy()
        for key, value in changes.items():
            query.pop(key, None)
            if value not in (None, ""):
                query[key] = str(value)
        return f"?{query.urlencode()}"

    @cached_property
    def heads(self) -> list[Head]:
        found = []
        for column in self.page_columns:
            here = self.sorting is not None and self.sorting[0] is column
            downwards = here and self.sorting is not None and self.sorting[1]
            url = (
                self.address(sort=column.key if not here or downwards else f"-{column.key}", page=None)
                if column.order
                else ""
            )
            found.append(Head(column, url, ("descending" if downwards else "ascending") if here else ""))
        return found

    @property
    def csv_url(self) -> str:
        return self.address(download="csv", page=None)

    @property
    def xlsx_url(self) -> str:
        return self.address(download="xlsx", page=None)

    @property
    def previous_url(self) -> str:
        return self.address(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.address(page=self.page.next_page_number()) if self.page.has_next() else ""

    # The page

    @property
    def page_columns(self) -> list[Column]:
        return [column for column in self.spec.columns if column.only != "files"]

    @cached_property
    def page(self) -> Page[Any]:
        """The rows of the page that the address asks for; the last one when it asks for too much."""
        return Paginator(self.rows, self.spec.per_page).get_page(self.request.GET.get("page"))

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @cached_property
    def body(self) -> list[list[Cell]]:
        heading = self.spec.heading or self.page_columns[0].key
        return [
            [self._cell(column, row, column.key == heading) for column in self.page_columns]
            for row in self.page
        ]

    def _cell(self, column: Column, row: Any, heads: bool) -> Cell:
        value = column.value(row)
        if column.cell:
            return Cell(
                column, render_to_string(column.cell, {"row": row, "value": value}, self.request), heads
            )
        return Cell(column, shown_value(value), heads)

    # Files

    def download(self) -> HttpResponseBase | None:
        """The file that the address asks for (?download=csv or xlsx): all rows that pass, in this order. Else None."""
        asked = self.request.GET.get("download")
        if not asked:
            return None
        if asked not in {"csv", "xlsx"}:
            raise Http404
        columns = [column for column in self.spec.columns if column.only != "page"]
        answer = as_csv if asked == "csv" else as_xlsx
        return answer(self.spec.key, [str(column.title) for column in columns], self._values(columns))

    def _values(self, columns: Sequence[Column]) -> Iterator[list[Any]]:
        rows = self.rows.iterator(chunk_size=CHUNK) if isinstance(self.rows, QuerySet) else iter(self.rows)
        return ([column.value(row) for column in columns] for row in rows)


def _sort_key(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
