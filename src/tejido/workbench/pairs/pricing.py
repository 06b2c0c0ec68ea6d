"""What it costs that two people of a list go together: columns that should differ or agree, meetings, refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tejido.foundation.tables.values import parse_yes_no
from tejido.workbench.lists import all_columns, column_named, numbers_in
from tejido.workbench.pairs.refusals import not_a_room, not_yes_or_no, unknown_person
from tejido.workbench.seats.reading import read_groups, read_met, weighted

Prices = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sides:
    """Who guides and who is guided, as indices of the list, and how many each guide takes."""

    guides: tuple[int, ...]
    guided: tuple[int, ...]
    room: tuple[int, ...]


def prices(people: Sequence[str], options: Mapping[str, Any]) -> Prices:
    """(P, P) in units of the weights; inf for those who must not go together. Raises Refusal."""
    table, columns = all_columns(options["people"])
    price = np.zeros((len(people), len(people)))
    for text, wanted in [*((t, False) for t in options["mix"]), *((t, True) for t in options["alike"])]:
        column, weight = weighted(text)
        cells = np.array(column_named(table, columns, column))
        known = (cells[:, None] != "") & (cells[None, :] != "")
        price += weight * (known & ((cells[:, None] == cells[None, :]) != wanted))
    for text in options["near"]:
        column, weight = weighted(text)
        values = [
            np.nan if v is None else v
            for v in numbers_in(table, column, column_named(table, columns, column))
        ]
        price += weight * np.nan_to_num(np.abs(np.subtract.outer(values, values)))
    at = {person: number for number, person in enumerate(people)}
    for (one, other), times in read_met(options["met"], options["half_life"]).items():
        if one in at and other in at:
            price[at[one], at[other]] += options["repeat"] * times
            price[at[other], at[one]] += options["repeat"] * times
    for here, there in _refused(options["apart"], at):
        price[here, there] = price[there, here] = np.inf
    return price


def _refused(path: Path | None, at: Mapping[str, int]) -> list[tuple[int, int]]:
    pairs = []
    for group in read_groups(path):
        for person in group:
            if path and person not in at:
                raise unknown_person(path.name, person)
        pairs += list(combinations([at[person] for person in group], 2))
    return pairs


def sides(people: Sequence[str], path: Path, mentors: str, room: str) -> Sides:
    """Those with a yes in the column `mentors` guide the others. room: a number, or a column that holds it.

    Raises Refusal column_missing, not_yes_or_no, not_a_room.
    """
    table, columns = all_columns(path)
    answers = []
    for cell in column_named(table, columns, mentors):
        answer = parse_yes_no(cell) if cell else False
        if answer is None:
            raise not_yes_or_no(table.name, mentors, cell)
        answers.append(answer)
    guides = tuple(number for number, yes in enumerate(answers) if yes)
    guided = tuple(number for number in range(len(people)) if number not in set(guides))
    if room.isdecimal():
        return Sides(guides, guided, (int(room),) * len(guides))
    values = numbers_in(table, room, column_named(table, columns, room))
    rooms = [values[guide] or 0.0 for guide in guides]
    for value in rooms:
        if value < 0 or value != int(value):
            raise not_a_room(table.name, room, value)
    return Sides(guides, guided, tuple(int(value) for value in rooms))
