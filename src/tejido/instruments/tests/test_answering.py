"""Answering on a page: Ana with a link of her own, a visitor with the community's link, a stranger without one."""

from __future__ import annotations

import re
import zoneinfo
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation
from django.utils.formats import date_format

from tejido.instruments import services
from tejido.instruments.models import Invitation, Response, Version
from tejido.instruments.selectors import rate_of
from tejido.instruments.tests import factories as make
from tejido.instruments.tokens import personal_token

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


class Controls(HTMLParser):
    """Names of controls on a page, with the attributes of the last one of each name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}
        self.feed(html)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("name"):
            self.found[str(given["name"])] = given


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def opened(client: Any, token: str, **more: Any) -> dict[str, str]:
    """What the page holds that was opened: the fields that go back with every answer."""
    html = client.get(f"/a/{token}/", **more).content.decode()
    found = Controls(html).found
    return {name: str(found[name]["value"]) for name in ("_id", "_begun", "_spoken")}


def send(client: Any, token: str, own: dict[str, str], **answers: Any) -> Any:
    values = {f"q/{name.replace('__', '/')}": value for name, value in answers.items()}
    return client.post(f"/a/{token}/", own | values)


@pytest.fixture
def shared(cast):
    return make.collection(cast.node, link=True)


@pytest.fixture
def anas(cast):
    """A collection for a list, and Ana's link to it."""
    collection = make.collection(cast.node, audience="list", people=[cast.ana.person])
    return collection, personal_token(collection.pk, cast.ana.person.pk, 1)


def test_ana_answers_by_her_link_without_signing_in(client, cast, anas):
    collection, token = anas
    page = client.get(f"/a/{token}/", HTTP_ACCEPT_LANGUAGE="es")
    assert "¿Le sirvió el encuentro?" in words(page)
    assert cast.ana.person.name in words(page)  # whose answers these are is said before they are given

    sent = send(client, token, opened(client, token), useful="si", mark="4", uses=["kit", "guide"])

    assert sent.status_code == 302
    assert "/thanks/?came=stored" in sent["Location"]
    assert client.get(sent["Location"]).status_code == 200
    response = Response.objects.get()
    assert (response.person, response.collection, response.channel) == (cast.ana.person, collection, "page")
    assert response.state == Response.State.ACCEPTED
    assert list(response.answers.order_by("path", "position").values_list("path", "text")) == [
        ("/data/mark", "4"),
        ("/data/useful", "si"),
        ("/data/uses", "kit"),
        ("/data/uses", "guide"),
    ]
    assert "You have already answered" in words(client.get(f"/a/{token}/", HTTP_ACCEPT_LANGUAGE="en"))


def test_the_link_that_rosa_hands_out_with_its_code_opens_the_page(client, cast, shared):
    client.force_login(cast.rosa)
    sheet = words(client.get(f"/collections/{shared.pk}/share/"))
    link = re.search(r"https?://[^/\s]+(/a/[\w-]+/)", sheet)
    assert link is not None
    assert "<svg" in sheet
    client.logout()
    assert client.get(link[1]).status_code == 200


def test_ana_finds_among_her_forms_what_she_is_asked_and_comes_to_a_link_of_her_own(client, cast, shared):
    client.force_login(cast.ana)
    begun = client.post(f"/collections/{shared.pk}/answer/")
    token = begun["Location"].rstrip("/").rpartition("/")[2]
    client.logout()
    send(client, token, opened(client, token), useful="no")
    assert Response.objects.get().person == cast.ana.person


def test_a_visitor_with_the_link_of_the_community_answers_and_is_nobody(client, shared):
    send(client, shared.public_token, opened(client, shared.public_token), useful="no")
    response = Response.objects.get()
    assert (response.person, response.state) == (None, "accepted")
    assert not Invitation.objects.filter(has_answered=True).exists()
    again = client.get(f"/a/{shared.public_token}/thanks/?came=stored", HTTP_ACCEPT_LANGUAGE="en")
    assert "Give another answer" in words(again)


def test_a_stranger_without_a_link_finds_nothing(client, shared):
    for path in ("/a/nobody/", "/a/nobody/thanks/"):
        answer = client.get(path, HTTP_ACCEPT_LANGUAGE="en")
        assert answer.status_code == 404
        assert "This link leads nowhere" in words(answer)
        assert shared.title not in words(answer)
    assert client.post("/a/nobody/", {"q/useful": "no"}).status_code == 404
    assert not Response.objects.exists()


