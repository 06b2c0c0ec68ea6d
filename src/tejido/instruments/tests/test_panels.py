"""What is asked of somebody stands where they look first; a link that was sent says what it is for, and not whose it is."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.instruments import services
from tejido.instruments.tests import factories as make

pytestmark = pytest.mark.django_db


def asked(html):
    """What the panel holds: the page may name forms elsewhere too, in its history."""
    return html.partition("Asked of you</h2>")[2].partition("</section>")[0]


def home(client, actor):
    client.force_login(actor)
    return asked(client.get("/").content.decode())


@pytest.mark.parametrize(
    ("who", "asked_of_the_node", "asked_of_the_network"),
    [
        ("ana", True, True),  # belongs to the node, and so to the network above it
        ("rosa", False, True),
        ("tomas", False, True),
        ("ines", False, True),
        ("sole", False, True),
        ("ze", False, False),
    ],
)
def test_whoever_is_asked_finds_it_on_the_home_page(
    cast, client, who, asked_of_the_node, asked_of_the_network
):
    version = make.instrument(cast.network).versions.get()
    make.collection(cast.node, version=version, title="Boleto del nodo")
    make.collection(cast.network, version=version, title="Boleto de la red")
    page = home(client, getattr(cast, who))
    assert ("Boleto del nodo" in page) is asked_of_the_node
    assert ("Boleto de la red" in page) is asked_of_the_network


def test_what_is_answered_closed_or_yet_to_come_is_not_asked(cast, client):
    answered = make.collection(cast.node, title="Contestado")
    version = answered.version
    services.ingest(
        make.sent(answered, more={"person": cast.ana.person}, useful="no"), actor=system_account()
    )
    closed = make.collection(cast.node, version=version, title="Cerrado")
    services.close_collection(closed, actor=cast.rosa)
    make.collection(
        cast.node, version=version, title="Por abrir", opens_at=timezone.now() + timedelta(days=1)
    )
    make.collection(cast.node, version=version, title="Muchas veces", many=True)
    page = home(client, cast.ana)
    assert "Muchas veces" in page
    assert not re.search("Contestado|Cerrado|Por abrir", page)


def test_somebody_without_a_community_who_stands_on_a_list_finds_it_too(cast, client):
    make.collection(cast.node, title="Para Zé", audience="list", people=[cast.ze.person])
    assert "Para Zé" in home(client, cast.ze)


def test_the_page_of_a_community_tells_what_it_asks_and_what_is_asked_above_it(cast, client):
    version = make.instrument(cast.network).versions.get()
    make.collection(cast.network, version=version, title="Boleto de la red")
    make.collection(cast.node, version=version, title="Boleto del nodo")
    client.force_login(cast.ana)
    node = asked(client.get(f"/c/{cast.node.pk}/").content.decode())
    assert "Boleto de la red" in node
    assert "Boleto del nodo" in node
    assert "Boleto del nodo" not in asked(client.get(f"/c/{cast.network.pk}/").content.decode())


def test_the_button_leads_to_the_page_where_it_is_answered(cast, client):
    collection = make.collection(cast.node, title="Boleto")
    action = re.search(r'action="(/collections/\d+/answer/)"', home(client, cast.ana))
    response = client.post(action[1])
    assert response.status_code == 302
    assert client.get(response["Location"]).status_code == 200
    assert collection.invitations.get().person == cast.ana.person


@pytest.mark.parametrize("anonymous", [False, True])
def test_a_chat_shows_what_a_link_is_for_and_never_whose_it_is(cast, client, anonymous):
    collection = make.collection(cast.node, title="Boleto <de> salida", link=True, anonymous=anonymous)
    personal = services.personal_links(collection, actor=cast.rosa)[cast.ana.person.pk]
    for path in (urlsplit(personal).path, f"/a/{collection.public_token}/"):
        page = client.get(path, headers={"accept-language": "es"}).content.decode()
        head = page.partition("<body")[0]
        metas = dict(re.findall(r'<meta (?:name|property)="([\w:]+)"\s+content="([^"]*)"', head))
        assert metas["og:title"] == "Boleto &lt;de&gt; salida"
        assert metas["description"] == metas["og:description"]
        assert f"{cast.node.name} hace 4 preguntas" in metas["description"]
        assert ("anónimas" in metas["description"]) is anonymous
        assert cast.ana.person.given_names not in head


@pytest.mark.parametrize(
    ("who", "leads_there"), [("ana", False), ("rosa", True), ("tomas", True), ("sole", True)]
)
def test_a_history_leads_only_to_pages_that_its_reader_may_open(cast, client, who, leads_there):
    collection = make.collection(cast.node, title="Boleto de salida")
    client.force_login(getattr(cast, who))
    page = client.get(f"/c/{cast.node.pk}/history/").content.decode()
    assert "Boleto de salida" in page
    assert (f'"/collections/{collection.pk}/"' in page) is leads_there
    assert (f'"/forms/{collection.version.instrument_id}/"' in page) is leads_there
