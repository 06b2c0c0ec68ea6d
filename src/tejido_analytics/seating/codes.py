"""Every code by which seating and pairing say what cannot be, and what could not be met. Callers make sentences of them.

The codes are stable; the numbers and ids of the sentence stand beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

# What cannot be: nothing is searched --------------------------------------------------------------------
NO_PEOPLE: Final = "no_people"
PEOPLE_TWICE: Final = "people_twice"  # people
TABLES_UNKNOWN: Final = "tables_unknown"
SIZES_DO_NOT_FIT: Final = "sizes_do_not_fit"  # people, smallest, largest
TOO_FEW_SEATS: Final = "too_few_seats"  # people, seats, round
TOO_FEW_PEOPLE_FOR_TABLES: Final = "too_few_people_for_tables"  # people, needed, round
PERSON_UNKNOWN: Final = "person_unknown"  # person, rule
TABLE_OUT_OF_RANGE: Final = "table_out_of_range"  # person, table, tables
ROUND_OUT_OF_RANGE: Final = "round_out_of_range"  # person, round, rounds
TOGETHER_TOO_MANY: Final = "together_too_many"  # people, number, largest
TOGETHER_AND_APART: Final = "together_and_apart"  # person, other
APART_TOO_MANY: Final = "apart_too_many"  # people, number, tables
FIXED_TWICE: Final = "fixed_twice"  # person, round
FIXED_APART_FROM_TOGETHER: Final = "fixed_apart_from_together"  # person, other, round
FIXED_TOO_MANY: Final = "fixed_too_many"  # table, number, largest, round
FIXED_WITH_APART: Final = "fixed_with_apart"  # person, other, table, round
RULES_CONTRADICT: Final = "rules_contradict"  # round, rules
RULES_TOO_TIGHT: Final = "rules_too_tight"  # round

IMPOSSIBLE: Final = frozenset(
    {
        NO_PEOPLE,
        PEOPLE_TWICE,
        TABLES_UNKNOWN,
        SIZES_DO_NOT_FIT,
        TOO_FEW_SEATS,
        TOO_FEW_PEOPLE_FOR_TABLES,
        PERSON_UNKNOWN,
        TABLE_OUT_OF_RANGE,
        ROUND_OUT_OF_RANGE,
        TOGETHER_TOO_MANY,
        TOGETHER_AND_APART,
        APART_TOO_MANY,
        FIXED_TWICE,
        FIXED_APART_FROM_TOGETHER,
        FIXED_TOO_MANY,
        FIXED_WITH_APART,
        RULES_CONTRADICT,
        RULES_TOO_TIGHT,
    }
)

# What could not be met of the wishes --------------------------------------------------------------------
MEET_AGAIN: Final = "meet_again"  # pairs, most
MET_BEFORE: Final = "met_before"  # pairs
SAME_KIND: Final = "same_kind"  # name, pairs
WITHOUT_EXPERT: Final = "without_expert"  # name, tables, holders
PEOPLE_MOVED: Final = "people_moved"  # people

UNMET: Final = frozenset({MEET_AGAIN, MET_BEFORE, SAME_KIND, WITHOUT_EXPERT, PEOPLE_MOVED})


class Impossible(Exception):
    """What was asked for cannot be. `code` is one of `IMPOSSIBLE`, `numbers` the ids and numbers of its sentence.

    >>> Impossible("apart_too_many", number=12, tables=2).numbers["tables"]
    2
    """

    def __init__(self, code: str, **numbers: Any) -> None:
        super().__init__(f"{code} {numbers}" if numbers else code)
        self.code = code
        self.numbers: Mapping[str, Any] = numbers


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish that could not be met in full. `code` is one of `UNMET`, `numbers` what its sentence says."""

    code: str
    numbers: Mapping[str, Any] = field(default_factory=dict, hash=False)
