"""A community's rows as the plain tables of `tejido_analytics`: a fixed number of queries for any size.

Who: people with a membership in the community or below it (ever), with attendance at one of its gatherings, or in one
of the ties that were written down there.
Ids are the primary keys as text. A gathering's day is that of its own community's time zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from tejido.communities.models import Community, Lineage, Membership, Role
from tejido.communities.selectors import below, tied_in, ties_in
from tejido.directory.models import Attribute, Consent, Person, Post, Purpose, School, Skill
from tejido.gatherings.models import Attendance, Gathering, Invitation, Seat
from tejido.insights.selectors.records import contributions_in, inside_of, segments_in, tickets_in
from tejido_analytics import tables as plain

OUTSIDE = frozenset({Role.FACILITATOR, Role.RESEARCHER, Role.STEWARD, Role.REPRESENTATIVE})
LEADING = frozenset({Post.Function.SENIOR_LEADER.value, Post.Function.MIDDLE_LEADER.value})


@dataclass(frozen=True, slots=True)
class _Spell:
    """A membership: where, whose, from when to when."""

    community: int
    person: str
    start: date
    end: date | None
    role: str


def tables_for(community: Community) -> plain.Tables:
    """Everything that indicators are made of. 20 queries for any size, 25 where there are exit tickets; memory grows with the rows.

    People without a current yes to analytics have `consent=False` (the library leaves them out of ties, lists and
    breakdowns) and bring neither attributes nor skills. The invited of a gathering of a community below are that
    community's members of the day, not those of the whole. `schools_are_register` where the community has a
    territory of whose official register more is known than the members' own schools.
    """
    spells = _spells(community)
    gatherings, invited = _gatherings(community, spells)
    attendance = _attendance(community)
    posts = _posts(community)
    schools = _schools(community, {row["school_id"] for row in posts if row["school_id"]})
    return plain.Tables(
        people=_people(community, posts, schools),
        memberships=[
            plain.Membership(spell.person, spell.start, spell.end, spell.role in OUTSIDE) for spell in spells
        ],
        posts=[
            plain.Post(str(row["person_id"]), str(row["school_id"]), row["starts_on"], row["ends_on"])
            for row in posts
            if row["school_id"]
        ],
        gatherings=gatherings,
        attendance=attendance,
        invitations=invited,
        ties=_ties(community),
        schools=list(schools.rows.values()),
        schools_are_register=schools.are_register,
        segments=segments_in(community),
        leads=_leads(spells),
        contributions=contributions_in(community),
        tickets=tickets_in(community),
    )


def people_of(community: Community) -> QuerySet[Person]:
    """Whose rows the tables read: members ever, those who came, those who are tied. A QuerySet, usable as a subquery."""
    inside = below(community)
    belonged = Membership.objects.filter(community_id__in=inside).values("person_id")
    came = Attendance.objects.filter(gathering__community_id__in=inside).values("person_id")
    people: QuerySet[Person] = Person.objects.filter(Q(pk__in=belonged) | Q(pk__in=came) | tied_in(community))
    return people


def _spells(community: Community) -> list[_Spell]:
    rows = Membership.objects.filter(
        community_id__in=below(community), person__arriving_in=None, person__merged_into=None
    ).order_by("pk")
    columns = ("community_id", "person_id", "starts_on", "ends_on", "role")
    return [
        _Spell(where, str(person), start, end, role)
        for where, person, start, end, role in rows.values_list(*columns)
    ]


def _leads(spells: Iterable[_Spell]) -> list[plain.Lead]:
    """Who leads which node, from when to when."""
    return [
        plain.Lead(spell.person, "node", str(spell.community), spell.start, spell.end)
        for spell in spells
        if spell.role == Role.NODE_LEADER
    ]


def _gatherings(
    community: Community, spells: Iterable[_Spell]
) -> tuple[list[plain.Gathering], list[plain.Invitation]]:
    """Gatherings by day, and who was invited: by name, or as a member of a community below."""
    asked = Invitation.objects.filter(inside_of(community, "gathering__community_id")).order_by("pk")
    invited = [
        plain.Invitation(str(person), str(gathering))
        for person, gathering in asked.values_list("person_id", "gathering_id")
    ]
    by_place = _spells_by_community(community, spells)
    found = []
    for row in _gathering_rows(community):
        day, key = row["day"], str(row["pk"])
        same = {name: row[name] for name in ("title", "lat", "lon", "state", "kind", "modality")}
        found.append(plain.Gathering(key, day, **same))
        if row["everyone_invited"] and row["community_id"] != community.pk:
            members = {spell.person for spell in by_place[row["community_id"]] if _holds(spell, day)}
            invited += [plain.Invitation(person, key) for person in sorted(members)]
    return found, invited


def _gathering_rows(community: Community) -> Iterable[dict[str, Any]]:
    rows = Gathering.objects.filter(inside_of(community, "community_id")).order_by("starts_at", "pk")
    columns = ("pk", "community_id", "day", "title", "state", "kind", "modality", "everyone_invited")
    places = {
        "lat": Coalesce("latitude", "school__latitude"),
        "lon": Coalesce("longitude", "school__longitude"),
    }
    found: Iterable[dict[str, Any]] = rows.values(*columns, **places)
    return found


def _holds(spell: _Spell, day: date) -> bool:
    return spell.start <= day and (spell.end is None or spell.end >= day)


def _spells_by_community(community: Community, spells: Iterable[_Spell]) -> Mapping[int, list[_Spell]]:
    """Memberships in each community of the tree or below it."""
    above: dict[int, list[int]] = defaultdict(list)
    rows = Lineage.objects.filter(community_id__in=below(community), ancestor_id__in=below(community))
    for pk, ancestor in rows.values_list("community_id", "ancestor_id"):
        above[pk].append(ancestor)
    found: dict[int, list[_Spell]] = defaultdict(list)
    for spell in spells:
        for ancestor in above[spell.community]:
            found[ancestor].append(spell)
    return found


def _attendance(community: Community) -> list[plain.Attendance]:
    """A row for each attendance, and one more for each table at which somebody who was there sat."""
    rows = Attendance.objects.filter(
        gathering__community_id__in=below(community), person__arriving_in=None, person__merged_into=None
    ).order_by("pk")
    found, here = [], {}
    for person, gathering, status, minutes in rows.values_list(
        "person_id", "gathering_id", "status", "minutes"
    ):
        found.append(plain.Attendance(str(person), str(gathering), status, minutes))
        if status in Attendance.ATTENDED:
            here[person, gathering] = status
    seats = Seat.objects.filter(round__gathering__community_id__in=below(community)).order_by("pk")
    for person, gathering, number, table in seats.values_list(
        "person_id", "round__gathering_id", "round__number", "table"
    ):
        if (person, gathering) in here:  # a seat without attendance is a plan, not a presence
            status = here[person, gathering]
            found.append(plain.Attendance(str(person), str(gathering), status, round=number, table=table))
    return found


def _ties(community: Community) -> list[plain.Tie]:
    columns = ("source_id", "target_id", "kind", "weight", "day")
    return [
        plain.Tie(str(source), str(target), kind, weight, day)
        for source, target, kind, weight, day in ties_in(community).values_list(*columns)
    ]


def _posts(community: Community) -> list[dict[str, Any]]:
    """Posts of the people, the one held last at the end of each person's."""
    rows = Post.objects.filter(person__in=people_of(community)).order_by("person_id", "pk")
    columns = ("person_id", "school_id", "function", "subject", "starts_on", "ends_on")
    found = [dict(zip(columns, row, strict=True)) for row in rows.values_list(*columns)]
    found.sort(key=lambda row: (row["person_id"], row["ends_on"] or date.max, row["starts_on"] or date.min))
    return found


