"""The story of network C, through the pages: organisations with representatives that change, a community of communities with shared
aggregates, and a share that is withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.stories.walking import Walker

from tejido.accounts.services import system_account
from tejido.accounts.tests.factories import UserFactory
from tejido.communities.models import Community, Role
from tejido.communities.tests.factories import CommunityFactory, MembershipFactory, person_with_account
from tejido.directory.services import leave_post
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.journal import pay_all
from tejido.gatherings.tests.factories import GatheringFactory, was_at
from tejido.insights.services import recompute_owed

pytestmark = pytest.mark.django_db
SEEN_ABOVE = ("Red Docentes del Sur", "Red Maestras del Valle")


def coordinator(name: str, community: Community):
    person = person_with_account(name)
    MembershipFactory(community=community, person=person, role=Role.COORDINATOR)
    return person.user


def member_network(name: str, people: int) -> Community:
    """A network that met twice lately."""
    network = CommunityFactory(name=name)
    members = [PersonFactory(given_names=f"Nombre{n}", family_names="Reservado") for n in range(people)]
    for one in members:
        MembershipFactory(community=network, person=one)
    for days in (40, 10):
        when = timezone.now() - timedelta(days=days)
        was_at(GatheringFactory(community=network, title="Taller reservado", starts_at=when), *members)
    return network


def computed() -> None:
    pay_all()
    recompute_owed(actor=system_account())


@pytest.fixture
def upper(db):
    return CommunityFactory(
        name="Red para el Empoderamiento Docente", kind=Community.Kind.NETWORK_OF_NETWORKS
    )


def test_organisations_are_members_and_their_representatives_change(upper):
    eva = Walker(coordinator("Eva Luz", upper))
    eva.open(reverse("communities:overview", args=[upper.pk])).follow("Governance")
    for name, kind in (("Ministerio de Educación", "ministry"), ("Fundación Aulas", "foundation")):
        eva.open(reverse("communities:governance", args=[upper.pk])).follow("Organisations that belong")
        eva.follow("Add an organisation")
        eva.press("Save", {"new_name": name, "new_kind": kind, "starts_on": "2024-11-28"})
        eva.sees(name, "Nobody has been named yet.").follow("Name a representative").follow(
            "Enter somebody new"
        )
        somebody = {"given_names": f"Marta {kind}", "function": "official", "starts_on": "2024-11-28"}
        eva.press("Save", somebody).sees(f"Marta {kind}")

    # Marta moves on; her organisation stays, and is asked for somebody else.
    held = upper.organisation_memberships.get(organisation__name="Ministerio de Educación")
    marta = held.representatives.get().person
    leave_post(marta.posts.get(), actor=system_account(), on=timezone.localdate() - timedelta(days=1))
    eva.open(reverse("communities:organisations", args=[upper.pk])).sees("To be replaced")
    eva.follow("Ministerio de Educación").follow("Replace").follow("Enter somebody new")
    eva.press("Save", {"given_names": "Julia", "function": "official"}).sees(
        "Julia", "Marta ministry", "Since"
    )
    held.refresh_from_db()
    assert (str(held.starts_on), held.ends_on) == ("2024-11-28", None)
    eva.open(reverse("communities:organisations", args=[upper.pk])).does_not_see("To be replaced")

    # One leaves, by mistake: it is taken back with whoever represents it.
    eva.follow("Fundación Aulas").follow("No longer belongs").press("Save", {"reason": "A change of aims"})
    eva.sees("no longer belongs to").press("Undo").sees("still belongs to")
    foundation = upper.organisation_memberships.get(organisation__name="Fundación Aulas")
    assert foundation.ends_on is None
    assert foundation.representatives.get().ends_on is None
    eva.open(reverse("communities:history", args=[upper.pk])).sees(
        "represents Ministerio de Educación", "Fundación Aulas still belongs"
    )


def test_a_community_of_communities_reads_what_is_shared_and_nothing_else(upper):
    eva = Walker(coordinator("Eva Luz", upper))
    eva.open(reverse("alliances:joinings", args=[upper.pk])).press("Make a link")
    (link,) = eva.values("//a[contains(@href, '/join-network/')]/@href")
    networks = [member_network(name, 8 - 5 * number) for number, name in enumerate(SEEN_ABOVE)]
    rosas = []
    for number, network in enumerate(networks):
        rosa = Walker(coordinator(f"Rosa{number} Díaz", network))
        rosa.open(link).sees("Join Red para el Empoderamiento Docente", "Nobody there sees its people")
        rosa.press("Ask to join", {"member": str(network.pk)}).sees("has not answered yet")
        eva.open(reverse("communities:governance", args=[upper.pk])).sees("1 network asks to join.")
        eva.follow("Networks together").press("Take it in").sees(network.name)
        rosas.append(rosa)
    eva.open(reverse("insights:networks", args=[upper.pk])).sees(*SEEN_ABOVE)

    # Each chooses what it shares; the small one's numbers stay hidden because they rest on fewer than five people.
    for rosa, network in zip(rosas, networks, strict=True):
        rosa.open(reverse("alliances:joinings", args=[network.pk])).follow("What is shared")
        rosa.press("Share just these", {"indicator": ["active_members", "newcomers"]}).sees(
            "2 indicators shared"
        )
    eva.open(reverse("insights:networks", args=[upper.pk])).sees("being computed")
    computed()
    eva.open(reverse("insights:networks", args=[upper.pk])).sees(
        *SEEN_ABOVE, "Active members", "rests on 8", "fewer than five people"
    )
    eva.does_not_see("Reservado", "Nombre1", "Taller reservado")
    inside = [f"/c/{network.pk}/" for network in networks]
    assert not [one for one in eva.values("//a/@href") if any(part in one for part in inside)]

    # Whoever coordinates above cannot open a page of the member network, nor of a person in it.
    for network in networks:
        for page in ("communities:overview", "communities:people", "insights:insight", "gatherings:list"):
            eva.open(reverse(page, args=[network.pk]), status=404)
        person = network.memberships.filter(role=Role.MEMBER).first().person
        eva.open(reverse("directory:person", args=[person.pk]), status=404)

    # A share that is withdrawn is gone at once, its past too; ending the agreement takes the rest.
    rosas[0].open(reverse("alliances:joinings", args=[networks[0].pk])).follow("What is shared")
    rosas[0].press("Share just these", {"indicator": ["newcomers"]}).sees("1 indicator shared")
    rosas[1].open(reverse("alliances:joinings", args=[networks[1].pk])).press("End it")
    rosas[1].sees("nothing is shared any more")
    eva.open(reverse("insights:networks", args=[upper.pk])).sees(SEEN_ABOVE[0]).does_not_see(
        "Active members", SEEN_ABOVE[1]
    )
    file = b"".join(eva.client.get(reverse("insights:networks", args=[upper.pk]) + "?download=csv")).decode()
    assert "Active members" not in file
    assert SEEN_ABOVE[1] not in file


def test_a_stranger_with_the_link_learns_the_name_and_nothing_more(upper):
    eva = Walker(coordinator("Eva Luz", upper))
    eva.open(reverse("alliances:joinings", args=[upper.pk])).press("Make a link")
    (link,) = eva.values("//a[contains(@href, '/join-network/')]/@href")
    stranger = Walker(UserFactory())
    stranger.open(link).sees("You coordinate no community").does_not_see("Eva")
    stranger.open(reverse("insights:networks", args=[upper.pk]), status=404)
    eva.press("Close the link")
    stranger.open(link, status=404)
