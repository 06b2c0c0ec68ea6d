"""Tables proposed by the search of `tejido_analytics.seating`, and changed as little as can be when people come or stay away."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.seating import selectors, wording
from tejido.seating.events import SeatingProposed
from tejido.seating.models import MOST_TABLES, Move, Place, SeatingPlan
from tejido.seating.services.reaching import Seat, reaching
from tejido.seating.values import KINDS

if TYPE_CHECKING:
    from tejido_analytics.seating.problem import Before, Mix, Problem, Rules, Table
    from tejido_analytics.seating.search import Seating

WORTH = {"district": 1.0, "school": 2.0, "sector": 0.5, "subject": 0.5, "experience": 0.5}
STAYING = 40.0  # what it costs that one person changes table in one round, where the tables stand already
LONGEST = 1.2  # seconds of search


@transaction.atomic
def propose(plan: SeatingPlan, *, actor: User) -> Seating:
    """New tables for everybody who is to be seated. Replaces the proposal before, moves by hand with it.

    Raises: NotAllowed; Refusal: nobody to seat, or rules that cannot hold, in words. Announces SeatingProposed.
    Cost: ten queries; 200 people in 5 rounds under 2 s.
    """
    require(actor, "seating.look_after", plan.gathering)
    plan = _locked(plan)
    people = _people(plan)
    count = math.ceil(len(people) / plan.size)
    _check_tables(count)
    from tejido_analytics.seating.problem import Table

    tables = (Table(len(people) // count, math.ceil(len(people) / count)),) * count
    found = _found(plan, _problem(plan, people, tables))
    _write(plan, found)
    announce(_fact(plan, len(people), 0), actor=actor)
    return found


@transaction.atomic
def reseat(plan: SeatingPlan, *, settled: int = 0, actor: User) -> int:
    """Seat late-comers and free the places of those who stay away, with the fewest moves of everybody else.

    settled: so many first rounds are over and stay as they are. Returns how many people who had a place sit elsewhere now
    in some round. Raises: NotAllowed; Refusal("nothing_proposed", "all_rounds_over"), as `propose`. Announces SeatingProposed.
    """
    require(actor, "seating.look_after", plan.gathering)
    plan = _locked(plan)
    before = selectors.places_of(plan)
    if not before:
        raise Refusal("nothing_proposed", _("There are no tables yet. Have them proposed first."))
    if not 0 <= settled < len(before):
        raise Refusal("all_rounds_over", _("Every round is over: there is nothing left to seat."))
    people = _people(plan)
    count = max(table for at in before.values() for table in at.values())
    each = math.ceil(len(people) / count)
    from tejido_analytics.seating.problem import Before, Table

    fullest = max(each, plan.size)
    tables = (Table(max(0, min(len(people) // count, fullest) - 1), fullest),) * count
    stood = Before(_rows(before), price=STAYING, settled=settled)
    found = _found(plan, _problem(plan, people, tables, before=stood, rounds=len(before)))
    _write(plan, found, settled=settled)
    moved = _moved(before, selectors.places_of(plan))
    announce(_fact(plan, len(people), moved), actor=actor)
    return moved


def _locked(plan: SeatingPlan) -> SeatingPlan:
    return (
        SeatingPlan.objects.select_for_update(of=("self",))
        .select_related("gathering__community")
        .get(pk=plan.pk)
    )


def _fact(plan: SeatingPlan, count: int, moved: int) -> SeatingProposed:
    return SeatingProposed(plan.gathering.community_id, plan.gathering_id, count, moved)


def _people(plan: SeatingPlan) -> list[int]:
    people = selectors.people_for(plan)
    if not people:
        raise Refusal("nobody_to_seat", wording.nobody(plan))
    if len(people) == 1:
        raise Refusal("one_person", _("Only one person is to be seated, so nobody is there to talk to yet."))
    return people


def _check_tables(count: int) -> None:
    if count > MOST_TABLES:
        raise Refusal("too_many_tables", _("That would be more than 99 tables. Seat more people at each."))


def _rows(before: Mapping[int, Mapping[int, int]]) -> dict[str, tuple[int | None, ...]]:
    everybody = {one for at in before.values() for one in at}
    return {
        str(one): tuple(at[one] - 1 if one in at else None for _number, at in sorted(before.items()))
        for one in everybody
    }


def _moved(before: Mapping[int, Mapping[int, int]], after: Mapping[int, Mapping[int, int]]) -> int:
    return len(
        {
            one
            for number, at in before.items()
            for one, table in at.items()
            if after.get(number, {}).get(one, table) != table
        }
    )


def _problem(
    plan: SeatingPlan,
    people: Sequence[int],
    tables: tuple[Table, ...],
    *,
    before: Before | None = None,
    rounds: int = 0,
) -> Problem:
    from tejido_analytics.seating.codes import Impossible
    from tejido_analytics.seating.problem import Expertise, Problem

    experts = selectors.experts_in(plan, people)
    met = selectors.met_before(plan.gathering, people) if plan.new_faces else {}
    holders = frozenset(map(str, experts))
    try:
        return Problem(
            people=tuple(map(str, people)),
            rounds=rounds or plan.rounds,
            tables=tables,
            mix=_mixes(plan, people),
            expertise=(Expertise("topic", holders),) if experts else (),
            met={(str(one), str(other)): float(times) for (one, other), times in met.items()},
            rules=_rules(plan, people, _seats(plan, people, len(tables), rounds, before)),
            before=before,
            repeat=10.0 * plan.new_faces / 3,
        )
    except Impossible as impossible:
        raise wording.refusal(impossible, {}) from impossible


def _mixes(plan: SeatingPlan, people: Sequence[int]) -> tuple[Mix, ...]:
    from tejido_analytics.seating.problem import Mix

    traits = selectors.traits_of(people)
    return tuple(
        Mix(
            kind,
            tuple(getattr(traits[one], kind) or None for one in people),
            WORTH[kind] * getattr(plan, kind),
        )
        for kind in (*KINDS, "experience")
        if getattr(plan, kind)
    )


def _seats(
    plan: SeatingPlan, people: Sequence[int], tables: int, rounds: int, before: Before | None
) -> list[Seat]:
    """Who needs a table that is easy to reach, and where they sit."""
    stood = selectors.places_of(plan) if before and plan.reachable else {}
    first = before.settled + 1 if before else 1
    return reaching(plan, people, range(first, (rounds or plan.rounds) + 1), tables, stood)


def _rules(plan: SeatingPlan, people: Sequence[int], seats: Sequence[Seat] = ()) -> Rules:
    from tejido_analytics.seating.problem import Fixed, Rules

    there = set(people)
    pairs = [rule for rule in plan.pairs.all() if {rule.one_id, rule.other_id} <= there]
    return Rules(
        together=tuple((str(rule.one_id), str(rule.other_id)) for rule in pairs if rule.together),
        apart=tuple((str(rule.one_id), str(rule.other_id)) for rule in pairs if not rule.together),
        fixed=(
            *(Fixed(str(one.person_id), one.table - 1) for one in plan.hosts.all() if one.person_id in there),
            *(Fixed(str(person), table - 1, number - 1) for person, number, table in seats),
        ),
    )


def _found(plan: SeatingPlan, problem: Problem) -> Seating:
    from tejido_analytics.seating.codes import Impossible
    from tejido_analytics.seating.search import seat

    seconds = min(LONGEST, 0.2 + len(problem.people) * problem.rounds / 1000)
    seed = int(plan.proposed_at.timestamp()) if plan.proposed_at else 0
    try:
        return seat(problem, seconds=seconds, seed=seed)
    except Impossible as impossible:
        names = {str(pk): trait.name for pk, trait in selectors.traits_of(problem_ids(problem)).items()}
        raise wording.refusal(impossible, names) from impossible


def problem_ids(problem: Problem) -> list[int]:
    """The person ids that a problem was made of."""
    return [int(one) for one in problem.people]


def _write(plan: SeatingPlan, found: Seating, settled: int = 0) -> None:
    Place.objects.filter(plan=plan, round__gt=settled).delete()
    Move.objects.filter(plan=plan).delete()
    Place.objects.bulk_create(
        (
            Place(plan=plan, round=number + 1, table=int(table) + 1, person_id=int(person))
            for person, row in zip(found.people, found.tables, strict=True)
            for number, table in enumerate(row)
            if number >= settled and table >= 0
        ),
        batch_size=500,
    )
    plan.proposed_at, plan.confirmed_at = timezone.now(), None
    plan.save(update_fields=["proposed_at", "confirmed_at"])
