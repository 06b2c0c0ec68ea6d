"""Deeds on attendance: mark, close, open again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.directory.models import Person
from tejido.directory.policies import people_visible_to
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.events import AttendanceClosed, AttendanceRecorded, AttendanceReopened
from tejido.gatherings.models import Attendance, Gathering, OtherMark
from tejido.gatherings.selectors import invited_to
from tejido.gatherings.times import day_in
from tejido.gatherings.values import Presence

RECORDED, UNCHANGED, KEPT, OUTWEIGHED = "recorded", "unchanged", "kept", "outweighed"


def check(presence: Presence) -> None:
    """Refuse what cannot be true of one line: an unknown status, minutes of somebody who was not there."""
    if presence.status not in Attendance.Status.values:
        raise Refusal(
            "unknown_status", _("Attendance is one of: on site, online, absent, excused. Choose one of them.")
        )
    if presence.minutes is not None and presence.status not in Attendance.ATTENDED:
        raise Refusal(
            "minutes_of_the_absent",
            _("Minutes are for those who were there. Leave them empty, or mark the person as present."),
        )
    if presence.minutes is not None and not 1 <= presence.minutes <= 24 * 60:
        raise Refusal("minutes_in_a_day", _("Minutes go from 1 to 1440, which is a whole day."))


def _check_people(gathering: Gathering, person_ids: set[int], actor: User) -> None:
    known = Person.objects.filter(people_visible_to(actor) | Q(attendances__gathering=gathering))
    if known.filter(pk__in=person_ids).distinct().count() < len(person_ids):
        raise Refusal(
            "unknown_person", _("Somebody on this list is in none of your communities. Add them first.")
        )


def _check_day(gathering: Gathering, presences: Iterable[Presence | None]) -> None:
    ahead = gathering.day > day_in(gathering.community.time_zone, timezone.now())
    if ahead and any(p is not None and p.status in Attendance.ATTENDED for p in presences):
        raise Refusal(
            "not_yet",
            _(
                "This gathering is on %(day)s, so nobody can have been there yet. Excuses can be noted already."
            )
            % {"day": date_format(gathering.day, "DATE_FORMAT")},
        )


@transaction.atomic
def record_attendance(
    gathering: Gathering, presence_by_person: Mapping[int, Presence | None], *, actor: User
) -> None:
    """Record who was at `gathering`; recording again replaces, None forgets what was recorded.

    Args:    presence_by_person: person id -> Presence, or None.
    Raises:  NotAllowed: not in the team, closed or cancelled. Refusal("unknown_person",
             "unknown_status", "minutes_of_the_absent", "minutes_in_a_day", "not_yet"). Nothing is written.
    A gathering at which somebody was present counts as held, and as planned again when nobody is any
    more. Announces AttendanceRecorded, `late` where attendance had been closed before.
    """
    gathering = locked(gathering)
    require(actor, "gatherings.record_attendance", gathering)
    _check_people(gathering, {pk for pk, presence in presence_by_person.items() if presence}, actor)
    record_known(gathering, presence_by_person, actor=actor)


def locked(gathering: Gathering) -> Gathering:
    """The gathering as it is now, with its community, held until the transaction ends."""
    rows = Gathering.objects.select_for_update(of=("self",)).select_related("community")
    return rows.get(pk=gathering.pk)


@transaction.atomic(savepoint=False)
def record_known(
    gathering: Gathering,
    presence_by_person: Mapping[int, Presence | None],
    *,
    actor: User,
    settles: bool = True,
) -> None:
    """The second half of `record_attendance`, for services that have locked the gathering, asked whether the
    actor may, and looked up or added the people themselves. settles: where two of the team had differed, now
    somebody has looked; False where it is known that nobody differs.
    """
    for presence in presence_by_person.values():
        if presence is not None:
            check(presence)
    _check_day(gathering, presence_by_person.values())
    if settles:
        gathering.other_marks.filter(person_id__in=presence_by_person).delete()
    _write(gathering, presence_by_person, actor)
    announce(
        AttendanceRecorded(
            gathering.community_id,
            gathering.pk,
            sorted(presence_by_person),
            gathering.reopened_at is not None,
        ),
        actor=actor,
    )


def _write(gathering: Gathering, presence_by_person: Mapping[int, Presence | None], actor: User) -> None:
    forgotten = [pk for pk, presence in presence_by_person.items() if presence is None]
    if forgotten:
        gathering.attendances.filter(person_id__in=forgotten).delete()
    now = timezone.now()
    Attendance.objects.bulk_create(
        [
            Attendance(
                gathering=gathering,
                person_id=pk,
                status=presence.status,
                minutes=presence.minutes,
                recorded_at=now,
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
    state = Gathering.State.HELD if present else Gathering.State.PLANNED
    if gathering.state != state:
        gathering.state = state
        gathering.save(update_fields=["state"])


@transaction.atomic
def tap(gathering: Gathering, person_id: int, status: str, *, actor: User, seen: str | None = None) -> str:
    """One tap on the sheet: mark a person; an empty `status` forgets the mark.

    seen: the status that stood on the sheet when it was tapped; None: do not compare. Where somebody
    else has marked the person otherwise meanwhile, neither knew of the other, and the mark that tells
    more stands, whichever arrives first (`Attendance.TELLS_MORE`: who was seen was there). The other
    is kept beside it (OtherMark) until somebody who sees both marks the person again.
    Returns "recorded", "unchanged", "kept" (theirs stands) or "outweighed" (this one does).
    Raises as `record_attendance`, and announces with it.
    """
    gathering = locked(gathering)
    require(actor, "gatherings.record_attendance", gathering)
    stands = _stands(gathering, person_id)
    before = stands.status if stands else ""
    if before == status:
        if seen == status:
            gathering.other_marks.filter(person_id=person_id).delete()
        return UNCHANGED
    unseen = stands if stands and stands.recorded_by_id != actor.pk and seen not in {None, before} else None
    if unseen and not _tells_more(status, before):
        _keep_beside(gathering, person_id, status, actor)
        return KEPT
    if not status and seen not in {None, before}:
        status = _said_by_another(gathering, person_id, actor)
    minutes = stands.minutes if stands and status in Attendance.ATTENDED else None
    if status:
        _check_people(gathering, {person_id}, actor)
    said = {person_id: Presence(status, minutes) if status else None}
    record_known(gathering, said, actor=actor, settles=bool(stands and stands.differs))
    if unseen:
        _keep_beside(gathering, person_id, before, unseen.recorded_by)
    return OUTWEIGHED if unseen else RECORDED


def _stands(gathering: Gathering, person_id: int) -> Any:
    """The mark that stands, with `differs`: another of the team said otherwise. None where there is no mark."""
    beside = Exists(gathering.other_marks.filter(person_id=person_id))
    return gathering.attendances.filter(person_id=person_id).annotate(differs=beside).first()


def _tells_more(status: str, other: str) -> bool:
    """Taking a mark back tells nothing."""
    order = [*Attendance.TELLS_MORE, ""]
    return order.index(status) < order.index(other) if status in order else False


def _said_by_another(gathering: Gathering, person_id: int, actor: User) -> str:
    """What stands again when somebody takes back a mark that had outweighed another's without knowing."""
    others = gathering.other_marks.filter(person_id=person_id).exclude(said_by=actor)
    return others.values_list("status", flat=True).first() or ""


