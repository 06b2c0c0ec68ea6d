"""Network A: how the teachers' network of Bogotá comes to be and governs itself, through the pages from end to end.

Sixty-two teachers, six nodes, each born of a goal that its teachers found most relevant at home. Names and votes are invented.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from django.urls import reverse
from tests.stories.walking import Walker

from tejido.communities.models import Community, Membership
from tejido.communities.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
TEACHERS = 62
GOALS = [
    "Clean water",
    "Quality education",
    "Gender equality",
    "Climate action",
    "Life on land",
    "Peace and justice",
    "Zero hunger",
    "Sustainable cities",
    "Good health",
]
WALLS = [  # what hung on the walls of three workshops; some say the same in other words
    "Clean water | Marta Ruiz\nThe river behind the school | José Peña\nQuality education\nGender equality\n",
    "Climate action\nLife on land\nPeace and justice\nZero hunger\n",
    "Sustainable cities\nGood health\n• clean water. | Luz Parra\n",
]


def wall_to_ballot(rosa: Walker, network: Community) -> str:
    """Proposals from the walls, merged, put to the vote. Returns the address of the consultation."""
    rosa.open(reverse("communities:governance", args=[network.pk])).follow("Consultations").follow(
        "Put a question"
    )
    rosa.press(
        "Put it",
        {
            "question": "Which goal fits our context best?",
            "method": "stv",
            "seats": "6",
            "secret": "False",
            "quorum": "50",
        },
    )
    here = rosa.url
    for wall in WALLS:
        rosa.open(here).follow("Type in notes from the wall").press("Put them on the list", {"wall": wall})
    rosa.open(here).sees("The river behind the school", "Marta Ruiz", "Luz Parra")
    same = [
        value
        for value in rosa.values("//form[@id='merge']//li//input[@type='checkbox']/@value")
        if any(
            words in " ".join(rosa.page.xpath(f"//li[.//input[@value='{value}']]")[0].text_content().split())
            for words in ("Clean water", "The river behind")
        )
    ]
    assert len(same) == 2
    rosa.press("Merge the ticked ones", {"proposal": same, "text": "Clean water"})
    rosa.open(here).sees("José Peña").follow("Open the vote").press("Open the vote")
    return here


def everybody_ranks(rosa: Walker, consultation: str) -> int:
    """Each by the link of their own, on a phone, without signing in. Returns how many voted."""
    rosa.open(consultation).follow("Who votes, with their links").press("Show everybody's own link")
    links = rosa.values("//input[@readonly]/@value")
    chance = Random(62)
    for link in links:
        teacher = Walker().open(link)
        places = [name for name in teacher.values("//select/@name") if name]
        favourites = chance.sample(places, 3)
        teacher.press("Put it into the urn", {name: str(at) for at, name in enumerate(favourites, start=1)})
        teacher.sees("in the urn")
    return len(links)


def nodes_are_born(rosa: Walker, consultation: str, network: Community) -> list[Community]:
    """The count, told; six nodes; everybody in the one they put highest."""
    rosa.open(consultation).press("Close and count")
    rosa.open(consultation).press("Found the nodes")
    rosa.open(consultation).press("Everybody joins the node they put highest")
    return list(Community.objects.filter(parent=network, kind=Community.Kind.NODE).order_by("pk"))


def test_from_the_wall_to_six_nodes(cast):
    network = cast.elsewhere
    MembershipFactory(community=network, person=cast.rosa.person, role="coordinator")
    MembershipFactory.create_batch(TEACHERS, community=network)
    rosa = Walker(cast.rosa)
    consultation = wall_to_ballot(rosa, network)
    assert everybody_ranks(rosa, consultation) == TEACHERS + 1
    nodes = nodes_are_born(rosa, consultation, network)
    assert len(nodes) == 6
    rosa.open(consultation).sees(
        "63 of 63 people who might vote did.", "A place takes 10 votes.", "How each round went"
    )
    sizes = Counter(Membership.objects.filter(community__in=nodes).values_list("community__name", flat=True))
    assert set(sizes) == {one.name for one in nodes}
    assert sum(sizes.values()) >= TEACHERS - 5  # who put none of the six on the ballot chooses by hand
    rosa.open(reverse("communities:overview", args=[network.pk])).sees(*sizes)
    Walker().open(consultation, status=200).does_not_see("Which goal fits our context best?")
