"""Answering with the full engine: who may open its page, what becomes of what it sends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tejido.instruments import services
from tejido.instruments.forms import answering
from tejido.instruments.models import Response
from tejido.instruments.selectors import engine
from tejido.instruments.tests import factories as make
from tejido.instruments.tests.answering import words
from tejido.instruments.tokens import personal_token

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not engine.BUILT.exists(), reason="the front end is not built: tools/frontend.py"),
]

VISIT = """
| survey |
| | type | name | label | appearance |
| | text | school | **School** [map](https://example.org) [x](javascript:alert) | |
| | begin_repeat | person | Person | |
| | text | name | Name <img src=x onerror=alert(1)> | |
| | end_repeat | | | |
| | image | sign | Signature | signature |
| settings |
| | form_id | version |
| | visit | 1 |
"""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def shared(cast):
    return make.collection(cast.node, make.brought(VISIT), link=True)


def send(client, token, xml: bytes, **files: bytes):
    parts = {name: SimpleUploadedFile(name, content) for name, content in files.items()}
    return client.post(
        f"/a/{token}/full/", {"xml_submission_file": SimpleUploadedFile("answer.xml", xml), **parts}
    )


def person(name: str) -> str:
    return f"<person><name>{name}</name></person>"


def test_the_link_leads_to_the_page_that_can_show_the_form_and_to_no_other(client, cast, shared):
    light = make.collection(cast.node, link=True)
    assert client.get(f"/a/{shared.public_token}/")["Location"] == f"/a/{shared.public_token}/full/"
    assert client.get(f"/a/{light.public_token}/full/")["Location"] == f"/a/{light.public_token}/"
    page = words(client.get(f"/a/{shared.public_token}/full/"))
    assert "ODK Collect" in page  # where scripts are switched off
    assert "Powered by" in page
    assert 'href="https://enketo.org"' in page


def test_what_a_form_says_is_never_script_and_links_lead_to_the_web_alone(client, shared):
    page = words(client.get(f"/a/{shared.public_token}/full/"))
    form = page[page.index('<template id="engine-blank">') : page.index("</template>")]
    assert '<a href="https://example.org" rel="noopener noreferrer" target="_blank">map</a>' in form
    assert 'href="javascript' not in form
    assert "<img" not in form
    assert "&lt;img src=x onerror" in form
    assert " style=" not in form


@pytest.mark.parametrize(
    ("what", "opens", "says", "takes", "outcome"),
    [
        ("open", 200, "engine-blank", 200, "stored"),
        ("early", 200, "opens for answers", 200, "stored"),
        ("closed", 200, "no more answers", 200, "late"),
        ("revoked", 410, "taken back", 410, ""),
        ("withdrawn", 404, "Perhaps a part of it is missing", 404, ""),
        ("unknown", 404, "Perhaps a part of it is missing", 404, ""),
    ],
)
def test_who_may_answer(client, cast, what, opens, says, takes, outcome):
    terms = {"opens_at": timezone.now() + timedelta(days=1)} if what == "early" else {}
    collection = make.collection(cast.node, make.brought(VISIT), link=True, **terms)
    token = "nobody" if what == "unknown" else collection.public_token
    if what == "closed":
        services.close_collection(collection, actor=cast.rosa)
    if what == "revoked":
        services.invite_people(collection, [cast.ana.person], actor=cast.rosa)
        token = personal_token(collection.pk, cast.ana.person.pk, 1)
        services.revoke_link(collection, cast.ana.person, actor=cast.rosa)
    if what == "withdrawn":
        services.withdraw_collection(collection, actor=cast.rosa)

    page = client.get(f"/a/{token}/full/", HTTP_ACCEPT_LANGUAGE="en")
    assert page.status_code == opens
    assert says in words(page)
    sent = send(client, token, make.submission(collection.version, school="El Alerce"))
    assert sent.status_code == takes
    assert sent.json().get("came", "") == outcome
    assert Response.objects.count() == (1 if outcome else 0)


def test_ana_answers_once_by_her_own_link_and_a_second_tap_is_the_same_answer(client, cast):
    collection = make.collection(cast.node, make.brought(VISIT), audience="list", people=[cast.ana.person])
    token = personal_token(collection.pk, cast.ana.person.pk, 1)
    xml = make.submission(collection.version, inner=person("Ana") + person("Sole"), school="El Alerce")
    assert [send(client, token, xml).json()["came"] for _tap in range(2)] == ["stored", "known"]
    response = Response.objects.get()
    assert (response.person, response.channel) == (cast.ana.person, Response.Channel.ENGINE)
    assert list(response.answers.order_by("repeat").values_list("text", flat=True)) == [
        "El Alerce", "Ana", "Sole",
    ]  # fmt: skip
    assert "already answered" in words(client.get(f"/a/{token}/full/", HTTP_ACCEPT_LANGUAGE="en"))


def test_files_come_with_the_answer_that_names_them_and_no_others(client, shared, monkeypatch):
    xml = make.submission(shared.version, sign="mine.png")
    sent = send(client, shared.public_token, xml, **{"mine.png": PNG, "other.png": PNG, "../x.png": PNG})
    assert sent.json()["came"] == "stored"
    assert [one.name for one in Response.objects.get().attachments.all()] == ["mine.png"]
    monkeypatch.setattr("tejido.instruments.forms.engine.MOST_FILE_BYTES", 10)
    assert answering.MOST_FILE_BYTES > 10
    sent = send(client, shared.public_token, make.submission(shared.version, sign="a.png"), **{"a.png": PNG})
    assert sent.status_code == 413
    assert "10 MB" in sent.json()["message"]
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    "xml", [b"", b"<broken", b'<other id="nobody"/>', b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>']
)
def test_what_is_no_answer_to_the_form_is_refused_in_words(client, shared, xml):
    sent = send(client, shared.public_token, xml)
    assert sent.status_code == 409
    assert sent.json()["message"]
    assert not Response.objects.exists()


def test_a_name_is_kept_only_where_answers_carry_names_and_nobody_is_known(client, cast, shared):
    anonymous = make.collection(cast.node, version=shared.version, link=True, anonymous=True)
    for collection, kept in ((shared, "Ana"), (anonymous, "")):
        xml = SimpleUploadedFile("answer.xml", make.submission(collection.version, school="x"))
        client.post(
            f"/a/{collection.public_token}/full/",
            {"xml_submission_file": xml, "_name": "Ana\0", "_language": "?"},
        )
        response = Response.objects.get(collection=collection)
        assert (response.name_given, response.language) == (kept, "")


def test_the_worker_stands_below_the_page_and_only_behind_a_link(client, shared):
    script = client.get(f"/a/{shared.public_token}/full/worker.js")
    assert script["Content-Type"].startswith("text/javascript")
    assert client.get("/a/nobody/full/worker.js").status_code == 404


def test_files_of_the_form_are_shown_by_their_bytes(client, shared):
    for name, content in (("map.png", PNG), ("page.png", b"<script>alert(1)</script>")):
        shared.version.files.create(name=name, content=content, md5="0" * 32)
    picture = client.get(f"/a/{shared.public_token}/full/file/map.png")
    assert picture["Content-Type"] == "image/png"
    other = client.get(f"/a/{shared.public_token}/full/file/page.png")
    assert other["Content-Type"] == "application/octet-stream"
    assert other["Content-Disposition"] == "attachment"
    for address in (f"/a/{shared.public_token}/full/file/none.png", "/a/nobody/full/file/map.png"):
        assert client.get(address).status_code == 404
