"""What somebody types from the paper sheet: numbers, ranges, names. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tejido.directory.selectors import search_form

NUMBERS = re.compile(r"[\d\s–-]+")
ONE = re.compile(r"(\d+)(?:\s*[–-]\s*(\d+))?")


@dataclass(frozen=True, slots=True)
class Typed:
    """people: ids that the words name; unclear: what names nobody on the sheet, or more than one."""

    people: set[int] = field(default_factory=set)
    unclear: list[str] = field(default_factory=list)


def people_in(text: str, by_number: Mapping[int, int], names: Mapping[int, str]) -> Typed:
    """`text` holds numbers, ranges and names, between commas, semicolons or line ends; between numbers a space is enough.

    by_number: number on the sheet -> id; names: id -> name in search form. Of a name the beginnings of its words are enough.

    >>> found = people_in("1-3 9, ana; zz", {1: 7, 2: 8, 3: 9, 4: 10}, {10: "ana paz"})
    >>> sorted(found.people), found.unclear
    ([7, 8, 9, 10], ['9', 'zz'])
    """
    typed = Typed()
    for part in (one.strip() for one in re.split(r"[,;\n\r]+", text)):
        if part and NUMBERS.fullmatch(part) and ONE.search(part):
            _numbers(part, by_number, typed)
        elif part:
            _name(part, names, typed)
    return typed


def _numbers(part: str, by_number: Mapping[int, int], typed: Typed) -> None:
    for first, last in ONE.findall(part):
        low, high = int(first[:6]), int((last or first)[:6])
        asked = range(low, high + 1) if high - low < len(by_number) else range(0)
        if not asked or any(number not in by_number for number in asked):
            typed.unclear.append(f"{first}-{last}" if last else first)
        else:
            typed.people.update(by_number[number] for number in asked)


def _name(part: str, names: Mapping[int, str], typed: Typed) -> None:
    words = search_form(part).split()
    exact = [pk for pk, name in names.items() if name.split() == words]
    found = exact or [
        pk for pk, name in names.items() if words and all(f" {word}" in f" {name}" for word in words)
    ]
    if len(found) == 1:
        typed.people.add(found[0])
    else:
        typed.unclear.append(part)
