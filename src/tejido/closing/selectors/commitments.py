"""Who will do what by when: lists, what waits for whom, and whether promises are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)
from django.utils import timezone

from tejido.accounts.models import User
from tejido.closing.models import Commitment, Key, Owner
from tejido.closing.policies import commitments_visible_to, owed_by, settled_by
from tejido.communities.models import Community
from tejido.communities.selectors import below, coordinators_of, team_of
from tejido.directory.models import Person
from tejido.directory.policies import people_visible_to
from tejido.foundation.links import token_hash
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import day_in
from tejido_analytics.measure import Measure, share

OPEN = Commitment.State.OPEN
NOTHING_DUE = "no commitment was due yet"


@dataclass(frozen=True, slots=True)
class Line:
    """A commitment as a reader sees it. names: of owners whom the reader may see; hidden: how many others there are."""

    commitment: Commitment
    names: tuple[str, ...]
    hidden: int
    is_late: bool

    @property
    def who(self) -> str:
        """Everybody who owes it, for a list; "" where nobody was named."""
        others = [self.commitment.organisation, self.commitment.node]
        named = [*self.names, *(one.name for one in others if one is not None)]
        return ", ".join([*named, *([f"+{self.hidden}"] if self.hidden else [])])

    @property
    def state(self) -> str:
        """open, late, done or dropped."""
        return "late" if self.is_late else self.commitment.state


def today_in(community: Community) -> date:
    """The day of the community's own clock. No query."""
    return day_in(community.time_zone, timezone.now())


def is_late(commitment: Commitment) -> bool:
    """Whether its day has gone by and it is still open. `community` joined: no query."""
    due = commitment.due_on
    return commitment.state == OPEN and due is not None and due < today_in(commitment.community)


def lines_of(rows: QuerySet[Commitment], actor: User | None) -> list[Line]:
    """The rows for a reader, with who owes them. Two queries.

    actor: only names of people whom this account may see; None: all, for those who were in the room.
    """
    owners = Owner.objects.select_related("person").order_by("pk")
    if actor is not None and not actor.is_system:
        seen = Person.objects.filter(people_visible_to(actor)).values("pk")
        owners = owners.filter(Q(person_id__in=seen) | Q(person__user_id=actor.pk))
    joined = rows.select_related("community", "gathering", "organisation", "node").annotate(
        owed_by_so_many=Count("owners", distinct=True)
    )
    found = joined.prefetch_related(Prefetch("owners", owners, to_attr="shown_owners"))
    return [_line(row) for row in found]


def _line(row: Commitment) -> Line:
    shown: list[Owner] = getattr(row, "shown_owners", [])
    names = tuple(one.person.name for one in shown)
    return Line(row, names, getattr(row, "owed_by_so_many", 0) - len(names), is_late(row))


def in_one_question(rows: QuerySet[Commitment], actor: User | None) -> list[Line]:
    """As `lines_of`, for a page that has no query to spare: one query, one row for each who owes."""
    joined = rows.select_related("community", "gathering", "organisation", "node").annotate(
        owner=F("owners__pk"),
        family=F("owners__person__family_names"),
        given=F("owners__person__given_names"),
        may=ExpressionWrapper(_named_to(actor), output_field=BooleanField()),
    )
    found: dict[int, Commitment] = {}
    names: dict[int, list[str]] = defaultdict(list)
    hidden: dict[int, int] = defaultdict(int)
    asked: Any = joined.order_by(*rows.query.order_by, "owners__pk")
    for row in asked:
        found.setdefault(row.pk, row)
        if row.owner and row.may:
            names[row.pk].append(Person(given_names=row.given, family_names=row.family).name)
        hidden[row.pk] += bool(row.owner and not row.may)
    return [Line(row, tuple(names[pk]), hidden[pk], is_late(row)) for pk, row in found.items()]


def _named_to(actor: User | None) -> Q:
    """Owners whose names this account may see; None: all."""
    if actor is None or actor.is_system:
        return Q(pk__gt=0)
    seen = Person.objects.filter(people_visible_to(actor)).values("pk")
    return Q(owners__person_id__in=seen) | Q(owners__person__user_id=actor.pk)


def commitments_for(actor: User) -> QuerySet[Commitment]:
    """Commitments that `actor` may see, those due first on top. No query by itself."""
    return Commitment.objects.filter(commitments_visible_to(actor)).order_by(*BY_DAY)


BY_DAY = (F("due_on").asc(nulls_last=True), "pk")


def commitments_in(community: Community, actor: User) -> QuerySet[Commitment]:
    """Those of the community and below. No query by itself."""
    return commitments_for(actor).filter(community_id__in=below(community))


