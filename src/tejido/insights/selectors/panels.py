"""What the panels on other domains' pages say: one question each, few queries each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community, Lineage, Membership
from tejido.communities.policies import communities_for, communities_with
from tejido.directory.models import Person, Post, School
from tejido.directory.policies import people_visible_to
from tejido.gatherings.models import Attendance, Gathering
from tejido.insights.definitions import DEFINITIONS
from tejido.insights.models import IndicatorValue, Insight
from tejido.insights.selectors.cards import Card, card
from tejido.insights.selectors.weave import SMALLEST_GROUP, consenting

PULSE = ("active_members", "retention", "isolates_share")
MOST_TIES = 12
MOST_COMMUNITIES = 3
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Pulse:
    """Three cards, and the insight that they are of; no cards where nothing was computed or held yet."""

    cards: list[Card]
    insight: Insight | None = None


def pulse_of(community: Community) -> Pulse:
    """Three cards of the last computed twelve months. One query."""
    rows = IndicatorValue.objects.filter(
        insight__community=community, insight__is_rolling=True, is_uncut=False, insight__gatherings__gt=0
    )
    values = {row.indicator: row for row in rows.filter(indicator__in=PULSE).select_related("insight")}
    if not values:
        return Pulse([])
    insight = next(iter(values.values())).insight
    return Pulse([card(DEFINITIONS[name], values.get(name)) for name in PULSE], insight)


@dataclass(frozen=True, slots=True)
class Faces:
    """Of those who were at a gathering: how many there were, had been to an earlier one of its community, are new.

    share: 0..1, None where too few were there to say it to this reader (`hidden`). new_people: names, for the team.
    """

    here: int
    before: int
    new: int
    share: float | None
    hidden: bool
    new_people: Sequence[Person]


def faces_of(gathering: Gathering, actor: User) -> Faces | None:
    """Returning people and new faces of a gathering; None before anybody's attendance. One query."""
    earlier = Attendance.objects.filter(
        person_id=OuterRef("person_id"),
        status__in=Attendance.ATTENDED,
        gathering__community_id=gathering.community_id,
        gathering__starts_at__lt=gathering.starts_at,
    ).exclude(gathering__state=Gathering.State.CANCELLED)
    in_team = Community.objects.filter(communities_for(actor, "record"), pk=gathering.community_id)
    present = Attendance.objects.filter(gathering=gathering, status__in=Attendance.ATTENDED)
    rows: list[Any] = list(
        present.annotate(came_before=Exists(earlier), team=Exists(in_team), consents=consenting("person_id"))
        .select_related("person")
        .order_by("person__search_name", "person_id")
    )
    if not rows:
        return None
    team, here = rows[0].team, len(rows)
    if here < SMALLEST_GROUP and not team:
        return Faces(here, 0, 0, None, True, [])
    before = sum(row.came_before for row in rows)
    named = [row.person for row in rows if row.consents and not row.came_before] if team and before else []
    return Faces(here, before, here - before, before / here, False, named[:MOST_TIES])


def _has(actor: User, community_id: int, right: str) -> bool:
    return Community.objects.filter(communities_for(actor, right), pk=community_id).exists()


@dataclass(frozen=True, slots=True)
class TiedTo:
    """One tie of a person: to whom (None: somebody whose name this reader may not read), how often they met."""

    person: Person | None
    times: int
    weight: float
    last: date | None
    is_met: bool  # made of gatherings shared, not of what somebody wrote down


OwnTie = tuple[int, float, int, date | None, bool]  # other person, weight, times, last day, whether they met


@dataclass(frozen=True, slots=True)
class HerPeople:
    """The ties of a person in one community of theirs, the strongest first; `more`: beyond those listed."""

    community: Community
    ties: list[TiedTo]
    more: int


def people_tied_to(person: Person, actor: User) -> list[HerPeople] | None:
    """With whom a person is tied, by the last insights of their highest communities.

    For the person and the team of each community; None for others and for who does not consent. Ties to people who
    withdrew consent are gone at once. At most three queries; grows with the ties of those networks.
    """
    held = Membership.objects.filter(person=person).values("community_id")
    theirs = Q(community_id__in=Lineage.objects.filter(community_id__in=held).values("ancestor_id"))
    mine = person.user_id is not None and person.user_id == actor.pk
    if not mine:
        team = Community.objects.filter(communities_for(actor, "record")).values("pk")
        theirs &= Q(community_id__in=team)
    insights = (
        Insight.objects.filter(theirs, is_rolling=True)
        .select_related("network", "community")
        .annotate(agrees=Exists(Person.objects.filter(consenting(), pk=person.pk)))
        .order_by("-people", "pk")[:MOST_COMMUNITIES]
    )
    found = [(insight, _own_ties(insight, person.pk)) for insight in insights if insight.agrees]
    if not found:
        return None
    named = {other for _insight, ties in found for other, *_rest in ties}
    people = _people_named(named, actor)
    return [_her_people(insight.community, ties, people) for insight, ties in found if ties]


def _own_ties(insight: Insight, person: int) -> list[OwnTie]:
    ids = [row[0] for row in insight.network.people]
    if person not in ids:
        return []
    me = ids.index(person)
    return [
        (ids[b if a == me else a], weight, times, date.fromisoformat(day) if day else None, bool(shared))
        for a, b, weight, times, day, shared in insight.network.ties
        if me in (a, b)
    ]


def _people_named(ids: set[int], actor: User) -> dict[int, tuple[Person, bool]]:
    """Those who consent, and whether this reader may read their names."""
    readable = Exists(Person.objects.filter(people_visible_to(actor), pk=OuterRef("pk")))
    rows = Person.objects.filter(consenting(), pk__in=ids).annotate(may_be_named=readable)
    return {row.pk: (row, row.may_be_named) for row in rows}


def _her_people(
    community: Community,
    ties: list[OwnTie],
    people: dict[int, tuple[Person, bool]],
) -> HerPeople:
    known = [
        TiedTo(people[other][0] if people[other][1] else None, times, weight, last, met)
        for other, weight, times, last, met in ties
        if other in people
    ]
    return HerPeople(community, known[:MOST_TIES], max(0, len(known) - MOST_TIES))


@dataclass(frozen=True, slots=True)
class Depth:
    """How many people of a school were active in the last twelve months, in communities that the reader runs with
    others; who, as far as they consent."""

    active: int
    people: list[Person]
    leader: bool


def depth_of(school: School, actor: User) -> Depth | None:
    """The people through whom a school takes part; None for who is in no team. Two queries."""
    since = timezone.now() - YEAR
    came = Attendance.objects.filter(
        person_id=OuterRef("pk"),
        status__in=Attendance.ATTENDED,
        gathering__starts_at__gte=since,
        gathering__community_id__in=communities_with(actor, "record"),
    )
    here = Post.objects.filter(person_id=OuterRef("pk"), school=school, ends_on=None)
    leads = here.filter(function__in=[Post.Function.SENIOR_LEADER, Post.Function.MIDDLE_LEADER])
    if not Membership.objects.filter(community_id__in=communities_with(actor, "record")).exists():
        return None
    rows = Person.objects.filter(Exists(came), Exists(here)).annotate(
        agrees=consenting(), is_leader=Exists(leads)
    )
    people = list(rows.order_by("search_name", "pk"))
    return Depth(
        len(people), [person for person in people if person.agrees], any(one.is_leader for one in people)
    )
