"""*Avanzando Juntas*, from the figures that were published; people, names, days and seats are invented.

Published (figures/README.md): the months, kinds, modalities and numbers of participants of the
activities, and the numbers of 12 of the 15 centres. Everything else is marked as invented.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from django.db import transaction
from django.utils import timezone

from tejido.accounts.services import open_account
from tejido.communities.models import Community, Role
from tejido.communities.services import (
    add_member,
    close_community,
    define_periods,
    found_community,
)
from tejido.demo.agendas import plant_agendas
from tejido.demo.certificates import SERIES, minutes_of, plant_certificates
from tejido.demo.deeds import plant_deeds
from tejido.demo.names import CENTRES, FACILITATORS, PRINCIPALS, SUPPORT
from tejido.demo.planting import Garden, hours, moment
from tejido.directory.models import Organisation, Person, Post, Purpose, School, Territory
from tejido.directory.services import add_organisation, add_school, add_territory, record_profile
from tejido.gatherings.models import Attendance, Gathering, Series
from tejido.gatherings.services import (
    GatheringFields,
    close_attendance,
    make_series,
    plan_gathering,
    record_tables,
)

NAME = "Avanzando Juntas"
ZONE = "America/Santiago"
FIGURES = Path(__file__).parent / "figures"
STARTS, CYCLE_2, ENDS = date(2021, 8, 1), date(2022, 4, 1), date(2022, 9, 30)

# Published: Macul 9, La Granja 5, San Joaquín 1. Centroids of the districts: SUBDERE's map of comunas.
DISTRICTS = {
    "Macul": ("13118", 9, -33.4894, -70.5998),
    "La Granja": ("13111", 5, -33.5356, -70.6225),
    "San Joaquín": ("13129", 1, -33.4959, -70.6284),
}
# Who was away, by place in the list above: the numbers present are the published ones, who it was is invented.
AWAY = {
    "Second workshop": {"principals": [9], "support": [3, 5], "facilitators": [4, 5]},
    "Fourth workshop": {"principals": [4, 9, 11, 13, 14], "support": [3, 4, 5], "facilitators": [4, 5]},
    "Fifth workshop": {"principals": [7, 9, 13], "support": [4, 5], "facilitators": [3, 4, 5]},
    "Principals' final interviews": {"principals": [9, 13]},
    "Supporting professionals' final interviews": {"support": [2, 3, 4, 5]},
}
TITLES = {
    "Principals' diagnostic group interviews": "Entrevistas grupales de diagnóstico a directoras",
    "Supporting professionals' diagnostic interviews": "Entrevistas de diagnóstico a profesionales de apoyo",
    "First workshop": "Primer taller: conocerse y compartir experiencias de liderazgo",
    "Second workshop": "Segundo taller: construir espacios de trabajo colaborativo",
    "Third workshop": "Tercer taller: hacer comunidad y plan de trabajo",
    "Principals' middle interviews": "Entrevistas intermedias a directoras",
    "Fourth workshop": "Cuarto taller: comunidad de aprendizaje y microdesafío",
    "Fifth workshop": "Quinto taller: propósito e identidad de la comunidad",
    "Principals' final interviews": "Entrevistas finales a directoras",
    "Supporting professionals' final interviews": "Entrevistas finales a profesionales de apoyo",
}
INVENTED_DAY = "Demostración: el mes, la modalidad y el número de participantes están publicados; el día, los nombres y las mesas son inventados."


@dataclass
class World:
    network: Community
    service: Organisation
    centres: list[School]
    principals: list[Person]
    support: list[Person]
    facilitators: list[Person]


Progress = Callable[[str], None]


def planted() -> Community | None:
    """The network, if it stands. One query."""
    return Community.objects.filter(name=NAME, parent=None).first()


@transaction.atomic
def plant(say: Progress) -> Community:
    """Plant the network, or return it as it stands. All or nothing."""
    known = planted()
    if known is not None:
        return known
    garden = Garden(Random(2021))
    world = _people(garden)
    _run_by_its_team(garden, world)
    say("15 centres, 15 principals, 6 supporting professionals, 6 facilitators")
    _commissions(garden, world)
    workshops = _activities(garden, world, say)
    _coming(garden, world)
    count = plant_agendas(world.network, world.principals, world.facilitators, garden.actor)
    say(f"agendas of {count} workshops")
    count = plant_certificates(garden, workshops)
    say(f"certificates of the workshops to {count} people")
    plant_deeds(garden, world.network, world.principals, say)
    return world.network


def _rows(name: str) -> list[dict[str, str]]:
    with (FIGURES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _people(garden: Garden) -> World:
    actor = garden.actor
    chile = add_territory("Chile", Territory.Level.COUNTRY, "CL", code="CL", actor=actor)
    region = add_territory(
        "Metropolitana de Santiago", Territory.Level.REGION, "CL", code="13", parent=chile, actor=actor
    )
    network = found_community(
        {
            "name": NAME,
            "kind": Community.Kind.NETWORK,
            "territory": region,
            "time_zone": ZONE,
            "language": "es",
            "starts_on": STARTS,
        },
        actor=actor,
    )
    service = add_organisation(
        "Servicio Local de Educación (demostración)", kind=Organisation.Kind.SECRETARIAT, actor=actor
    )
    centres = _centres(garden, region)
    world = World(network, service, centres, [], [], [])
    _principals(garden, world)
    _supporting(garden, world)
    _team(garden, world)
    return world


def _principals(garden: Garden, world: World) -> None:
    """Fifteen, one at each centre. Two said no to appearing in the network: the demonstration shows what that means."""
    for index, (name, centre) in enumerate(zip(PRINCIPALS, world.centres, strict=True)):
        person = _person(garden, name, email="ana@demo.tejido.invalid" if index == 0 else "", number=index)
        garden.works(person, centre, Post.Function.SENIOR_LEADER, level="Educación parvularia")
        garden.skills(person)
        refused = [Purpose.ANALYTICS, Purpose.PUBLICATION] if index in {6, 12} else []
        garden.consent(person, [p for p in Purpose.values if p not in refused], refused)
        world.principals.append(person)


def _supporting(garden: Garden, world: World) -> None:
    """Supporting professionals; the last is the service's deputy director, as published for the fifth workshop."""
    for index, name in enumerate(SUPPORT):
        person = _person(garden, name, number=20 + index)
        garden.works(person, world.service, Post.Function.OFFICIAL if index == 5 else Post.Function.SUPPORT)
        garden.consent(person)
        world.support.append(person)


