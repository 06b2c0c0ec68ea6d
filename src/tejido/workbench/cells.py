"""Cells of a person's own columns: numbers with gaps, words in an order, columns by their name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.plain import plain
from tejido.foundation.tables.reading import Table
from tejido.foundation.tables.values import decimal_mark, parse_number
from tejido.workbench.lists import numbers_in

# How programs and people write that there is no answer.
GAPS = frozenset({"", "na", "n a", "nan", "null", "none", "nd", "n d", "s d", "sd", "ns nr", "nsnr"})

Columns = Mapping[str, Sequence[str]]


def is_gap(cell: str) -> bool:
    """Whether a cell says that there is nothing: empty, NA, n/a, null, a dot or dashes.

    >>> [is_gap(cell) for cell in ("", "NA", "n/a", "-", ".", "0", "no")]
    [True, True, True, True, True, False, False]
    """
    return not cell.strip(" .-–—?") or plain(cell) in GAPS


def numbers(table: Table, heading: str, cells: Sequence[str]) -> np.ndarray:
    """Cells as float[n], nan where there is none. Raises Refusal not_a_number with the first cell that is neither."""
    known = ["" if is_gap(cell) else cell for cell in cells]
    return np.array([np.nan if value is None else value for value in numbers_in(table, heading, known)])


def are_numbers(cells: Sequence[str]) -> bool:
    """Whether every cell that says something is a number, and one does.

    >>> are_numbers(["1", "NA", "2,5"]), are_numbers(["", "NA"]), are_numbers(["1", "b"])
    (True, False, False)
    """
    known = [cell for cell in cells if not is_gap(cell)]
    mark = decimal_mark(known)
    return bool(known) and all(parse_number(cell, mark) is not None for cell in known)


def ranked(table: Table, heading: str, cells: Sequence[str], words: Sequence[str]) -> np.ndarray:
    """Words as their place in `words`, 1 for the first; nan where there is none. Raises Refusal unknown_word."""
    place = {plain(word): float(at) for at, word in enumerate(words, start=1)}
    found = []
    for cell in cells:
        if not is_gap(cell) and plain(cell) not in place:
            raise Refusal(
                "unknown_word",
                _(
                    "«%(file)s», column «%(column)s»: «%(cell)s» is none of the words given (%(words)s). "
                    "Name it in --words, from the lowest to the highest."
                )
                % {"file": table.name, "column": heading, "cell": cell, "words": ", ".join(words)},
            )
        found.append(np.nan if is_gap(cell) else place[plain(cell)])
    return np.array(found)


def values_of(table: Table, columns: Columns, heading: str, words: Sequence[str]) -> np.ndarray:
    """A column as float[n]: by the words where some are given and it is not numbers anyway."""
    cells = columns[heading]
    return (
        ranked(table, heading, cells, words)
        if words and not are_numbers(cells)
        else numbers(table, heading, cells)
    )


def split_list(text: str) -> list[str]:
    """`a, b, c` from the command line as a list.

    >>> split_list(" a, b ,,c")
    ['a', 'b', 'c']
    """
    return [part.strip() for part in text.split(",") if part.strip()]
