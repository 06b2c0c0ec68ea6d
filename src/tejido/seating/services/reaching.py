"""Tables that are easy to reach, for whoever said in their answer that they come in a wheelchair."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tejido.seating import selectors
from tejido.seating.models import SeatingPlan
from tejido.seating.selectors.board import At

Seat = tuple[int, int, int]  # person id, round from 1, table from 1


def reaching(
    plan: SeatingPlan,
    people: Collection[int],
    numbers: Sequence[int],
    tables: int,
    stood: Mapping[int, At],
) -> list[Seat]:
    """Where those of `people` who need it sit: at one of the first `plan.reachable` tables, at another in each round.

    numbers: the rounds to seat; tables: how many there are. Who keeps a table by rule is left to the rule; whoever sits
    well in `stood` (as places_of) stays. Three queries, none where every table is easy to reach.
    """
    if not plan.reachable:
        return []
    easy = min(plan.reachable, tables)
    kept = {host.person_id: host.table for host in plan.hosts.all()}
    needing = sorted(selectors.who_need_reach(plan.gathering) & set(people) - set(kept))
    partner = _partners(plan, set(needing) | set(kept))
    seats = []
    for place, person in enumerate(needing):
        first = partner.get(person, person)
        for number in numbers:
            turn = needing.index(first) if first in needing else place
            table = kept.get(first) or (turn + number - 1) % easy + 1
            before = stood.get(number, {}).get(person, 0)
            seats.append((person, number, before if 1 <= before <= easy and first not in kept else table))
    return seats


def _partners(plan: SeatingPlan, people: Collection[int]) -> dict[int, int]:
    """Person -> with whom of these they always sit, whoever keeps a table or comes first."""
    keepers = {host.person_id for host in plan.hosts.all()}
    found: dict[int, int] = {}
    for rule in plan.pairs.all():
        if rule.together and {rule.one_id, rule.other_id} <= set(people):
            first, second = sorted((rule.one_id, rule.other_id), key=lambda pk: (pk not in keepers, pk))
            found[second] = found.get(first, first)
    return found