def _centres(garden: Garden, region: Territory) -> list[School]:
    """15 centres in three districts; the published numbers go to the first 12, as they were published."""
    profiles = _rows("avanzando_juntas_centres.csv")
    centres: list[School] = []
    for district, (code, count, latitude, longitude) in DISTRICTS.items():
        territory = add_territory(
            district, Territory.Level.DISTRICT, "CL", code=code, parent=region, actor=garden.actor
        )
        for _ in range(count):
            school = add_school(
                {
                    "name": f"Jardín infantil {CENTRES[len(centres)]}",
                    "territory": territory,
                    "latitude": round(latitude + garden.rng.uniform(-0.012, 0.012), 5),
                    "longitude": round(longitude + garden.rng.uniform(-0.012, 0.012), 5),
                    "rural": False,
                    "sector": "público",
                    "is_invented": True,
                },
                actor=garden.actor,
            )
            centres.append(school)
    for school, row in zip(centres, profiles, strict=False):
        record_profile(
            school,
            date(2021, 10, 31),
            source="SUMMA (2022)",
            actor=garden.actor,
            enrolment=int(row["enrolment"]),
            staff=int(row["workers"]),
            educators=int(row["early_childhood_educators"]),
            technicians=int(row["early_childhood_technicians"]),
            staff_on_leave=int(row["staff_on_medical_leave"]),
        )
    return centres


