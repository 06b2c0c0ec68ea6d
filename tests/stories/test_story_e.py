"""Network E: fifteen principals of three districts choose what to work on together, and what they are called.

Published: collaboration won the ranking of challenges, and a vote chose the name *Avanzando Juntas*. The ballots are invented.
"""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.stories.walking import Walker

from tejido.communities.models import Community
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.tests.factories import SchoolFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
DISTRICTS = {"La Granja": 5, "San Joaquín": 1, "Macul": 9}
CHALLENGES = ["Collaboration", "Time to lead", "Work with families", "Inclusion"]
NAMES = ["Avanzando Juntas", "Las Quince", "Redes que crecen"]


def decide(rosa: Walker, network: Community, question: str, wall: list[str]) -> str:
    """A question with its proposals from the wall, opened; each of the fifteen ranks by the own link. Returns its address."""
    rosa.open(reverse("communities:governance", args=[network.pk])).follow("Consultations").follow(
        "Put a question"
    )
    told = {"question": question, "method": "instant-runoff", "secret": "False", "quorum": "50"}
    rosa.press("Put it", told)
    here = rosa.url
    rosa.follow("Type in notes from the wall").press("Put them on the list", {"wall": "\n".join(wall)})
    rosa.open(here).follow("Open the vote").press("Open the vote")
    rosa.open(here).follow("Who votes, with their links").press("Show everybody's own link")
    links = rosa.values("//input[@readonly]/@value")
    for number, link in enumerate(links):
        principal = Walker().open(link)
        places = [name for name in principal.values("//select/@name") if name]
        first = 0 if number % 3 else 1 + number % (len(wall) - 1)  # two of three put the first one first
        order = [places[first], *(one for one in places if one != places[first])]
        principal.press("Put it into the urn", {name: str(at) for at, name in enumerate(order[:2], start=1)})
        principal.sees("in the urn")
    assert len(links) == 16  # the fifteen, and Rosa
    rosa.open(here).press("Close and count")
    return here


def test_fifteen_principals_choose_their_challenge_and_their_name(cast):
    network = cast.elsewhere
    MembershipFactory(community=network, person=cast.rosa.person, role="coordinator")
    for district, number in DISTRICTS.items():
        territory = TerritoryFactory(name=district)
        for _n in range(number):
            member = MembershipFactory(community=network)
            SchoolFactory(territory=territory).posts.create(person=member.person, starts_on=member.starts_on)
    rosa = Walker(cast.rosa)

    challenge = decide(rosa, network, "Which challenge do we take on together?", CHALLENGES)
    rosa.open(challenge).sees("16 of 16 people who might vote did.").press("Make it the shared challenge")
    name = decide(rosa, network, "What are we called?", NAMES)
    rosa.open(name).press("Make it the community's name")

    network.refresh_from_db()
    assert (network.name, network.challenge) == ("Avanzando Juntas", "Collaboration")
    rosa.open(reverse("communities:history", args=[network.pk])).sees("Avanzando Juntas")
    assert "shared challenge" in rosa.text or "Which challenge" in rosa.text

    stranger = Walker(cast.ze)
    stranger.open(challenge, status=404)
    Walker().open(name).does_not_see("What are we called?")
