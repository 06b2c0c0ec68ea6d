"""What is known of the tables of a gathering without judging them: whose they are, what they talk about, what came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from tejido.accounts.models import User
from tejido.gatherings.models import Gathering
from tejido.seating.models import Place, SeatingPlan, TableTalk

WRITTEN_FOR = timedelta(days=3)  # after the end a table may still write down what came out


def plan_of(gathering: Gathering) -> SeatingPlan | None:
    """What was said of the tables of a gathering. One query."""
    return SeatingPlan.objects.filter(gathering=gathering).select_related("topic").first()


def is_seated(of: str = "pk") -> Exists:
    """Whether tables are confirmed: a condition on Gathering, or on what has one (`of`). No query by itself."""
    return Exists(SeatingPlan.objects.filter(gathering_id=OuterRef(of), confirmed_at__isnull=False))


def has_harvest() -> Exists:
    """Whether anything came out of the tables: a condition on Gathering. No query by itself."""
    return Exists(TableTalk.objects.filter(plan__gathering_id=OuterRef("pk")).exclude(harvest=""))


def own_tables(gathering: Gathering, user: User) -> list[tuple[int, int]]:
    """(round, table) of the reader, as confirmed. One query."""
    return _tables(Place.objects.filter(plan__gathering=gathering, person__user=user))


def tables_of_person(gathering_id: int, person_id: int) -> list[tuple[int, int]]:
    """(round, table) of one person, as confirmed. One query."""
    return _tables(Place.objects.filter(plan__gathering_id=gathering_id, person_id=person_id))


def _tables(rows: QuerySet[Place]) -> list[tuple[int, int]]:
    rows = rows.filter(plan__confirmed_at__isnull=False)
    return list(rows.order_by("round").values_list("round", "table"))


def talks_of(plan: SeatingPlan, number: int | None = None) -> dict[tuple[int, int], TableTalk]:
    """(round, table) -> prompt and harvest; table 0 is the whole round. One query."""
    rows = plan.talks.all() if number is None else plan.talks.filter(round=number)
    return {(row.round, row.table): row for row in rows}


def harvest_of(gathering: Gathering) -> list[TableTalk]:
    """What came out of the tables, in order. One query. For the closing of a gathering."""
    rows = TableTalk.objects.filter(plan__gathering=gathering).exclude(harvest="")
    return list(rows.order_by("round", "table"))


def takes_harvest(gathering: Gathering) -> bool:
    """Whether a table may still write down what came out of it. No query."""
    if gathering.state == Gathering.State.CANCELLED or gathering.sealed_at is not None:
        return False
    return timezone.now() < gathering.ends_at + WRITTEN_FOR


@dataclass(frozen=True, slots=True)
class TableTalks:
    """One table through all rounds. prompts: round -> questions of all tables, then its own; harvests: round -> text."""

    plan: SeatingPlan
    table: int
    rounds: list[int]
    prompts: dict[int, list[str]]
    harvests: dict[int, str]


def table_talks(gathering_id: int, table: int) -> TableTalks | None:
    """What one table talks about and what came out; None where there is no such table. Three queries."""
    plan = SeatingPlan.objects.filter(gathering=gathering_id).select_related("gathering__community").first()
    if plan is None:
        return None
    most = plan.places.aggregate(rounds=Max("round"), tables=Max("table"))
    if not 1 <= table <= (most["tables"] or 0):
        return None
    talks, rounds = talks_of(plan), list(range(1, most["rounds"] + 1))
    return TableTalks(
        plan,
        table,
        rounds,
        {number: prompts_of(talks, number, table) for number in rounds},
        {number: talks[number, table].harvest for number in rounds if (number, table) in talks},
    )


def prompts_of(talks: dict[tuple[int, int], TableTalk], number: int, table: int) -> list[str]:
    """What a table talks about in a round: the question of all tables, then its own. Pure."""
    found = [talks[key].prompt for key in ((number, 0), (number, table)) if key in talks]
    return [prompt for prompt in found if prompt]
