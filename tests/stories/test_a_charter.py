"""A charter, through the pages: a draft, a suggestion, the comparison, a vote, in force, accepted, a leaflet, for everybody."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from tests.stories.walking import Walker

from tejido.charters.models import Acceptance, CharterVersion
from tejido.messages.models import Message

pytestmark = pytest.mark.django_db


def test_from_a_draft_to_a_leaflet_in_everybodys_hands(cast):
    community = cast.network
    rosa, ana, zoe = Walker(cast.rosa), Walker(cast.ana), Walker()

    # Rosa begins a draft and writes two of its articles.
    rosa.open(f"/c/{community.pk}/governance/").sees("Nothing is written yet.").follow("Charter")
    rosa.press("Begin a draft").sees("Mission", "Vision", "Principles", "Governance", "Draft")
    draft = rosa.url
    rosa.follow("Write").press("Save the article", {"text": "We weave *water* together."})
    rosa.follow("Another article").press("Save the article", {"name": "Meetings", "text": "Once a month."})
    rosa.sees("We weave water together.", "Meetings", "Once a month.")

    # Ana reads it and suggests another wording; Rosa accepts it.
    ana.open(f"/c/{community.pk}/charter/").follow("The draft").follow("Suggest a change")
    ana.press("Suggest it", {"wording": "We weave *clean water* together.", "why": "It is about health."})
    ana.sees("Ana Rojas", "[added: clean ]", "It is about health.").does_not_see("Accept its wording")
    rosa.open(draft).press("Accept its wording", {"reason": "Yes, that is what we mean."})
    rosa.sees(
        "We weave clean water together.", "Accepted", "The coordination answered: Yes, that is what we mean."
    )

    # It is put to the vote: frozen, and nobody can write on it.
    rosa.follow("Adopt it").press("Open the vote", {"secret": "False", "quorum": "0"})
    rosa.sees("¿Adoptamos la Carta n.º 1?")
    rosa.open(draft).sees("It is put to the vote").does_not_see("Suggest a change")
    vote = rosa.values("//a[contains(@href, '/consultations/')]/@href")
    ana.open(f"/c/{community.pk}/").press("Vote")
    ana.press("Put it into the urn", {"one": ana.values("//input[@type='radio']/@value")[1]})
    rosa.open(next(one for one in vote if one.endswith("/"))).press("Close and count")
    rosa.sees("What follows").does_not_see("Found the nodes").press("Do what was decided")
    rosa.sees("In force", "Adopted by vote")

    # Everybody is asked; Ana accepts by the link in her letter, without signing in.
    rosa.open(f"/c/{community.pk}/charter/").follow("Who has accepted").sees("0 of 5 people have accepted")
    rosa.press("Ask those who have not").sees("letters are on their way")
    assert Message.objects.filter(person=cast.ana.person, batch__kind="charters.accept").count() == 1
    rosa.press("Show everybody's own link")
    links = dict(
        zip(
            rosa.values("//input[@readonly]/@aria-label"),
            rosa.values("//input[@readonly]/@value"),
            strict=True,
        )
    )
    zoe.open(links["Link of Ana Rojas"]).sees("We weave clean water together.", "Red Tejer")
    zoe.press("I accept the charter").sees("Thank you, Ana Rojas! You accepted it on")
    assert Acceptance.objects.get(person=cast.ana.person).accepted_at is not None
    rosa.open(f"/c/{community.pk}/charter/").press("I accept the charter").sees("You accepted it on")
    rosa.follow("Who has accepted").sees("2 of 5 people have accepted", "Not yet")

    # The leaflet, and the page for everybody.
    version = CharterVersion.objects.get()
    leaflet = rosa.client.get(f"/charter-versions/{version.pk}/leaflet/")
    sheet = PdfReader(io.BytesIO(leaflet.content))
    assert len(sheet.pages) == 2
    assert "clean water" in sheet.pages[1].extract_text()
    assert "Nodo Agua" in sheet.pages[0].extract_text()
    zoe.open("/charters/red-tejer/", status=404)
    rosa.open(f"/c/{community.pk}/charter/").follow("Public page")
    rosa.press("Save", {"is_open": True, "i_am_contact": True}).sees(
        "/charters/red-tejer/", "Contact: Rosa Díaz"
    )
    zoe.open("/charters/red-tejer/").sees(
        "clean water", "Nodo Agua", "Nodo Energía", "5 people", "rosa@example.org"
    )
    zoe.does_not_see("Ana Rojas")

    # A second version: compared word by word with the first, which stays readable, and asked again.
    rosa.open(f"/c/{community.pk}/charter/").press("Begin a draft").follow("Write")
    rosa.press("Save the article", {"text": "We weave clean rivers together."}).follow("Compare")
    rosa.sees("[added: rivers]", "Charter no. 2 against Charter no. 1")
    rosa.follow("Charter no. 2").follow("Adopt it").press(
        "Declare it in force", {"how": "Agreed at the assembly of May"}
    )
    rosa.sees(
        "Declared by the coordination, without a vote here: Agreed at the assembly of May",
        "I accept the charter",
    )
    ana.open(draft).sees("Replaced", "We weave clean water together.")
    zoe.open(links["Link of Ana Rojas"]).sees("You accepted it on")
    zoe.open("/charters/red-tejer/").sees("clean rivers")
    rosa.open(f"/c/{community.pk}/history/").sees("suggested a change to the charter of Red Tejer")
