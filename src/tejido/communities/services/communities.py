"""Deeds on communities themselves: opened, described, moved in the tree, closed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.events import (
    CommunityChanged,
    CommunityClosed,
    CommunityFounded,
    CommunityMoved,
    CommunityReopened,
)
from tejido.communities.models import Community, CommunityPeriod, Lineage, Membership, Role
from tejido.communities.selectors import below
from tejido.communities.services.steering import keep_seats
from tejido.directory.models import Person, Territory
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


class CommunityFields(TypedDict, total=False):
    """What can be said of a community in one go; absent keys stay as they are."""

    kind: str
    name: str
    challenge: str
    territory: Territory | None
    time_zone: str
    language: str
    starts_on: date | None
    ends_on: date | None


@transaction.atomic
def found_community(fields: CommunityFields, *, actor: User, under: Community | None = None) -> Community:
    """A new community, alone or below another; whoever founds a network becomes its steward if they are a person.

    Raises: NotAllowed; Refusal("founder_unknown"): a network whose founder is nobody in the directory would be
    open to nobody; ValidationError for impossible fields. Announces CommunityFounded.
    """
    require(actor, "communities.found", under)
    founder = None if under else Person.objects.filter(user_id=actor.pk).first()
    if under is None and founder is None and not actor.is_system:
        raise Refusal(
            "founder_unknown",
            _(
                "Your account is not linked to a person yet. Run «tejido steward» with your e-mail, then try again."
            ),
        )
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
    if founder is not None:
        Membership.objects.create(
            community=community, person=founder, role=Role.STEWARD, starts_on=community.today
        )
    announce(CommunityFounded(community.pk), actor=actor)
    keep_seats([community.pk], actor=actor)
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
        if not {"kind", "starts_on", "ends_on"}.isdisjoint(changed):
            keep_seats([community.pk], actor=actor)
    return community


@transaction.atomic
def define_periods(community: Community, periods: Sequence[tuple[str, date, date]], *, actor: User) -> None:
    """The terms or cycles by which the community counts: (name, first day, last day), replacing the old ones.

    Raises: NotAllowed; Refusal("period_ends_before_start", "periods_overlap"). Announces CommunityChanged
    where anything differs.
    """
    require(actor, "communities.run", community)
    ordered = sorted(periods, key=lambda period: period[1])
    for name, start, end in ordered:
        if end < start:
            raise Refusal(
                "period_ends_before_start",
                _("«%(name)s» ends before it starts. Check its two dates.") % {"name": name},
            )
    for (_n1, _s1, end), (_n2, start, _e2) in itertools.pairwise(ordered):
        if start <= end:
            raise Refusal(
                "periods_overlap", _("Two periods overlap. Each one starts after the one before has ended.")
            )
    if ordered == list(community.periods.values_list("name", "starts_on", "ends_on")):
        return
    community.periods.all().delete()
    CommunityPeriod.objects.bulk_create(
        CommunityPeriod(community=community, name=name, starts_on=start, ends_on=end)
        for name, start, end in ordered
    )
    announce(CommunityChanged(community.pk, ["periods"]), actor=actor)


@transaction.atomic
def move_community(community: Community, parent: Community | None, *, actor: User) -> Community:
    """The community, with all below it, stands under `parent` from now on (None: on its own).

    Roles hold down the tree, so this changes who may do what; it takes the right to open communities in
    the old place and in the new one. Raises: NotAllowed; Refusal("moves_into_itself"): `parent` is the
    community or below it, nothing written. Announces CommunityMoved.
    """
    _lock_for_move(community, parent)
    community = Community.objects.select_related("parent").get(pk=community.pk)
    require(actor, "communities.move", community)
    require(actor, "communities.found", parent)
    moving = list(Lineage.objects.filter(ancestor=community).values_list("community_id", "depth"))
    if parent is not None and parent.pk in dict(moving):
        raise Refusal(
            "moves_into_itself",
            _("%(community)s cannot stand inside itself or inside one of its own parts.")
            % {"community": community.name},
        )
    before_id, parent_id = community.parent_id, parent.pk if parent else None
    if before_id == parent_id:
        return community
    _graft(dict(moving), parent)
    community.parent = parent
    community.save(update_fields=["parent"])
    announce(CommunityMoved(community.pk, before_id, parent_id), actor=actor)
    keep_seats([community.pk], actor=actor)
    return community


def _lock_for_move(community: Community, parent: Community | None) -> None:
    """Of two moves that together would make a circle, the second waits here and then sees the first."""
    involved = Q(lineage__ancestor=community)
    if parent is not None:
        involved |= Q(descent__community=parent)
    pks = sorted(set(Community.objects.filter(involved).values_list("pk", flat=True)))
    list(Community.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


def _graft(moving: dict[int, int], parent: Community | None) -> None:
    """Cut the moving tree (id -> depth below its root) from all above it, and join it to all above `parent`."""
    Lineage.objects.filter(community_id__in=moving).exclude(ancestor_id__in=moving).delete()
    above = [] if parent is None else list(parent.lineage.values_list("ancestor_id", "depth"))
    Lineage.objects.bulk_create(
        [
            Lineage(community_id=pk, ancestor_id=ancestor_id, depth=depth + 1 + height)
            for pk, depth in moving.items()
            for ancestor_id, height in above
        ],
        batch_size=500,
    )


@transaction.atomic
def close_community(community: Community, *, on: date | None = None, actor: User) -> Community:
    """The community and all below it end on a day (the last one; today), and so do their memberships.

    Nothing is deleted. In a network that stands alone coordinators and stewards stay, so that somebody can
    look things up and open it again. Raises: NotAllowed; Refusal("ends_before_start"). Announces CommunityClosed.
    """
    require(actor, "communities.close", community)
    day = on or community.today
    inside = Community.objects.select_for_update().filter(pk__in=below(community)).filter(ends_on=None)
    if Community.objects.filter(pk=community.pk, starts_on__gt=day).exists():
        raise Refusal(
            "ends_before_start", _("A community ends after it starts. Choose a later day to close it.")
        )
    ending = [one.pk for one in inside.order_by("pk") if one.starts_on is None or one.starts_on <= day]
    keepers = (
        Q(community=community, role__in=[Role.COORDINATOR, Role.STEWARD])
        if community.parent_id is None
        else Q(pk__in=[])
    )
    Membership.objects.filter(community_id__in=ending, ends_on=None, starts_on__lte=day).exclude(
        keepers
    ).update(ends_on=day, end_reason=Membership.EndReason.COMMUNITY_CLOSED)
    Community.objects.filter(pk__in=ending).update(ends_on=day)
    community.refresh_from_db()
    announce(CommunityClosed(community.pk), actor=actor)
    keep_seats([community.pk], actor=actor)
    return community


@transaction.atomic
def reopen_community(community: Community, *, actor: User) -> Community:
    """Undo a closing: what ended with the community, at the same day, goes on. Raises NotAllowed.

    Announces CommunityReopened where it was closed.
    """
    require(actor, "communities.close", community)
    community = Community.objects.select_for_update().get(pk=community.pk)
    day = community.ends_on
    if day is None:
        return community
    ended = list(Community.objects.filter(pk__in=below(community), ends_on=day).values_list("pk", flat=True))
    lost = Membership.objects.filter(
        community_id__in=ended, ends_on=day, end_reason=Membership.EndReason.COMMUNITY_CLOSED
    )
    came_back = Membership.objects.filter(  # who came in again meanwhile has an open membership already
        community_id=OuterRef("community_id"),
        person_id=OuterRef("person_id"),
        role=OuterRef("role"),
        ends_on=None,
    )
    goes_on = list(lost.exclude(Exists(came_back)).values_list("pk", flat=True))
    for start in range(0, len(goes_on), 500):
        Membership.objects.filter(pk__in=goes_on[start : start + 500]).update(ends_on=None, end_reason="")
    Community.objects.filter(pk__in=ended).update(ends_on=None)
    community.refresh_from_db()
    announce(CommunityReopened(community.pk), actor=actor)
    keep_seats(ended, actor=actor)
    return community
