"""Answering on a page: Ana with a link of her own, a visitor with the community's link, a stranger without one."""

from __future__ import annotations

import re
import zoneinfo
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from tejido.instruments import services
from tejido.instruments.models import Invitation, Response
from tejido.instruments.selectors import rate_of
from tejido.instruments.tests import factories as make
from tejido.instruments.tests.answering import Controls, opened, send, words
from tejido.instruments.tokens import personal_token

pytestmark = pytest.mark.django_db


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
