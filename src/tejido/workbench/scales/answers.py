"""Answers from a list: which columns are items, which way they are worded, and what can be answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.fields import no_column
from tejido.foundation.tables.plain import plain
from tejido.foundation.tables.reading import Table
from tejido.workbench.cells import Columns, are_numbers, split_list, values_of
from tejido.workbench.lists import all_columns
from tejido_analytics.scales import Key, Scores, score

MOST_ANSWERS = 11  # 0 to 10: a column with more different values is no item that is answered on a scale


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says. scales: name -> items as written. low, high: None where the answers are to say."""

    scales: dict[str, str]
    reverse: tuple[str, ...]
    low: float | None
    high: float | None
    words: tuple[str, ...]
    least: float
    person: str
    group: str


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """name; items: their headings; reverse: those turned round; scores: of the library."""

    name: str
    items: tuple[str, ...]
    reverse: tuple[str, ...]
    scores: Scores


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """persons, groups: a label for each line, empty tuple where no column was named. low, high: ends of the answers."""

    scales: tuple[Scale, ...]
    persons: tuple[str, ...]
    groups: tuple[str, ...]
    low: float
    high: float
    guessed_range: bool


def asked(options: dict[str, Any]) -> Asked:
    """The options of the command, understood. Raises Refusal wrong_scale, wrong_range, wrong_least."""
    scales = {}
    for text in options["scale"]:
        name, sign, items = text.partition("=")
        if not sign or not name.strip() or not items.strip():
            raise Refusal(
                "wrong_scale",
                _("«%(text)s» is no scale. Write --scale name=item1,item2,-item3.") % {"text": text},
            )
        scales[name.strip()] = items
    if options["items"] or not scales:
        scales["scale"] = options["items"]
    words = tuple(split_list(options["words"]))
    low, high = (1.0, float(len(words))) if words else (None, None)
    if options["range"]:
        ends = options["range"].split(":")
        try:
            low, high = (float(end.replace(",", ".")) for end in ends)
        except ValueError as error:
            raise Refusal(
                "wrong_range", _("--range has a lowest and a highest answer: --range 1:5.")
            ) from error
        if low >= high:
            raise Refusal("wrong_range", _("--range has a lowest and a highest answer: --range 1:5."))
    if not 0 < options["least"] <= 1:
        raise Refusal("wrong_least", _("--least is a share of the items: above 0, up to 1."))
    return Asked(
        scales,
        tuple(split_list(options["reverse"])),
        low,
        high,
        words,
        options["least"],
        options["person"],
        options["group"],
    )


def read_earlier(path: Path, want: Asked) -> Answers:
    """The same of the list from before; it may do without groups where people are named in both. Raises the same."""
    _table, columns = all_columns(path)
    linked = want.person and want.group not in columns
    return read_answers(path, replace(want, group="") if linked else want)


def read_answers(path: Path, want: Asked) -> Answers:
    """The answers in `path`, scored. Without named items, every column of whole numbers with at most 11 values is one.

    Items: `A1,A2,-A3` (minus: worded the other way) or `A1..A5` (all columns from the one to the other).
    Raises Refusal: those of reading a list, column_missing, no_items, not_a_number, unknown_word, outside_range.
    """
    table, columns = all_columns(path)
    for heading in (want.person, want.group):
        if heading and heading not in columns:
            raise no_column(table, heading)
    chosen = {name: _items(table, columns, text, want) for name, text in want.scales.items()}
    read = {
        item: values_of(table, columns, item, want.words)
        for item in dict.fromkeys(item for items, _reverse in chosen.values() for item in items)
    }
    low, high = _range(read, want)
    for item, values in read.items():
        _inside(table, item, values, (low, high))
    scales = []
    for name, (items, reverse) in chosen.items():
        key = Key(low, high, tuple(items.index(item) for item in reverse), want.least)
        answers = np.column_stack([read[item] for item in items])
        scales.append(Scale(name, tuple(items), reverse, score(answers, key)))
    persons = tuple(columns[want.person]) if want.person else ()
    groups = tuple(columns[want.group]) if want.group else ()
    return Answers(tuple(scales), persons, groups, low, high, want.low is None)


def _items(table: Table, columns: Columns, text: str, want: Asked) -> tuple[list[str], tuple[str, ...]]:
    items, reverse = [], []
    for part in split_list(text) if text else _likely(columns, want):
        name = part if part in columns else part.removeprefix("-").strip()
        first, dots, last = name.partition("..")
        found = (
            [name] if name in columns or not dots else _between(table, columns, first.strip(), last.strip())
        )
        items += found
        if part.startswith("-") and part not in columns:
            reverse += found
    for item in (*items, *want.reverse):
        if item not in columns:
            raise no_column(table, item)
    items = list(dict.fromkeys(items))
    if len(items) < 2:
        raise Refusal(
            "no_items",
            _("A scale has two items or more. Name its columns: --items A1,A2,-A3 or --items A1..A5."),
        )
    return items, tuple(item for item in items if item in reverse or item in want.reverse)


def _between(table: Table, columns: Columns, first: str, last: str) -> list[str]:
    headings = list(columns)
    for heading in (first, last):
        if heading not in columns:
            raise no_column(table, heading)
    here, there = sorted((headings.index(first), headings.index(last)))
    return headings[here : there + 1]


def _likely(columns: Columns, want: Asked) -> list[str]:
    named = {want.person, want.group}
    return [
        heading
        for heading, cells in columns.items()
        if heading not in named and not _names_lines(heading, cells) and _is_item(cells, want.words)
    ]


def _names_lines(heading: str, cells: Sequence[str]) -> bool:
    """A number for each person, not an answer."""
    counted = [str(at) for at in range(1, len(cells) + 1)]
    return plain(heading) in {
        "id",
        "nr",
        "no",
        "n",
        "row",
        "fila",
        "linha",
        "person",
        "persona",
        "pessoa",
    } or (len(cells) > 4 and list(cells) == counted)


def _is_item(cells: Sequence[str], words: tuple[str, ...]) -> bool:
    known = {cell for cell in cells if cell}
    if words:
        return bool(known) and len(known & set(words)) * 2 > len(known)
    return (
        are_numbers(cells)
        and len(known) <= MOST_ANSWERS + 1
        and all("." not in cell and "," not in cell for cell in known)
    )


def _range(read: dict[str, np.ndarray], want: Asked) -> tuple[float, float]:
    if want.low is not None and want.high is not None:
        return want.low, want.high
    known = np.concatenate(list(read.values()))
    known = known[~np.isnan(known)]
    if not len(known) or known.min() == known.max():
        raise Refusal(
            "no_answers",
            _("Every answer is the same, or there is none. Say with --range what can be answered."),
        )
    return float(known.min()), float(known.max())


def _inside(table: Table, item: str, values: np.ndarray, ends: tuple[float, float]) -> None:
    beyond = np.flatnonzero((values < ends[0]) | (values > ends[1]))
    if len(beyond):
        raise Refusal(
            "outside_range",
            _(
                "«%(file)s», column «%(column)s»: the answer %(value)s lies outside %(low)s to %(high)s. Mend it, or widen --range."
            )
            % {
                "file": table.name,
                "column": item,
                "value": f"{values[beyond[0]]:g}",
                "low": f"{ends[0]:g}",
                "high": f"{ends[1]:g}",
            },
        )
