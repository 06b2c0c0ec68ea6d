"""Whether one round can keep its rules at all, asked of OR-tools CP-SAT: exact, for the few cases that need it."""

from __future__ import annotations

from typing import Any

import numpy as np

from tejido_analytics.seating.costs import Places
from tejido_analytics.seating.problem import Problem
from tejido_analytics.seating.rules import Ruled

WORK = 20.0  # deterministic units of CP-SAT, about as many seconds


def feasible_round(rules: Ruled, number: int) -> Places | None:
    """Tables of one round that keep every rule, or None where none was found."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    sits = _seats(model, rules, number)
    _sizes(model, rules, number, sits)
    for unit, table in _wanted(rules, number).items():
        model.add(sits[unit][table] == 1)
    for one, other in _quarrels(rules, number):
        for here, there in zip(sits[one], sits[other], strict=True):
            model.add_at_most_one([here, there])
    solver = _solver()
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    row = np.full(rules.there.shape[1], -1, dtype=np.int32)
    for unit, variables in sits.items():
        table = next(at for at, variable in enumerate(variables) if solver.value(variable))
        row[[one for one in rules.units[unit] if rules.there[number, one]]] = table
    return row


def contradiction(problem: Problem, rules: Ruled, number: int) -> tuple[str, ...] | None:
    """The names of rules that cannot hold together in one round (with the sizes of the tables); None if not proved.

    Names: `together A B`, `apart A B C`, `fixed A`, with the ids of the people. Not always the fewest.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    sits = _seats(model, rules, number)
    _sizes(model, rules, number, sits)
    at = {person: index for index, person in enumerate(problem.people)}
    said: dict[int, str] = {}
    for group in problem.rules.apart:
        holds = model.new_bool_var("")
        said[holds.index] = " ".join(("apart", *group))
        units = {int(rules.unit[at[one]]) for one in group if rules.there[number, at[one]]}
        for variables in zip(*(sits[unit] for unit in sorted(units)), strict=True):
            model.add(sum(variables) <= 1).only_enforce_if(holds)
    for rule in problem.rules.fixed:
        unit = int(rules.unit[at[rule.person]])
        if rule.round in (None, number) and rules.there[number, at[rule.person]]:
            holds = model.new_bool_var("")
            said[holds.index] = f"fixed {rule.person}"
            model.add(sits[unit][rule.table] == 1).only_enforce_if(holds)
    model.add_assumptions([model.get_bool_var_from_proto_index(index) for index in said])
    solver = _solver()
    if solver.solve(model) != cp_model.INFEASIBLE:
        return None
    blamed = [said[index] for index in solver.sufficient_assumptions_for_infeasibility() if index in said]
    groups = [" ".join(("together", *group)) for group in problem.rules.together]
    return (*blamed, *groups)


def _seats(model: Any, rules: Ruled, number: int) -> dict[int, list[Any]]:
    """A variable for each unit that is there and each table; exactly one of them is true."""
    sits: dict[int, list[Any]] = {}
    for unit, people in enumerate(rules.units):
        if any(rules.there[number, one] for one in people):
            sits[unit] = [model.new_bool_var("") for _table in rules.low]
            model.add_exactly_one(sits[unit])
    return sits


def _sizes(model: Any, rules: Ruled, number: int, sits: dict[int, list[Any]]) -> None:
    here = {unit: sum(bool(rules.there[number, one]) for one in rules.units[unit]) for unit in sits}
    for table, (low, high) in enumerate(zip(rules.low.tolist(), rules.high.tolist(), strict=True)):
        model.add_linear_constraint(sum(here[unit] * sits[unit][table] for unit in sits), low, high)


def _wanted(rules: Ruled, number: int) -> dict[int, int]:
    fixed = rules.fixed[number]
    return {int(rules.unit[one]): int(fixed[one]) for one in np.flatnonzero(fixed >= 0)}


def _quarrels(rules: Ruled, number: int) -> set[tuple[int, int]]:
    """Pairs of units of which somebody must sit apart from somebody."""
    here = rules.apart & rules.there[number][:, None] & rules.there[number][None, :]
    found = {
        (int(rules.unit[a]), int(rules.unit[b])) for a, b in zip(*np.nonzero(np.triu(here)), strict=True)
    }
    return {(min(pair), max(pair)) for pair in found}


def _solver() -> Any:
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = WORK
    return solver
