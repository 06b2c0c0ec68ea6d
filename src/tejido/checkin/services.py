"""Deeds at the door: open it, close it, come in. The sheet itself is written by gatherings."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.checkin import codes, selectors
from tejido.checkin.events import DoorClosed, DoorOpened
from tejido.checkin.models import Arrival, Door, PaperLine, WrongCode
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.selectors import day_in, sheet
from tejido.gatherings.services import Presence, record_attendance, tap
from tejido.invitations.selectors import Place

HERE, ALREADY, KEPT = "here", "already", "kept"
COUNTS_FOR = timedelta(minutes=10)
WRONG_OF_ONE, WRONG_OF_ALL = 5, 100


@transaction.atomic
def open_door(gathering: Gathering, *, actor: User) -> Door:
    """People may check in by themselves; codes of an earlier opening are worth nothing.

    Raises: NotAllowed; Refusal("no_door": cancelled, closed or not today). Announces DoorOpened; an open one stays as it is.
    """
    require(actor, "checkin.keep_door", gathering)
    gathering = (
        Gathering.objects.select_for_update(of=("self",)).select_related("community").get(pk=gathering.pk)
    )
    door = Door.objects.filter(gathering=gathering).first()
    if door is not None and door.closed_at is None:
        return door
    _check_takes(gathering)
    fresh = {
        "secret": secrets.token_hex(32),
        "opened_at": timezone.now(),
        "opened_by": actor,
        "closed_at": None,
    }
    door, _new = Door.objects.update_or_create(gathering=gathering, defaults=fresh)
    announce(DoorOpened(gathering.community_id, gathering.pk), actor=actor)
    return door


def _check_takes(gathering: Gathering) -> None:
    if gathering.state == Gathering.State.CANCELLED or gathering.closed_at is not None:
        raise Refusal("no_door", _("Attendance of this gathering is not taken any more."))
    if gathering.day > day_in(gathering.community.time_zone, timezone.now()):
        raise Refusal("no_door", _("The door opens on the day of the gathering."))


@transaction.atomic
def close_door(gathering: Gathering, *, actor: User) -> None:
    """Nobody checks in by themselves any more. Raises NotAllowed. Announces DoorClosed; a closed one stays closed."""
    require(actor, "checkin.keep_door", gathering)
    closed = Door.objects.filter(gathering=gathering, closed_at=None).update(closed_at=timezone.now())
    WrongCode.objects.filter(gathering=gathering).delete()
    if closed:
        announce(DoorClosed(gathering.community_id, gathering.pk), actor=actor)


@transaction.atomic
def arrive(place: Place, way: str, *, actor: User) -> str:
    """Somebody checks in by themselves; whoever calls has seen their code. Returns "here", "already" or "kept".

    What the team has marked stands: where the sheet says absent or excused, the answer is "kept", and the door shows it.
    Raises: NotAllowed; Refusal("no_door"). Announces as gatherings.tap.
    """
    require(actor, "checkin.arrive", place)
    if selectors.open_door_of(place.gathering) is None:
        raise Refusal("no_door", _("The door is closed. Tell the team that you are here."))
    _check_takes(place.gathering)
    stands = _stands(place)
    if stands in Attendance.ATTENDED:
        return ALREADY
    taken = stands == ""
    if taken:
        tap(place.gathering, place.person.pk, Attendance.Status.ON_SITE, actor=system_account(), seen="")
    _note(place, way, actor, (stands, taken))
    return HERE if taken else KEPT


@transaction.atomic
def see_arrive(place: Place, *, actor: User) -> str:
    """Somebody of the team has seen a personal code: the person is here, whatever the sheet said. "here" or "already".

    Raises as gatherings.tap, and announces with it.
    """
    require(actor, "gatherings.record_attendance", place.gathering)
    stands = _stands(place)
    if stands in Attendance.ATTENDED:
        return ALREADY
    tap(place.gathering, place.person.pk, Attendance.Status.ON_SITE, actor=actor)
    _note(place, Arrival.Way.SHOWN, actor, (stands, True))
    return HERE


def _stands(place: Place) -> str:
    """What the sheet says now; nobody else writes it until the transaction ends."""
    Gathering.objects.select_for_update().get(pk=place.gathering.pk)
    rows = Attendance.objects.filter(gathering=place.gathering, person=place.person)
    return rows.values_list("status", flat=True).first() or ""


def _note(place: Place, way: str, actor: User, sheet: tuple[str, bool]) -> None:
    told = {"way": way, "at": timezone.now(), "noted_by": actor, "stood": sheet[0], "taken": sheet[1]}
    Arrival.objects.update_or_create(gathering=place.gathering, person=place.person, defaults=told)


def _check_guessing(place: Place) -> None:
    wrong = WrongCode.objects.filter(gathering=place.gathering, at__gt=timezone.now() - COUNTS_FOR)
    if wrong.filter(person=place.person).count() >= WRONG_OF_ONE or wrong.count() >= WRONG_OF_ALL:
        raise Refusal(
            "guessing",
            _("Too many wrong codes. Show your own code to the team, or try again in ten minutes."),
        )


@transaction.atomic
def are_right(place: Place, typed: str) -> bool:
    """Whether six typed digits are on the wall now; wrong ones are counted.

    Guessing: after 5 wrong ones of one person, or 100 at one gathering, within 10 minutes none is looked at.
    Raises Refusal("no_door", "guessing").
    """
    Gathering.objects.select_for_update().get(pk=place.gathering.pk)
    door = selectors.open_door_of(place.gathering)
    if door is None:
        raise Refusal("no_door", _("The door is closed. Tell the team that you are here."))
    _check_guessing(place)
    now = timezone.now()
    if codes.are_on_the_wall(door.secret, typed, now.timestamp()):
        return True
    WrongCode.objects.filter(at__lte=now - COUNTS_FOR).delete()
    WrongCode.objects.create(gathering=place.gathering, person=place.person, at=now)
    return False


@transaction.atomic
def number_sheet(gathering: Gathering, *, actor: User) -> list[selectors.PaperRow]:
    """The sheet as it is printed: who has no number yet gets the next ones, by name; no number ever changes.

    Raises: NotAllowed. Announces nothing: nobody reads in the history that a page was printed.
    """
    require(actor, "checkin.keep_door", gathering)
    Gathering.objects.select_for_update().get(pk=gathering.pk)
    numbers = dict(PaperLine.objects.filter(gathering=gathering).values_list("person_id", "number"))
    new = [line.person.pk for line in sheet(gathering, schools=False) if line.person.pk not in numbers]
    first = max(numbers.values(), default=0) + 1
    PaperLine.objects.bulk_create(
        (
            PaperLine(gathering=gathering, person_id=pk, number=number)
            for number, pk in enumerate(new, start=first)
        ),
        batch_size=500,
    )
    return selectors.paper_rows(gathering)


@transaction.atomic
def type_paper(
    gathering: Gathering, named: Collection[int], *, everybody_but: bool, actor: User
) -> tuple[int, int]:
    """What was signed on paper goes onto the sheet. named: ids of people with a number; others are left aside.

    everybody_but: all of the paper sheet were there but those named, who are marked absent where nothing was marked yet.
    Who signed was there, whatever was marked before; who is marked as there already stays as marked (online, minutes).
    Returns how many were marked as there, and as absent. Raises and announces as gatherings.record_attendance.
    """
    require(actor, "gatherings.record_attendance", gathering)
    Gathering.objects.select_for_update().get(pk=gathering.pk)
    stands = {row.person_id: row.status for row in selectors.paper_rows(gathering)}
    missing = stands.keys() & set(named) if everybody_but else set()
    there = (stands.keys() - missing) if everybody_but else (stands.keys() & set(named))
    signed = sorted(pk for pk in there if stands[pk] not in Attendance.ATTENDED)
    absent = sorted(pk for pk in missing if not stands[pk])
    said = {pk: Presence(Attendance.Status.ON_SITE) for pk in signed}
    said |= {pk: Presence(Attendance.Status.ABSENT) for pk in absent}
    if said:
        record_attendance(gathering, said, actor=actor)
    now = timezone.now()
    came = (
        Arrival(
            gathering=gathering, person_id=pk, way=Arrival.Way.PAPER, at=now, noted_by=actor, stood=stands[pk]
        )
        for pk in signed
    )
    fresh = ["way", "at", "noted_by", "stood", "taken"]
    Arrival.objects.bulk_create(
        came,
        update_conflicts=True,
        unique_fields=["gathering", "person"],
        update_fields=fresh,
        batch_size=500,
    )
    return len(signed), len(absent)
