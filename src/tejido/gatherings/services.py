"""Deeds of the gatherings domain: the only module that writes its tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.directory.models import Organisation, Person, School
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.events import (
    AttendanceClosed,
    AttendanceRecorded,
    AttendanceReopened,
    GatheringCancelled,
    GatheringChanged,
    GatheringPlanned,
    TablesRecorded,
)
from tejido.gatherings.models import Attendance, Gathering, Invitation, Round, Seat


class GatheringFields(TypedDict, total=False):
    """What can be said of a gathering in one go; absent keys stay as they are."""

    kind: str
    modality: str
    title: str
    description: str
    starts_at: datetime
    ends_at: datetime
    school: School | None
    organisation: Organisation | None
    address: str
    latitude: float | None
    longitude: float | None
    online_link: str
    everyone_invited: bool


@dataclass(frozen=True, slots=True)
class Presence:
    """One line of an attendance list. minutes: 1 to 1440, or None where not measured."""

    status: str
    minutes: int | None = None


MOVED = {"starts_at", "ends_at", "school", "organisation", "address", "online_link", "title"}


@transaction.atomic
def plan_gathering(community: Community, fields: GatheringFields, *, actor: User) -> Gathering:
    """A new gathering of the community. Raises: NotAllowed; ValidationError. Announces GatheringPlanned."""
    require(actor, "gatherings.plan", community)
    given: dict[str, Any] = dict(fields)
    gathering = Gathering(community=community, **given)
    gathering.full_clean()
    gathering.save()
    announce(GatheringPlanned(community.pk, gathering.pk), actor=actor)
    return gathering


@transaction.atomic
def change_gathering(gathering: Gathering, fields: GatheringFields, *, actor: User) -> Gathering:
    """Correct a gathering; a change of time, place or title raises its iCalendar sequence.

    Raises: NotAllowed; ValidationError. Announces GatheringChanged where anything differs.
    """
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    require(actor, "gatherings.change", gathering)
    changed = [name for name, value in fields.items() if getattr(gathering, name) != value]
    if not changed:
        return gathering
    for name in changed:
        setattr(gathering, name, fields[name])  # type: ignore[literal-required]
    gathering.sequence += bool(MOVED & set(changed))
    gathering.full_clean()
    gathering.save()
    announce(GatheringChanged(gathering.community_id, gathering.pk, changed), actor=actor)
    return gathering


@transaction.atomic
def cancel_gathering(gathering: Gathering, *, actor: User) -> Gathering:
    """Call it off. Refusal("already_attended") where somebody was recorded as present. Announces GatheringCancelled."""
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    require(actor, "gatherings.change", gathering)
    if gathering.attendances.filter(status__in=Attendance.ATTENDED).exists():
        raise Refusal(
            "already_attended",
            _("People are recorded as present, so it took place. Remove them first to cancel it."),
        )
    gathering.state = Gathering.State.CANCELLED
    gathering.sequence += 1
    gathering.save(update_fields=["state", "sequence"])
    announce(GatheringCancelled(gathering.community_id, gathering.pk), actor=actor)
    return gathering


@transaction.atomic
def invite(gathering: Gathering, people: Collection[Person], *, actor: User) -> None:
    """Invite just these people, instead of every member; an empty collection invites every member again.

    Raises NotAllowed. Announces GatheringChanged.
    """
    require(actor, "gatherings.change", gathering)
    wanted = {person.pk for person in people}
    gathering.invitations.exclude(person_id__in=wanted).delete()
    known = set(gathering.invitations.values_list("person_id", flat=True))
    Invitation.objects.bulk_create(
        Invitation(gathering=gathering, person_id=pk) for pk in sorted(wanted - known)
    )
    Gathering.objects.filter(pk=gathering.pk).update(everyone_invited=not wanted)
    gathering.everyone_invited = not wanted
    announce(GatheringChanged(gathering.community_id, gathering.pk, ["invitations"]), actor=actor)


@transaction.atomic
def record_attendance(
    gathering: Gathering, presence_by_person: Mapping[int, Presence | None], *, actor: User
) -> None:
    """Record who was at `gathering`; recording again replaces, None forgets what was recorded.

    Args:    presence_by_person: person id -> Presence, or None.
    Raises:  NotAllowed: not in the team, closed or cancelled. Nothing is written.
    A gathering at which somebody was present counts as held. Announces AttendanceRecorded.
    """
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    require(actor, "gatherings.record_attendance", gathering)
    forgotten = [pk for pk, presence in presence_by_person.items() if presence is None]
    gathering.attendances.filter(person_id__in=forgotten).delete()
    Attendance.objects.bulk_create(
        [
            Attendance(
                gathering=gathering,
                person_id=pk,
                status=presence.status,
                minutes=presence.minutes,
                recorded_at=timezone.now(),
                recorded_by=actor,
            )
            for pk, presence in sorted(presence_by_person.items(), key=lambda pair: pair[0])
            if presence is not None
        ],
        update_conflicts=True,
        unique_fields=["gathering", "person"],
        update_fields=["status", "minutes", "recorded_at", "recorded_by"],
        batch_size=500,
    )
    present = gathering.attendances.filter(status__in=Attendance.ATTENDED).exists()
    if present and gathering.state == Gathering.State.PLANNED:
        Gathering.objects.filter(pk=gathering.pk).update(state=Gathering.State.HELD)
    announce(
        AttendanceRecorded(gathering.community_id, gathering.pk, sorted(presence_by_person)), actor=actor
    )


@transaction.atomic
def close_attendance(gathering: Gathering, *, actor: User) -> Gathering:
    """Attendance is final; the gathering counts as held. Raises NotAllowed. Announces AttendanceClosed."""
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    require(actor, "gatherings.close_attendance", gathering)
    gathering.closed_at = timezone.now()
    gathering.state = Gathering.State.HELD
    gathering.save(update_fields=["closed_at", "state"])
    attended = gathering.attendances.filter(status__in=Attendance.ATTENDED).count()
    announce(AttendanceClosed(gathering.community_id, gathering.pk, attended), actor=actor)
    return gathering


@transaction.atomic
def reopen_attendance(gathering: Gathering, *, actor: User) -> Gathering:
    """Attendance can be corrected again. Raises NotAllowed. Announces AttendanceReopened."""
    require(actor, "gatherings.close_attendance", gathering)
    gathering.closed_at = None
    gathering.save(update_fields=["closed_at"])
    announce(AttendanceReopened(gathering.community_id, gathering.pk), actor=actor)
    return gathering


@transaction.atomic
def record_tables(
    gathering: Gathering, number: int, tables: Sequence[Collection[int]], *, actor: User, prompt: str = ""
) -> Round:
    """Who sat with whom in round `number` (from 1): person ids per table, in table order. Replaces that round.

    Raises: NotAllowed; Refusal("two_tables_at_once"). Announces TablesRecorded.
    """
    require(actor, "gatherings.change", gathering)
    seated = [pk for table in tables for pk in table]
    if len(seated) != len(set(seated)):
        raise Refusal(
            "two_tables_at_once",
            _("Somebody sits at two tables in the same round. Leave each person at one."),
        )
    round_, _made = Round.objects.update_or_create(
        gathering=gathering, number=number, defaults={"prompt": prompt}
    )
    round_.seats.all().delete()
    Seat.objects.bulk_create(
        Seat(round=round_, table=table, person_id=pk)
        for table, people in enumerate(tables, start=1)
        for pk in people
    )
    announce(TablesRecorded(gathering.community_id, gathering.pk, number), actor=actor)
    return round_
