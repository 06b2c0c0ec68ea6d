from __future__ import annotations

from datetime import date

from tejido.accounts.services import system_account
from tejido.alliances import services
from tejido.alliances.models import Agreement, Joining
from tejido.alliances.values import Gift, Terms
from tejido.communities.models import Community
from tejido.communities.tests.factories import CommunityFactory
from tejido.directory.tests.factories import OrganisationFactory


def upper_network(name: str = "Red de redes") -> Community:
    return CommunityFactory(name=name, kind=Community.Kind.NETWORK_OF_NETWORKS)


def joined(member: Community, upper: Community, *indicators: str) -> Joining:
    """`member` belongs to `upper` and shares these indicators."""
    system = system_account()
    joining = services.ask_to_join(member, upper, actor=system)
    services.accept_joining(joining, actor=system)
    return services.choose_shares(joining, indicators, actor=system)


def agreed(community: Community, name: str = "Museo de la Ciencia", **more) -> Agreement:
    """An agreement in force with an organisation of this name."""
    told = {"title": "Convenio", "state": "signed", "starts_on": date(2025, 1, 1)} | more
    organisation = OrganisationFactory(name=name)
    return services.make_agreement(community, organisation, Terms(**told), actor=system_account())


def given(agreement: Agreement, **more):
    told = {"kind": "venue", "what": "Auditorium", "delivered": True} | more
    return services.record_contribution(agreement, Gift(**told), actor=system_account())
