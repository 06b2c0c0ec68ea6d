"""What strangers and phones can bring through a page: each has a clear answer, and nothing is lost or made."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tejido.instruments.models import Attachment, Instrument, Response
from tejido.instruments.tests import factories as make
from tejido.instruments.tests.answering import opened, send
from tejido_forms.books import MOST_UNPACKED
from tejido_forms.tests.test_limits import BILLION, OUTSIDE, with_sheet

pytestmark = pytest.mark.django_db
DEEP = b"<h:html xmlns:h='http://www.w3.org/1999/xhtml'>" + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</h:html>"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "bomb.xlsx",
            lambda: with_sheet("<row/>" * (MOST_UNPACKED // 5)),
            "The form is larger than can be read",
        ),
        ("bomb.xml", lambda: BILLION, "declares a document type or entities"),
        ("outside.xml", lambda: OUTSIDE, "declares a document type or entities"),
        ("deep.xml", lambda: DEEP, "Groups stand inside each other too deeply"),
        ("notes.txt", lambda: b"\x00\x01\x02 nothing", "This file is no form"),
    ],
)
def test_a_file_that_would_do_harm_is_refused_with_a_sentence_and_nothing_is_made(
    client, cast, name, content, sentence
):
    client.force_login(cast.rosa)
    answer = client.post(
        reverse("instruments:bring", args=[cast.node.pk]),
        {"file": SimpleUploadedFile(name, content()), "kind": "survey", "title": ""},
    )
    html = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == 422
    assert sentence in html
    assert "/etc/passwd" not in html
    assert "root:" not in html
    assert not Instrument.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.jpg", "..\\..\\up.jpg", "/etc/up.jpg", ".htaccess", "a\x00b.jpg"]
)
def test_the_name_of_a_file_leads_nowhere_and_its_content_is_kept(client, cast, name):
    collection = make.collection(cast.node, make.brought(make.PHONE, "visit.md"), link=True)
    own = opened(client, collection.public_token)
    photo = SimpleUploadedFile("x", b"\xff\xd8\xff\xd9", content_type="image/jpeg")
    photo._name = name  # as a forged part of the body says it
    client.post(f"/a/{collection.public_token}/", own | {"q/word": "uno", "q/photo": photo})
    response = Response.objects.get()
    assert response.answers.get(path="/data/word").text == "uno"
    kept = Attachment.objects.get()
    assert re.fullmatch(r"[0-9a-f]{24}(\.[a-z0-9]{1,8})?", kept.name)
    assert re.fullmatch(r"answers/[\w/]+(\.\w+)?", kept.blob.file.name)


def test_what_looks_like_a_formula_or_a_link_is_kept_as_it_was_typed_and_does_nothing(client, cast):
    collection = make.collection(cast.node, link=True)
    typed = {"useful": "no", "give": '=HYPERLINK("javascript:alert(1)")'}
    send(client, collection.public_token, opened(client, collection.public_token), **typed)
    assert Response.objects.get().answers.get(path="/data/give").text == typed["give"]
    client.force_login(cast.rosa)
    csv = client.get(reverse("instruments:answers_csv", args=[collection.pk]))
    lines = (b"".join(csv.streaming_content) if csv.streaming else csv.content).decode("utf-8-sig")
    assert "\"'=HYPERLINK(" in lines
    page = client.get(
        reverse("instruments:open_answers", args=[collection.pk]), {"question": "/data/give"}
    ).content.decode()
    assert "=HYPERLINK(&quot;javascript:alert(1)&quot;)" in page
    assert 'href="javascript' not in page
