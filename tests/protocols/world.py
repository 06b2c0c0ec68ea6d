"""What stands in an installation that phones talk to: a network with a node, forms given out there, phones with a code.

Runs inside the installation (`Installation.ask`); every function returns plain data.
"""

from __future__ import annotations

import uuid
from typing import Any

from tejido.accounts.services import system_account
from tejido.accounts.tests.factories import UserFactory
from tejido.communities.models import Role
from tejido.communities.tests.factories import CommunityFactory, MembershipFactory
from tejido.directory.models import Person
from tejido.directory.tests.factories import PersonFactory
from tejido.instruments import selectors, services
from tejido.instruments.models import Attachment, Collection, Instrument, Phone, Response
from tejido.instruments.services import Brought
from tejido.instruments.tests import factories as make
from tejido_forms.openrosa import settings_code
from tejido_forms.reading import read_form

VISIT = """
| survey   |                                 |        |                   |              |
|          | type                            | name   | label             | calculation  |
|          | today                           | today  |                   |              |
|          | select_one_from_file schools.csv | school | Which school?     |              |
|          | begin_repeat                    | photos | Photographs       |              |
|          | image                           | photo  | A photograph      |              |
|          | end_repeat                      |        |                   |              |
|          | audit                           | audit  |                   |              |
| settings |                                 |        |                   |              |
|          | form_title                      | form_id | version          |              |
|          | Visita                          | visita | 2026-1            |              |
"""
SCHOOLS = b"name,label\ne1,Escuela Uno\ne2,Escuela Dos\n"


def begin() -> dict[str, Any]:
    """The network, its node, Ana who teaches there and Rosa who coordinates; each with a phone. Codes and addresses."""
    network = CommunityFactory(name="Red Tejer")
    node = CommunityFactory(name="Nodo Agua", kind="node", parent=network)
    ana, rosa = somebody("Ana", "Rojas"), somebody("Rosa", "Díaz")
    MembershipFactory(community=node, person=ana)
    MembershipFactory(community=network, person=rosa, role=Role.COORDINATOR)
    return {
        "node": node.pk,
        "ana": code_for(ana, node),
        "rosa": code_for(rosa, network),
    }


def somebody(given: str, family: str) -> Person:
    """With an account of their own, however often this is asked for."""
    account = UserFactory(email=f"{given.lower()}-{uuid.uuid4().hex[:8]}@example.org")
    return PersonFactory(given_names=given, family_names=family, user=account)


def code_for(person: Person, community: Any) -> dict[str, Any]:
    phone = services.connect_phone(person, community, "phone", actor=system_account())
    told = selectors.settings_of(phone)
    return {
        "phone": phone.pk,
        "person": person.pk,
        "email": person.user.email,
        "code": settings_code(told),
        "url": told["general"]["server_url"],
    }


def give(form: str, node: int, **terms: Any) -> dict[str, Any]:
    """Give out a form of this name: ticket, phone, visit."""
    kind = Instrument.Kind.OBSERVATION if form == "visit" else Instrument.Kind.EXIT_TICKET
    made = {
        "ticket": make.ticket,
        "phone": lambda: make.brought(make.PHONE),
        "visit": lambda: Brought(
            read_form(VISIT.strip().encode(), {"schools.csv": SCHOOLS}),
            VISIT.encode(),
            "visit.md",
            {"schools.csv": SCHOOLS},
        ),
    }[form]()
    community = make.Community.objects.get(pk=node)
    there = Instrument.objects.filter(community=community, form_id=made.definition.form_id).first()
    instrument = there or make.instrument(community, made, kind=kind)
    version = instrument.versions.first()
    given = services.open_collection(version, community, terms, actor=system_account())
    return {"pk": given.pk, "form_id": instrument.form_id, "version": version.version}


def turn(verb: str, collection: int) -> None:
    """close, reopen or withdraw."""
    getattr(services, f"{verb}_collection")(Collection.objects.get(pk=collection), actor=system_account())


def revoke(phone: int) -> None:
    services.revoke_phone(Phone.objects.get(pk=phone), actor=system_account())


def answers(**wanted: Any) -> list[dict[str, Any]]:
    """Every answer that is kept."""
    rows = Response.objects.filter(**wanted).order_by("received_at", "instance_id")
    return [
        {
            "id": one.instance_id,
            "state": one.state,
            "collection": one.collection_id,
            "person": one.person_id,
            "values": sorted(one.answers.values_list("text", flat=True)),
            "flags": sorted(one.flags.values_list("code", flat=True)),
            "files": sorted(Attachment.objects.filter(response=one).values_list("name", flat=True)),
            "xml": bytes(one.xml).decode("latin-1"),
        }
        for one in rows
    ]