def test_a_double_tap_is_one_answer_and_another_person_on_the_same_phone_is_a_second_one(client, shared):
    token, own = shared.public_token, opened(client, shared.public_token)
    first, second = (send(client, token, own, useful="no") for _tap in range(2))
    assert "came=stored" in first["Location"]
    assert "came=known" in second["Location"]
    assert Response.objects.count() == 1
    other = opened(client, token)
    assert other["_id"] != own["_id"]
    send(client, token, other, useful="no")
    assert Response.objects.count() == 2
    assert "no-cache" in client.get(f"/a/{token}/")["Cache-Control"]


def test_a_double_tap_is_one_answer_also_where_the_form_notes_the_moment(client, cast):
    collection = make.collection(cast.node, make.brought(EVERY_KIND), link=True)
    own = opened(client, collection.public_token)
    taps = [send(client, collection.public_token, own, about__name="Escuela") for _tap in range(2)]
    assert ["came=known" in tap["Location"] for tap in taps] == [False, True]
    assert Response.objects.get().state == Response.State.ACCEPTED


def test_ingest_is_called_once_for_what_is_sent_and_never_for_what_is_not(client, shared, monkeypatch):
    from tejido.instruments.services import paging

    calls: list[Any] = []
    ingest = paging.ingest
    monkeypatch.setattr(paging, "ingest", lambda sent, actor: calls.append(sent) or ingest(sent, actor=actor))
    own = opened(client, shared.public_token)
    send(client, shared.public_token, own)  # a needed answer is missing
    assert calls == []
    send(client, shared.public_token, own, useful="no")
    assert len(calls) == 1


def test_what_is_wrong_is_said_beside_the_question_and_what_was_typed_stays(client, shared):
    token = shared.public_token
    own = opened(client, token, HTTP_ACCEPT_LANGUAGE="en")
    answer = client.post(
        f"/a/{token}/",
        own | {"q/mark": "cuatro", "q/uses": "kit", "q/give": "<b>tiempo</b>"},
        HTTP_ACCEPT_LANGUAGE="en",
    )
    assert answer.status_code == 422
    html = words(answer)
    assert "This question needs an answer." in html
    assert 'value="cuatro"' in html
    assert "&lt;b&gt;tiempo&lt;/b&gt;" in html
    assert re.search(r'value="kit"\s+checked', html)
    assert 'href="#q-useful"' in html
    assert Controls(answer.content.decode()).found["_id"]["value"] == own["_id"]
    assert not Response.objects.exists()

    both = client.post(
        f"/a/{token}/", own | {"q/useful": "si", "q/mark": "cuatro"}, HTTP_ACCEPT_LANGUAGE="en"
    )
    assert "Write a whole number" in words(both)
    assert not Response.objects.exists()


def test_what_does_not_apply_is_left_out_and_the_page_says_so(client, shared):
    token = shared.public_token
    sent = send(client, token, opened(client, token), useful="no", mark="4")
    assert "left=mark" in sent["Location"]
    assert "Del 1 al 5" in words(client.get(sent["Location"], HTTP_ACCEPT_LANGUAGE="es"))
    response = Response.objects.get()
    assert list(response.answers.values_list("path", flat=True)) == ["/data/useful"]
    assert (response.state, response.flags.count()) == ("accepted", 0)


def test_a_forged_choice_is_kept_and_flagged_and_a_forged_question_is_not_kept(client, shared):
    token = shared.public_token
    send(client, token, opened(client, token), useful="quizas", meta__instanceID="x", nobody="x")
    response = Response.objects.get()
    assert (response.state, response.instance_id[:5]) == ("flagged", "uuid:")
    assert [(flag.code, flag.value) for flag in response.flags.all()] == [("unknown_choice", "quizas")]
    assert list(response.answers.values_list("text", flat=True)) == ["quizas"]


def test_a_forged_id_is_replaced(client, shared):
    own = opened(client, shared.public_token) | {"_id": "../../<x>", "_begun": "never"}
    send(client, shared.public_token, own, useful="no")
    assert re.fullmatch(r"uuid:[0-9a-f-]{36}", Response.objects.get().instance_id)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "This is closed"), ("es", "ya cerró"), ("pt-br", "já encerrou")],
)
def test_a_closed_collection_says_so_and_keeps_what_was_being_filled_in(
    client, cast, shared, language, sentence
):
    token, own = shared.public_token, opened(client, shared.public_token)
    services.close_collection(shared, actor=cast.rosa)
    assert sentence in words(client.get(f"/a/{token}/", HTTP_ACCEPT_LANGUAGE=language))

    sent = send(client, token, own, useful="no")

    assert "came=late" in sent["Location"]
    assert "after the closing" in words(client.get(sent["Location"], HTTP_ACCEPT_LANGUAGE="en"))
    assert Response.objects.get().state == Response.State.LATE