def _person(garden: Garden, name: str, *, number: int, email: str = "") -> Person:
    given, family = name.split("|")
    person = garden.person(given, family, email=email, language="es")
    garden.reachable(person, number, "CL")
    return person


def _team(garden: Garden, world: World) -> None:
    """Coordination, facilitators, the steward and the researcher; Zé has an account and no membership."""
    outside = add_organisation("SUMMA (demostración)", kind=Organisation.Kind.FOUNDATION, actor=garden.actor)
    doors = {0: "rosa@demo.tejido.invalid", 1: "ines@demo.tejido.invalid"}
    for index, name in enumerate(FACILITATORS):
        person = _person(garden, name, email=doors.get(index, ""), number=40 + index)
        garden.works(person, outside, Post.Function.OUTSIDE)
        if index == 0:
            garden.belongs(person, world.network, STARTS, Role.COORDINATOR)
        garden.consent(person)
        world.facilitators.append(person)
    others = [
        ("Tomás|Gil Aravena", "tomas@demo.tejido.invalid", Role.STEWARD, world.service),
        ("Sole|Vera Campusano", "sole@demo.tejido.invalid", Role.RESEARCHER, outside),
        ("Zé|Lima Tavares", "ze@demo.tejido.invalid", "", None),
    ]
    for index, (name, email, role, place) in enumerate(others):
        person = _person(garden, name, email=email, number=60 + index)
        if place is not None:
            garden.works(
                person, place, Post.Function.OFFICIAL if role == Role.STEWARD else Post.Function.RESEARCHER
            )
            garden.belongs(person, world.network, STARTS, role)


def _run_by_its_team(garden: Garden, world: World) -> None:
    """The steward sets the periods; from here on Rosa acts, who coordinates: the history reads as it would have."""
    periods = [("Ciclos 0 y 1", STARTS, CYCLE_2 - timedelta(days=1)), ("Ciclo 2", CYCLE_2, ENDS)]
    define_periods(world.network, periods, actor=open_account("tomas@demo.tejido.invalid"))
    garden.actor = open_account("rosa@demo.tejido.invalid")
    for person in [*world.principals, *world.support]:
        garden.belongs(person, world.network, STARTS)
    for person in world.facilitators[1:]:
        garden.belongs(person, world.network, STARTS, Role.FACILITATOR)


def _commissions(garden: Garden, world: World) -> None:
    """Three commissions from different districts wrote the plan, November 2021 to March 2022."""
    first_day = date(2021, 11, 8)
    for number in range(3):
        commission = found_community(
            {
                "name": f"Comisión {number + 1}: plan de trabajo",
                "kind": Community.Kind.COMMISSION,
                "starts_on": first_day,
            },
            under=world.network,
            actor=garden.actor,
        )
        for person in world.principals[number::3]:
            add_member(commission, person, starts_on=first_day, actor=garden.actor)
        close_community(commission, on=date(2022, 3, 31), actor=garden.actor)


def _activities(garden: Garden, world: World, say: Progress) -> Series:
    """What took place, in the order in which it was published. Returns the series of its workshops."""
    workshops = make_series(world.network, SERIES, actor=garden.actor)
    for number, row in enumerate(_rows("avanzando_juntas_activities.csv"), start=1):
        if row["kind"] != "survey":
            _activity(garden, world, workshops, row)
            say(f"activity {number}: {row['title']}")
    return workshops


