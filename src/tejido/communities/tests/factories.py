from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import factory

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.accounts.tests.factories import UserFactory
from tejido.communities.models import Community, Membership, Role
from tejido.communities.services import found_community
from tejido.directory.models import Person
from tejido.directory.tests.factories import PersonFactory


class CommunityFactory(factory.django.DjangoModelFactory[Community]):
    class Meta:
        model = Community

    name = factory.Sequence(lambda n: f"Network {n}")
    kind = Community.Kind.NETWORK

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        under = kwargs.pop("parent", None)
        return found_community(kwargs, under=under, actor=system_account())


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    community = factory.SubFactory(CommunityFactory)
    person = factory.SubFactory(PersonFactory)
    role = Role.MEMBER
    starts_on = date(2021, 1, 1)


def person_with_account(name: str) -> Person:
    given, _, family = name.partition(" ")
    return PersonFactory(
        given_names=given, family_names=family, user=UserFactory(email=f"{given.lower()}@example.org")
    )


@dataclass
class Cast:
    """Ana teaches in a node; Rosa coordinates the network; Tomás is its steward; Inês accompanies (facilitator);

    Sole researches; Zé has an account and no membership. `elsewhere` is a network of others.
    """

    network: Community
    node: Community
    sister: Community
    elsewhere: Community
    ana: User
    rosa: User
    tomas: User
    ines: User
    sole: User
    ze: User


def make_cast() -> Cast:
    network = CommunityFactory(name="Red Tejer")
    node = CommunityFactory(name="Nodo Agua", kind=Community.Kind.NODE, parent=network)
    sister = CommunityFactory(name="Nodo Energía", kind=Community.Kind.NODE, parent=network)
    roles = [
        ("Ana Rojas", node, Role.MEMBER),
        ("Rosa Díaz", network, Role.COORDINATOR),
        ("Tomas Gil", network, Role.STEWARD),
        ("Ines Prado", network, Role.FACILITATOR),
        ("Sole Vera", network, Role.RESEARCHER),
        ("Ze Lima", None, Role.MEMBER),
    ]
    accounts: dict[str, User] = {}
    for name, community, role in roles:
        person = person_with_account(name)
        if community is not None:
            MembershipFactory(community=community, person=person, role=role)
        assert person.user is not None
        accounts[name.split()[0].lower()] = person.user
    return Cast(
        network=network, node=node, sister=sister, elsewhere=CommunityFactory(name="Otra red"), **accounts
    )
