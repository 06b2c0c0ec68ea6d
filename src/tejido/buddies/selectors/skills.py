"""What people of a community can share and would like to learn: the matrix with its gaps, and who can help."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from tejido.accounts.models import User
from tejido.buddies.models import Asked, Profile, SkillsRound
from tejido.buddies.policies import findable_by
from tejido.communities.models import Community
from tejido.communities.selectors import members_on
from tejido.directory.models import ContactPoint, Person, Post, School, Skill, Topic
from tejido.directory.policies import people_for
from tejido.directory.selectors import CURRENT_POSTS

FEW = 5  # numbers below are hidden from who may not see the people
SHOWN = 30  # people who can help, at most on a page
EARTH_KM = 6371.0088  # mean radius (IUGG)


@dataclass(frozen=True, slots=True)
class Narrow:
    """Whose skills: of this part, of people at schools of this district or this sector; 0 or "" for no matter."""

    node: int = 0
    district: int = 0
    sector: str = ""


def people_in(community: Community, narrow: Narrow | None = None) -> QuerySet[Person]:
    """People of the community or below it today, as `narrow` asks. One query."""
    narrow = narrow or Narrow()
    people = members_on(narrow.node or community).filter(arriving_in=None, merged_into=None)
    if narrow.node:
        people = people.filter(pk__in=members_on(community).values("pk"))
    if narrow.district or narrow.sector:
        posts = Post.objects.filter(person_id=OuterRef("pk"), ends_on=None)
        posts = posts.filter(school__territory_id=narrow.district) if narrow.district else posts
        posts = posts.filter(school__sector=narrow.sector) if narrow.sector else posts
        people = people.filter(Exists(posts))
    return people


@dataclass(frozen=True, slots=True)
class Line:
    """A topic with how many offer and want it; None: too few to be shown to this reader."""

    topic: Topic
    name: str
    offered: int | None
    wanted: int | None

    @property
    def gap(self) -> str:
        """nobody: wanted, and nobody offers it. one: it hangs on one person. "": neither, or not shown."""
        if self.offered is None or self.wanted is None or not self.wanted + self.offered:
            return ""
        if self.wanted and not self.offered:
            return "nobody"
        return "one" if self.offered == 1 else ""


def matrix(
    community: Community, topics: Iterable[Topic], *, narrow: Narrow | None = None, whole: bool
) -> list[Line]:
    """Each topic that somebody offers or wants, gaps first, then what is wanted most. One query.

    whole: the reader may see the people; else numbers below FEW are not shown.
    """
    rows = (
        Skill.objects.filter(person__in=people_in(community, narrow))
        .values("topic_id", "side")
        .annotate(people=Count("person_id", distinct=True))
        .order_by()
    )
    counted: dict[tuple[int, str], int] = {
        (row["topic_id"], str(row["side"])): int(row["people"]) for row in rows
    }

    def told(topic: Topic, side: str) -> int | None:
        number = counted.get((topic.pk, side), 0)
        return number if whole or number >= FEW else None

    language = get_language() or "es"
    lines = [
        Line(topic, topic.name(language), told(topic, Skill.Side.OFFERED), told(topic, Skill.Side.WANTED))
        for topic in topics
        if any((topic.pk, side) in counted for side in Skill.Side.values)
    ]
    order = {"nobody": 0, "one": 1, "": 2}
    lines.sort(key=lambda line: (order[line.gap], -(line.wanted or 0)))
    return lines


def sectors_of(community: Community) -> list[str]:
    """Sectors of the schools where people of the community work now. One query."""
    there = Post.objects.filter(ends_on=None, person__in=members_on(community)).values("school_id")
    found = School.objects.filter(pk__in=there).exclude(sector="").order_by("sector")
    return list(found.values_list("sector", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who can help. km: from the reader's school, None where not known; contacts: what the reader may see."""

    person: Person
    topics: list[str]
    teaches: bool
    km: float | None
    speaks_mine: bool
    contacts: list[str]


def helpers(community: Community, topics: list[Topic], actor: User) -> list[Helper]:
    """People of the community who offer one of `topics` and may be named to the actor: those who speak the reader's language
    first, then the nearest. At most SHOWN; six queries."""
    skills = Skill.objects.filter(topic__in=topics, side=Skill.Side.OFFERED, person__in=people_in(community))
    named = Person.objects.filter(findable_by(actor), pk__in=skills.values("person_id"))
    people = list(
        named.exclude(user_id=actor.pk)
        .select_related("buddy_profile")
        .prefetch_related(CURRENT_POSTS)
        .order_by("search_name", "pk")
    )
    offers: dict[int, list[Skill]] = defaultdict(list)
    for skill in skills.filter(person__in=people).select_related("topic"):
        offers[skill.person_id].append(skill)
    me = Person.objects.filter(user_id=actor.pk).prefetch_related(CURRENT_POSTS).first()
    here, language = place_of(me) if me else None, (get_language() or "es")
    found = [_helper(person, offers[person.pk], here, language) for person in people]
    found.sort(key=lambda one: (not one.speaks_mine, one.km is None, one.km or 0.0, not one.teaches))
    return _with_contacts(found[:SHOWN], actor)


def _helper(person: Person, skills: list[Skill], here: tuple[float, float] | None, language: str) -> Helper:
    there = place_of(person)
    km = distance_km(here, there) if here and there else None
    profile: Profile | None = getattr(person, "buddy_profile", None)
    spoken = profile.spoken if profile else []
    names = sorted(skill.topic.name(language) for skill in skills)
    teaches = any(skill.level == Skill.Level.TEACHES for skill in skills)
    mine = not spoken or language[:2] in spoken
    return Helper(person, names, teaches, km, mine, [])


def _with_contacts(found: list[Helper], actor: User) -> list[Helper]:
    reachable = Person.objects.filter(people_for(actor, "contact"), pk__in=[one.person.pk for one in found])
    contacts: dict[int, list[str]] = defaultdict(list)
    for pk, value in (
        ContactPoint.objects.filter(person__in=reachable)
        .order_by("kind", "value")
        .values_list("person_id", "value")
    ):
        contacts[pk].append(value)
    return [
        Helper(one.person, one.topics, one.teaches, one.km, one.speaks_mine, contacts[one.person.pk])
        for one in found
    ]


def place_of(person: Person) -> tuple[float, float] | None:
    """Where the school of a person stands, `current_posts` loaded; None where that is not known. No query."""
    for post in person.current_posts:  # type: ignore[attr-defined]
        if post.school and post.school.latitude is not None and post.school.longitude is not None:
            return post.school.latitude, post.school.longitude
    return None


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance in km between two places in degrees; as `tejido_analytics.place.haversine_km`, without numpy.

    >>> round(distance_km((0, 0), (90, 0)), 2)
    10007.56
    """
    (lat_a, lon_a), (lat_b, lon_b) = one, other
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half = math.sin((phi_b - phi_a) / 2) ** 2
    half += math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


# Rounds in which people are asked


def last_round(community: Community) -> SkillsRound | None:
    """The newest round of the community. One query."""
    return community.skills_rounds.order_by("-opened_at", "-pk").first()


def asked_in(wave: SkillsRound) -> QuerySet[Asked]:
    """Who was asked, by name. One query."""
    return wave.asked.select_related("person__buddy_profile").order_by("person__search_name", "pk")


def answered_of(wave: SkillsRound) -> tuple[int, int]:
    """(who answered, who was asked). One query."""
    found = wave.asked.aggregate(asked=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False)))
    return int(found["answered"]), int(found["asked"])
