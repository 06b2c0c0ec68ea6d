"""Cycles as a reader sees them: the board of a community, one cycle with everything in it, tasks that wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.directory.models import Person
from tejido.directory.policies import people_visible_to
from tejido.gatherings.selectors import day_in
from tejido.improvement.models import Cycle, Entry, Factor, Participant, Stage, StageMove, Task
from tejido.improvement.policies import cycles_visible_to

STALLED = timedelta(days=30)  # indicators.md: no entry for 30 days


def today_in(community: Community) -> date:
    """The day of the community's own clock. No query."""
    return day_in(community.time_zone, timezone.now())


def cycles_for(actor: User) -> QuerySet[Cycle]:
    """Cycles that `actor` may see, in the order of their numbers. No query by itself."""
    return Cycle.objects.filter(cycles_visible_to(actor)).order_by("community_id", "number")


def is_stalled(cycle: Cycle, now: datetime) -> bool:
    """Whether it is under way and nothing was written in it for 30 days. No query."""
    return cycle.stage != Stage.CLOSED and now - cycle.touched_at > STALLED


@dataclass(frozen=True, slots=True)
class Column:
    """One stage of the board and the cycles in it."""

    stage: str
    words: str
    cycles: tuple[Cycle, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The cycles of a community and below by stage, and how many have stalled."""

    columns: tuple[Column, ...]
    stalled: int

    @property
    def is_empty(self) -> bool:
        return not any(column.cycles for column in self.columns)


def board_of(community: Community, actor: User) -> Board:
    """The board. Each cycle has `so_many` (people), `entries_made` and `stalled`. One query."""
    entries = Count("entries", filter=Q(entries__taken_off_at=None), distinct=True)
    rows = (
        cycles_for(actor)
        .filter(community_id__in=below(community))
        .select_related("community", "school")
        .annotate(so_many=Count("participants", distinct=True), entries_made=entries)
    )
    now, found = timezone.now(), list(rows)
    for row in found:
        row.stalled = is_stalled(row, now)  # type: ignore[attr-defined]
    columns = tuple(
        Column(stage.value, str(stage.label), tuple(row for row in found if row.stage == stage))
        for stage in Stage
    )
    return Board(columns, sum(bool(getattr(row, "stalled", False)) for row in found))


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything on the page of a cycle. hidden: how many take part whose names this reader does not see."""

    cycle: Cycle
    people: tuple[Participant, ...]
    hidden: int
    entries: tuple[Entry, ...]
    tasks: tuple[Task, ...]
    factors: tuple[Factor, ...]
    days: tuple[tuple[str, int], ...]


def on_page(cycle: Cycle, actor: User) -> Whole:
    """The parts of a cycle, names only of people whom the actor may see. Six queries.

    cycle: with community, school and `after` joined. Its corrections stand in `cycle.corrections`, loaded.
    """
    named = Q(person_id__in=Person.objects.filter(people_visible_to(actor)).values("pk")) | Q(
        person__user_id=actor.pk
    )
    everybody = cycle.participants.select_related("person").annotate(named=Exists(_same(named)))
    people = list(everybody)
    shown = tuple(one for one in people if getattr(one, "named", False) or actor.is_system)
    return Whole(
        cycle,
        shown,
        len(people) - len(shown),
        tuple(cycle.entries.filter(taken_off_at=None).select_related("by__person")),
        tuple(cycle.tasks.select_related("owner", "commission")),
        tuple(cycle.factors.select_related("entry")),
        stage_days(list(cycle.moves.all()), timezone.now()),
    )


def _same(named: Q) -> QuerySet[Participant]:
    return Participant.objects.filter(named, pk=OuterRef("pk"))


def stage_days(moves: Sequence[StageMove], now: datetime) -> tuple[tuple[str, int], ...]:
    """(stage, whole days spent in it) of every stage a cycle has been in, in their order; the last one until `now`.

    moves: oldest first. Time in a stage that was come back to counts together; what is closed takes no time. No query.
    """
    spent: dict[str, float] = {}
    ends = [*(move.at for move in moves[1:]), now]
    for move, end in zip(moves, ends, strict=True):
        if move.stage != Stage.CLOSED:
            spent[move.stage] = spent.get(move.stage, 0.0) + (end - move.at).total_seconds()
    return tuple((stage, int(seconds // 86_400)) for stage, seconds in spent.items())


def owes_a_task() -> Exists:
    """Whether somebody has a task of a cycle that is not delivered: a condition on User. No query by itself."""
    return Exists(_open_tasks().filter(owner__user_id=OuterRef("pk")))


def owed_tasks(actor: User) -> QuerySet[Task]:
    """Tasks of the actor's own person that are not delivered, the first due on top, with cycle and community. One query."""
    rows = _open_tasks().filter(owner__user_id=actor.pk)
    return rows.select_related("cycle__community").order_by(F("due_on").asc(nulls_last=True), "pk")


def _open_tasks() -> QuerySet[Task]:
    return Task.objects.filter(delivered_on=None).exclude(cycle__stage=Stage.CLOSED)
