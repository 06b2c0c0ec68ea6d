"""Somebody applies by a link, without an account: once, in time, with what is required; and sees what becomes of it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from tejido.accounts.services import system_account
from tejido.calls import selectors, services
from tejido.calls.forms.applying import sealed
from tejido.calls.models import Application, OpenCall
from tejido.calls.tests import factories as make
from tejido.calls.tokens import application_token
from tejido.directory.tests.factories import SchoolFactory
from tejido.foundation.errors import Refusal
from tejido.foundation.models import JournalEntry
from tejido.messages.models import Message

pytestmark = pytest.mark.django_db


def way_in(call):
    return reverse("calls:apply", args=[call.token])


def own_page(application, name="application"):
    return reverse(f"calls:{name}", args=[application_token(application.key)])


def text(response):
    return response.content.decode()


def code_of(deed):
    with pytest.raises(Refusal) as refused:
        deed()
    return refused.value.code


def test_somebody_reads_the_call_applies_and_sees_where_it_stands(client, cast):
    call = make.published(cast.network, places=3)
    shown = client.get(reverse("calls:public", args=[call.token]))
    assert 'property="og:title" content="Open call"' in text(shown)
    assert "3 places" in text(shown)
    seen = client.post(way_in(call), make.typed(), follow=True)
    [made] = Application.objects.all()
    assert seen.redirect_chain[-1][0] == own_page(made)
    assert "Received" in text(seen)
    assert (made.name, made.email, made.number) == ("Marta Ruiz Peña", "marta@example.net", 1)
    assert "Red Tejer" in made.agreed_to and "23 November 2026" in made.agreed_to


def test_a_letter_confirms_it_with_her_own_link(client, cast):
    call = make.published(cast.network)
    client.post(way_in(call), make.typed(), headers={"accept-language": "es"})
    [letter] = Message.objects.filter(batch__kind="calls.received")
    assert (letter.address, letter.language, letter.person) == ("marta@example.net", "es", None)
    assert "Convocatoria abierta" in letter.subject
    assert "{link}" in letter.text


def test_a_double_submission_is_one_application(client, cast):
    call = make.published(cast.network)
    sent = make.typed(key=str(uuid4()))
    first, second = client.post(way_in(call), sent), client.post(way_in(call), sent)
    assert first.url == second.url
    assert Application.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_requirement_that_is_not_met_stops_with_its_sentence_and_keeps_what_was_typed(client, cast):
    call = make.drafted(cast.network)
    question = {
        "question_es": "¿Es docente?",
        "question_en": "Do you teach?",
        "sentence_en": "This call is for teachers.",
    }
    asked = services.add_requirement(call, {**question, "must": True}, actor=cast.rosa)
    optional = services.add_requirement(
        call, {"question_es": "¿Tiene internet?", "must": False}, actor=cast.rosa
    )
    services.publish_call(call, actor=cast.rosa)
    call.refresh_from_db()
    no = {f"requirement_{asked.pk}": "no", f"requirement_{optional.pk}": "no"}
    seen = client.post(way_in(call), make.typed(**no))
    assert seen.status_code == 422
    assert "This call is for teachers." in text(seen)
    assert "Quiero aprender con otras." in text(seen)
    assert '<span lang="es">¿Tiene internet?</span>' in text(seen)
    assert not Application.objects.exists()
    client.post(way_in(call), make.typed(**{**no, f"requirement_{asked.pk}": "yes"}))
    assert dict(Application.objects.get().fulfilments.values_list("requirement_id", "met")) == {
        asked.pk: True,
        optional.pk: False,
    }
    assert code_of(lambda: make.applied(call, met={asked.pk: False, optional.pk: True})) == "not_eligible"


def test_what_is_missing_is_said_beside_its_field(client, cast):
    call = make.published(cast.network)
    seen = client.post(way_in(call), {"motivation": "Much to tell"})
    assert seen.status_code == 422
    assert "Write an e-mail address or a phone number" in text(seen)
    assert "Much to tell" in text(seen)
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"video_link": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"video_link": "http://example.org/film"}, "begins with https://"),
        ({"email": "no", "phone": ""}, "valid email"),
        ({"email": "", "phone": "abc"}, "not a phone number"),
        ({"agree": ""}, "required"),
        ({"key": "x"}, "valid UUID"),
    ],
)
def test_forged_and_wrong_values_come_back_with_a_sentence(client, cast, wrong, because):
    seen = client.post(way_in(make.published(cast.network)), make.typed(**wrong))
    assert seen.status_code == 422
    assert because in text(seen)
    assert not Application.objects.exists()


def test_a_forged_node_is_refused(client, cast):
    call = make.published(cast.network, kind=OpenCall.Kind.LEAD, nodes=[cast.node])
    assert client.post(way_in(call), make.typed(node=str(cast.sister.pk))).status_code == 422
    assert client.post(way_in(call), make.typed()).status_code == 422
    assert code_of(lambda: make.applied(call, node=cast.sister)) == "other_node"
    client.post(way_in(call), make.typed(node=str(cast.node.pk)))
    assert Application.objects.get().node == cast.node


def test_a_closed_call_answers_clearly(client, cast):
    call = make.closed(make.published(cast.network))
    assert "closed on" in text(client.get(way_in(call)))
    seen = client.post(way_in(call), make.typed(motivation="Long thoughts"))
    assert seen.status_code == 422
    assert "Long thoughts" in text(seen)  # to copy it
    assert "Rosa, rosa@example.org" in text(seen)
    assert not Application.objects.exists()


def test_typed_in_time_and_sent_late_is_kept_and_said_so(client, cast):
    call = make.published(cast.network)
    begun = sealed(timezone.now() - timedelta(minutes=30))
    make.closed(call)
    seen = client.post(way_in(call), make.typed(begun=begun), follow=True)
    assert "It came after the closing" in text(seen)
    assert "Rosa, rosa@example.org" in text(seen)
    assert Application.objects.get().late
    forged = sealed(timezone.now() - timedelta(minutes=30))[:-2] + "xx"
    assert client.post(way_in(call), make.typed(begun=forged)).status_code == 422
    OpenCall.objects.update(
        closes_at=timezone.now() - timedelta(days=2), opens_at=timezone.now() - timedelta(days=9)
    )
    assert client.post(way_in(call), make.typed(begun=begun)).status_code == 422
    assert Application.objects.count() == 1


def test_a_call_that_opens_later_takes_nothing_yet(client, cast):
    call = make.published(cast.network, opens_at=timezone.now() + timedelta(days=1))
    assert "opens on" in text(client.get(way_in(call)))
    assert code_of(lambda: make.applied(call)) == "not_open"


def test_a_draft_and_an_unknown_address_are_nowhere(client, cast):
    assert client.get(reverse("calls:public", args=["nobody"])).status_code == 404
    assert client.get(reverse("calls:apply", args=["nobody"])).status_code == 404
    assert client.get(reverse("calls:application", args=["nobody"])).status_code == 404
    assert make.drafted(cast.network).token is None


def test_a_school_is_found_by_words_asked_about_or_kept_as_typed(client, cast):
    one = SchoolFactory(name="Colegio El Carmen")
    call = make.published(cast.network)
    client.post(way_in(call), make.typed(school_words="carmen"))
    assert Application.objects.get(number=1).school == one
    other = SchoolFactory(name="Colegio El Carmen de Viboral")
    seen = client.post(way_in(call), make.typed(school_words="carmen"))
    assert seen.status_code == 422
    assert "Several schools are called like that" in text(seen)
    client.post(way_in(call), make.typed(school_words="carmen", school=str(other.pk)))
    assert Application.objects.get(number=2).school == other
    client.post(way_in(call), make.typed(school_words="carmen", school="typed"))
    assert Application.objects.get(number=3).school_typed == "carmen"
    client.post(way_in(call), make.typed(school_words="Escuela Normal de Ubaté"))
    assert Application.objects.get(number=4).school_typed == "Escuela Normal de Ubaté"


def test_the_questions_of_the_call_are_asked_kept_and_read_back(client, cast):
    call = make.with_form(cast.network)
    shown = text(client.get(way_in(call)))
    assert "How many hours a month can you give?" in shown
    identity = re.search(r'name="_id" value="([^"]+)"', shown)[1]
    answers = {"q/done": "A garden", "q/time": "4", "_id": identity}
    missing = client.post(way_in(call), make.typed(**{**answers, "q/done": ""}))
    assert missing.status_code == 422
    assert "This question needs an answer" in text(missing)
    seen = client.post(way_in(call), make.typed(**answers), follow=True)
    assert "A garden" in text(seen) and "3 to 4" in text(seen)
    response = Application.objects.get().response
    assert response.collection == call.collection


def test_she_changes_it_until_the_closing_and_the_earlier_answers_do_not_count(client, cast):
    call = make.with_form(cast.network)
    client.post(way_in(call), make.typed(**{"q/done": "A garden", "q/time": "4"}))
    made = Application.objects.get()
    before = made.response
    shown = text(client.get(own_page(made, "edit")))
    assert "A garden" in shown and "Quiero aprender con otras." in shown
    assert re.search(r'value="4"\s+checked', shown)
    client.post(
        own_page(made, "edit"), make.typed(motivation="Other words", **{"q/done": "A well", "q/time": "2"})
    )
    made.refresh_from_db()
    assert made.motivation == "Other words"
    assert made.changed_at is not None
    before.refresh_from_db()
    assert before.state == "conflict" and made.response.state == "accepted"
    make.closed(call)
    assert client.post(own_page(made, "edit"), make.typed(motivation="Too late")).status_code == 302
    made.refresh_from_db()
    assert made.motivation == "Other words"
    assert (
        code_of(lambda: services.change_application(made, make.filled(), actor=system_account()))
        == "not_open"
    )


def test_she_withdraws_and_nobody_reads_it_any_more_but_it_stays(client, cast):
    call = make.published(cast.network)
    made = make.applied(call)
    seen = client.post(own_page(made, "withdraw"), follow=True)
    assert "Withdrawn" in text(seen)
    made.refresh_from_db()
    assert (made.state, made.motivation) == ("withdrawn", "Marta wants to join.")
    services.name_reviewers(call, [cast.ines], actor=cast.rosa)
    assert not selectors.applications_of(call, cast.ines).exists()
    assert selectors.applications_of(call, cast.rosa).exists()
    client.post(own_page(made, "withdraw"))
    assert JournalEntry.objects.filter(fact="calls.application_withdrawn").count() == 1
    assert client.get(own_page(made, "edit")).status_code == 302


def test_a_mail_server_that_refuses_loses_no_application(client, cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    from tejido.messages.services.sending import send_due

    call = make.published(cast.network)
    client.post(way_in(call), make.typed())
    send_due()
    letter = Message.objects.get()
    assert letter.state == Message.State.WAITING and letter.trouble == "server_silent"
    assert "Quiero aprender con otras." in text(client.get(own_page(Application.objects.get())))


def test_the_journal_holds_ids_only_and_no_history_of_the_community_tells_of_it(client, cast):
    call = make.published(cast.network)
    client.post(way_in(call), make.typed())
    entry = JournalEntry.objects.get(fact="calls.application_sent")
    assert entry.payload == {"call_id": call.pk, "application_id": Application.objects.get().pk}
    assert (entry.community_id, entry.person_id) == (None, None)


def test_texts_fall_back_to_the_language_of_the_community_and_say_so(client, cast):
    call = make.published(cast.network, title_en="", text_es="Buscamos docentes.")
    with translation.override("pt-br"):
        assert selectors.in_language(call, "title", "es") == ("Convocatoria abierta", "es")
    shown = text(client.get(reverse("calls:public", args=[call.token]), headers={"accept-language": "en"}))
    assert '<div class="stack" lang="es"><p>Buscamos docentes.</p></div>' in re.sub(r"\s*\n\s*", "", shown)


def test_what_was_sent_is_forgotten_when_she_was_told(cast, client):
    call = make.with_form(cast.network, keep_months=2)
    client.post(way_in(call), make.typed(**{"q/done": "A garden", "q/time": "4"}))
    made = Application.objects.get()
    services.keep_file(made, "video", make.film())
    make.closed(call)
    assert services.forget_old_applications() == 0
    OpenCall.objects.update(
        opens_at=timezone.now() - timedelta(days=90),
        closes_at=timezone.now() - timedelta(days=70),
        closed_at=timezone.now() - timedelta(days=70),
    )
    assert services.forget_old_applications() == 1
    made.refresh_from_db()
    assert (made.name, made.email, made.motivation, made.response) == ("", "", "", None)
    assert not made.files.exists()
    assert not call.collection.responses.exists()
    assert "was deleted" in text(client.get(own_page(made)))
    assert services.forget_old_applications() == 0
