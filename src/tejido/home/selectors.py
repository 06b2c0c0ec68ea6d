"""What somebody finds when they open Tejido. Read only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community, Membership, Role
from tejido.communities.policies import communities_with, standing
from tejido.directory.models import Person
from tejido.directory.selectors import person_of
from tejido.foundation.journal import history
from tejido.foundation.sentences import HistoryItem, read
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.selectors import gatherings_for
from tejido.home.readiness import Coming, coming
from tejido.insights.selectors import Card, Notice, attention_for, pulse_of

NEWS, AHEAD, ATTENTION = 8, 4, 7
FIRST_VISIT = timedelta(days=30)
TEAM = {Role.NODE_LEADER, Role.COORDINATOR, Role.FACILITATOR, Role.STEWARD}


@dataclass
class Home:
    """Everything on the page of one reader. At most 12 queries, whatever the size of the network.

    ahead: gatherings to come. attention, news, pulse: of a team member. gatherings, minutes: the reader's own record.
    """

    person: Person | None
    memberships: Sequence[Membership]
    ahead: Sequence[Coming] = ()
    attention: Sequence[Notice] = ()
    news: Sequence[HistoryItem] = ()
    pulse: Sequence[Card] = field(default_factory=list)
    pulse_of: Community | None = None
    gatherings: int = 0
    minutes: int = 0

    @property
    def in_a_team(self) -> bool:
        return any(membership.role in TEAM for membership in self.memberships)


def home_of(actor: User) -> Home:
    """What `actor` finds. Nothing of a community to which they do not belong."""
    memberships = list(memberships_of(actor))
    home = Home(memberships[0].person if memberships else person_of(actor), memberships)
    if not memberships:
        return home
    home.ahead = coming(_ahead(actor))
    if home.in_a_team:
        home.attention = attention_for(actor, limit=ATTENTION)
        home.news = _news(actor)
        home.pulse_of = next((m.community for m in memberships if m.role in TEAM), None)
        home.pulse = pulse_of(home.pulse_of).cards if home.pulse_of else []
    else:
        _record(home)
    return home


def memberships_of(actor: User) -> QuerySet[Membership]:
    """Memberships of the actor that hold today, with their communities, the highest first. One query."""
    return (
        Membership.objects.filter(standing(actor))
        .select_related("community__parent", "person")
        .annotate(height=Count("community__lineage"))
        .order_by("height", "community__name")
    )


def _ahead(actor: User) -> QuerySet[Gathering]:
    """Gatherings to come in the actor's own communities and below, the next first. One query."""
    own = Q(community_id__in=communities_with(actor, "see"))
    up = Membership.objects.filter(standing(actor)).values("community__lineage__ancestor_id")
    return (
        gatherings_for(actor)
        .filter(own | Q(community_id__in=up), ends_at__gte=timezone.now(), state=Gathering.State.PLANNED)
        .order_by("starts_at", "pk")[:AHEAD]
    )


def _news(actor: User) -> list[HistoryItem]:
    """What came in since the last visit, by others, in the actor's communities; a month at the first visit."""
    since = actor.last_visit_at or timezone.now() - FIRST_VISIT
    entries = (
        history(community_ids=communities_with(actor, "record"))
        .filter(happened_at__gt=since)
        .exclude(actor=actor)[:NEWS]
    )
    return read(entries, reader=actor)


def _record(home: Home) -> None:
    """How often and how long the reader took part. One query."""
    if home.person is None:
        return
    own = Attendance.objects.filter(person=home.person, status__in=Attendance.ATTENDED)
    counted = own.aggregate(gatherings=Count("pk"), minutes=Sum("minutes"))
    home.gatherings, home.minutes = counted["gatherings"], counted["minutes"] or 0
