"""`tejido chart --kind xbar-s`: several readings of each day (school, gathering …), their means and their spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.dates import date_order, parse_date
from tejido.foundation.tables.fields import no_column
from tejido.foundation.tables.plain import plain
from tejido.workbench.cells import are_numbers, numbers
from tejido.workbench.charts import result, sentences
from tejido.workbench.charts.drawing import Picture, pictures_as_svg
from tejido.workbench.charts.reading import DATE, Readings, Wanted, value_among
from tejido.workbench.lists import all_columns
from tejido_analytics.charts import XbarS

GROUP = frozenset(
    [
        "group",
        "groups",
        "subgroup",
        "grupo",
        "grupos",
        "subgrupo",
        "sample",
        "muestra",
        "amostra",
        "lot",
        "lote",
        "batch",
        "gathering",
        "encuentro",
        "encontro",
        "session",
        "sesion",
        "sessao",
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Subgroups:
    """values: float[n], in the order of their subgroups. group: n numbers, 0 for the first subgroup.

    readings: one for each subgroup, as the chart of means has them (its values nan): labels, phases and column names.
    """

    values: np.ndarray
    group: tuple[int, ...]
    readings: Readings


def read_subgroups(path: Path, wanted: Wanted) -> Subgroups:
    """The readings of a list by subgroup: in the order of their dates where all are dates, else as they first occur.

    The subgroup is the column `wanted.label`; without it one headed group, sample, lot, encuentro …, else the first that
    holds dates or is headed so. Lines without a subgroup are left out. A subgroup is of the phase of its first line.
    Raises Refusal: those of reading a list, column_missing, no_subgroups, no_readings, not_a_number.
    """
    table, columns = all_columns(path)
    for heading in (wanted.value, wanted.label, wanted.phase):
        if heading and heading not in columns:
            raise no_column(table, heading)
    group = wanted.label or _groups_in(columns)
    if not group:
        raise Refusal(
            "no_subgroups", _("Name the column that says which readings belong together with --group.")
        )
    value = wanted.value or value_among(columns, {group, wanted.phase})
    if not value:
        raise Refusal(
            "no_readings",
            _("«%(file)s» has no column of numbers. Name the one that holds the readings with --value.")
            % {"file": table.name},
        )
    values, cells = numbers(table, value, columns[value]), columns[group]
    labels, number = _labels(cells)
    order = sorted((at for at in range(len(cells)) if cells[at]), key=lambda at: number[cells[at]])
    if not order or np.isnan(values[order]).all():
        raise Refusal(
            "no_readings",
            _("Column «%(column)s» of «%(file)s» is empty.") % {"column": value, "file": table.name},
        )
    at_first = {number[cells[at]]: at for at in reversed(order)}
    marks = [columns[wanted.phase][at_first[one]] for one in range(len(labels))] if wanted.phase else []
    phases = tuple(at for at in range(1, len(marks)) if marks[at] != marks[at - 1])
    readings = Readings(np.full(len(labels), np.nan), None, labels, phases, (value, "", group))
    return Subgroups(values[order], tuple(number[cells[at]] for at in order), readings)


def _groups_in(columns: Mapping[str, Sequence[str]]) -> str:
    named = [heading for heading in columns if plain(heading) in GROUP]
    dated = [heading for heading in columns if plain(heading) in DATE or _all_dates(columns[heading])]
    return (named + dated + [""])[0]


def _all_dates(cells: Sequence[str]) -> bool:
    known = [cell for cell in cells if cell]
    if not known or (are_numbers(known) and all(len(cell) < 6 for cell in known)):
        return False  # years and counts are read as numbers
    order = date_order(known).order
    return all(parse_date(cell, order) for cell in known)


def _labels(cells: Sequence[str]) -> tuple[Any, dict[str, int]]:
    """The subgroups in order, all dates or all texts, and the number of each cell."""
    first = list(dict.fromkeys(cell for cell in cells if cell))
    if not _all_dates(first):
        return tuple(first), {cell: at for at, cell in enumerate(first)}
    order = date_order(first).order
    day = {cell: found for cell in first if (found := parse_date(cell, order)) is not None}
    days = sorted(set(day.values()))
    place = {one: at for at, one in enumerate(days)}
    return tuple(days), {cell: place[one] for cell, one in day.items()}


def check_several(both: XbarS, group: str) -> None:
    """Refuse subgroups that all have one reading: they have no spread. Raises Refusal one_each."""
    if both.sizes.max() < 2:
        raise Refusal(
            "one_each",
            _(
                "No two readings share their «%(column)s», so nothing can be said of their spread. Use --kind xmr, "
                "or name the column that says which belong together with --group."
            )
            % {"column": group},
        )


def said(both: XbarS) -> tuple[list[str], list[str]]:
    """What the means say and what the spreads say, each in sentences, headed by what they are of."""
    means = _("Means of %(n)d subgroups, each counted as a reading:") % {"n": len(both.groups)}
    spreads = _("Spread within the subgroups (standard deviations):")
    return (
        [means, sentences.whole(both.means), *sentences.each(both.means)],
        [spreads, sentences.whole(both.spreads), *sentences.each(both.spreads)],
    )


def drawn(both: XbarS, of: Subgroups, title: str) -> str:
    """Both charts one above the other, as one SVG."""
    value, labels = of.readings.names[0], of.readings.labels
    means, spreads = said(both)
    of_means, of_spreads = _("mean of %(column)s"), _("standard deviation of %(column)s")
    above = Picture(title or value, labels, of_means % {"column": value}, " ".join(means[:4]))
    name = of_spreads % {"column": value}
    below = Picture(name, labels, name, " ".join(spreads[:4]))
    return pictures_as_svg(((both.means, above), (both.spreads, below)))


def as_object(both: XbarS, of: Subgroups) -> dict[str, Any]:
    """kind, sizes (readings of each subgroup), means and spreads, each as the object of a single chart."""
    return {
        "kind": "xbar-s",
        "sizes": both.sizes.tolist(),
        "means": result.as_object(both.means, of.readings),
        "spreads": result.as_object(both.spreads, of.readings),
    }
