"""What is planned, what really happened, and what other domains count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db.models import Exists, F, OuterRef, Prefetch

from tejido.agenda.models import Leading, Segment
from tejido.directory.models import Person
from tejido.gatherings.models import Gathering
from tejido_analytics.measure import Measure
from tejido_analytics.meetings import time_mix

BEFORE = timedelta(hours=12)  # so long before a gathering its clock may begin to run
Which = Literal["planned", "actual", "actual_else_planned"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A segment with its place on the clock. starts, ends: as planned, from the beginning of the gathering."""

    segment: Segment
    starts: datetime
    ends: datetime
    leaders: Sequence[str]  # names, then the guest and the organisation


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a running agenda stands at a moment.

    now, next: the one that runs and the one after it. passed: minutes since `now` began; remains: planned minutes less
    those, negative where it is over its time. late: minutes behind the plan (negative: ahead), 0 before anything began.
    begun, over: whether anything has begun; whether everything has ended.
    """

    now: Shown | None
    next: Shown | None
    passed: int
    remains: int
    late: int
    begun: bool
    over: bool


def segments_of(gathering: Gathering) -> list[Segment]:
    """The agenda in order, leaders, organisation and activity joined. Two queries."""
    leadings = Leading.objects.select_related("person").order_by("pk")
    rows = gathering.segments.select_related("organisation", "activity")
    return list(rows.prefetch_related(Prefetch("leadings", leadings)).order_by("position", "pk"))


def in_one_question(gathering: Gathering) -> list[Shown]:
    """As `shown(gathering, segments_of(gathering))`, for a page that has no query to spare: one query, one row for each who leads."""
    family, given = F("leadings__person__family_names"), F("leadings__person__given_names")
    rows: Any = gathering.segments.select_related("organisation").annotate(family=family, given=given)
    segments: dict[int, Segment] = {}
    names: dict[int, list[str]] = defaultdict(list)
    for row in rows.order_by("position", "pk", "leadings__pk"):
        segments.setdefault(row.pk, row)
        if row.given or row.family:
            names[row.pk].append(Person(given_names=row.given, family_names=row.family).name)
    return _on_the_clock(gathering, [(row, names[pk]) for pk, row in segments.items()])


def has_agenda() -> Exists:
    """A condition on Gathering: it has an agenda."""
    found: Any = Segment.objects.filter(gathering_id=OuterRef("pk"))
    return Exists(found)


def shown(gathering: Gathering, segments: Iterable[Segment]) -> list[Shown]:
    """Segments with their planned place on the clock. No query for rows of `segments_of`."""
    return _on_the_clock(
        gathering, [(row, [one.person.name for one in row.leadings.all()]) for row in segments]
    )


def _on_the_clock(gathering: Gathering, segments: Iterable[tuple[Segment, list[str]]]) -> list[Shown]:
    at, rows = gathering.starts_at, []
    for segment, names in segments:
        ends = at + timedelta(minutes=segment.minutes)
        outside = ", ".join(part for part in (segment.guest, str(segment.organisation or "")) if part)
        rows.append(Shown(segment, at, ends, [*names, outside] if outside else names))
        at = ends
    return rows


def too_early(gathering: Gathering, now: datetime) -> bool:
    """Whether its day has not come: nobody keeps the time yet. No query."""
    return gathering.starts_at - now > BEFORE


def clock_of(rows: Sequence[Shown], now: datetime) -> Clock:
    """Where the agenda stands at `now`. No query."""
    running = next((row for row in rows if row.segment.runs), None)
    begun = any(row.segment.started_at for row in rows)
    waiting = [row for row in rows if row.segment.started_at is None]
    after = [row for row in waiting if running and row.segment.position > running.segment.position]
    ahead = next(iter(after or waiting), None)
    if running is None:
        return Clock(None, ahead, 0, 0, _late_between(rows), begun, begun and not waiting)
    assert running.segment.started_at is not None
    passed = max(0, int((now - running.segment.started_at).total_seconds() // 60))
    over_by = max(0, passed - running.segment.minutes)
    late = round((running.segment.started_at - running.starts).total_seconds() / 60) + over_by
    return Clock(running, ahead, passed, running.segment.minutes - passed, late, True, False)


def _late_between(rows: Sequence[Shown]) -> int:
    """Minutes by which the last one that ended did so after its plan; 0 where none has."""
    ended = [row for row in rows if row.segment.ended_at]
    if not ended:
        return 0
    last = max(ended, key=lambda row: row.segment.ended_at or row.ends)
    assert last.segment.ended_at is not None
    return round((last.segment.ended_at - last.ends).total_seconds() / 60)


def mix_of(segments: Iterable[Segment], which: Which = "planned") -> Measure:
    """`tejido_analytics.meetings.time_mix` of one agenda. No query."""
    return time_mix(
        (str(row.kind), minutes) for row in segments if (minutes := _minutes(row, which)) is not None
    )


def _minutes(row: Segment, which: Which) -> int | None:
    if which == "planned":
        return row.minutes
    return row.actual_minutes if which == "actual" else row.actual_minutes or row.minutes


def minutes_in(gathering_ids: Iterable[int]) -> dict[int, dict[str, dict[str, int]]]:
    """For insights: gathering -> "planned" and "actual" -> kind -> minutes. One query for any number of gatherings.

    "actual" has only what was measured; a gathering without an agenda is not there.
    """
    found: dict[int, dict[str, dict[str, int]]] = {}
    rows = Segment.objects.filter(gathering_id__in=gathering_ids).order_by("gathering_id", "position")
    for row in rows:
        here = found.setdefault(row.gathering_id, {"planned": defaultdict(int), "actual": defaultdict(int)})
        here["planned"][row.kind] += row.minutes
        if row.actual_minutes is not None:
            here["actual"][row.kind] += row.actual_minutes
    return {pk: {which: dict(minutes) for which, minutes in both.items()} for pk, both in found.items()}


@dataclass(frozen=True, slots=True)
class Led:
    """Who led one segment. person_ids: members or not; guest: somebody from outside by name; minutes: actual, else planned."""

    gathering_id: int
    segment_id: int
    kind: str
    person_ids: tuple[int, ...]
    guest: str
    organisation_id: int | None
    minutes: int


def led_in(gathering_ids: Iterable[int]) -> list[Led]:
    """For insights: who led what (voices, partners, leadership_spread, member_led). Two queries for any number of gatherings."""
    rows = Segment.objects.filter(gathering_id__in=gathering_ids).prefetch_related("leadings")
    return [
        Led(
            row.gathering_id,
            row.pk,
            row.kind,
            tuple(sorted(one.person_id for one in row.leadings.all())),
            row.guest,
            row.organisation_id,
            row.actual_minutes or row.minutes,
        )
        for row in rows.order_by("gathering_id", "position")
    ]
