"""Deeds on the plan: what, when, where, who is invited, and whether it takes place."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.events import (
    GatheringCancelled,
    GatheringChanged,
    GatheringPlanned,
    GatheringPlannedAgain,
)
from tejido.gatherings.kinds import host_missing
from tejido.gatherings.models import Attendance, Gathering, Invitation
from tejido.gatherings.times import day_in
from tejido.gatherings.values import GatheringFields

ABOUT_HOST = {"kind", "modality", "school", "organisation", "address"}
# A change of these is one that calendars must tell their owner.
MOVED = {"starts_at", "ends_at", "school", "organisation", "address", "online_link", "title", "modality"}


def settle(gathering: Gathering) -> None:
    """Set what follows from the other fields, and refuse an end that is not after the start, and a series of elsewhere."""
    if gathering.ends_at <= gathering.starts_at:
        raise Refusal(
            "ends_before_it_starts", _("A gathering ends after it starts. Check the two times and the day.")
        )
    if gathering.series is not None and gathering.series.community_id != gathering.community_id:
        raise Refusal(
            "series_of_another", _("This series belongs to another community. Choose one of this one.")
        )
    gathering.day = day_in(gathering.community.time_zone, gathering.starts_at)
    gathering.changed_at = timezone.now()


def ask_for_host(gathering: Gathering) -> None:
    """Refuse a gathering that meets with a host without one. Lists of what took place long ago are brought in as they are."""
    host = gathering.school is not None or gathering.organisation is not None
    missing = host_missing(gathering.kind, gathering.modality, host=host, address=gathering.address)
    if missing:
        raise Refusal("host_missing", missing)


@transaction.atomic
def plan_gathering(community: Community, fields: GatheringFields, *, actor: User) -> Gathering:
    """A new gathering of the community.

    Raises: NotAllowed; Refusal("ends_before_it_starts", "series_of_another", "host_missing"); ValidationError for impossible fields.
    Announces GatheringPlanned.
    """
    require(actor, "gatherings.plan", community)
    given: dict[str, Any] = dict(fields)
    gathering = Gathering(community=community, **given)
    settle(gathering)
    ask_for_host(gathering)
    gathering.full_clean()
    gathering.save()
    announce(GatheringPlanned(community.pk, gathering.pk), actor=actor)
    return gathering


@transaction.atomic
def change_gathering(gathering: Gathering, fields: GatheringFields, *, actor: User) -> Gathering:
    """Correct a gathering; a change of time, place or title raises its iCalendar sequence.

    Raises: NotAllowed; Refusal("ends_before_it_starts", "series_of_another", "host_missing"); ValidationError.
    Announces GatheringChanged where anything differs.
    """
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    require(actor, "gatherings.change", gathering)
    changed = [name for name, value in fields.items() if getattr(gathering, name) != value]
    if not changed:
        return gathering
    for name in changed:
        setattr(gathering, name, fields[name])  # type: ignore[literal-required]
    gathering.sequence += bool(MOVED & set(changed))
    settle(gathering)
    if ABOUT_HOST & set(changed):
        ask_for_host(gathering)
    gathering.full_clean()
    gathering.save()
    announce(GatheringChanged(gathering.community_id, gathering.pk, changed), actor=actor)
    return gathering


@transaction.atomic
def cancel_gathering(gathering: Gathering, *, actor: User) -> Gathering:
    """Call it off; a second time changes nothing.

    Raises: NotAllowed; Refusal("already_attended"): somebody was recorded as present.
    Announces GatheringCancelled.
    """
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    require(actor, "gatherings.change", gathering)
    if gathering.state == Gathering.State.CANCELLED:
        return gathering
    if gathering.attendances.filter(status__in=Attendance.ATTENDED).exists():
        raise Refusal(
            "already_attended",
            _("People are recorded as present, so it took place. Remove them first to cancel it."),
        )
    _turn(gathering, Gathering.State.CANCELLED)
    announce(GatheringCancelled(gathering.community_id, gathering.pk), actor=actor)
    return gathering


@transaction.atomic
def plan_again(gathering: Gathering, *, actor: User) -> Gathering:
    """A cancelled gathering takes place after all; the undo of `cancel_gathering`.

    One that is not cancelled stays as it is. Raises NotAllowed. Announces GatheringPlannedAgain.
    """
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    require(actor, "gatherings.change", gathering)
    if gathering.state == Gathering.State.CANCELLED:
        closed = gathering.closed_at is not None
        _turn(gathering, Gathering.State.HELD if closed else Gathering.State.PLANNED)
        announce(GatheringPlannedAgain(gathering.community_id, gathering.pk), actor=actor)
    return gathering


def _turn(gathering: Gathering, state: str) -> None:
    gathering.state = state
    gathering.sequence += 1
    gathering.changed_at = timezone.now()
    gathering.save(update_fields=["state", "sequence", "changed_at"])


@transaction.atomic
def invite(gathering: Gathering, people: Collection[Person], *, actor: User) -> None:
    """Invite just these people, instead of every member; an empty collection invites every member again.

    Raises NotAllowed. Announces GatheringChanged.
    """
    require(actor, "gatherings.change", gathering)
    wanted = {person.pk for person in people}
    gathering.invitations.exclude(person_id__in=wanted).delete()
    _add_invitations(gathering, wanted)
    Gathering.objects.filter(pk=gathering.pk).update(everyone_invited=not wanted)
    gathering.everyone_invited = not wanted
    announce(GatheringChanged(gathering.community_id, gathering.pk, ["invitations"]), actor=actor)


@transaction.atomic
def invite_also(gathering: Gathering, people: Collection[Person], *, actor: User) -> None:
    """Put people on the list of the invited, which from now on says who is (instead of every member).

    Raises NotAllowed. Announces GatheringChanged.
    """
    require(actor, "gatherings.change", gathering)
    _add_invitations(gathering, {person.pk for person in people})
    Gathering.objects.filter(pk=gathering.pk).update(everyone_invited=False)
    gathering.everyone_invited = False
    announce(GatheringChanged(gathering.community_id, gathering.pk, ["invitations"]), actor=actor)


@transaction.atomic
def uninvite(gathering: Gathering, person: Person, *, actor: User) -> None:
    """Take somebody off the list. The list stays, even when it is empty. Raises NotAllowed. Announces GatheringChanged."""
    require(actor, "gatherings.change", gathering)
    gathering.invitations.filter(person=person).delete()
    announce(GatheringChanged(gathering.community_id, gathering.pk, ["invitations"]), actor=actor)


def _add_invitations(gathering: Gathering, person_ids: set[int]) -> None:
    known = set(gathering.invitations.values_list("person_id", flat=True))
    Invitation.objects.bulk_create(
        (Invitation(gathering=gathering, person_id=pk) for pk in sorted(person_ids - known)), batch_size=500
    )


def move_days(community_id: int) -> None:
    """The community counts by another time zone: its gatherings may fall on another day. No fact of its own."""
    zone = Community.objects.values_list("time_zone", flat=True).get(pk=community_id)
    moved = []
    for gathering in Gathering.objects.filter(community_id=community_id).only("starts_at", "day"):
        day = day_in(zone, gathering.starts_at)
        if day != gathering.day:
            gathering.day = day
            moved.append(gathering)
    Gathering.objects.bulk_update(moved, ["day"], batch_size=500)
