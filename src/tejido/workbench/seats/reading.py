"""The lists that a seating is made from: people with their columns, who met, who together, who apart, who where."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.dates import date_order, parse_date
from tejido.foundation.tables.fields import Field, FieldedTable, no_column
from tejido.foundation.tables.values import parse_yes_no
from tejido.workbench.lists import all_columns, column_named, numbers_in, open_list, rows_of
from tejido_analytics.seating.problem import Expertise, Fixed, Mix, Pair, faded

PERSON = Field(
    (
        "id",
        "uid",
        "persona",
        "pessoa",
        "codigo",
        "identificador",
        "documento",
        "docente",
        "nombre",
        "nome",
        "name",
    ),
    True,
    "string",
    "one per person; the other lists refer to it",
)
ROUND = Field(("ronda", "rodada"), False, "number", "from 1")
TABLE = Field(("mesa",), True, "number", "from 1")
DATE = Field(("fecha", "data", "dia"), False, "date", "of the meeting; earlier ones weigh less")
PEOPLE: Mapping[str, Field] = {"person": PERSON}
GROUPS: Mapping[str, Field] = {
    "person": PERSON,
    "group": Field(
        ("grupo", "pareja", "dupla", "pair"), True, "string", "the same word for those it holds for"
    ),
}
FIXED: Mapping[str, Field] = {"person": PERSON, "table": TABLE, "round": ROUND}
SEATS: Mapping[str, Field] = {
    "person": PERSON,
    "round": Field(ROUND.also, True, ROUND.kind, ROUND.holds),
    "table": Field(TABLE.also, False, TABLE.kind, "from 1; empty where the person was not there"),
}
PAIRS: Mapping[str, Field] = {
    "person": PERSON,
    "other": Field(
        ("otra", "otro", "outra", "outro", "con", "com", "with", "target"), False, "string", "who met"
    ),
    "times": Field(("veces", "vezes", "weight", "peso"), False, "number", "how often; 1 where it is empty"),
    "date": DATE,
    "gathering": Field(("encuentro", "encontro"), False, "string", "where rounds are counted anew each time"),
    "round": ROUND,
    "table": Field(TABLE.also, False, TABLE.kind, TABLE.holds),
}


def read_people(path: Path) -> tuple[str, ...]:
    """The ids of the list, in its order. Raises Refusal as `rows_of`, and person_missing, person_twice."""
    return tuple(person for person, _number in _persons(path, "people", PEOPLE))


def _persons(path: Path, kind: str, fields: Mapping[str, Field]) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for number, cells in rows_of(path, kind, fields):
        person = cells["person"]
        if not person:
            raise no_person(path, number)
        if person in seen:
            raise Refusal(
                "person_twice",
                _("«%(file)s» names «%(person)s» twice. Keep one line for each person.")
                % {"file": path.name, "person": person},
                person=person,
            )
        seen.add(person)
        yield person, number


def no_person(path: Path, row: int) -> Refusal:
    """The refusal that names the row without an id."""
    return Refusal(
        "person_missing",
        _("«%(file)s», row %(row)d has nobody in its column «person». Fill it in, or take the row out.")
        % {"file": path.name, "row": row},
        row=row,
    )


def weighted(text: str) -> tuple[str, float]:
    """COLUMN=WEIGHT as given on the command line; 1 without a weight. Raises Refusal wrong_weight."""
    column, sign, weight = text.rpartition("=")
    if not sign:
        return text.strip(), 1.0
    try:
        value = float(weight.replace(",", "."))
    except ValueError:
        value = math.nan
    if not column.strip() or not 0 <= value < math.inf:
        raise Refusal(
            "wrong_weight",
            _("«%(text)s» is not a column with a weight. Write it like this: district=2") % {"text": text},
        )
    return column.strip(), value


def read_mixes(path: Path, words: Sequence[str], numbers: Sequence[str]) -> tuple[Mix, ...]:
    """The columns to be spread over the tables. Raises Refusal column_missing, not_a_number, wrong_weight."""
    table, columns = all_columns(path)
    mixes = []
    for text in words:
        column, weight = weighted(text)
        cells = column_named(table, columns, column)
        mixes.append(Mix(column, tuple(cell or None for cell in cells), weight))
    for text in numbers:
        column, weight = weighted(text)
        values = numbers_in(table, column, column_named(table, columns, column))
        mixes.append(Mix(column, tuple(values), weight))
    return tuple(mixes)


def read_experts(path: Path, people: Sequence[str], asked: Sequence[str]) -> tuple[Expertise, ...]:
    """Yes-or-no columns: each table should have somebody with a yes. Raises Refusal column_missing, not_yes_or_no."""
    table, columns = all_columns(path)
    found = []
    for text in asked:
        column, weight = weighted(text)
        holders = set()
        for person, cell in zip(people, column_named(table, columns, column), strict=True):
            answer = parse_yes_no(cell) if cell else False
            if answer is None:
                raise Refusal(
                    "not_yes_or_no",
                    _("«%(file)s», column «%(column)s»: «%(cell)s» is neither yes nor no. Write yes or no.")
                    % {"file": table.name, "column": column, "cell": cell},
                )
            if answer:
                holders.add(person)
        found.append(Expertise(column, frozenset(holders), weight))
    return tuple(found)


def read_groups(path: Path | None) -> tuple[tuple[str, ...], ...]:
    """People by the word in `group`, in order of appearance; a person may be in several groups."""
    groups: dict[str, list[str]] = defaultdict(list)
    for number, cells in rows_of(path, "groups", GROUPS) if path else []:
        if path and not cells["person"]:
            raise no_person(path, number)
        groups[cells["group"]].append(cells["person"])
    return tuple(tuple(dict.fromkeys(people)) for word, people in groups.items() if word)


def read_fixed(path: Path | None) -> tuple[Fixed, ...]:
    """Who must sit at which table, in one round or in all."""
    if path is None:
        return ()
    table = open_list(path, "fixed", FIXED)
    tables, rounds = _counted(table, "table"), _counted(table, "round")
    fixed = []
    for (number, cells), place, when in zip(table.rows(), tables, rounds, strict=True):
        if not cells["person"] or place is None:
            raise Refusal(
                "place_missing",
                _("«%(file)s», row %(row)d needs a person and a table.") % {"file": path.name, "row": number},
                row=number,
            )
        fixed.append(Fixed(cells["person"], place - 1, None if when is None else when - 1))
    return tuple(fixed)


def _counted(table: FieldedTable, name: str) -> list[int | None]:
    """A column of numbers from 1; None where empty or where there is no such column."""
    if name not in table.places:
        return [None] * sum(1 for _row in table.rows())
    heading = table.table.headers[table.places[name]]
    values = numbers_in(table.table, heading, table.column(name))
    for value in values:
        if value is not None and (value < 1 or value != int(value)):
            raise Refusal(
                "not_from_one",
                _("«%(file)s», column «%(column)s»: «%(value)s» is not a whole number from 1 on.")
                % {"file": table.name, "column": heading, "value": f"{value:g}"},
            )
    return [None if value is None else int(value) for value in values]


def read_seats(path: Path | None) -> dict[str, tuple[int | None, ...]]:
    """person -> table (from 0) in each round of a seating that stands, None where the person had none."""
    if path is None:
        return {}
    table = open_list(path, "seats", SEATS)
    placed: dict[str, dict[int, int]] = defaultdict(dict)
    for (_number, cells), when, place in zip(
        table.rows(), _counted(table, "round"), _counted(table, "table"), strict=True
    ):
        if when is not None and place is not None:
            placed[cells["person"]][when - 1] = place - 1
    last = max((when for rounds in placed.values() for when in rounds), default=-1) + 1
    return {person: tuple(rounds.get(n) for n in range(last)) for person, rounds in placed.items()}


def read_met(path: Path | None, half_life: float) -> dict[Pair, float]:
    """Who met before: pairs (person, other, times, date), or seats as `tejido seat` writes them (person, round, table).

    Age is counted from the newest date of the list; without dates nothing fades.
    """
    if path is None:
        return {}
    if half_life <= 0:
        raise Refusal("wrong_half_life", _("The half-life is a number of days above 0."))
    table = open_list(path, "met", PAIRS)
    ages = _ages(table)
    if "other" in table.places:
        return _met_in_pairs(table, ages, half_life)
    if "table" not in table.places:
        raise no_column(table.table, "other", "met")
    return _met_at_tables(table, ages, half_life)


def _ages(table: FieldedTable) -> list[float]:
    texts = table.column("date")
    order = date_order(texts) if texts else None
    dates = [parse_date(text, order) if text and order else None for text in texts]
    newest = max((date for date in dates if date), default=None)
    if newest is None:
        return [0.0] * sum(1 for _row in table.rows())
    return [float((newest - date).days) if date else 0.0 for date in dates]


def _met_in_pairs(table: FieldedTable, ages: Sequence[float], half_life: float) -> dict[Pair, float]:
    times: list[float | None] = [None] * len(ages)
    if "times" in table.places:
        heading = table.table.headers[table.places["times"]]
        times = numbers_in(table.table, heading, table.column("times"))
    met: dict[Pair, float] = defaultdict(float)
    for (_number, cells), often, age in zip(table.rows(), times, ages, strict=True):
        if often is not None and often < 0:
            raise Refusal(
                "met_below_zero",
                _("«%(file)s» says that two people met less than 0 times.") % {"file": table.name},
            )
        for pair, weight in faded([(cells["person"], cells["other"], age)], half_life=half_life).items():
            met[pair] += weight * (1.0 if often is None else often)
    return dict(met)


def _met_at_tables(table: FieldedTable, ages: Sequence[float], half_life: float) -> dict[Pair, float]:
    there: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    for (_number, cells), age in zip(table.rows(), ages, strict=True):
        if cells["table"]:
            key = tuple(cells.get(name, "") for name in ("gathering", "date", "round", "table"))
            there[key][cells["person"]] = age
    meetings = (
        (one, other, people[one]) for people in there.values() for one, other in combinations(people, 2)
    )
    return faded(meetings, half_life=half_life)
