"""Deeds of the communities domain: the only module that writes its tables."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.events import (
    CharterChanged,
    CommunityChanged,
    CommunityFounded,
    MemberJoined,
    MemberLeft,
)
from tejido.communities.models import Community, CommunityPeriod, Lineage, Membership, Role
from tejido.directory.models import Person, Territory
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


class CommunityFields(TypedDict, total=False):
    """What can be said of a community in one go; absent keys stay as they are."""

    kind: str
    name: str
    territory: Territory | None
    time_zone: str
    language: str
    starts_on: date | None
    ends_on: date | None


@transaction.atomic
def found_community(fields: CommunityFields, *, actor: User, under: Community | None = None) -> Community:
    """A new community, alone or below another; whoever founds a network becomes its steward if they are a person.

    Raises: NotAllowed; ValidationError for impossible fields. Announces CommunityFounded.
    """
    require(actor, "communities.found", under)
    given: dict[str, Any] = {
        **({"time_zone": under.time_zone, "language": under.language} if under else {}),
        **fields,
    }
    community = Community(parent=under, **given)
    community.full_clean()
    community.save()
    above = [] if under is None else list(under.lineage.values_list("ancestor_id", "depth"))
    Lineage.objects.bulk_create(
        Lineage(community=community, ancestor_id=ancestor_id, depth=depth)
        for ancestor_id, depth in [(community.pk, 0), *((pk, depth + 1) for pk, depth in above)]
    )
    founder = None if under else Person.objects.filter(user_id=actor.pk).first()
    if founder is not None:
        Membership.objects.create(
            community=community, person=founder, role=Role.STEWARD, starts_on=timezone.localdate()
        )
    announce(CommunityFounded(community.pk), actor=actor)
    return community


@transaction.atomic
def change_community(community: Community, fields: CommunityFields, *, actor: User) -> Community:
    """Correct what is said of a community. Raises: NotAllowed; ValidationError. Announces CommunityChanged."""
    community = Community.objects.select_for_update().get(pk=community.pk)
    require(actor, "communities.run", community)
    changed = [name for name, value in fields.items() if getattr(community, name) != value]
    for name in changed:
        setattr(community, name, fields[name])  # type: ignore[literal-required]
    if changed:
        community.full_clean()
        community.save()
        announce(CommunityChanged(community.pk, changed), actor=actor)
    return community


@transaction.atomic
def write_charter(community: Community, text: str, *, actor: User) -> Community:
    """The charter's text, plain. Raises NotAllowed. Announces CharterChanged where it differs."""
    community = Community.objects.select_for_update().get(pk=community.pk)
    require(actor, "communities.run", community)
    if community.charter != text.strip():
        community.charter = text.strip()
        community.save(update_fields=["charter"])
        announce(CharterChanged(community.pk), actor=actor)
    return community


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
    require(actor, "communities.run" if role == Role.MEMBER else "communities.give_roles", community)
    start = starts_on or timezone.localdate()
    if ends_on is not None and ends_on < start:
        raise Refusal("ends_before_start", _("A membership ends after it starts. Check the two dates."))
    same = Membership.objects.filter(community=community, person=person, role=role)
    known = same.filter(Q(ends_on=None) if ends_on is None else Q(starts_on=start)).first()
    if known is not None:
        return known
    membership = Membership.objects.create(
        community=community, person=person, role=role, starts_on=start, ends_on=ends_on
    )
    announce(MemberJoined(community.pk, person.pk, membership.pk, role), actor=actor)
    return membership


@transaction.atomic
def end_membership(
    membership: Membership, *, actor: User, on: date | None = None, reason: str = "", note: str = ""
) -> Membership:
    """The person leaves, or a term ends, on a day (the last one in it; today).

    Raises: NotAllowed; Refusal("ends_before_start"); Refusal("last_runner"): nobody would be left to
    run the network. Announces MemberLeft.
    """
    community = membership.community
    role_right = "communities.run" if membership.role == Role.MEMBER else "communities.give_roles"
    if membership.person.user_id != actor.pk:
        require(actor, role_right, community)
    day = on or timezone.localdate()
    if day < membership.starts_on:
        raise Refusal("ends_before_start", _("A membership ends after it starts. Check the two dates."))
    leaders = Membership.objects.filter(
        community=community, role__in=[Role.COORDINATOR, Role.STEWARD], ends_on=None
    ).exclude(pk=membership.pk)
    if (
        community.parent_id is None
        and membership.role in {Role.COORDINATOR, Role.STEWARD}
        and not leaders.exists()
    ):
        raise Refusal(
            "last_runner",
            _("Nobody would be left to run this community. Name another coordinator or steward first."),
        )
    membership.ends_on, membership.end_reason, membership.end_note = day, reason, note
    membership.save(update_fields=["ends_on", "end_reason", "end_note"])
    announce(
        MemberLeft(community.pk, membership.person_id, membership.pk, membership.role, reason), actor=actor
    )
    return membership


@transaction.atomic
def define_periods(community: Community, periods: list[tuple[str, date, date]], *, actor: User) -> None:
    """The terms or cycles by which the community counts: (name, first day, last day), replacing the old ones.

    Raises: NotAllowed; Refusal("periods_overlap"). Announces CommunityChanged.
    """
    require(actor, "communities.run", community)
    ordered = sorted(periods, key=lambda period: period[1])
    for (_n1, _s1, end), (_n2, start, _e2) in itertools.pairwise(ordered):
        if start <= end:
            raise Refusal(
                "periods_overlap", _("Two periods overlap. Each one starts after the one before has ended.")
            )
    community.periods.all().delete()
    CommunityPeriod.objects.bulk_create(
        CommunityPeriod(community=community, name=name, starts_on=start, ends_on=end)
        for name, start, end in ordered
    )
    announce(CommunityChanged(community.pk, ["periods"]), actor=actor)
