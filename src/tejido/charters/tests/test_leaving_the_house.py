"""The leaflet, and the page for everybody."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tejido.charters import services
from tejido.charters.leaflets import PAPERS, as_pdf, leaflet_of
from tejido.charters.selectors import articles_of
from tejido.charters.tests import factories as make
from tejido.charters.tests.test_drafts import refused
from tejido.communities.models import Community
from tejido.communities.tests.factories import CommunityFactory

pytestmark = pytest.mark.django_db
LONG = "Tejemos redes de docentes que aprenden juntas. " * 160


def sheet(version, paper: str = PAPERS[0]) -> list[str]:
    pages = PdfReader(io.BytesIO(as_pdf(leaflet_of(version, paper)))).pages
    assert len(pages) == 2
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in pages]


@pytest.mark.parametrize("paper", PAPERS)
def test_very_long_articles_stay_on_one_sheet_and_say_that_they_are_shortened(cast, paper):
    cast.network.name = "Red de redes de docentes rurales " * 6
    cast.network.challenge = "x" * 200
    cast.network.save()
    version = make.draft(cast.network)
    for article in articles_of(version):
        services.write_article(article, LONG, edition=article.edition, actor=cast.rosa)
    for number in range(12):
        services.add_article(version, f"Acuerdo {number}", text=LONG, actor=cast.rosa)
    for number in range(60):
        CommunityFactory(
            name=f"Nodo {number:02} de la cordillera", kind=Community.Kind.NODE, parent=cast.network
        )
    outside, inside = sheet(version, paper)
    for title in ("Misión", "Visión", "Propósito", "Principios", "Gobernanza"):
        assert title in inside
    assert inside.count("Abreviado.") == 3
    assert "Participar" in outside
    assert "62 nodos" in outside


def test_an_empty_charter_makes_a_sheet_too(cast):
    outside, inside = sheet(services.begin_draft(cast.network, actor=cast.rosa))
    assert inside == ""
    assert "RedTejer" in outside.replace(" ", "")  # kerning parts its letters
    assert "Nodo Agua" in outside


def test_a_short_charter_stands_whole_and_a_word_without_end_is_broken(cast):
    version = make.draft(cast.network, "Una frase entera, hasta el final.\n\n" + "w" * 400)
    _outside, inside = sheet(version)
    assert "Una frase entera, hasta el final." in inside
    assert "Abreviado" not in inside
    assert inside.replace(" ", "").count("w") == 400


@pytest.mark.parametrize(("language", "title"), [("en", "Mission"), ("es", "Misión"), ("pt-br", "Missão")])
def test_the_leaflet_speaks_the_language_of_the_community(cast, language, title):
    cast.network.language = language
    cast.network.save()
    assert title in sheet(make.in_force(cast.network))[1]


def test_what_is_written_is_no_markup_of_the_typesetter(cast):
    text = "#panic() $x$ @someone <label> [a] ``` /* c */"
    assert "#panic() $x$ @someone" in sheet(make.draft(cast.network, text))[1]


def test_the_code_leads_to_the_public_page_where_there_is_one(cast):
    version = make.in_force(cast.network)
    closed = leaflet_of(version)
    assert (closed.address, closed.qr) == ("", ""), "a stranger would stand before a closed door"
    assert "Quien entrega esta hoja" in sheet(version)[0]
    services.keep_public_page(cast.network, is_open=True, i_am_contact=True, actor=cast.rosa)
    again = leaflet_of(version)
    assert again.address.replace("\u200b", "").endswith("/charters/red-tejer/")
    assert "Rosa Díaz" in again.contact


def test_nothing_is_public_until_somebody_opens_it(client, cast):
    make.in_force(cast.network)
    address = reverse("charters:public", args=["red-tejer"])
    assert client.get(address).status_code == 404
    services.keep_public_page(cast.network, is_open=True, actor=cast.rosa)
    page = client.get(address)
    shown = page.content.decode()
    assert '<meta property="og:title" content="Red Tejer">' in shown
    assert "rosa@example.org" not in shown
    assert "Ana Rojas" not in shown
    assert len(page.content) < 30_000
    services.keep_public_page(cast.network, is_open=False, actor=cast.rosa)
    assert client.get(address).status_code == 404


def test_a_public_page_shows_no_draft(client, cast):
    make.draft(cast.network)
    services.keep_public_page(cast.network, is_open=True, actor=cast.rosa)
    assert client.get(reverse("charters:public", args=["red-tejer"])).status_code == 404


def test_only_who_coordinates_says_so_for_herself_and_no_longer_when_she_leaves(client, cast):
    make.in_force(cast.network)
    services.keep_public_page(cast.network, is_open=True, i_am_contact=True, actor=cast.rosa)
    address = reverse("charters:public", args=["red-tejer"])
    assert "rosa@example.org" in client.get(address).content.decode()
    services.keep_public_page(cast.network, is_open=True, i_am_contact=False, actor=cast.tomas)
    assert "rosa@example.org" in client.get(address).content.decode()  # he speaks for himself
    cast.rosa.person.memberships.update(ends_on="2022-01-01")
    assert "rosa@example.org" not in client.get(address).content.decode()


def test_the_system_is_nobodys_contact(cast, system):
    refused(
        "does_not_coordinate",
        services.keep_public_page,
        cast.network,
        is_open=True,
        i_am_contact=True,
        actor=system,
    )


def test_two_communities_of_one_name_have_two_addresses(cast, system):
    other = CommunityFactory(name="Red Tejer")
    first = services.keep_public_page(cast.network, is_open=True, actor=cast.rosa)
    second = services.keep_public_page(other, is_open=True, actor=system)
    assert (first.slug, second.slug) == ("red-tejer", "red-tejer-2")


def test_the_public_page_costs_few_queries(client, cast, django_assert_max_num_queries):
    make.in_force(cast.network)
    services.keep_public_page(cast.network, is_open=True, i_am_contact=True, actor=cast.rosa)
    with django_assert_max_num_queries(12):
        client.get(reverse("charters:public", args=["red-tejer"]))


def test_the_overview_leads_to_the_charter(client, cast):
    address = reverse("charters:charter", args=[cast.network.pk])
    make.in_force(cast.network)
    for who in (cast.rosa, cast.ana):
        client.force_login(who)
        shown = client.get(reverse("communities:overview", args=[cast.network.pk])).content.decode()
        assert f'href="{address}"' in shown
        assert "Write the charter" not in shown, "it stands already"


def test_without_an_open_call_the_public_page_names_none(client, cast):
    make.in_force(cast.network)
    services.keep_public_page(cast.network, is_open=True, actor=cast.rosa)
    assert "Open calls" not in client.get(reverse("charters:public", args=["red-tejer"])).content.decode()
