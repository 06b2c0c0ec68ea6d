"""Network A: how the teachers' network of Bogotá comes to be and governs itself, through the pages from end to end.

Sixty-two teachers, six nodes, each born of a goal that its teachers found most relevant at home. Names and votes are invented.
"""

from __future__ import annotations

import io
from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from tests.stories.walking import Walker, a_file

from tejido.calls.models import OpenCall
from tejido.calls.tests.factories import MP4
from tejido.charters.models import CharterVersion
from tejido.communities.models import Community, Membership
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import ContactPoint

pytestmark = pytest.mark.django_db
TEACHERS = 62
BALLOT = "//a[contains(@href, '/consultations/')]/@href"
GIVEN = ["Marta", "José", "Luz", "Ramiro", "Nubia", "Efraín", "Dora", "Iván", "Yolanda", "Camilo"]
FAMILY = ["Ruiz", "Peña", "Parra", "Gil", "Rojas", "Mora", "Vargas", "Cano", "Tovar"]
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


def moment(**later: int) -> str:
    return (timezone.localtime() + timedelta(**later)).strftime("%Y-%m-%dT%H:%M")


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


def the_call(rosa: Walker, network: Community) -> OpenCall:
    """An open call to join, published and shared."""
    rosa.open(reverse("communities:governance", args=[network.pk])).follow("Open calls").follow("Make a call")
    rosa.press(
        "Keep the draft",
        {
            "kind": "join",
            "title_es": "Red de docentes STEM + Transforma",
            "title_en": "Network of STEM + Transforms teachers",
            "text_es": "Participación voluntaria.",
            "opens_at": moment(hours=-30),
            "closes_at": moment(days=5),
            "places": str(TEACHERS),
            "contact": "Rosa, rosa@example.org",
            "form": "shelf:call_questions",
        },
    )
    call = OpenCall.objects.get()
    rosa.open(reverse("calls:call", args=[call.pk])).press("Publish the call")
    return OpenCall.objects.get()


def everybody_applies(call: OpenCall) -> None:
    """Sixty-two teachers, by the public page, without an account."""
    for number in range(TEACHERS):
        Walker().open(reverse("calls:public", args=[call.token])).follow("Apply").press(
            "Send the application",
            {
                "given_names": f"{GIVEN[number % len(GIVEN)]}",
                "family_names": f"{FAMILY[number // len(GIVEN)]} {FAMILY[-1 - number % len(FAMILY)]}",
                "email": f"docente{number}@example.net",
                "motivation": "To try things with others.",
                "q/done": "A garden",
                "q/time": "4",
                "agree": True,
            },
        ).sees("Your application: Received")


def everybody_is_welcome(rosa: Walker, call: OpenCall, network: Community) -> None:
    """All are accepted, told, and taken in."""
    everybody_is_chosen(rosa, call)
    rosa.open(reverse("calls:welcome", args=[call.pk])).press(f"Take in {TEACHERS} people")


def charter_by_vote(rosa: Walker, network: Community) -> None:
    """Written in articles, put to the vote, in force."""
    rosa.open(reverse("communities:governance", args=[network.pk])).follow("Charter").press("Begin a draft")
    draft = rosa.url
    rosa.follow("Write").press("Save the article", {"text": "Teachers who change their schools together."})
    rosa.follow("Adopt it").press("Open the vote", {"secret": "False", "quorum": "0"})
    vote = next(one for one in rosa.open(draft).values(BALLOT) if one.endswith("/"))
    rosa.open(vote).follow("Who votes, with their links").press("Show everybody's own link")
    for link in rosa.values("//input[@readonly]/@value")[:40]:
        teacher = Walker().open(link)
        teacher.press(
            "Put it into the urn", {"one": teacher.values("//input[@type='radio']/@value")[1]}
        ).sees("in the urn")
    rosa.open(vote).press("Close and count").press("Do what was decided").sees("In force", "Adopted by vote")


def leaders_by_video(rosa: Walker, network: Community, nodes: list[Community]) -> None:
    """Who wants to lead a node shows it in a film; one for each node is appointed for a term."""
    rosa.open(reverse("communities:governance", args=[network.pk])).follow("Open calls").follow("Make a call")
    rosa.press(
        "Keep the draft",
        {
            "kind": "lead",
            "title_es": "¿Quién lidera un nodo?",
            "title_en": "Who leads a node?",
            "opens_at": moment(hours=-30),
            "closes_at": moment(days=5),
            "nodes": [str(node.pk) for node in nodes],
            "term_starts": timezone.localdate().isoformat(),
            "term_ends": (timezone.localdate() + timedelta(days=365)).isoformat(),
            "contact": "Rosa, rosa@example.org",
            "form": "shelf:call_questions",
        },
    )
    call = OpenCall.objects.get(kind="lead")
    rosa.open(reverse("calls:call", args=[call.pk])).press("Publish the call")
    call.refresh_from_db()
    for node in nodes:
        member = node.memberships.order_by("pk").first()
        assert member is not None
        address = ContactPoint.objects.get(person=member.person, kind="email").value
        her = Walker().open(reverse("calls:public", args=[call.token])).follow("Apply")
        her.press(
            "Send the application",
            {
                "given_names": member.person.given_names,
                "family_names": member.person.family_names,
                "email": address,
                "node": str(node.pk),
                "motivation": "I would like to hold it together.",
                "q/done": "A garden",
                "q/time": "4",
                "agree": True,
            },
        )
        her.press("Add", {"video": a_file("film.mp4", MP4, "video/mp4")}).sees("film.mp4")
    everybody_is_chosen(rosa, call)
    rosa.open(reverse("calls:welcome", args=[call.pk]))
    for _node in nodes:  # all six are known already: Rosa says that they are the same people
        rosa.open(reverse("calls:welcome", args=[call.pk])).press("The same person")


def everybody_is_chosen(rosa: Walker, call: OpenCall) -> None:
    rosa.open(reverse("calls:call", args=[call.pk])).press("Close the call now")
    accepted = {
        f"{one.pk}-{name}": value
        for one in call.applications.all()
        for name, value in (("outcome", "accepted"), ("reason", "fits"))
    }
    rosa.open(reverse("calls:choose", args=[call.pk])).press("Keep the decisions", accepted)
    rosa.open(reverse("calls:choose", args=[call.pk])).press(f"Tell {call.applications.count()} people")


def test_from_the_call_to_the_leaflet(cast):
    network = cast.elsewhere
    MembershipFactory(community=network, person=cast.rosa.person, role="coordinator")
    rosa = Walker(cast.rosa)
    call = the_call(rosa, network)
    everybody_applies(call)
    everybody_is_welcome(rosa, call, network)
    assert Membership.objects.filter(community=network, role="member").count() == TEACHERS
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

    charter_by_vote(rosa, network)
    leaders_by_video(rosa, network, nodes)
    leading = Membership.objects.filter(community__in=nodes, role="node_leader")
    assert set(leading.values_list("community", flat=True)) == {node.pk for node in nodes}
    rosa.open(reverse("communities:roles", args=[network.pk])).does_not_see("Nodes without a leader")

    leaflet = rosa.client.get(f"/charter-versions/{CharterVersion.objects.get().pk}/leaflet/")
    sheet = PdfReader(io.BytesIO(leaflet.content))
    assert len(sheet.pages) == 2  # one sheet, folded
    words = " ".join(" ".join(page.extract_text().split()) for page in sheet.pages)
    assert "change their schools together." in words
    assert all(node.name in words for node in nodes)
    rosa.open(reverse("communities:history", args=[network.pk])).sees("published the open call")