def _activity(garden: Garden, world: World, workshops: Series, row: dict[str, str]) -> None:
    key = row["title"].partition(":")[0]
    year, month = (int(part) for part in row["month"].split("-"))
    first = date(year, month, 1)
    wednesday = first + timedelta(days=(2 - first.weekday()) % 7 + (7 if row["kind"] == "workshop" else 14))
    online = row["modality"] == "online"
    start = moment(wednesday, 10, ZONE)
    fields: GatheringFields = {
        "title": TITLES[key],
        "kind": Gathering.Kind.WORKSHOP if row["kind"] == "workshop" else Gathering.Kind.INTERVIEW,
        "modality": Gathering.Modality.ONLINE if online else Gathering.Modality.ON_SITE,
        "starts_at": start,
        "ends_at": hours(start, 4 if row["kind"] == "workshop" and not online else 2),
        "description": INVENTED_DAY,
    }
    if row["kind"] == "workshop":
        fields["series"] = workshops
    if not online:
        fields["school"] = world.centres[0]
    gathering = plan_gathering(world.network, fields, actor=garden.actor)
    present, absent = _who(world, row, key)
    everybody = [person for people in present.values() for person in people]
    garden.attendance(gathering, everybody, absent, minutes_of(key, world.principals))
    _tables(garden, gathering, key, present)
    close_attendance(gathering, actor=garden.actor)


def _who(world: World, row: dict[str, str], key: str) -> tuple[dict[str, list[Person]], dict[int, str]]:
    """Who was there, group by group, in the published numbers; and who of those asked was not."""
    groups = {"principals": world.principals, "support": world.support, "facilitators": world.facilitators}
    columns = {"support": "supporting_professionals"}
    present: dict[str, list[Person]] = {}
    absent: dict[int, str] = {}
    for group, people in groups.items():
        wanted = int(row[columns.get(group, group)] or 0)
        away = set(AWAY.get(key, {}).get(group, []))
        here = [person for place, person in enumerate(people) if place not in away][:wanted]
        present[group] = here
        if wanted:
            asked = people[:15] if group == "principals" else people[:5]
            for person in asked:
                if person not in here:
                    excused = person.pk % 2
                    absent[person.pk] = Attendance.Status.EXCUSED if excused else Attendance.Status.ABSENT
    return present, absent


def _tables(garden: Garden, gathering: Gathering, key: str, present: dict[str, list[Person]]) -> None:
    """At first people sat with their district, later across: the mixing that the programme worked for."""
    principals, others = present["principals"], [*present["support"], *present["facilitators"]]
    if gathering.kind == Gathering.Kind.INTERVIEW:
        people = principals or present["support"]
        rounds = [("", [people[i : i + 5] for i in range(0, len(people), 5)])]
    elif key == "Third workshop":
        rounds = [("¿Qué nos preocupa en nuestros jardines?", _deal(principals, others, 4, mixed=False))]
    elif key in {"Fourth workshop", "Fifth workshop"}:
        rounds = [
            ("¿Qué aprendimos al preguntar?", _deal(principals, others, 3, mixed=True)),
            ("¿Qué probamos ahora?", _deal(principals[::-1], others, 4, mixed=True)),
        ]
    else:
        return
    for number, (prompt, tables) in enumerate(rounds, start=1):
        seated = [[person.pk for person in table] for table in tables if table]
        record_tables(gathering, number, seated, prompt=prompt, actor=garden.actor)


def _deal(principals: list[Person], others: list[Person], tables: int, *, mixed: bool) -> list[list[Person]]:
    """Principals in the order of their districts: dealt round the tables to mix, in blocks not to."""
    size = -(-len(principals) // tables)
    dealt = [principals[t::tables] if mixed else principals[t * size : (t + 1) * size] for t in range(tables)]
    return [[*table, *others[t::tables]] for t, table in enumerate(dealt)]


def _coming(garden: Garden, world: World) -> None:
    """One gathering ahead of today, invented, so that the home page has something to get ready for."""
    day = timezone.localdate() + timedelta(days=16)
    start = moment(day, 10, ZONE)
    plan_gathering(
        world.network,
        {
            "title": "Reencuentro de la red (inventado)",
            "kind": Gathering.Kind.WORKSHOP,
            "modality": Gathering.Modality.ON_SITE,
            "starts_at": start,
            "ends_at": hours(start, 3),
            "school": world.centres[1],
            "description": "Encuentro inventado para la demostración.",
        },
        actor=garden.actor,
    )
