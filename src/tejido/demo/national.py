"""A national programme, made by a seeded generator: 2 000 teachers, 1 000 schools, 50 coordinators, 180 meetings.

The size is that of Connecting STEM Teachers at its peak; the places are fifty Colombian
municipalities; every person and every school is invented. Days are counted back from the day of
planting, so that the programme always looks as if it were under way.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from django.db import transaction
from django.utils import timezone

from tejido.communities.models import Community, Role
from tejido.communities.services import define_periods, found_community
from tejido.demo import names
from tejido.demo.heading import plant_heads_of_nodes
from tejido.demo.planting import Garden, hours, moment
from tejido.directory.models import Person, Post, Purpose, School, Territory
from tejido.directory.services import add_school, add_territory
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.services import close_attendance, invite, plan_gathering, record_tables

NAME = "Conectar STEM (programa inventado)"
ZONE = "America/Bogota"
FIGURES = Path(__file__).parent / "figures"
NODES, SCHOOLS_PER_NODE, TEACHERS_PER_SCHOOL = 50, 20, 2
REGIONAL, WEBINARS = 24, 6  # with three meetings per node: 180
TERM = timedelta(days=122)
SUBJECTS = ("Ciencias naturales", "Matemáticas", "Tecnología", "Física", "Química", "Biología", "Primaria")
HABITS = ((0.25, 0.9), (0.45, 0.6), (0.30, 0.2))  # share of teachers, chance that one of them comes


@dataclass
class Node:
    community: Community
    latitude: float
    longitude: float
    place: str
    schools: list[School] = field(default_factory=list)
    teachers: list[Person] = field(default_factory=list)
    coordinator: Person | None = None


def planted() -> Community | None:
    """The network, if it stands. One query."""
    return Community.objects.filter(name=NAME, parent=None).first()


@transaction.atomic
def plant(say: Callable[[str], None]) -> Community:
    """Plant the programme, or return it as it stands. All or nothing."""
    known = planted()
    if known is not None:
        return known
    return Planting(Garden(Random(2011)), timezone.localdate()).plant(say)


class Planting:
    """One run of the generator. The same day and seed make the same programme."""

    def __init__(self, garden: Garden, today: date) -> None:
        self.garden, self.rng, self.actor, self.today = garden, garden.rng, garden.actor, today
        self.start = today - 3 * TERM
        self.habit: dict[int, float] = {}
        self.country = add_territory("Colombia", Territory.Level.COUNTRY, "CO", code="CO", actor=self.actor)

    def plant(self, say: Callable[[str], None]) -> Community:
        network = found_community(
            {
                "name": NAME,
                "kind": Community.Kind.NETWORK,
                "territory": self.country,
                "time_zone": ZONE,
                "language": "es",
                "starts_on": self.start,
            },
            actor=self.actor,
        )
        terms = [
            (f"Periodo {n + 1}", self.start + n * TERM, self.start + (n + 1) * TERM - timedelta(days=1))
            for n in range(3)
        ]
        define_periods(network, terms, actor=self.actor)
        self._lead(network)
        nodes = []
        with (FIGURES / "municipalities.csv").open(encoding="utf-8", newline="") as stream:
            for number, row in enumerate(csv.DictReader(stream), start=1):
                nodes.append(self._node(network, row, number))
                say(f"node {number} of {NODES}: {row['name']}")
        for number, node in enumerate(nodes, start=1):
            for term in range(3):
                self._node_meeting(node, nodes, term)
            say(f"meetings of node {number} of {NODES}")
        for number in range(REGIONAL):
            self._regional(network, nodes, number)
        for number in range(WEBINARS):
            self._webinar(network, nodes, number)
        say("regional workshops and webinars")
        asked = plant_heads_of_nodes([node.community for node in nodes[:5]], self.actor)
        say(f"{asked} heads asked for their support")
        return network

    def _lead(self, network: Community) -> None:
        """Rosa coordinates this one too and Tomás stewards it, so that one sign-in shows both programmes."""
        for email, role in (
            ("rosa@demo.tejido.invalid", Role.COORDINATOR),
            ("tomas@demo.tejido.invalid", Role.STEWARD),
        ):
            person = Person.objects.filter(user__email=email).first()
            if person is not None:
                self.garden.belongs(person, network, self.start, role)

    def _node(self, network: Community, row: dict[str, str], number: int) -> Node:
        department = add_territory(
            row["department"],
            Territory.Level.REGION,
            "CO",
            code=row["code"][:2],
            parent=self.country,
            actor=self.actor,
        )
        town = add_territory(
            row["name"],
            Territory.Level.MUNICIPALITY,
            "CO",
            code=row["code"],
            parent=department,
            actor=self.actor,
        )
        community = found_community(
            {
                "name": f"Nodo {row['name']}",
                "kind": Community.Kind.NODE,
                "territory": town,
                "starts_on": self.start,
            },
            under=network,
            actor=self.actor,
        )
        node = Node(community, float(row["latitude"]), float(row["longitude"]), row["name"])
        for index in range(SCHOOLS_PER_NODE):
            node.schools.append(self._school(node, town, number, index))
        coordinator = self._person(node.schools[0], number * 1000, community, Role.COORDINATOR)
        node.coordinator = coordinator
        for index in range(SCHOOLS_PER_NODE * TEACHERS_PER_SCHOOL):
            school = node.schools[index // TEACHERS_PER_SCHOOL]
            node.teachers.append(self._person(school, number * 1000 + index + 1, community, Role.MEMBER))
        return node

    def _school(self, node: Node, town: Territory, number: int, index: int) -> School:
        rural = self.rng.random() < 0.3
        spread = 0.25 if rural else 0.04  # degrees: some 28 km and 4 km
        return add_school(
            {
                "code": f"9{number:02d}{index:04d}",
                "register": "demo",
                "name": names.school(self.rng, node.place, index + 1),
                "territory": town,
                "latitude": round(node.latitude + self.rng.uniform(-spread, spread), 5),
                "longitude": round(node.longitude + self.rng.uniform(-spread, spread), 5),
                "rural": rural,
                "sector": "público",
                "is_invented": True,
            },
            actor=self.actor,
        )

    def _person(self, school: School, number: int, community: Community, role: str) -> Person:
        garden, rng = self.garden, self.rng
        person = garden.person(
            names.given(rng), names.family(rng), language="es", teaching_since=rng.randint(1988, 2023)
        )
        garden.reachable(person, number, "CO")
        function = Post.Function.TEACHER
        if rng.random() < 0.2:
            function = Post.Function.SENIOR_LEADER if rng.random() < 0.3 else Post.Function.MIDDLE_LEADER
        garden.works(
            person,
            school,
            function,
            subject=rng.choice(SUBJECTS),
            level="Primaria" if rng.random() < 0.45 else "Secundaria",
        )
        joined = self.start + timedelta(days=rng.choice((0, 0, 0, 30, 122, 150, 244)))
        garden.belongs(person, community, self.start if role == Role.COORDINATOR else joined, role)
        if rng.random() < 0.95:
            garden.consent(
                person,
                (Purpose.ANALYTICS,) if rng.random() < 0.6 else (Purpose.ANALYTICS, Purpose.PUBLICATION),
            )
        if rng.random() < 0.4:
            garden.skills(person)
        garden.gender(person, 0.62)
        draw, chance = rng.random(), HABITS[-1][1]
        for share, likely in HABITS:
            if draw < share:
                chance = likely
                break
            draw -= share
        self.habit[person.pk] = 1.0 if role == Role.COORDINATOR else chance
        return person

    def _day(self, term: int) -> date:
        """A Tuesday to Thursday of the term."""
        day = self.start + term * TERM + timedelta(days=self.rng.randint(4, 116))
        return day + timedelta(days={0: 1, 4: -1, 5: 3, 6: 2}.get(day.weekday(), 0))

    def _comes(self, people: list[Person]) -> tuple[list[Person], dict[int, str]]:
        here = [person for person in people if self.rng.random() < self.habit[person.pk]]
        away: dict[int, str] = {
            p.pk: Attendance.Status.EXCUSED if self.rng.random() < 0.2 else Attendance.Status.ABSENT
            for p in people
        }
        return here, away

    def _held(self, gathering: Gathering, here: list[Person], away: dict[int, str]) -> None:
        self.garden.attendance(gathering, here, away)
        close_attendance(gathering, actor=self.actor)

    def _node_meeting(self, node: Node, nodes: list[Node], term: int) -> None:
        day, online = self._day(term), self.rng.random() < 0.25
        start = moment(day, 15, ZONE, 30)
        gathering = plan_gathering(
            node.community,
            {
                "title": f"Encuentro del periodo {term + 1}, {node.place}",
                "kind": Gathering.Kind.TERMLY,
                "modality": Gathering.Modality.ONLINE if online else Gathering.Modality.ON_SITE,
                "starts_at": start,
                "ends_at": hours(start, 2),
                "school": None if online else self.rng.choice(node.schools[:5]),
            },
            actor=self.actor,
        )
        if day >= self.today:
            return
        joined = [p for p in node.teachers if p.memberships.filter(starts_on__lte=day).exists()]
        assert node.coordinator is not None
        here, away = self._comes([node.coordinator, *joined])
        if self.rng.random() < 0.3:  # a few come from the node next door
            here += self.rng.sample(nodes[(nodes.index(node) + 1) % len(nodes)].teachers, 2)
        self._held(gathering, here, away)

    def _regional(self, network: Community, nodes: list[Node], number: int) -> None:
        """Coordinators and teachers of four nodes at tables in two rounds."""
        term = number % 3
        group = self.rng.sample(nodes, 4)
        people = [
            p
            for node in group
            for p in [node.coordinator, *self.rng.sample(node.teachers, 9)]
            if p is not None
        ]
        day = self._day(term)
        start = moment(day, 9, ZONE)
        gathering = plan_gathering(
            network,
            {
                "title": f"Taller regional {number + 1}: {group[0].place} y vecinos",
                "kind": Gathering.Kind.WORKSHOP,
                "modality": Gathering.Modality.ON_SITE,
                "starts_at": start,
                "ends_at": hours(start, 5),
                "school": group[0].schools[0],
            },
            actor=self.actor,
        )
        invite(gathering, people, actor=self.actor)
        if day >= self.today:
            return
        here, away = self._comes(people)
        if here:
            for round_number in (1, 2):
                self.rng.shuffle(here)
                tables = [[p.pk for p in here[i : i + 5]] for i in range(0, len(here), 5)]
                record_tables(gathering, round_number, tables, actor=self.actor)
        self._held(gathering, here, away)

    def _webinar(self, network: Community, nodes: list[Node], number: int) -> None:
        day = self._day(number % 3)
        start = moment(day, 17, ZONE)
        gathering = plan_gathering(
            network,
            {
                "title": f"Seminario web {number + 1}: diseñar con el grupo",
                "kind": Gathering.Kind.WEBINAR,
                "modality": Gathering.Modality.ONLINE,
                "starts_at": start,
                "ends_at": hours(start, 1.5),
            },
            actor=self.actor,
        )
        if day < self.today:
            crowd = self.rng.sample([p for node in nodes for p in node.teachers], 260)
            self._held(gathering, [p for p in crowd if self.rng.random() < self.habit[p.pk]], {})
