"""The rules of a seating, looked at before anything is searched: what contradicts what, and who moves as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.seating import codes
from tejido_analytics.seating.codes import Impossible
from tejido_analytics.seating.problem import Problem

Integers = NDArray[np.int32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ruled:
    """Rules as arrays over P people, R rounds and T tables.

    unit: (P,) number of the unit each person moves with; units: their members, ascending. apart: (P, P) whether two
    may never share a table. fixed: (R, P) table that a person must have, -1 for none. there: (R, P) who is present.
    low, high: (T,) bounds of the tables.
    """

    unit: Integers
    units: tuple[tuple[int, ...], ...]
    apart: Flags
    fixed: Integers
    there: Flags
    low: Integers
    high: Integers


def ruled(problem: Problem) -> Ruled:
    """The rules of `problem` as arrays. Raises Impossible with the first contradiction that is found."""
    at = {person: number for number, person in enumerate(problem.people)}
    _all_known(problem, at)
    there = _present(problem, at)
    unit, units = _units(problem, at)
    apart = np.zeros((len(at), len(at)), dtype=np.bool_)
    for group in problem.rules.apart:
        for one, other in combinations(sorted({at[person] for person in group}), 2):
            apart[one, other] = apart[other, one] = True
    fixed = _fixed(problem, at, there, units)
    low = np.array([table.smallest for table in problem.tables], dtype=np.int32)
    high = np.array([table.largest for table in problem.tables], dtype=np.int32)
    rules = Ruled(unit, units, apart, fixed, there, low, high)
    for check in (_room, _together, _apart, _places):
        check(problem, rules)
    return rules


def _all_known(problem: Problem, at: dict[str, int]) -> None:
    rules = problem.rules
    named = [
        *(("together", person) for group in rules.together for person in group),
        *(("apart", person) for group in rules.apart for person in group),
        *(("fixed", fixed.person) for fixed in rules.fixed),
        *(("absent", person) for person, _round in rules.absent),
        *((mix.name, person) for mix in problem.expertise for person in mix.holders),
    ]
    for rule, person in named:
        if person not in at:
            raise Impossible(codes.PERSON_UNKNOWN, person=person, rule=rule)
    rounds = [*((fixed.person, fixed.round) for fixed in rules.fixed), *rules.absent]
    for person, number in rounds:
        if number is not None and not 0 <= number < problem.rounds:
            raise Impossible(codes.ROUND_OUT_OF_RANGE, person=person, round=number + 1, rounds=problem.rounds)
    for fixed in rules.fixed:
        if not 0 <= fixed.table < len(problem.tables):
            raise Impossible(
                codes.TABLE_OUT_OF_RANGE,
                person=fixed.person,
                table=fixed.table + 1,
                tables=len(problem.tables),
            )


def _present(problem: Problem, at: dict[str, int]) -> Flags:
    there = np.ones((problem.rounds, len(at)), dtype=np.bool_)
    for person, number in problem.rules.absent:
        there[number, at[person]] = False
    return there


def _units(problem: Problem, at: dict[str, int]) -> tuple[Integers, tuple[tuple[int, ...], ...]]:
    parent = list(range(len(at)))

    def root(person: int) -> int:
        while parent[person] != person:
            parent[person] = parent[parent[person]]
            person = parent[person]
        return person

    for group in problem.rules.together:
        for one, other in pairwise(group):
            parent[root(at[one])] = root(at[other])
    members: dict[int, list[int]] = {}
    for person in range(len(at)):
        members.setdefault(root(person), []).append(person)
    units = tuple(tuple(people) for people in members.values())
    unit = np.zeros(len(at), dtype=np.int32)
    for number, people in enumerate(units):
        unit[list(people)] = number
    return unit, units


def _fixed(
    problem: Problem, at: dict[str, int], there: Flags, units: tuple[tuple[int, ...], ...]
) -> Integers:
    """(R, P): the table of each person who has no choice; whoever belongs together with such a person has none either."""
    fixed = np.full(there.shape, -1, dtype=np.int32)
    for number in range(problem.rounds):
        for rule in problem.rules.fixed:
            if rule.round not in (None, number):
                continue
            index = at[rule.person]
            if fixed[number, index] not in (-1, rule.table):
                raise Impossible(codes.FIXED_TWICE, person=rule.person, round=number + 1)
            fixed[number, index] = rule.table
        for people in units:
            if len(people) > 1:
                _spread(problem, number, fixed[number], [one for one in people if there[number, one]])
    fixed[~there] = -1
    return fixed


def _spread(problem: Problem, number: int, fixed: Integers, people: list[int]) -> None:
    settled = [one for one in people if fixed[one] >= 0]
    for one in people if settled else ():
        first = settled[0]
        if fixed[one] not in (-1, fixed[first]):
            raise Impossible(
                codes.FIXED_APART_FROM_TOGETHER,
                person=problem.people[first],
                other=problem.people[one],
                round=number + 1,
            )
        fixed[one] = fixed[first]


def _room(problem: Problem, rules: Ruled) -> None:
    seats, needed = int(rules.high.sum()), int(rules.low.sum())
    for number, present in enumerate(rules.there.sum(axis=1).tolist(), start=1):
        if present > seats:
            raise Impossible(codes.TOO_FEW_SEATS, people=present, seats=seats, round=number)
        if present < needed:
            raise Impossible(codes.TOO_FEW_PEOPLE_FOR_TABLES, people=present, needed=needed, round=number)


def _together(problem: Problem, rules: Ruled) -> None:
    largest = int(rules.high.max())
    for people in rules.units:
        here = int(rules.there[:, list(people)].sum(axis=1).max())
        if here > largest:
            names = tuple(problem.people[one] for one in people)
            raise Impossible(codes.TOGETHER_TOO_MANY, people=names, number=here, largest=largest)
        for one, other in combinations(people, 2):
            if rules.apart[one, other]:
                raise Impossible(
                    codes.TOGETHER_AND_APART, person=problem.people[one], other=problem.people[other]
                )


def _apart(problem: Problem, rules: Ruled) -> None:
    """More people who must all sit apart than tables: the groups as given, then the largest that a quick look finds."""
    tables = len(problem.tables)
    for number in range(problem.rounds):
        for group in _all_apart(problem, rules, rules.there[number]):
            if len(group) > tables:
                names = tuple(problem.people[one] for one in group)
                raise Impossible(codes.APART_TOO_MANY, people=names, number=len(group), tables=tables)


def _all_apart(problem: Problem, rules: Ruled, present: Flags) -> Iterator[list[int]]:
    at = {person: number for number, person in enumerate(problem.people)}
    for group in problem.rules.apart:
        yield [one for one in sorted({at[person] for person in group}) if present[one]]
    degree = (rules.apart & present).sum(axis=1)
    for start in np.argsort(-degree, kind="stable"):
        if degree[start] < len(problem.tables) or not present[start]:
            continue
        clique = [int(start)]
        open_to = rules.apart[start] & present
        while open_to.any():
            nearest = int(np.argmax(np.where(open_to, degree, -1)))
            clique.append(nearest)
            open_to &= rules.apart[nearest]
        yield sorted(clique)


def _places(problem: Problem, rules: Ruled) -> None:
    for number in range(problem.rounds):
        for table in range(len(problem.tables)):
            people = np.flatnonzero(rules.fixed[number] == table).tolist()
            if len(people) > rules.high[table]:
                raise Impossible(
                    codes.FIXED_TOO_MANY,
                    table=table + 1,
                    number=len(people),
                    largest=int(rules.high[table]),
                    round=number + 1,
                )
            for one, other in combinations(people, 2):
                if rules.apart[one, other]:
                    raise Impossible(
                        codes.FIXED_WITH_APART,
                        person=problem.people[one],
                        other=problem.people[other],
                        table=table + 1,
                        round=number + 1,
                    )
