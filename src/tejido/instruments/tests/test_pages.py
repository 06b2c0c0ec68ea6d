"""The pages: who comes in, what they show, what they cost, and every problem of a form as a sentence."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import ContactPoint
from tejido.instruments import services
from tejido.instruments.models import Collection, Instrument, Invitation, Response
from tejido.instruments.tests import factories as make
from tejido.instruments.wording import FLAGS, OWN_FLAGS, PROBLEMS, form_problem, place_of
from tejido.messages.models import Message
from tejido.messages.selectors import log_for
from tejido.messages.services import send_due
from tejido_forms.judging import Code
from tejido_forms.problems import FORM_PROBLEMS, Problem

pytestmark = pytest.mark.django_db


def noon_to_come():
    """Tomorrow's noon in Bogotá, when nobody's hours are quiet."""
    return timezone.now().replace(hour=17) + timedelta(days=1)


@pytest.fixture
def ticket(cast):
    """An exit ticket of the node with six answers, one of them flagged."""
    collection = make.collection(cast.node, link=True)
    for number in range(5):
        make.answered(collection, useful="si", mark=str(number % 3 + 3), uses="kit", give=f"idea {number}")
    make.answered(collection, useful="quizas", give='=HYPERLINK("http://evil")')
    return collection


def of_collection(name, **more):
    return lambda found: reverse(f"instruments:{name}", args=[found.pk]) + more.get("query", "")


PAGES = [  # page, who may come in
    (lambda found: reverse("instruments:forms", args=[found.community_id]), "ana rosa tomas ines sole"),
    (lambda found: reverse("instruments:bring", args=[found.community_id]), "rosa tomas"),
    (
        lambda found: reverse("instruments:instrument", args=[found.version.instrument_id]),
        "rosa tomas ines sole",
    ),
    (lambda found: reverse("instruments:bring_version", args=[found.version.instrument_id]), "rosa tomas"),
    (lambda found: reverse("instruments:scale", args=[found.version.instrument_id]), "rosa tomas"),
    (
        lambda found: reverse("instruments:give", args=[found.community_id, found.version.instrument_id]),
        "rosa tomas",
    ),
    (lambda found: reverse("instruments:source", args=[found.version_id]), "rosa tomas ines sole"),
    (lambda found: reverse("instruments:codebook", args=[found.version_id]), "rosa tomas ines sole"),
    (of_collection("collection"), "rosa tomas ines sole"),
    (of_collection("projector"), "rosa tomas ines sole"),
    (of_collection("groups", query="?by=/data/useful"), "rosa tomas ines sole"),
    (of_collection("share"), "rosa tomas"),
    (of_collection("asked"), "rosa tomas"),
    (of_collection("look_at"), "rosa tomas"),
    (of_collection("open_answers", query="?question=/data/give"), "rosa tomas"),
    (of_collection("answers_csv"), "rosa tomas"),
    (of_collection("answers_xlsx"), "rosa tomas"),
    (of_collection("answers_xml"), "rosa tomas"),
]


@pytest.mark.parametrize(("address", "who"), PAGES)
def test_each_page_opens_for_whom_it_is_and_is_not_there_for_others(client, cast, ticket, address, who):
    url = address(ticket)
    assert client.get(url).status_code == 302  # a visitor is asked to sign in
    for name in ("ana", "rosa", "tomas", "ines", "sole", "ze"):
        client.force_login(getattr(cast, name))
        assert client.get(url).status_code == (200 if name in who.split() else 404), name


@pytest.mark.parametrize(("address", "_who"), PAGES)
def test_no_page_costs_more_than_twelve_queries(
    client, cast, ticket, address, _who, django_assert_max_num_queries
):
    client.force_login(cast.rosa)
    client.get(address(ticket))
    with django_assert_max_num_queries(12):
        client.get(address(ticket))


@pytest.mark.parametrize("name", ["close", "reopen", "withdraw", "remind"])
def test_deeds_are_for_those_who_run_the_community(client, cast, ticket, name):
    url = reverse(f"instruments:{name}", args=[ticket.pk])
    for stranger in (cast.ana, cast.ines, cast.sole, cast.ze):
        client.force_login(stranger)
        assert client.post(url).status_code == 404
    client.force_login(cast.rosa)
    assert client.post(url).status_code == 302


def test_a_form_is_brought_given_out_and_closed_through_pages(client, cast):
    client.force_login(cast.rosa)
    file = SimpleUploadedFile("ticket.md", (make.TICKET % "1").strip().encode())
    sent = client.post(
        reverse("instruments:bring", args=[cast.node.pk]), {"file": file, "kind": "exit_ticket", "title": ""}
    )
    instrument = Instrument.objects.get()
    assert sent["Location"] == reverse("instruments:instrument", args=[instrument.pk])
    given = client.post(
        reverse("instruments:give", args=[cast.node.pk, instrument.pk]),
        {"title": "Taller 1", "audience": "community", "anonymous": "1", "link": "on"},
    )
    collection = Collection.objects.get()
    assert given["Location"] == reverse("instruments:share", args=[collection.pk])
    assert (collection.anonymous, collection.audience) == (True, "community")
    html = client.get(given["Location"]).content.decode()
    assert f"/a/{collection.public_token}/" in html
    assert 'role="img"' in html
    client.post(reverse("instruments:close", args=[collection.pk]))
    collection.refresh_from_db()
    assert collection.state == "closed"


def test_a_list_needs_somebody_on_it(client, cast):
    client.force_login(cast.rosa)
    instrument = make.instrument(cast.node)
    url = reverse("instruments:give", args=[cast.node.pk, instrument.pk])
    refused = client.post(url, {"title": "x", "audience": "list"})
    assert refused.status_code == 422
    assert "Choose at least one person" in refused.content.decode()
    client.post(url, {"title": "x", "audience": "list", "people": [cast.ana.person.pk]})
    assert Invitation.objects.get().person == cast.ana.person


def test_every_problem_of_a_form_comes_with_sheet_row_and_remedy(client, cast):
    client.force_login(cast.rosa)
    broken = (make.TICKET % "1").replace("${useful}='si'", "${nobody}='si'")
    answer = client.post(
        reverse("instruments:bring", args=[cast.node.pk]),
        {"file": SimpleUploadedFile("t.md", broken.strip().encode()), "kind": "survey"},
    )
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Sheet survey, row 3" in html
    assert "nobody" in html
    assert not Instrument.objects.exists()


def test_every_problem_and_every_flag_has_its_sentence():
    assert PROBLEMS.keys() == FORM_PROBLEMS.keys()
    assert FLAGS.keys() == {*Code.__args__, *OWN_FLAGS}
    for code in FORM_PROBLEMS:
        words = form_problem(Problem(code, sheet="survey", row=3))["words"]
        assert words.endswith((".", "–"))
        assert "%(" not in words


def test_a_place_is_said_as_precisely_as_it_is_known():
    places = [
        Problem("no_survey", sheet="survey", row=3, column="type"),
        Problem("no_survey", sheet="survey", row=3),
    ]
    places += [Problem("no_survey", name="q1"), Problem("no_survey", sheet="choices"), Problem("no_survey")]
    assert [place_of(one) for one in places] == [
        "Sheet survey, row 3, column type",
        "Sheet survey, row 3",
        "Question q1",
        "Sheet choices",
        "",
    ]


def test_downloads_hold_every_answer_and_never_a_formula(client, cast, ticket):
    client.force_login(cast.rosa)
    text = b"".join(
        client.get(reverse("instruments:answers_csv", args=[ticket.pk])).streaming_content
    ).decode()
    assert (
        text.splitlines()[0]
        .lstrip("\ufeff")
        .startswith("id,received,state,channel,version,person,useful,mark")
    )
    assert len(text.splitlines()) == 7
    assert "'=HYPERLINK" in text
    assert not re.search(r"(^|,)\"?=", text, re.MULTILINE)
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(
            b"".join(client.get(reverse("instruments:answers_xlsx", args=[ticket.pk])).streaming_content)
        )
    )
    assert book.sheet_names == ["answers", "values", "codebook"]
    assert len(book.get_sheet_by_name("answers").to_python()) == 7
    packed = zipfile.ZipFile(
        io.BytesIO(
            b"".join(client.get(reverse("instruments:answers_xml", args=[ticket.pk])).streaming_content)
        )
    )
    kept = {bytes(xml) for xml in Response.objects.values_list("xml", flat=True)}
    assert {packed.read(name) for name in packed.namelist() if name != "form.xml"} == kept


def test_an_anonymous_download_has_no_name_and_no_moment(client, cast):
    collection = make.collection(cast.node, anonymous=True)
    make.answered(collection, more={"person": cast.ana.person}, useful="si")
    client.force_login(cast.rosa)
    text = b"".join(
        client.get(reverse("instruments:answers_csv", args=[collection.pk])).streaming_content
    ).decode()
    assert "Ana" not in text
    assert not re.search(r"\d\d:\d\d", text)


def test_who_has_not_answered_is_shown_for_names_and_never_for_anonymous_answers(client, cast):
    client.force_login(cast.rosa)
    for anonymous, told in ((False, True), (True, False)):
        form = make.ticket() if not anonymous else make.brought(make.PHONE)
        collection = make.collection(cast.node, form, anonymous=anonymous)
        values = {"word": "x"} if anonymous else {"useful": "no"}
        make.answered(collection, more={"person": cast.ana.person}, **values)
        html = client.get(reverse("instruments:asked", args=[collection.pk])).content.decode()
        assert "Ana Rojas" in html
        assert (">Answered<" in html) is told


def test_a_reminder_reaches_those_who_have_not_answered_with_a_link_of_their_own(client, cast):
    beto = MembershipFactory(community=cast.node).person
    for person, address in ((beto, "beto@example.org"), (cast.ana.person, "ana@example.org")):
        ContactPoint.objects.create(person=person, kind="email", value=address)
    collection = make.collection(cast.node)
    make.answered(collection, more={"person": cast.ana.person}, useful="no")
    client.force_login(cast.rosa)
    for _ in range(2):  # a second tap is the same reminder
        client.post(reverse("instruments:remind", args=[collection.pk]))
    send_due(clock=noon_to_come)
    [letter] = mail.outbox
    assert letter.to == ["beto@example.org"]
    token = re.search(r"/a/([^/]+)/", letter.body)[1]
    from tejido.instruments.selectors import door_of

    assert door_of(token).invitation.person == beto
    assert services.personal_links(collection, actor=cast.rosa)[beto.pk].endswith(f"/a/{token}/")
    assert token not in Message.objects.get().text
    assert Message.objects.get().batch.written_at


def test_who_answers_before_the_reminder_leaves_is_not_reminded(cast):
    collection = make.collection(cast.node)
    assert services.remind(collection, actor=cast.rosa) == 1
    make.answered(collection, more={"person": cast.ana.person}, useful="no")
    send_due(clock=noon_to_come)
    assert mail.outbox == []
    assert Message.objects.get().trouble == "not_wanted"


def test_nobody_learns_who_was_reminded_of_an_anonymous_form(cast):
    collection = make.collection(cast.node, anonymous=True)
    assert services.remind(collection, actor=cast.rosa) == 1
    assert not log_for(cast.rosa).exists()
    send_due(clock=noon_to_come)
    [letter] = mail.outbox
    assert "anónimas" in letter.body
    assert not Message.objects.exists()


def test_a_link_that_is_renewed_or_revoked_stops(cast):
    from tejido.instruments.selectors import door_of

    collection = make.collection(cast.node, audience="list", people=[cast.ana.person])
    old = services.personal_links(collection, actor=cast.rosa)[cast.ana.person.pk].split("/")[-2]
    new = services.renew_link(collection, cast.ana.person, actor=cast.rosa).split("/")[-2]
    assert door_of(old) is None
    assert door_of(new).is_open
    services.revoke_link(collection, cast.ana.person, actor=cast.rosa)
    assert door_of(new).is_revoked


def test_the_page_sorts_open_answers_under_topics(client, cast, ticket):
    client.force_login(cast.rosa)
    url = reverse("instruments:open_answers", args=[ticket.pk]) + "?question=/data/give"
    client.post(url, {"topic": "Ideas"})
    topic = ticket.topics.get()
    response = ticket.responses.filter(answers__text="idea 1").get()
    client.post(url, {"answer": [str(response.pk)], f"under-{response.pk}": [str(topic.pk)]})
    assert "Ideas · 1" in client.get(url).content.decode()
    assert client.post(url, {"drop": "nonsense"}).status_code == 404
    client.post(url, {"drop": topic.pk})
    assert not ticket.topics.exists()


def test_htmx_gets_the_results_alone(client, cast, ticket):
    client.force_login(cast.rosa)
    html = client.get(
        reverse("instruments:collection", args=[ticket.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in html
    assert "6 answers of" in html


def test_a_member_sees_what_is_asked_of_her_and_goes_on_to_her_own_link(client, cast, ticket):
    client.force_login(cast.ana)
    url = reverse("instruments:forms", args=[cast.node.pk])
    html = client.get(url).content.decode()
    assert "Asked of you" in html
    assert f'href="{reverse("instruments:collection", args=[ticket.pk])}"' not in html
    answer = client.post(reverse("instruments:begin", args=[ticket.pk]))
    from tejido.instruments.selectors import door_of

    assert door_of(answer["Location"].split("/")[-2]).invitation.person == cast.ana.person
    client.force_login(cast.ze)
    assert client.post(reverse("instruments:begin", args=[ticket.pk])).status_code == 404


def test_a_late_answer_is_let_count_on_its_page(client, cast, ticket):
    client.force_login(cast.rosa)
    services.close_collection(ticket, actor=cast.rosa)
    ticket.refresh_from_db()
    late = make.answered(ticket, useful="si")
    url = reverse("instruments:look_at", args=[ticket.pk])
    assert f'value="{late.pk}"' in client.get(url).content.decode()
    client.post(url, {"response": str(late.pk), "counts": "1"})
    late.refresh_from_db()
    assert late.state == Response.State.ACCEPTED
    assert client.post(url, {"response": "nonsense", "counts": "1"}).status_code == 404


def test_what_was_answered_is_not_asked_again(client, cast):
    collection = make.collection(cast.node)
    make.answered(collection, more={"person": cast.ana.person}, useful="no")
    client.force_login(cast.ana)
    html = client.get(reverse("instruments:forms", args=[cast.node.pk])).content.decode()
    assert ">Answered<" in html
    assert reverse("instruments:begin", args=[collection.pk]) not in html