def test_before_the_opening_the_page_says_when(client, cast):
    collection = make.collection(cast.node, link=True, opens_at=timezone.now() + timedelta(days=2))
    said = client.get(f"/a/{collection.public_token}/", HTTP_ACCEPT_LANGUAGE="en")
    assert "This opens for answers on" in words(said)
    local = collection.opens_at.astimezone(zoneinfo.ZoneInfo(collection.community.time_zone))
    with translation.override("en"):
        clock = date_format(local, "TIME_FORMAT")
    assert clock in words(said)  # as clocks show it where the community is


def test_a_link_that_was_taken_back_says_so_and_takes_nothing(client, cast, anas):
    collection, token = anas
    own = opened(client, token)
    services.revoke_link(collection, cast.ana.person, actor=cast.rosa)
    for answer in (client.get(f"/a/{token}/"), send(client, token, own, useful="no")):
        assert answer.status_code == 410
    assert "taken back" in words(client.get(f"/a/{token}/", HTTP_ACCEPT_LANGUAGE="en"))
    assert not Response.objects.exists()


def test_of_an_anonymous_answer_by_a_link_of_ones_own_nobody_learns_whose_it_is(client, cast):
    collection = make.collection(cast.node, audience="list", people=[cast.ana.person], anonymous=True)
    token = personal_token(collection.pk, cast.ana.person.pk, 1)
    page = client.get(f"/a/{token}/", HTTP_ACCEPT_LANGUAGE="en")
    assert "Answers are anonymous" in words(page)
    assert cast.ana.person.name not in words(page)
    send(client, token, opened(client, token), useful="no")
    response = Response.objects.get()
    assert response.person is None
    assert response.received_at.minute == 0
    assert "already answered" in words(client.get(f"/a/{token}/", HTTP_ACCEPT_LANGUAGE="en"))


def test_the_form_speaks_the_language_of_the_reader_and_changes_it_without_losing_anything(client, shared):
    token = shared.public_token
    assert "Was the gathering useful?" in words(client.get(f"/a/{token}/", HTTP_ACCEPT_LANGUAGE="en"))
    own = opened(client, token)
    other = client.post(f"/a/{token}/", own | {"q/give": "tiempo", "_language": "English (en)"})
    assert other.status_code == 200
    assert "Was the gathering useful?" in words(other)
    assert ">tiempo<" in words(other) or 'value="tiempo"' in words(other)
    assert Controls(other.content.decode()).found["_id"]["value"] == own["_id"]
    send(client, token, own | {"_spoken": "English (en)"}, useful="no")
    assert Response.objects.get().language == "English (en)"


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


def test_a_form_that_this_page_cannot_show_says_where_it_can_be_opened(client, cast):
    repeated = "| survey |\n| | type | name | label |\n| | geopoint | here | Where? |\n| settings |\n| | form_id |\n| | p |"
    collection = make.collection(cast.node, make.brought(repeated), link=True)
    assert "ODK Collect" in words(client.get(f"/a/{collection.public_token}/"))


def test_what_was_answered_on_the_page_is_in_the_results(client, shared):
    for useful in ("si", "no", "si"):
        send(client, shared.public_token, opened(client, shared.public_token), useful=useful)
    assert rate_of(shared).came == 3


def test_the_page_costs_few_queries(client, anas, django_assert_max_num_queries):
    client.get(f"/a/{anas[1]}/")
    with django_assert_max_num_queries(4):
        client.get(f"/a/{anas[1]}/")


def test_a_name_is_kept_only_of_somebody_who_agrees(client, cast, shared):
    token = shared.public_token
    page = client.get(f"/a/{token}/", HTTP_ACCEPT_LANGUAGE="en")
    assert "My name may be kept with my answers." in words(page)
    own = opened(client, token) | {"_name": " Luz\x00  Paz "}

    unsure = client.post(f"/a/{token}/", own | {"q/useful": "no"}, HTTP_ACCEPT_LANGUAGE="en")

    assert unsure.status_code == 422
    assert "Tick the box below" in words(unsure)
    assert not Response.objects.exists()
    send(client, token, own | {"_agree": "1"}, useful="no")
    assert Response.objects.get().name_given.startswith("Luz")
    client.force_login(cast.rosa)
    assert "Luz" in client.get(f"/collections/{shared.pk}/answers.csv").getvalue().decode()


def test_nobody_is_asked_for_a_name_who_is_known_or_anonymous(client, cast, anas):
    hidden = make.collection(cast.node, version=anas[0].version, anonymous=True, link=True)
    for token in (anas[1], hidden.public_token):
        assert "_name" not in Controls(client.get(f"/a/{token}/").content.decode()).found
        send(client, token, opened(client, token) | {"_name": "Luz", "_agree": "1"}, useful="no")
    assert set(Response.objects.values_list("name_given", flat=True)) == {""}


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
