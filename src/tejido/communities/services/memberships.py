"""Deeds on who belongs: joining, one by one or by a list; another role; leaving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.events import (
    MemberJoined,
    MemberLeft,
    MembersJoined,
    MembersTakenBack,
    RoleChanged,
)
from tejido.communities.models import Community, Membership, Role
from tejido.communities.services.steering import keep_seats
from tejido.directory.models import Person
from tejido.foundation.bulk import insert_many
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require

RUNNING = (Role.COORDINATOR, Role.STEWARD)
BATCH = 2000


class Belonging(NamedTuple):
    """One line of a list of members: who, in which role (`Role`), from which day to which (None: still in)."""

    person_id: int
    role: str
    starts_on: date
    ends_on: date | None = None


def right_for(role: str) -> str:
    """The verb that giving or ending `role` takes."""
    return "communities.run" if role == Role.MEMBER else "communities.give_roles"


def _check_dates(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refusal("ends_before_start", _("A membership ends after it starts. Check the two dates."))


def _check_somebody_runs_it(without: Membership) -> None:
    """A network that stands alone keeps at least one coordinator or steward."""
    community = without.community
    if community.parent_id is not None or without.role not in RUNNING:
        return
    others = Membership.objects.filter(community=community, role__in=RUNNING, ends_on=None)
    if not others.exclude(pk=without.pk).exists():
        raise Refusal(
            "last_runner",
            _("Nobody would be left to run this community. Name another coordinator or steward first."),
        )


@transaction.atomic
def add_member(
    community: Community,
    person: Person,
    *,
    actor: User,
    role: str = Role.MEMBER,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """The person belongs to the community in `role` from a day on (today).

    An open membership of the same role is returned as it is. Roles above member need
    ``communities.give_roles``.

    Raises: NotAllowed; Refusal("ends_before_start"). Announces MemberJoined.
    """
    require(actor, right_for(role), community)
    start = starts_on or community.today
    _check_dates(start, ends_on)
    same = Membership.objects.filter(community=community, person=person, role=role)
    known = same.filter(Q(ends_on=None) if ends_on is None else Q(starts_on=start)).first()
    if known is not None:
        return known
    membership = Membership.objects.create(
        community=community, person=person, role=role, starts_on=start, ends_on=ends_on
    )
    announce(MemberJoined(community.pk, person.pk, membership.pk, role), actor=actor)
    keep_seats([community.pk], actor=actor)
    return membership


@transaction.atomic
def add_members(community: Community, lines: Iterable[Belonging], *, actor: User) -> list[Belonging]:
    """All these people belong to the community: for imports of any size, with one fact for all of them.

    Args:   lines: person ids must exist (also of people who are still arriving).
    Returns the lines that were new, for `take_back_members`; a membership that is already there (open in the
    same role, or with the same first day) is passed over, so the same list twice changes nothing.
    Raises: NotAllowed; Refusal("ends_before_start", "unknown_role"), with the line's number from 1; nothing is
    written then. Announces MembersJoined where anything is new.
    Costs 3 queries and one insert for each 5 000 new lines.
    """
    asked = list(lines)
    for right in sorted({right_for(line.role) for line in asked} or {right_for(Role.MEMBER)}):
        require(actor, right, community)
    _check_lines(asked)
    known: set[tuple[int, str, date | None]] = set()
    for _pk, line in _lines_of(community):
        known.update(_keys(line))
    new: list[Belonging] = []
    for line in asked:
        keys = _keys(line)
        if known.isdisjoint(keys):
            known.update(keys)
            new.append(line)
    # What else the constraints forbid was refused above; what remains to ignore is the open membership that
    # somebody entered by hand in this very moment, and that one may stand.
    insert_many(
        Membership,
        ["community", "person", "role", "starts_on", "ends_on", "end_reason", "end_note"],
        ((community.pk, *line, "", "") for line in new),
        ignore_conflicts=True,
    )
    if new:
        announce(MembersJoined(community.pk, len(new)), actor=actor)
        keep_seats([community.pk], actor=actor)
    return new


def _lines_of(community: Community) -> Iterator[tuple[int, Belonging]]:
    held = Membership.objects.filter(community=community).values_list(
        "pk", "person_id", "role", "starts_on", "ends_on"
    )
    for pk, person_id, role, starts_on, ends_on in held.iterator(chunk_size=BATCH):
        yield pk, Belonging(person_id, role, starts_on, ends_on)


def _keys(line: Belonging) -> tuple[tuple[int, str, date | None], ...]:
    """By what a membership is known again: its first day, and, while it is open, that it is."""
    first_day = line.person_id, line.role, line.starts_on
    return (first_day,) if line.ends_on else (first_day, (line.person_id, line.role, None))


def _check_lines(lines: list[Belonging]) -> None:
    roles = set(Role.values)
    for number, line in enumerate(lines, start=1):
        if line.role not in roles:
            raise Refusal(
                "unknown_role",
                _("Line %(line)d: «%(role)s» is not a role.") % {"line": number, "role": line.role},
                line=number,
            )
        if line.ends_on is not None and line.ends_on < line.starts_on:
            raise Refusal(
                "ends_before_start",
                _("Line %(line)d: the membership ends before it starts.") % {"line": number},
                line=number,
            )


@transaction.atomic
def take_back_members(community: Community, lines: Iterable[Belonging], *, actor: User) -> int:
    """Undo `add_members`: remove just these memberships, as that service returned them. Returns how many went.

    One that was ended or changed by hand meanwhile stays. Raises NotAllowed. Announces MembersTakenBack.
    """
    asked = set(lines)
    for right in sorted({right_for(line.role) for line in asked} or {right_for(Role.MEMBER)}):
        require(actor, right, community)
    gone = [pk for pk, line in _lines_of(community) if line in asked]
    for start in range(0, len(gone), BATCH):
        Membership.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    if gone:
        announce(MembersTakenBack(community.pk, len(gone)), actor=actor)
        keep_seats([community.pk], actor=actor)
    return len(gone)


@transaction.atomic
def change_role(membership: Membership, role: str, *, actor: User, on: date | None = None) -> Membership:
    """The person takes another role in the community from a day on (today): the old one ends the day before.

    A membership that starts on that same day is corrected in place. Returns the membership of the new role.
    Raises: NotAllowed; Refusal("starts_later"): it starts after `on`;
    Refusal("has_that_role"); Refusal("last_runner"); Refusal("speaks_for_an_organisation"). Announces RoleChanged.
    """
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("community", "person")
        .get(pk=membership.pk)
    )
    require(actor, "communities.give_roles", membership.community)
    if role == membership.role:
        return membership
    if membership.organisation_membership_id is not None:
        raise Refusal(
            "speaks_for_an_organisation",
            _("%(person)s represents an organisation here. End that first, or add another role.")
            % {"person": membership.person.name},
        )
    day, before = on or membership.community.today, membership.role
    if day < membership.starts_on:
        raise Refusal("starts_later", _("This membership starts later than that. Choose a later day."))
    if role not in RUNNING:
        _check_somebody_runs_it(membership)
    others = membership.person.memberships.filter(community=membership.community, ends_on=None)
    if others.filter(role=role).exists():
        raise Refusal(
            "has_that_role",
            _("%(person)s has that role here already. End the other one instead.")
            % {"person": membership.person.name},
        )
    if membership.starts_on == day:
        membership.role = role
        membership.save(update_fields=["role"])
        new = membership
    else:
        membership.ends_on = day - timedelta(days=1)
        membership.end_reason = Membership.EndReason.CHANGED_ROLE
        membership.save(update_fields=["ends_on", "end_reason"])
        new = Membership.objects.create(
            community=membership.community, person=membership.person, role=role, starts_on=day
        )
    announce(RoleChanged(new.community_id, new.person_id, new.pk, role, before), actor=actor)
    keep_seats([new.community_id], actor=actor)
    return new


@transaction.atomic
def end_membership(
    membership: Membership, *, actor: User, on: date | None = None, reason: str = "", note: str = ""
) -> Membership:
    """The person leaves, or a term ends, on a day (the last one in it; today). Everybody may leave by themselves.

    Raises: NotAllowed; Refusal("ends_before_start"); Refusal("last_runner"): nobody would be left to
    run the network. Announces MemberLeft.
    """
    if membership.person.user_id != actor.pk:
        require(actor, right_for(membership.role), membership.community)
    day = on or membership.community.today
    _check_dates(membership.starts_on, day)
    _check_somebody_runs_it(membership)
    membership.ends_on, membership.end_reason, membership.end_note = day, reason, note
    membership.save(update_fields=["ends_on", "end_reason", "end_note"])
    announce(
        MemberLeft(membership.community_id, membership.person_id, membership.pk, membership.role, reason),
        actor=actor,
    )
    keep_seats([membership.community_id], actor=actor)
    return membership
