"""What could not be met of the wishes, as codes with numbers."""

from __future__ import annotations

import numpy as np

from tejido_analytics.seating import codes
from tejido_analytics.seating.codes import Unmet
from tejido_analytics.seating.costs import Costs, Places, bound_to_meet, history, seated_pairs
from tejido_analytics.seating.problem import Problem
from tejido_analytics.seating.rules import Ruled


def unmet_of(problem: Problem, rules: Ruled, places: Places, found: Costs) -> tuple[Unmet, ...]:
    """One note for each term that is above 0, the dearest first.

    meet_again: pairs, most (meetings of one pair in these rounds). met_before: pairs who share a table and had met
    before. same_kind: name, pairs above an even spread (numbers are evened out as far as they go and make no note).
    without_expert: name, tables (holders lacking, over tables and rounds), holders known. people_moved: people.
    """
    notes: list[tuple[float, Unmet]] = []
    for term in found.terms:
        if term.count <= 1e-9:
            continue
        kind, _colon, name = term.name.partition(":")
        if kind == "repeats":
            notes += [(term.cost, note) for note in _again(problem, rules, places)]
        elif kind == "moved":
            notes.append((term.cost, Unmet(codes.PEOPLE_MOVED, {"people": round(term.count)})))
        elif kind == "expertise":
            holders = next(len(known.holders) for known in problem.expertise if known.name == name)
            lacking = {"name": name, "tables": round(term.count), "holders": holders}
            notes.append((term.cost, Unmet(codes.WITHOUT_EXPERT, lacking)))
        elif not next(mix.numeric for mix in problem.mix if mix.name == name):
            notes.append((term.cost, Unmet(codes.SAME_KIND, {"name": name, "pairs": round(term.count)})))
    return tuple(note for _cost, note in sorted(notes, key=lambda pair: -pair[0]))


def _again(problem: Problem, rules: Ruled, places: Places) -> list[Unmet]:
    free = np.triu(~bound_to_meet(rules), 1)
    times = seated_pairs(places, len(problem.tables))[free]
    met = history(problem)[free]
    twice, old = int((times > 1).sum()), int(((times > 0) & (met > 0)).sum())
    notes = []
    if twice:
        notes.append(Unmet(codes.MEET_AGAIN, {"pairs": twice, "most": int(times.max())}))
    if old:
        notes.append(Unmet(codes.MET_BEFORE, {"pairs": old}))
    return notes
