"""Who is to be seated, what is known of them, who has met whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from tejido.directory.models import Person, Skill
from tejido.directory.selectors import CURRENT_POSTS
from tejido.gatherings.models import Attendance, Gathering, Seat
from tejido.gatherings.selectors import seated_people
from tejido.invitations.selectors import coming_to, replies_of
from tejido.seating.models import SeatingPlan
from tejido.seating.values import Pair, Trait, meetings

SMALL = 12  # so many at a gathering without tables have all met


def people_for(plan: SeatingPlan) -> list[int]:
    """The ids of those who are to be seated, by name. One or two queries."""
    gathering, who = plan.gathering, plan.who
    if who == SeatingPlan.Who.COMING:
        online = gathering.modality == Gathering.Modality.ONLINE
        return [one.person.pk for one in coming_to(gathering, modality="" if online else "on_site")]
    if who == SeatingPlan.Who.ONLINE:
        return [one.person.pk for one in coming_to(gathering, modality="online")]
    if who == SeatingPlan.Who.HERE:
        there = Attendance.objects.filter(gathering=gathering, status__in=Attendance.ATTENDED)
        if gathering.modality == Gathering.Modality.HYBRID:
            there = there.filter(status=Attendance.Status.ON_SITE)
        return list(there.order_by("person__search_name", "person_id").values_list("person_id", flat=True))
    return [line.person.pk for line in seated_people(gathering)]


def who_need_reach(gathering: Gathering) -> set[int]:
    """Who may come and said that they come in a wheelchair. For the proposal and for a number; their names are on the
    page of answers alone. One query."""
    rows = replies_of(gathering).filter(wheelchair=True).exclude(answer="no").exclude(modality="online")
    return set(rows.order_by().values_list("person_id", flat=True))


def traits_of(people: Collection[int]) -> dict[int, Trait]:
    """What tables can mix, by person. Two queries for any number of people."""
    rows = Person.objects.filter(pk__in=people).prefetch_related(CURRENT_POSTS)
    return {one.pk: _trait(one) for one in rows.order_by("search_name", "pk")}


def _trait(person: Person) -> Trait:
    posts = getattr(person, "current_posts", [])
    post = next((one for one in posts if one.school), posts[0] if posts else None)
    school = post.school if post else None
    since = person.teaching_since
    return Trait(
        name=person.name,
        district=str(school.territory) if school and school.territory_id else "",
        school=str(post.place) if post else "",
        sector=school.sector if school else "",
        subject=post.subject if post else "",
        experience=timezone.localdate().year - since if since else None,
    )


def experts_in(plan: SeatingPlan, people: Collection[int]) -> set[int]:
    """Who of them can share the topic of the plan. One query, none without a topic."""
    if plan.topic_id is None:
        return set()
    offers = Skill.objects.filter(topic=plan.topic_id, side=Skill.Side.OFFERED, person_id__in=people)
    return set(offers.values_list("person_id", flat=True))


def met_before(gathering: Gathering, people: Collection[int]) -> Counter[Pair]:
    """How often each two of these people met before: at one table, or at a small gathering without tables.

    Two queries. 200 people with 40 gatherings of 5 rounds behind them (40,000 seats): about half a second.
    """
    tables: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    sat = Seat.objects.filter(person_id__in=people, round__gathering__day__lte=gathering.day)
    for round_, table, person in sat.exclude(round__gathering=gathering).values_list(
        "round_id", "table", "person_id"
    ):
        tables[round_, table].append(person)
    met = meetings(tables.values())
    small: defaultdict[int, list[int]] = defaultdict(list)
    for pk, person in _at_small_gatherings(gathering, people):
        small[pk].append(person)
    return met + meetings(small.values())


def _at_small_gatherings(gathering: Gathering, people: Collection[int]) -> list[tuple[int, int]]:
    there = Attendance.objects.filter(status__in=Attendance.ATTENDED)
    few = there.values("gathering").annotate(many=Count("pk")).filter(many__lte=SMALL).values("gathering")
    tabled = Seat.objects.filter(round__gathering=OuterRef("gathering"))
    rows = there.filter(person_id__in=people, gathering__in=few, gathering__day__lte=gathering.day)
    rows = rows.exclude(gathering=gathering).filter(~Exists(tabled))
    return list(rows.values_list("gathering_id", "person_id"))