@dataclass(frozen=True, slots=True)
class _Schools:
    """Schools of the people and of the community's territory; whether the latter is a register."""

    rows: Mapping[int, plain.School]
    sectors: Mapping[int, str]
    are_register: bool


def _schools(community: Community, of_members: set[int]) -> _Schools:
    columns = ("pk", "name", "latitude", "longitude", "rural", "territory_id", "sector", "register")
    worked = Post.objects.filter(person__in=people_of(community)).values("school_id")
    wanted = Q(pk__in=worked)
    if community.territory_id is not None:
        wanted |= Q(closed_on=None) & _inside(community.territory_id)
    rows = list(School.objects.filter(wanted).order_by("pk").values_list(*columns))
    whole = community.territory_id is not None and any(row[-1] and row[0] not in of_members for row in rows)
    return _Schools(
        {
            pk: plain.School(str(pk), name, lat, lon, rural, str(territory or ""))
            for pk, name, lat, lon, rural, territory, _sector, _register in rows
        },
        {row[0]: row[6] for row in rows},
        whole,
    )


def _inside(territory_id: int) -> Q:
    """Schools of a territory and the three levels below it. A `Q` on School."""
    up = ["territory", "territory__parent", "territory__parent__parent"]
    found = Q(territory__parent__parent__parent=territory_id)
    for path in up:
        found |= Q(**{path: territory_id})
    return found


def _people(community: Community, posts: Iterable[dict[str, Any]], schools: _Schools) -> list[plain.Person]:
    people = people_of(community)
    consenting = set(
        Consent.objects.filter(
            purpose=Purpose.ANALYTICS, is_current=True, given=True, person__in=people
        ).values_list("person_id", flat=True)
    )
    last = {row["person_id"]: row for row in posts}  # sorted: the last one stays
    at_school = {row["person_id"]: row["school_id"] for row in posts if row["school_id"]}
    skills, attributes = _skills(people), _attributes(people)
    found = []
    for pk in people.order_by("pk").values_list("pk", flat=True):
        post, school = last.get(pk), at_school.get(pk)
        open_to_all = pk in consenting
        found.append(
            plain.Person(
                str(pk),
                school="" if school is None else str(school),
                district=schools.rows[school].territory
                if school is not None and school in schools.rows
                else "",
                sector=schools.sectors.get(school, "") if school else "",
                subject=post["subject"] if post else "",
                role=post["function"] if post else "",
                leader=None if post is None else post["function"] in LEADING,
                consent=open_to_all,
                offers=tuple(sorted(skills[pk, Skill.Side.OFFERED])) if open_to_all else (),
                wants=tuple(sorted(skills[pk, Skill.Side.WANTED])) if open_to_all else (),
                attributes=attributes[pk] if open_to_all else {},
            )
        )
    return found


def _skills(people: QuerySet[Person]) -> Mapping[tuple[int, str], set[str]]:
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    rows = Skill.objects.filter(person__in=people).values_list("person_id", "side", "topic__code")
    for person, side, topic in rows:
        found[person, side].add(topic)
    return found


def _attributes(people: QuerySet[Person]) -> Mapping[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Attribute.objects.filter(person__in=people).order_by("name")
    for person, name, value in rows.values_list("person_id", "name", "value"):
        found[person][name] = value
    return found