def commitments_at(gathering: Gathering) -> QuerySet[Commitment]:
    """Those that were made at a gathering, in the order in which they were written down. No query by itself."""
    return Commitment.objects.filter(gathering=gathering).order_by("pk")


def owed_by_reader(actor: User) -> QuerySet[Commitment]:
    """What the reader owes and has not done, the first due on top, with gathering and community. One query."""
    return (
        Commitment.objects.filter(owed_by(actor), state=OPEN)
        .select_related("community", "gathering")
        .order_by(*BY_DAY)
    )


def to_settle(actor: User) -> QuerySet[Commitment]:
    """Commitments of which `actor` may say that they are done, community and gathering joined. No query by itself."""
    return Commitment.objects.filter(settled_by(actor)).select_related("community", "gathering")


# At the start of the next gathering --------------------------------------------------------------


def owes_something() -> Exists:
    """Whether somebody owes what is not done: a condition on User. No query by itself."""
    return Exists(Owner.objects.filter(person__user_id=OuterRef("pk"), commitment__state=OPEN))


def open_from_before() -> Exists:
    """Whether something is open from an earlier gathering of the same community: a condition on Gathering. No query by itself."""
    return Exists(
        Commitment.objects.filter(
            community_id=OuterRef("community_id"), state=OPEN, gathering__starts_at__lt=OuterRef("starts_at")
        )
    )


def carried_to(gathering: Gathering) -> QuerySet[Commitment]:
    """What is open from earlier gatherings of the community, for the next one that it has; nothing for later ones.

    No query by itself.
    """
    sooner = Gathering.objects.filter(
        community_id=gathering.community_id,
        ends_at__gte=timezone.now(),
        starts_at__lt=gathering.starts_at,
    ).exclude(state=Gathering.State.CANCELLED)
    earlier = Commitment.objects.filter(
        community_id=gathering.community_id, state=OPEN, gathering__starts_at__lt=gathering.starts_at
    )
    return earlier.exclude(Exists(sooner)).order_by(*BY_DAY)


# Links and letters -------------------------------------------------------------------------------


def key_by_token(token: str) -> Key | None:
    """Whose link this is; None where nobody's. One query."""
    rows = Key.objects.filter(token_hash=token_hash(token), person__merged_into=None)
    return rows.select_related(
        "commitment__community", "commitment__gathering", "commitment__organisation", "commitment__node", "person"
    ).first()  # fmt: skip


def reminded_of(commitment: Commitment) -> list[int]:
    """Ids of those to whom a letter about it goes: who owes it, who leads the node that does; else the coordination. Three queries at most."""
    people = set(commitment.owners.values_list("person_id", flat=True))
    if commitment.node is not None:
        people |= {one.person_id for one in team_of(commitment.node)}
    return sorted(people or coordinators_of(commitment.community).values_list("pk", flat=True))


# For insight and reports -------------------------------------------------------------------------


def kept_in_time(community: Community, *, since: date | None = None) -> Measure:
    """Share of commitments that were due and not dropped, of the community and below, that were done by their day. One query.

    since: only those due from this day on. n = commitments that were due. Undefined where none was.
    """
    due = Commitment.objects.filter(
        community_id__in=below(community), due_on__lt=today_in(community)
    ).exclude(state=Commitment.State.DROPPED)
    if since is not None:
        due = due.filter(due_on__gte=since)
    counts = due.aggregate(
        all=Count("pk"),
        kept=Count("pk", filter=Q(state=Commitment.State.DONE, settled_on__lte=F("due_on"))),
        open=Count("pk", filter=Q(state=OPEN)),
    )
    return share(counts["kept"], counts["all"], NOTHING_DUE, detail={"open": counts["open"]})


def counts_among(lines: Iterable[Line]) -> dict[str, int]:
    """How many are open, late, done, dropped; what is late is open too. No query."""
    counts = dict.fromkeys(("open", "late", "done", "dropped"), 0)
    for line in lines:
        counts[line.commitment.state] += 1
        counts["late"] += line.is_late
    return counts


SOON, FORGOTTEN = timedelta(days=3), timedelta(days=60)


def due_for_a_letter() -> QuerySet[Commitment]:
    """Open commitments of whose day a letter may speak now: it is near, or has gone by and nobody was asked. No query by itself."""
    today = timezone.now().date()
    unspoken = ~Q(recalled_for=F("due_on")) | Q(recalled_for=None)
    near = Q(due_on__lte=today + SOON + timedelta(days=1), due_on__gte=today - FORGOTTEN)
    return Commitment.objects.filter(near, unspoken, state=OPEN)
