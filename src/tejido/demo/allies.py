"""With whom Avanzando Juntas works: agreements with a museum and a university, and a network of networks to which it belongs.

That network is made like the Network for Teacher Empowerment (28 November 2024, members are organisations); who belongs to it here, the second
member network and all people are invented.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from tejido.accounts.models import User
from tejido.alliances.services import (
    accept_joining,
    ask_to_join,
    choose_shares,
    make_agreement,
    open_link,
    record_contribution,
)
from tejido.alliances.values import Gift, Terms
from tejido.communities.models import Community, OrganisationMembership, Role
from tejido.communities.services import (
    add_member,
    add_organisation_member,
    found_community,
    name_representative,
)
from tejido.demo.planting import Garden, hours, moment
from tejido.directory.models import Organisation, Person, Post
from tejido.directory.services import add_organisation, leave_post
from tejido.gatherings.models import Gathering
from tejido.gatherings.services import GatheringFields, close_attendance, plan_gathering

UPPER = "Red para el Empoderamiento Docente (demostración)"
NEIGHBOUR = "Maestras del Valle"
BEGAN = date(2024, 11, 28)
ORGANISATIONS = (
    ("Ministerio de Educación del Sur", Organisation.Kind.MINISTRY, "Marta|Quiroga Paz"),
    ("Fundación Aulas Abiertas", Organisation.Kind.FOUNDATION, "Julia|Sandoval Ríos"),
    ("Centro de Estudios Docentes", Organisation.Kind.OTHER, "Ernesto|Bravo Lillo"),
    ("Universidad de la Cordillera", Organisation.Kind.UNIVERSITY, "Celia|Núñez Mora"),
    ("Fundación Semilla", Organisation.Kind.FOUNDATION, "Raúl|Tapia Vidal"),
    ("Laboratorio de Políticas Educativas", Organisation.Kind.OTHER, "Lorena|Cid Araya"),
)
MEMBERS = (
    "Elisa|Paredes",
    "Nora|Zamora",
    "Irene|Salas",
    "Pilar|Osses",
    "Luz|Garay",
    "Dora|Lagos",
    "Alba|Ibarra",
)
SHARED = ("active_members", "retention", "isolates_share", "density", "attendance_rate", "schools_reached")
SHARED_BY_NEIGHBOUR = ("active_members", "isolates_share", "density")


def plant_allies(garden: Garden, network: Community) -> None:
    """Agreements of the network, and what it shares. `garden.actor` runs the network; the rest is the system's."""
    _agreements(network, garden.actor)
    others = Garden(garden.rng)  # as the system
    upper = _upper(others)
    neighbour = _neighbour(others)
    for member, actor, shared in (
        (network, garden.actor, SHARED),
        (neighbour, others.actor, SHARED_BY_NEIGHBOUR),
    ):
        joining = ask_to_join(member, upper, actor=actor, link=open_link(upper, actor=others.actor))
        accept_joining(joining, actor=others.actor)
        choose_shares(joining, shared, actor=actor)


def _agreements(network: Community, actor: User) -> None:
    today = timezone.localdate()
    gathering = (
        Gathering.objects.filter(community=network, state=Gathering.State.HELD).order_by("-starts_at").first()
    )
    museum = add_organisation("Museo de las Infancias", kind=Organisation.Kind.MUSEUM, actor=actor)
    university = add_organisation("Universidad del Maipo", kind=Organisation.Kind.UNIVERSITY, actor=actor)
    lent = Terms(
        "Convenio de uso de salas y materiales",
        about="El museo presta su auditorio y cajas de materiales; la red cuenta la experiencia en sus jornadas abiertas.",
        state="signed",
        starts_on=date(2021, 9, 1),
        renew_by=today + timedelta(days=40),
    )
    agreement = make_agreement(network, museum, lent, actor=actor)
    venue = Gift(
        "venue",
        "Auditorio para el taller",
        value=Decimal(350000),
        currency="CLP",
        gathering=gathering,
        delivered=True,
    )
    kits = Gift("kits", "Cajas de juego y ciencia", quantity=Decimal(15), unit="cajas", delivered=True)
    for gift in (venue, kits):
        record_contribution(agreement, gift, actor=actor)
    taught = Terms("Acompañamiento a la indagación", state="signed", starts_on=date(2022, 3, 1))
    agreement = make_agreement(network, university, taught, actor=actor)
    talk = Gift("speaker", "Charla sobre observación en el aula", quantity=Decimal(2), unit="horas")
    record_contribution(agreement, talk, actor=actor)


def _upper(garden: Garden) -> Community:
    """A network whose members are six organisations; one sends somebody else now, one has to."""
    upper = found_community(
        {
            "name": UPPER,
            "kind": Community.Kind.NETWORK_OF_NETWORKS,
            "time_zone": "America/Santiago",
            "language": "es",
            "starts_on": BEGAN,
        },
        actor=garden.actor,
    )
    steward = Person.objects.get(user__email="tomas@demo.tejido.invalid")
    add_member(upper, steward, role=Role.STEWARD, starts_on=BEGAN, actor=garden.actor)
    held = [_organisation(garden, upper, *one) for one in ORGANISATIONS]
    first = held[0].representatives.get()
    follower = _sent(garden, held[0].organisation, "Andrés|Luna Soto")
    name_representative(held[0], follower, starts_on=date(2025, 9, 1), instead_of=first, actor=garden.actor)
    gone = held[1].representatives.get().person.posts.get()
    leave_post(gone, actor=garden.actor, on=timezone.localdate() - timedelta(days=14))
    return upper


def _organisation(
    garden: Garden, upper: Community, name: str, kind: str, somebody: str
) -> OrganisationMembership:
    organisation = add_organisation(name, kind=kind, actor=garden.actor)
    held = add_organisation_member(upper, organisation, starts_on=BEGAN, actor=garden.actor)
    name_representative(held, _sent(garden, organisation, somebody), starts_on=BEGAN, actor=garden.actor)
    return held


def _sent(garden: Garden, organisation: Organisation, name: str) -> Person:
    given, family = name.split("|")
    person = garden.person(given, family, language="es")
    garden.works(person, organisation, Post.Function.OTHER)
    garden.consent(person)
    return person


def _neighbour(garden: Garden) -> Community:
    """A small network that met twice lately."""
    network = found_community(
        {"name": NEIGHBOUR, "time_zone": "America/Santiago", "language": "es", "starts_on": date(2024, 3, 1)},
        actor=garden.actor,
    )
    people = []
    for name in MEMBERS:
        person = garden.person(*name.split("|"), language="es")
        garden.belongs(person, network, date(2024, 3, 1))
        garden.consent(person)
        people.append(person)
    for months, away in ((4, 0), (2, 2)):
        day = timezone.localdate() - timedelta(days=30 * months)
        starts = moment(day, 16, "America/Santiago")
        fields: GatheringFields = {
            "title": "Círculo de lectura",
            "kind": Gathering.Kind.WORKSHOP,
            "modality": Gathering.Modality.ON_SITE,
            "starts_at": starts,
            "ends_at": hours(starts, 2),
        }
        gathering = plan_gathering(network, fields, actor=garden.actor)
        garden.attendance(gathering, people[away:])
        close_attendance(gathering, actor=garden.actor)
    return network
