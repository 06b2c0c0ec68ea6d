"""The readings of a chart: which column holds what, in a list that need not have been made for this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.dates import date_order, parse_date
from tejido.foundation.tables.fields import no_column
from tejido.foundation.tables.plain import plain
from tejido.foundation.tables.reading import Table
from tejido.workbench.cells import are_numbers, numbers
from tejido.workbench.lists import all_columns

VALUE = frozenset(
    {
        "value",
        "values",
        "valor",
        "valores",
        "reading",
        "lectura",
        "leitura",
        "dato",
        "dado",
        "count",
        "conteo",
    }
)
DATE = frozenset(
    {"date", "fecha", "data", "month", "mes", "day", "dia", "week", "semana", "when", "cuando", "period"}
)
SIZE = frozenset(
    {"size", "sizes", "of", "total", "denominator", "denominador", "base", "sample", "muestra", "amostra"}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Columns named on the command line; "" where the list is to be looked at. sized: whether the kind needs sizes."""

    value: str = ""
    size: str = ""
    label: str = ""
    phase: str = ""
    sized: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """values, sizes: float[n]. labels: all dates, in order, or all texts. phases: positions where a phase begins."""

    values: np.ndarray
    sizes: np.ndarray | None
    labels: tuple[dt.date, ...] | tuple[str, ...]
    phases: tuple[int, ...]
    names: tuple[str, str, str]


def read_readings(path: Path, wanted: Wanted) -> Readings:
    """The readings of a list, in the order of their dates where there are dates, else as they stand.

    A column that is not named is found by its heading (value, valor, date, fecha, mes, total …), else the first that fits:
    for dates one that holds nothing but dates; for values numbers that do not just count 1, 2, 3.
    Raises Refusal: those of reading a list, column_missing, no_readings, no_sizes, not_a_number.
    """
    table, columns = all_columns(path)
    for heading in (wanted.value, wanted.size, wanted.label, wanted.phase):
        if heading and heading not in columns:
            raise no_column(table, heading)
    label = wanted.label or _labels_in(columns)
    free = [heading for heading in columns if heading not in {label, wanted.phase, wanted.size, wanted.value}]
    value = wanted.value or _numbers_in(columns, free, VALUE)
    if not value:
        raise Refusal(
            "no_readings",
            _("«%(file)s» has no column of numbers. Name the one that holds the readings with --value.")
            % {"file": table.name},
        )
    size = ""
    if wanted.sized:
        size = wanted.size or _numbers_in(columns, [one for one in free if one != value], SIZE)
        if not size:
            raise Refusal(
                "no_sizes",
                _(
                    "This kind of chart needs a size for each reading. Name the column that holds it with --of."
                ),
            )
    return _in_order(table, columns, (value, size, label), wanted.phase)


def _in_order(
    table: Table, columns: Mapping[str, Sequence[str]], names: tuple[str, str, str], phase: str
) -> Readings:
    value, size, label = names
    n = len(columns[value])
    days = _days(columns[label]) if label else None
    order = sorted(range(n), key=days.__getitem__) if days else list(range(n))
    values = numbers(table, value, columns[value])[order]
    if np.isnan(values).all():
        raise Refusal(
            "no_readings",
            _("Column «%(column)s» of «%(file)s» is empty.") % {"column": value, "file": table.name},
        )
    sizes = numbers(table, size, columns[size])[order] if size else None
    marks = [columns[phase][at] for at in order] if phase else []
    phases = tuple(at for at in range(1, len(marks)) if marks[at] != marks[at - 1])
    if days:
        return Readings(values, sizes, tuple(days[at] for at in order), phases, names)
    texts = tuple(columns[label]) if label else tuple(str(at + 1) for at in range(n))
    return Readings(values, sizes, _all_different(texts), phases, names)


def _days(cells: Sequence[str]) -> list[dt.date] | None:
    """Dates, where every cell is one and no two are the same; None else."""
    if are_numbers(cells) and all(len(cell) < 6 for cell in cells):
        return None  # years and counts are read as numbers
    order = date_order(cells).order
    found = [parse_date(cell, order) for cell in cells]
    known = [day for day in found if day is not None]
    return known if len(set(known)) == len(cells) else None


def _labels_in(columns: Mapping[str, Sequence[str]]) -> str:
    named = [heading for heading in columns if plain(heading) in DATE]
    dated = [heading for heading in columns if _days(columns[heading])]
    return next((heading for heading in named if heading in dated), (dated or named or [""])[0])


def value_among(columns: Mapping[str, Sequence[str]], taken: Set[str]) -> str:
    """The heading of the column that looks most like readings, or ""; `taken` are those that hold something else.

    >>> value_among({"nr": ["1", "2", "3"], "day": ["a", "b", "c"], "points": ["4", "6", "5"]}, {"day"})
    'points'
    """
    return _numbers_in(columns, [heading for heading in columns if heading not in taken], VALUE)


def _numbers_in(columns: Mapping[str, Sequence[str]], free: Sequence[str], names: frozenset[str]) -> str:
    fit = [
        heading for heading in free if are_numbers(columns[heading]) and not _just_counts(columns[heading])
    ]
    return next((heading for heading in fit if plain(heading) in names), fit[0] if fit else "")


def _just_counts(cells: Sequence[str]) -> bool:
    return list(cells) == [str(at) for at in range(1, len(cells) + 1)] and len(cells) > 2


def _all_different(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Labels that occur twice get their number behind, so that no two readings share a place."""
    return tuple(
        text if texts.count(text) == 1 else f"{text} ({at})" for at, text in enumerate(texts, start=1)
    )