def _keep_beside(gathering: Gathering, person_id: int, status: str, said_by: User) -> None:
    if status:
        check(Presence(status))
        said = {"status": status, "said_by": said_by, "said_at": timezone.now()}
        OtherMark.objects.update_or_create(gathering=gathering, person_id=person_id, defaults=said)
    else:
        gathering.other_marks.filter(person_id=person_id, said_by=said_by).delete()


@transaction.atomic
def mark_rest(gathering: Gathering, status: str, *, actor: User) -> list[int]:
    """Mark everybody who is invited and not yet marked with `status`. Returns their ids.

    Raises and announces as `record_attendance`; where nobody is left, nothing happens.
    """
    gathering = locked(gathering)
    require(actor, "gatherings.record_attendance", gathering)
    marked = set(gathering.attendances.values_list("person_id", flat=True))
    rest = [pk for pk in invited_to(gathering).values_list("pk", flat=True) if pk not in marked]
    if rest:
        record_known(gathering, {pk: Presence(status) for pk in rest}, actor=actor)
    return rest


@transaction.atomic
def close_attendance(gathering: Gathering, *, actor: User) -> Gathering:
    """Attendance is final; the gathering counts as held, and how many were invited stands from now on.

    Raises: NotAllowed; Refusal("cancelled", "not_yet"). Announces AttendanceClosed; a second time changes nothing.
    """
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    require(actor, "gatherings.close_attendance", gathering)
    if gathering.closed_at is not None:
        return gathering
    if gathering.state == Gathering.State.CANCELLED:
        raise Refusal("cancelled", _("This gathering was cancelled, so there is no attendance to close."))
    if gathering.starts_at > timezone.now():
        raise Refusal("not_yet", _("This gathering has not begun. Close its attendance afterwards."))
    gathering.closed_at = timezone.now()
    gathering.state = Gathering.State.HELD
    gathering.invited_then = invited_to(gathering).count()
    gathering.save(update_fields=["closed_at", "state", "invited_then"])
    attended = gathering.attendances.filter(status__in=Attendance.ATTENDED).count()
    announce(AttendanceClosed(gathering.community_id, gathering.pk, attended), actor=actor)
    return gathering


@transaction.atomic
def reopen_attendance(gathering: Gathering, *, actor: User) -> Gathering:
    """Attendance can be corrected again; what follows is a late correction.

    Raises: NotAllowed; Refusal("sealed"): the closing act is done. Announces AttendanceReopened; one that is open stays as it is.
    """
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    require(actor, "gatherings.close_attendance", gathering)
    if gathering.closed_at is None:
        return gathering
    if gathering.sealed_at is not None:
        raise Refusal(
            "sealed",
            _("This gathering was closed. Open it again, and say why, before anything is changed."),
        )
    gathering.closed_at, gathering.invited_then = None, None
    gathering.reopened_at = timezone.now()
    gathering.save(update_fields=["closed_at", "invited_then", "reopened_at"])
    announce(AttendanceReopened(gathering.community_id, gathering.pk), actor=actor)
    return gathering


@transaction.atomic
def seal(gathering: Gathering, *, actor: User) -> Gathering:
    """The closing act is done: nothing of the gathering changes any more. For the domain that closes, which announces it.

    Raises: NotAllowed; Refusal("attendance_open"): attendance has to be closed before.
    """
    gathering = locked(gathering)
    require(actor, "gatherings.close_attendance", gathering)
    if gathering.closed_at is None:
        raise Refusal(
            "attendance_open", _("Close attendance first: it is the one thing that has to be sure.")
        )
    gathering.sealed_at = timezone.now()
    gathering.save(update_fields=["sealed_at"])
    return gathering


@transaction.atomic
def unseal(gathering: Gathering, *, actor: User) -> Gathering:
    """What was sealed may be changed again; attendance stays closed until it is opened by itself. Raises NotAllowed.

    For the domain that closes, which keeps the reason and announces it.
    """
    gathering = locked(gathering)
    require(actor, "gatherings.close_attendance", gathering)
    gathering.sealed_at = None
    gathering.save(update_fields=["sealed_at"])
    return gathering
