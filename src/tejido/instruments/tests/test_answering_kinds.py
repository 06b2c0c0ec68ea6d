"""Every kind of question on a page without a script: its control, what arrives, what the server works out."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tejido.instruments.models import Response, Version
from tejido.instruments.tests import factories as make
from tejido.instruments.tests.answering import Controls, opened, send, words

pytestmark = pytest.mark.django_db

EVERY_KIND = """
| survey |                     |         |                  |           |            |               |          |
|        | type                | name    | label            | hint      | constraint | appearance    | required |
|        | note                | hello   | Welcome!         |           |            |               |          |
|        | begin_group         | about   | About the school |           |            |               |          |
|        | text                | name    | Its name         | As it is  |            |               |          |
|        | text                | story   | Its story        |           |            | multiline     |          |
|        | end_group           |         |                  |           |            |               |          |
|        | integer             | pupils  | How many pupils? |           |            |               |          |
|        | decimal             | hours   | How many hours?  |           | . < 100    |               |          |
|        | date                | day     | Which day?       |           |            |               |          |
|        | time                | hour    | Which hour?      |           |            |               |          |
|        | dateTime            | moment  | When?            |           |            |               |          |
|        | range               | mood    | How was it?      |           |            |               |          |
|        | select_one t        | town    | Which town?      |           |            | minimal       |          |
|        | select_multiple t   | towns   | Which towns?     |           |            |               |          |
|        | acknowledge         | agree   | I agree          |           |            |               |          |
|        | image               | photo   | A photograph     |           |            |               |          |
|        | end                 | end     |                  |           |            |               |          |
| choices |           |      |        |
|         | list_name | name | label  |
|         | t         | a    | Armero |
|         | t         | b    | Buga   |
| settings |         |         |
|          | form_id | version |
|          | every   | 1       |
"""


def test_a_double_tap_is_one_answer_also_where_the_form_notes_the_moment(client, cast):
    collection = make.collection(cast.node, make.brought(EVERY_KIND), link=True)
    own = opened(client, collection.public_token)
    taps = [send(client, collection.public_token, own, about__name="Escuela") for _tap in range(2)]
    assert ["came=known" in tap["Location"] for tap in taps] == [False, True]
    assert Response.objects.get().state == Response.State.ACCEPTED


def test_every_light_kind_of_question_has_a_control_and_arrives(client, cast):
    version = make.instrument(cast.node, make.brought(EVERY_KIND)).versions.get()
    assert version.way in {Version.Way.LIGHT, Version.Way.SCRIPT}
    collection = make.collection(cast.node, version=version, link=True)
    token = collection.public_token
    page = client.get(f"/a/{token}/")
    controls = Controls(page.content.decode()).found
    asked = "about/name about/story pupils hours day hour moment mood town towns agree photo"
    assert {f"q/{name}" for name in asked.split()} <= set(controls)
    assert (controls["q/day"]["type"], controls["q/pupils"]["inputmode"]) == ("date", "numeric")
    assert "Welcome!" in words(page)
    assert "multipart/form-data" in words(page)

    photo = SimpleUploadedFile("DCIM 1.JPG", b"\xff\xd8\xff\xe0\x00\x04ab\xff\xd9", "text/html")
    sent = send(
        client, token, opened(client, token), about__name="Escuela", about__story="Nació\ren 1930", pupils="1 200",
        hours="3,5", day="2026-03-04", hour="10:30", moment="2026-03-04T10:30", mood="3", town="b",
        towns=["a", "b"], agree="OK", photo=photo,
    )  # fmt: skip

    assert sent.status_code == 302, words(sent)
    response = Response.objects.get()
    assert (response.state, [flag.code for flag in response.flags.all()]) == ("accepted", [])
    values = dict(response.answers.exclude(path="/data/end").values_list("path", "text"))
    name = values.pop("/data/photo")
    assert name.endswith(".jpg")
    assert response.attachments.get().name == name
    assert response.attachments.get().blob.media_type == "image/jpeg"
    assert values["/data/hour"].startswith("10:30:00.000")
    assert values["/data/moment"].startswith("2026-03-04T10:30:00.000")
    assert {path: values[f"/data/{path}"] for path in ("pupils", "hours", "day", "mood", "town", "agree")} == {
        "pupils": "1200", "hours": "3.5", "day": "2026-03-04", "mood": "3", "town": "b", "agree": "OK",
    }  # fmt: skip
    assert response.answers.filter(path="/data/towns").count() == 2


def test_a_file_that_is_too_large_is_refused_beside_its_question(client, cast, monkeypatch):
    monkeypatch.setattr("tejido.instruments.forms.answering.MOST_FILE_BYTES", 10)
    collection = make.collection(cast.node, make.brought(EVERY_KIND), link=True)
    photo = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"x" * 20)
    sent = send(client, collection.public_token, opened(client, collection.public_token), photo=photo)
    assert sent.status_code == 422
    assert "10 MB" in words(sent)
    assert not Response.objects.exists()


def test_a_form_that_this_page_cannot_show_is_answered_on_that_of_the_engine(client, cast):
    place = "| survey |\n| | type | name | label |\n| | geopoint | here | Where? |\n| settings |\n| | form_id |\n| | p |"
    collection = make.collection(cast.node, make.brought(place), link=True)
    there = client.get(f"/a/{collection.public_token}/")
    assert there["Location"] == f"/a/{collection.public_token}/full/"


WORKED_OUT = """
| survey |           |       |                 |             |              |          |
|        | type      | name  | label           | calculation | relevant     | required |
|        | integer   | girls | How many girls? |             |              |          |
|        | integer   | boys  | How many boys?  |             | ${girls} > 0 |          |
|        | calculate | all   |                 | coalesce(${girls}, 0) + coalesce(${boys}, 0) | | |
|        | text      | how   | How do you group so many? |   | ${all} > 30  | yes      |
| settings |         |
|          | form_id |
|          | sums    |
"""


def test_without_a_script_the_server_works_out_sums_and_what_follows_from_them(client, cast):
    collection = make.collection(cast.node, make.brought(WORKED_OUT), link=True)
    token = collection.public_token
    many = send(client, token, opened(client, token), girls="20", boys="15")
    assert many.status_code == 422  # the sum asks for what may be left empty in a small class
    assert send(client, token, opened(client, token), girls="0", boys="40").status_code == 302
    response = Response.objects.get()
    values = dict(response.answers.values_list("path", "text"))
    assert values == {"/data/girls": "0", "/data/all": "0"}  # boys do not apply, so they are not in the sum
    assert (response.state, response.flags.count()) == ("accepted", 0)
