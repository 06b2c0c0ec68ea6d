"""Where the headings of a table are, and what they are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from tejido.foundation.tables.dates import parse_date

LOOK_AT = 40  # records from the top
_VALUE = re.compile(r"\s*[-+]?[\d.,\s/:()-]*\d[\d.,\s/:()%-]*\s*\Z")


def find_header(records: Sequence[Sequence[str]], knows: Callable[[str], bool]) -> int | None:
    """Index of the record with the headings; None where the table has none.

    records: the first of the file, LOOK_AT or fewer. knows: whether a text is a heading that people use.
    The first record that is nearly as wide as the table, unless a later one (below titles) has more known headings.
    """
    filled = [sum(1 for cell in record if cell.strip()) for record in records]
    if not any(filled):
        return None
    width = _usual_width([count for count in filled if count])
    wide = [index for index, count in enumerate(filled) if count >= max(1, 0.5 * width)]
    known = {index: sum(1 for cell in records[index] if knows(cell)) for index in wide[:15]}
    first, best = wide[0], max(known, key=lambda index: (known[index], -index))
    if best != first and known[first] == 0 and known[best] >= min(2, width) and filled[first] < filled[best]:
        return best  # what stands above is narrower and says nothing: a title in several cells
    return None if known[first] == 0 and _is_data(first, records, wide) else first


def _usual_width(counts: Sequence[int]) -> int:
    times = Counter(counts)
    return max(times, key=lambda count: (times[count], count))


def _is_data(first: int, records: Sequence[Sequence[str]], wide: Sequence[int]) -> bool:
    """The record looks like those below it: numbers over numbers, addresses over addresses."""
    below = [records[index] for index in wide if index > first][:20]
    if not records[first][0].strip() and any(record[0].strip() for record in below):
        return False  # an empty corner: headings to the right, people below
    for column, cell in enumerate(records[first]):
        form = _form(cell)
        if form in {"text", "empty"} or not below:
            continue
        forms = Counter(_form(record[column]) for record in below if column < len(record))
        if forms[form] > 0.6 * (sum(forms.values()) - forms["empty"]):
            return True
    return False


def _form(cell: str) -> str:
    text = cell.strip()
    if not text:
        return "empty"
    if "@" in text and "." in text:
        return "address"
    if _VALUE.match(text) or parse_date(text) is not None:
        return "value"
    return "text"


def column_letters(index: int) -> str:
    """0 -> A, 26 -> AA, as spreadsheets name their columns."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def name_columns(header: Sequence[str], width: int) -> tuple[list[str], list[str], list[int]]:
    """Headings that are all there and all different.

    Returns (headings, the texts that came more than once, the indexes without a heading).
    """
    given = [" ".join(cell.split()) for cell in header] + [""] * (width - len(header))
    times: Counter[str] = Counter()
    repeated: list[str] = []
    unnamed: list[int] = []
    names: list[str] = []
    taken = {text.casefold() for text in given if text}
    for index, text in enumerate(given):
        if not text:
            unnamed.append(index)
            names.append(_free(column_letters(index), taken))
            continue
        times[text.casefold()] += 1
        if times[text.casefold()] == 1:
            names.append(text)
            continue
        if text not in repeated:
            repeated.append(text)
        names.append(_free(f"{text} ({times[text.casefold()]})", taken))
    return names, repeated, unnamed


def _free(name: str, taken: set[str]) -> str:
    while name.casefold() in taken:
        name += "'"
    taken.add(name.casefold())
    return name
