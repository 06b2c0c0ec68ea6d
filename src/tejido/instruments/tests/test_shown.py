"""How a form looks on the light page: emphasis, links, pictures and sounds of its author."""

from __future__ import annotations

import re

import pytest

from tejido.instruments import services
from tejido.instruments.models import Item
from tejido.instruments.selectors import results_of
from tejido.instruments.services import Brought
from tejido.instruments.tests import factories as make
from tejido_forms.codebook import as_table
from tejido_forms.reading import read_form

pytestmark = pytest.mark.django_db

GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
MARKED = """
| survey   |                 |        |                                                                            |                       |                      |              |              |
|          | type            | name   | label                                                                      | hint                  | required             | media::image | media::audio |
|          | select_one yn   | useful | **¿Sirvió** el [encuentro](https://example.org/e)?                         | Con _calma_           | yes                  | mesa.gif     | voz.ogg      |
|          | text            | why    | # Por qué\\nLea [esto](javascript:alert(1)) <img src=x onerror=alert(1)>   |                       |                      | gone.gif     |              |
| choices  |                 |        |                                                                            |                       |                      |              |              |
|          | list_name       | name   | label                                                                      | media::image          |                      |              |              |
|          | yn              | si     | *Sí*                                                                       | si.gif                |                      |              |              |
|          | yn              | no     | No                                                                         | page.html             |                      |              |              |
| settings |                 |        |                                                                            |                       |                      |              |              |
|          | form_id         |        |                                                                            |                       |                      |              |              |
|          | shown           |        |                                                                            |                       |                      |              |              |
"""
FILES = {
    "mesa.gif": GIF,
    "si.gif": GIF,
    "voz.ogg": b"OggS" + bytes(40),
    "page.html": b"<script>alert(1)</script>",
}


@pytest.fixture
def shown(cast):
    source = MARKED.strip().replace("\\n", "<br>").encode()
    form = read_form(source, files=FILES)
    return make.collection(cast.node, Brought(form, source, "shown.md", FILES), link=True)


def html_of(client, collection):
    return client.get(f"/a/{collection.public_token}/").content.decode()


def test_labels_and_hints_show_what_their_author_emphasised(shown, client):
    html = html_of(client, shown)
    assert "<strong>¿Sirvió</strong> el" in html
    assert 'href="https://example.org/e" target="_blank" rel="noopener noreferrer">encuentro</a>' in html
    assert "Con <em>calma</em>" in html
    assert "<em>Sí</em>" in html


def test_links_that_run_something_and_tags_stay_out(shown, client):
    html = html_of(client, shown)
    assert "javascript:" not in html
    assert "<img src=x" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_what_is_missing_is_named_without_marks(shown, client):
    own = {"_id": "", "_begun": "", "_spoken": ""}
    html = client.post(f"/a/{shown.public_token}/", own).content.decode()
    assert re.search(r'<a href="#q-useful">\s*¿Sirvió el encuentro\?: ', html)


def test_tables_charts_and_the_codebook_have_the_words_alone(shown):
    make.answered(shown, useful="si")
    assert Item.objects.get(name="useful").texts.get().label == "¿Sirvió el encuentro?"
    (useful, _why) = results_of(shown, "default", suppress=False).questions
    assert useful.label == "¿Sirvió el encuentro?"
    assert [cell.label for cell in useful.cells] == ["Sí", "No"]
    table = "\n".join(
        ",".join(row) for row in as_table(read_form(MARKED.strip().replace("\\n", "<br>").encode()))
    )
    assert "**" not in table
    assert "https://" not in table


def test_pictures_and_sounds_of_the_form_stand_with_their_questions(shown, client):
    html = html_of(client, shown)
    at = f"/a/{shown.public_token}/files/"
    pictures = re.findall(r'<img class="shown"\s+src="([^"]+)"\s+loading="lazy"\s+alt="([^"]*)">', html)
    assert pictures[:2] == [(f"{at}mesa.gif", "Picture: ¿Sirvió el encuentro?"), (f"{at}si.gif", "")]
    assert re.search(
        rf'<audio class="shown"\s+controls\s+preload="none"\s+src="{at}voz.ogg"\s+aria-label="Sound: ', html
    )
    assert "gone.gif" not in html  # it never came with the form
    answer = client.get(f"{at}mesa.gif")
    assert answer["Content-Type"] == "image/gif"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content == GIF


@pytest.mark.parametrize("name", ["page.html", "gone.gif", "shown.md", "..", "mesa.gif.exe"])
def test_nothing_else_is_handed_out(shown, client, name):
    assert client.get(f"/a/{shown.public_token}/files/{name}").status_code == 404


def test_a_dead_link_hands_out_no_pictures(cast, shown, client):
    at = f"/a/{shown.public_token}/files/mesa.gif"
    assert client.get(at).status_code == 200
    services.withdraw_collection(shown, actor=cast.rosa)
    assert client.get(at).status_code == 404
    assert client.get("/a/nobody-knows-this/files/mesa.gif").status_code == 404


def test_a_form_with_pictures_costs_one_query_more(shown, client, django_assert_max_num_queries):
    html_of(client, shown)
    with django_assert_max_num_queries(4):
        html_of(client, shown)
