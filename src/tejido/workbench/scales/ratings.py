"""Ratings from a list: a line for each unit and a column for each rater, the other way round, or one rating a line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.fields import no_column
from tejido.foundation.tables.plain import plain
from tejido.foundation.tables.reading import Table
from tejido.workbench.cells import Columns, are_numbers, is_gap, numbers, ranked
from tejido.workbench.lists import all_columns
from tejido_analytics.agreement import coded

UNIT = frozenset(
    {
        "unit",
        "units",
        "unidad",
        "unidades",
        "unidade",
        "id",
        "item",
        "case",
        "caso",
        "subject",
        "fragment",
        "fragmento",
        "excerpt",
        "trecho",
        "source",
        "fuente",
        "fonte",
        "visit",
        "visita",
    }
)
RATER = frozenset(
    {
        "rater",
        "raters",
        "coder",
        "coders",
        "observer",
        "observador",
        "observadora",
        "codificador",
        "codificadora",
        "evaluador",
        "evaluadora",
        "avaliador",
        "avaliadora",
        "judge",
        "juez",
        "juiz",
    }
)
RATING = frozenset(
    {"rating", "value", "code", "valor", "codigo", "calificacion", "nota", "score", "avaliacao", "puntaje"}
)


@dataclass(frozen=True, slots=True)
class Layout:
    """unit: the column that names the units, "" to look for it. across: raters are lines and units columns.

    words: of an ordered scale, lowest first.
    """

    unit: str = ""
    across: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """values: float[units, raters], nan where there is none. words: what a number stands for, empty for numbers."""

    values: np.ndarray
    raters: tuple[str, ...]
    words: tuple[str, ...]


def read_ratings(path: Path, level: str, layout: Layout) -> Ratings:
    """The ratings in `path`. One rating a line where the columns unit, rater and rating (código, valor …) are there.

    At the level nominal everything is a word; else numbers, or the words of `layout.words` in their order.
    Raises Refusal: those of reading a list, column_missing, not_a_number, unknown_word, rated_twice, one_rater.
    """
    table, columns = all_columns(path)
    if layout.unit and layout.unit not in columns:
        raise no_column(table, layout.unit)
    long = _long(columns)
    if long:
        columns = _spread(table, columns, long)
    else:
        names = UNIT | RATER if not layout.across else UNIT | RATER | {""}
        first = (
            layout.unit or next((one for one in columns if plain(one) in names), "") or _names_units(columns)
        )
        across = layout.across or plain(first) in RATER
        columns = {heading: cells for heading, cells in columns.items() if heading != first}
        if across:
            columns = {
                str(at): list(row) for at, row in enumerate(zip(*columns.values(), strict=True), start=1)
            }
    if len(columns) < 2:
        raise Refusal("one_rater", _("Agreement takes two raters or more. Put each in a column of its own."))
    raters = tuple(columns)
    if level == "nominal":
        cells = [
            [None if is_gap(cell) else cell for cell in row] for row in zip(*columns.values(), strict=True)
        ]
        values, words = coded(cells)
        return Ratings(values, raters, words)
    found = [
        ranked(table, rater, cells, layout.words) if layout.words else numbers(table, rater, cells)
        for rater, cells in columns.items()
    ]
    return Ratings(np.column_stack(found), raters, layout.words)


def _names_units(columns: Columns) -> str:
    """The first column, where no cell comes twice and the cells are names or count 1, 2, 3; else ""."""
    heading, cells = next(iter(columns.items()))
    distinct = len(cells) > 2 and len(set(cells)) == len(cells) and all(cells)
    counts = list(cells) == [str(at) for at in range(1, len(cells) + 1)]
    return heading if distinct and (counts or not are_numbers(cells)) else ""


def _long(columns: Columns) -> tuple[str, str, str] | None:
    found = [next((one for one in columns if plain(one) in names), "") for names in (UNIT, RATER, RATING)]
    return (found[0], found[1], found[2]) if all(found) else None


def _spread(table: Table, columns: Columns, long: tuple[str, str, str]) -> dict[str, list[str]]:
    unit, rater, rating = (columns[heading] for heading in long)
    units, raters = list(dict.fromkeys(unit)), list(dict.fromkeys(rater))
    spread: dict[str, list[str]] = {name: [""] * len(units) for name in raters}
    at = {name: number for number, name in enumerate(units)}
    for which, who, what in zip(unit, rater, rating, strict=True):
        if spread[who][at[which]] and not is_gap(what):
            raise Refusal(
                "rated_twice",
                _("«%(file)s»: %(rater)s judges «%(unit)s» twice. Leave one of the two lines.")
                % {"file": table.name, "rater": who, "unit": which},
            )
        spread[who][at[which]] = what if not is_gap(what) else ""
    return spread


def word_of(ratings: Ratings, code: float) -> str:
    """What a code of a nominal rating stands for."""
    return ratings.words[int(code)]
