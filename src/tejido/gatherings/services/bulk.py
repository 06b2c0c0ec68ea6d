"""Deeds on many gatherings at once, for imports: few queries for any number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import communities_for
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.journal import announce_many
from tejido.gatherings.events import AttendanceRecorded, GatheringPlanned, GatheringsDiscarded
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.services.attendance import check
from tejido.gatherings.services.planning import settle
from tejido.gatherings.times import day_in
from tejido.gatherings.values import GatheringFields, Presence

CHUNK = 500


class AttendanceRow(NamedTuple):
    """One line of an attendance list. presence: None forgets what was recorded."""

    gathering_id: int
    person_id: int
    presence: Presence | None


def _require_everywhere(community_ids: set[int], actor: User) -> None:
    open_to = Community.objects.filter(communities_for(actor, "record"), pk__in=community_ids)
    if open_to.count() < len(community_ids):
        raise NotAllowed(
            "gatherings.record_attendance",
            _("Some of these gatherings belong to a community whose team you are not in. Leave them out."),
        )


@transaction.atomic
def plan_gatherings(plans: Sequence[tuple[Community, GatheringFields]], *, actor: User) -> list[Gathering]:
    """New gatherings, in the order given. One question of rights, and as few inserts as the database can take.

    Raises: NotAllowed: one of the communities is not the actor's; Refusal("ends_before_it_starts", "unknown_kind",
    "unknown_modality"). Either all are planned or none. Announces GatheringPlanned for each.
    """
    _require_everywhere({community.pk for community, _fields in plans}, actor)
    gatherings = []
    for community, fields in plans:
        given: dict[str, Any] = dict(fields)
        gathering = Gathering(community=community, **given)
        _check_choices(gathering)
        settle(gathering)
        gatherings.append(gathering)
    made: list[Gathering] = Gathering.objects.bulk_create(gatherings, batch_size=CHUNK)
    announce_many((GatheringPlanned(g.community_id, g.pk) for g in made), actor=actor)
    return made


def _check_choices(gathering: Gathering) -> None:
    """What a form or `full_clean` would have refused: an insert of many asks neither."""
    if gathering.kind not in Gathering.Kind.values:
        raise Refusal(
            "unknown_kind",
            _("“%(kind)s” is no kind of gathering. The kinds are: %(known)s.")
            % {"kind": gathering.kind, "known": ", ".join(str(kind.label) for kind in Gathering.Kind)},
        )
    if gathering.modality not in Gathering.Modality.values:
        raise Refusal(
            "unknown_modality",
            _("“%(modality)s” is no way of meeting. A gathering is one of: %(known)s.")
            % {
                "modality": gathering.modality,
                "known": ", ".join(str(one.label) for one in Gathering.Modality),
            },
        )


@transaction.atomic
def record_attendances(rows: Iterable[AttendanceRow], *, actor: User) -> list[AttendanceRow]:
    """Record lines of many gatherings. Returns those that changed anything: the same lines twice change nothing.

    About one question and one write for each 500 lines. That the people exist is for the caller to
    know; a line of a person who does not breaks the foreign key.

    Raises: NotAllowed; Refusal("attendance_closed", "cancelled", "not_yet") with `gathering_ids` in its
    detail, or as `record_attendance`. Either everything is written or nothing.
    Announces AttendanceRecorded for each gathering that changed.
    """
    wanted = {(row.gathering_id, row.person_id): row for row in rows}
    gatherings = _open_gatherings({gathering_id for gathering_id, _person in wanted}, actor)
    _check_rows(wanted.values(), gatherings)
    known = _known(gatherings)
    changed = [row for key, row in wanted.items() if known.get(key) != row.presence]
    _write(changed, actor)
    people: dict[int, list[int]] = defaultdict(list)
    for row in changed:
        people[row.gathering_id].append(row.person_id)
    _settle_states(people.keys())
    announce_many(
        (
            AttendanceRecorded(
                gatherings[pk].community_id, pk, sorted(ids), gatherings[pk].reopened_at is not None
            )
            for pk, ids in people.items()
        ),
        actor=actor,
    )
    return changed


def _open_gatherings(ids: set[int], actor: User) -> dict[int, Gathering]:
    found: dict[int, Gathering] = {}
    for some in _chunks(sorted(ids)):
        locked = Gathering.objects.select_for_update(of=("self",)).select_related("community")
        found.update({gathering.pk: gathering for gathering in locked.filter(pk__in=some).order_by("pk")})
    missing = ids - found.keys()
    if missing:
        raise Refusal(
            "no_such_gathering",
            _("Some of these gatherings are not there any more. Load the list again."),
            gathering_ids=sorted(missing),
        )
    _require_everywhere({gathering.community_id for gathering in found.values()}, actor)
    closed = sorted(pk for pk, g in found.items() if g.closed_at is not None)
    if closed:
        raise Refusal(
            "attendance_closed",
            _("Attendance of “%(title)s” is closed. Open it again to correct it.")
            % {"title": found[closed[0]].title},
            gathering_ids=closed,
        )
    cancelled = sorted(pk for pk, g in found.items() if g.state == Gathering.State.CANCELLED)
    if cancelled:
        raise Refusal(
            "cancelled",
            _("“%(title)s” was cancelled, so nobody can have been there. Plan it again first.")
            % {"title": found[cancelled[0]].title},
            gathering_ids=cancelled,
        )
    return found


def _check_rows(rows: Iterable[AttendanceRow], gatherings: dict[int, Gathering]) -> None:
    now = timezone.now()
    ahead = {pk for pk, g in gatherings.items() if g.day > day_in(g.community.time_zone, now)}
    for row in rows:
        if row.presence is None:
            continue
        check(row.presence)
        if row.gathering_id in ahead and row.presence.status in Attendance.ATTENDED:
            raise Refusal(
                "not_yet",
                _("“%(title)s” has not taken place yet, so nobody can have been there.")
                % {"title": gatherings[row.gathering_id].title},
                gathering_ids=sorted(ahead),
            )


def _known(gatherings: Collection[int]) -> dict[tuple[int, int], Presence]:
    known: dict[tuple[int, int], Presence] = {}
    for some in _chunks(sorted(gatherings)):
        lines = Attendance.objects.filter(gathering_id__in=some).values_list(
            "gathering_id", "person_id", "status", "minutes"
        )
        known.update({(line[0], line[1]): Presence(line[2], line[3]) for line in lines})
    return known


def _write(rows: Sequence[AttendanceRow], actor: User) -> None:
    now = timezone.now()
    Attendance.objects.bulk_create(
        [
            Attendance(
                gathering_id=row.gathering_id,
                person_id=row.person_id,
                status=row.presence.status,
                minutes=row.presence.minutes,
                recorded_at=now,
                recorded_by=actor,
            )
            for row in rows
            if row.presence is not None
        ],
        update_conflicts=True,
        unique_fields=["gathering", "person"],
        update_fields=["status", "minutes", "recorded_at", "recorded_by"],
        batch_size=CHUNK,
    )
    forgotten: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row.presence is None:
            forgotten[row.gathering_id].append(row.person_id)
    for gathering_id, people in forgotten.items():
        for some in _chunks(people):
            Attendance.objects.filter(gathering_id=gathering_id, person_id__in=some).delete()


def _settle_states(gathering_ids: Collection[int]) -> None:
    """Held where somebody was present, planned where nobody is recorded as present any more."""
    for some in _chunks(sorted(gathering_ids)):
        present = Attendance.objects.filter(gathering_id__in=some, status__in=Attendance.ATTENDED)
        held = Gathering.objects.filter(pk__in=some).filter(pk__in=present.values("gathering_id"))
        held.exclude(state=Gathering.State.HELD).update(state=Gathering.State.HELD)
        empty = Gathering.objects.filter(pk__in=some).exclude(pk__in=present.values("gathering_id"))
        empty.filter(state=Gathering.State.HELD).update(state=Gathering.State.PLANNED)


@transaction.atomic
def discard_gatherings(gathering_ids: Collection[int], *, actor: User) -> int:
    """Take away gatherings that an undone import had brought. Returns how many went.

    Those that meanwhile have attendance stay: somebody works with them. Raises NotAllowed.
    Announces GatheringsDiscarded for each community.
    """
    going: dict[int, list[int]] = defaultdict(list)
    for some in _chunks(sorted(gathering_ids)):
        rows = Gathering.objects.filter(pk__in=some, attendances=None).values_list("community_id", "pk")
        for community_id, pk in rows:
            going[community_id].append(pk)
    _require_everywhere(set(going), actor)
    for ids in going.values():
        for some in _chunks(ids):
            Gathering.objects.filter(pk__in=some).delete()
    announce_many((GatheringsDiscarded(pk, ids) for pk, ids in going.items()), actor=actor)
    return sum(map(len, going.values()))


def _chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    walk = iter(ids)
    while some := list(islice(walk, CHUNK)):
        yield some
