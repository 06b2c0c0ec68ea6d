"""Who holds which role until when, what is empty, and what hangs on whoever holds one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community, HandOverItem, Membership, MembershipPause, Role, SteeringSeat
from tejido.communities.policies import (
    RUNNERS,
    communities_with,
    memberships_for,
    seats_filled_by,
    visible_to,
)
from tejido.communities.selectors.standing import SETTLED, paused_on, standing_on
from tejido.communities.selectors.tree import below
from tejido.communities.values import Hanging
from tejido.directory.models import Person
from tejido.directory.policies import people_visible_to

SOON = timedelta(days=60)
LED_BY = {  # whose absence is a gap
    Community.Kind.NETWORK: (Role.COORDINATOR, Role.STEWARD),
    Community.Kind.NODE: (Role.NODE_LEADER,),
}


def roles_held(community: Community, actor: User) -> QuerySet[Membership]:
    """Who holds a role (all but member) in the community or below it, as far as the actor sees these communities.

    With `person`, `community`, `.seen` (whether the actor may see who it is), `.keeps` (may give and end the role),
    `.rests` (pauses today), `.is_over` and `.is_soon` of the term. The community's own first, then by community and name. One query.
    """
    today = timezone.localdate()
    visible = Person.objects.filter(people_visible_to(actor)).values("pk")
    kept = communities_with(actor, "give_roles")
    return (
        Membership.objects.filter(
            SETTLED,
            standing_on(today),
            community_id__in=Community.objects.filter(visible_to(actor)).values("pk"),
        )
        .filter(community_id__in=below(community))
        .exclude(role=Role.MEMBER)
        .select_related("person", "community")
        .annotate(
            seen=Case(When(person__in=visible, then=True), default=False),
            keeps=Case(When(community_id__in=kept, then=True), default=False),
            rests=Case(When(paused_on(today), then=True), default=False),
            first=Case(When(community=community, then=0), default=1),
            is_over=Case(When(term_ends_on__lt=today, then=True), default=False),
            is_soon=Case(When(term_ends_on__range=(today, today + SOON), then=True), default=False),
        )
        .order_by("first", "community__name", "role", "person__search_name", "pk")
    )


def without_leader(community: Community | int, actor: User | None = None) -> QuerySet[Community]:
    """Open nodes without a leader and networks without coordination, the community itself included, by name. One query.

    actor: only those that they may see; None for computing.
    """
    today = timezone.localdate()
    held = Membership.objects.filter(SETTLED, standing_on(today), community_id=OuterRef("pk"))
    gap = Q(pk__in=[])
    for kind, roles in LED_BY.items():
        gap |= Q(kind=kind) & ~Q(Exists(held.filter(role__in=roles)))
    found = Community.objects.filter(gap, Q(ends_on=None) | Q(ends_on__gte=today), pk__in=below(community))
    if actor is not None:
        found = found.filter(visible_to(actor))
    return found.order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class TermsNow:
    """What of its terms needs attention in a community and below: ids, for computing."""

    leaderless: list[tuple[int, date | None]]  # communities, and since when where that is known
    over: list[tuple[int, date]]  # memberships whose term is over and that go on, with the planned end
    soon: list[tuple[int, date]]  # memberships whose term ends within 60 days


def terms_now(community: Community) -> TermsNow:
    """Gaps and terms of the community and all below it today. Three queries."""
    today = timezone.localdate()
    gaps = list(without_leader(community).values_list("pk", flat=True))
    last: dict[int, date] = {}
    ended = Membership.objects.filter(community_id__in=gaps, ends_on__lt=today).exclude(role=Role.MEMBER)
    for pk, day in ended.order_by("ends_on").values_list("community_id", "ends_on"):
        if day is not None:
            last[pk] = day
    held = Membership.objects.filter(
        SETTLED, standing_on(today), ends_on=None, term_ends_on__lte=today + SOON
    ).filter(community_id__in=below(community))
    rows = list(held.order_by("term_ends_on", "pk").values_list("pk", "term_ends_on"))
    return TermsNow(
        [(pk, last.get(pk)) for pk in gaps],
        [(pk, day) for pk, day in rows if day and day < today],
        [(pk, day) for pk, day in rows if day and day >= today],
    )


def terms_due(actor: User) -> QuerySet[Membership]:
    """Roles whose term is over or ends soon, of the actor and of those they give roles to, the first to end first. One query.

    With person and community; `is_over`: the term has passed and the role is held on.
    """
    today = timezone.localdate()
    return (
        memberships_kept(actor)
        .filter(SETTLED, standing_on(today), ends_on=None, term_ends_on__lte=today + SOON)
        .annotate(is_over=Case(When(term_ends_on__lt=today, then=True), default=False))
        .order_by("term_ends_on", "pk")
    )


def memberships_kept(actor: User) -> QuerySet[Membership]:
    """Memberships whose list to hand over and whose pauses the actor looks after, with community and person. One query."""
    return Membership.objects.filter(memberships_for(actor, "hand_over")).select_related(
        "community", "person"
    )


def pauses_of(memberships: Iterable[Membership]) -> dict[int, list[MembershipPause]]:
    """The pauses of each membership (by id), the newest first. One query."""
    found: dict[int, list[MembershipPause]] = defaultdict(list)
    rows = MembershipPause.objects.filter(membership__in=[one.pk for one in memberships])
    for pause in rows.order_by("-starts_on", "-pk"):
        found[pause.membership_id].append(pause)
    return found


def pauses_kept(actor: User) -> QuerySet[MembershipPause]:
    """Pauses that the actor may end or take back. One query."""
    kept = Membership.objects.filter(memberships_for(actor, "pause")).values("pk")
    return MembershipPause.objects.filter(membership_id__in=kept).select_related(
        "membership__community", "membership__person"
    )


# What hangs on somebody -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToHandOver:
    """One line of the list: what hangs on the person, and what is noted about it."""

    thing: Hanging
    item: HandOverItem | None


def hand_over_list(membership: Membership) -> list[tuple[str, list[ToHandOver]]]:
    """What hangs on the holder of the role, grouped as the domains name it, then what was written down by hand.

    What was ticked stays on the list, also when it hangs on somebody else by now. One query, and one for each domain
    of config/handing.py.
    """
    items = {one.source: one for one in membership.hand_over.select_related("receiver").order_by("pk")}
    groups: dict[str, list[ToHandOver]] = defaultdict(list)
    for path in import_string(settings.HANDING):
        for thing in import_string(path)(membership.person, membership.community):
            groups[thing.group].append(ToHandOver(thing, items.pop(thing.source, None)))
    for source, item in items.items():
        if item.words:
            own = Hanging(source, _("Written down by hand"), item.words)
            groups[own.group].append(ToHandOver(own, item))
    return list(groups.items())


def hanging_on(person: Person, community: Community) -> list[Hanging]:
    """Roles that the person holds in the community or below it. One query."""
    held = (
        Membership.objects.filter(
            standing_on(timezone.localdate()), person=person, community_id__in=below(community)
        )
        .exclude(role=Role.MEMBER)
        .select_related("community")
        .order_by("community__name", "role", "pk")
    )
    return [
        Hanging(
            f"communities.membership:{one.pk}",
            _("Roles"),
            _("%(role)s in %(community)s")
            % {"role": one.get_role_display(), "community": one.community.name},
            reverse("communities:roles", args=[one.community_id]),
        )
        for one in held
    ]


def run_by(person: Person, community: Community) -> QuerySet[Membership, int]:
    """Ids of the communities, from this one down, that the person runs today by a role there. No query by itself."""
    running = Membership.objects.filter(standing_on(timezone.localdate()), person=person, role__in=RUNNERS)
    return running.filter(community_id__in=below(community)).values_list("community_id", flat=True)


# Seats ------------------------------------------------------------------------------------------------


def steering_node_of(community: Community) -> Community | None:
    """The steering node that a network has, or the community itself where it is one. One query at most."""
    if community.kind == Community.Kind.STEERING_NODE:
        return community
    today = timezone.localdate()
    return (
        Community.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=today), parent=community, kind=Community.Kind.STEERING_NODE
        )
        .order_by("pk")
        .first()
    )


def seats_of(steering: Community, actor: User) -> QuerySet[SteeringSeat]:
    """The seats, those of nodes first, by name; each with `.holder_seen`, `.substitute_seen`, `.fills`. One query."""
    visible: Any = Person.objects.filter(people_visible_to(actor)).values("pk")
    return (
        SteeringSeat.objects.filter(steering=steering)
        .select_related("node", "organisation", "holder", "substitute")
        .annotate(
            holder_seen=Case(When(holder__in=visible, then=True), default=False),
            substitute_seen=Case(When(substitute__in=visible, then=True), default=False),
            fills=Case(
                When(pk__in=SteeringSeat.objects.filter(seats_filled_by(actor)).values("pk"), then=True),
                default=False,
            ),
        )
        .order_by(F("organisation__search_name").asc(nulls_first=True), "node__name", "pk")
    )


def seats_filled(actor: User) -> QuerySet[SteeringSeat]:
    """Seats of which the actor may say who sits in them. One query."""
    return SteeringSeat.objects.filter(seats_filled_by(actor)).select_related(
        "steering__parent", "node", "organisation"
    )
