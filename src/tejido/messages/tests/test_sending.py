"""What is queued goes out once, by a real mail server; where that refuses, nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from tejido.directory.models import ContactPoint
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.errors import Refusal
from tejido.messages.models import Batch, Message
from tejido.messages.services import (
    Somebody,
    Writing,
    cancel_batch,
    cancel_message,
    forget_old_texts,
    send_again,
    send_due,
    send_failed_again,
    shown,
    write,
)
from tejido.messages.tests import factories as make
from tejido.messages.tests.conftest import NOON
from tejido.messages.wording import trouble_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
State = Message.State


def fresh(message):
    message.refresh_from_db()
    return message


def at(moment):
    return lambda: moment


def test_a_letter_leaves_by_the_mail_server_with_what_it_takes_to_stop_them(post_office):
    ana = make.reader("Ana", language="es")
    [message] = make.written(ana, community_id=7, reply_to="rosa@example.org")
    assert send_due() == 1
    [letter] = post_office.letters
    assert letter["To"] == "ana@example.org"
    assert letter["From"] == "Red Tejer <tejido@example.org>"
    assert letter["Reply-To"] == "rosa@example.org"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].strip().startswith("<http://127.0.0.1:8000/m/")
    assert str(message.key) in letter["Message-ID"]
    plain = letter.get_body(("plain",)).get_content()
    assert f"Hello Ana, read this: https://example.org/for/{ana.pk}" in plain
    page = letter.get_body(("html",)).get_content()
    assert f'<a href="https://example.org/for/{ana.pk}"' in page and '<html lang="es">' in page
    assert (fresh(message).state, message.sent_at, message.address) == (State.SENT, NOON, "ana@example.org")


def test_the_link_that_lets_its_owner_in_stands_in_no_table(post_office):
    ana = make.reader()
    [message] = make.written(ana)
    send_due()
    assert "{link}" in fresh(message).text
    assert "example.org/for" not in message.text


def test_submitting_twice_sends_once(post_office, system):
    ana = make.reader()
    writing = Writing(kind="tests.note", key="the same form")
    first, second = (write(writing, [ana], actor=system) for _ in range(2))
    assert (first.is_new, second.is_new) == (True, False)
    assert first.batch == second.batch
    send_due()
    send_due()
    assert len(post_office.letters) == 1


def test_a_hundred_letters_leave_by_few_connections(post_office, django_assert_max_num_queries, system):
    people = PersonFactory.create_batch(100)
    ContactPoint.objects.bulk_create(
        ContactPoint(person=one, kind="email", value=f"p{one.pk}@example.org") for one in people
    )
    make.written(*people)
    with django_assert_max_num_queries(30 + 100 * 4):
        assert send_due() == 100
    assert post_office.connections == 2  # one for each handful of fifty
    assert len({letter["To"] for letter in post_office.letters}) == 100


def test_the_worker_sends_what_was_queued(post_office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make.written(make.reader())
    queued = DBTaskResult.objects.get()
    import_string(queued.task_path).func()
    assert len(post_office.letters) == 1


def test_an_address_that_the_server_refuses_is_not_tried_again_and_the_others_get_theirs(post_office):
    post_office.refuses["beto@example.org"] = "550 no such user"
    beto, ana = make.written(make.reader("Beto"), make.reader("Ana"))
    assert send_due() == 1
    assert (fresh(beto).state, beto.trouble, beto.tries) == (State.FAILED, "address_refused", 1)
    assert "550 no such user" in trouble_words(beto.trouble, beto.trouble_detail)
    assert fresh(ana).state == State.SENT


def test_a_busy_server_is_asked_again_later_and_later(post_office):
    post_office.data_answer = "451 try later"
    [message] = make.written(make.reader())
    pauses, now = [], NOON
    for _ in range(6):
        send_due(clock=at(now))
        pauses.append(fresh(message).not_before - now)
        now = message.not_before
    assert pauses[:5] == [timedelta(minutes=4**n) for n in range(5)]
    assert (message.state, message.trouble, message.tries) == (State.FAILED, "later", 6)
    assert post_office.letters == []


def test_when_the_server_is_down_nothing_is_lost_and_sending_again_sends(
    post_office, settings, system, django_assert_max_num_queries
):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    people = [make.reader(name) for name in ("Ana", "Beto", "Celia")]
    messages = make.written(*people)
    now = NOON
    for _ in range(6):
        send_due(clock=at(now))
        now += timedelta(days=1)
    assert {fresh(one).state for one in messages} == {State.FAILED}
    assert {one.trouble for one in messages} == {"server_silent"}
    assert "could not be reached" in trouble_words(messages[0].trouble)
    settings.EMAIL_PORT = port
    assert send_failed_again(messages[0].batch, actor=system) == 3
    assert send_due() == 3
    assert {fresh(one).state for one in messages} == {State.SENT}
    assert {one.trouble for one in messages} == {""}


def test_a_refused_login_is_told_as_such(post_office, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "tejido", "wrong"
    [message] = make.written(make.reader())
    send_due()
    assert fresh(message).state == State.WAITING
    assert message.trouble in {"server_refused", "server_silent"}  # this server offers no login at all


def test_nobody_without_an_address_is_forgotten(post_office, system):
    person = PersonFactory(given_names="Celia")
    [message] = make.written(person)
    send_due()
    assert (fresh(message).state, message.trouble) == (State.FAILED, "no_address")
    ContactPoint.objects.create(person=person, kind="email", value="celia@example.org")
    send_again(message, actor=system)
    send_due()
    assert fresh(message).state == State.SENT


def test_a_scheduled_message_waits_for_its_moment(post_office):
    later = NOON + timedelta(hours=3)
    [message] = make.written(make.reader(), not_before=later)
    assert message.state == State.SCHEDULED
    assert send_due() == 0
    assert send_due(clock=at(later)) == 1


def test_what_has_not_gone_out_can_be_taken_back_and_what_has_cannot(post_office, system):
    one, two, three = make.written(*[make.reader(name) for name in ("Ana", "Beto", "Celia")])
    cancel_message(one, actor=system)
    assert send_due() == 2
    assert [letter["To"] for letter in post_office.letters] == ["beto@example.org", "celia@example.org"]
    for gone in (one, two):
        with pytest.raises(Refusal) as refused:
            cancel_message(fresh(gone), actor=system)
        assert refused.value.code == "gone_out"
    with pytest.raises(Refusal):
        cancel_batch(two.batch, actor=system)
    with pytest.raises(Refusal) as refused:
        send_again(three, actor=system)
    assert refused.value.code == "not_again"


def test_a_message_that_a_worker_holds_is_neither_taken_back_nor_sent_by_another(post_office, system):
    [message] = make.written(make.reader())
    from tejido.messages.services.sending import LEASE, _claim

    assert _claim(NOON) == [message]
    assert send_due() == 0
    with pytest.raises(Refusal):
        cancel_message(message, actor=system)
    after = timezone.now() + LEASE + timedelta(seconds=1)  # the worker was killed
    assert send_due(clock=at(after)) == 1


def test_what_is_no_longer_needed_does_not_go_out(post_office):
    ana, beto = make.reader("Ana"), make.reader("Beto")
    make.no_longer.add(ana.pk)
    first, second = make.written(ana, beto, kind="tests.passing")
    send_due()
    make.no_longer.clear()
    assert (fresh(first).state, first.trouble) == (State.CANCELLED, "not_wanted")
    assert fresh(second).state == State.SENT


def test_of_a_discreet_batch_only_numbers_are_kept(post_office):
    post_office.refuses["beto@example.org"] = "550 no such user"
    messages = make.written(make.reader("Ana"), make.reader("Beto"), discreet=True)
    send_due()
    batch = Batch.objects.get(pk=messages[0].batch_id)
    assert (batch.people, batch.done, batch.given_up) == (2, 1, 1)
    assert not Message.objects.filter(batch=batch).exists()


def test_somebody_outside_of_the_directory_is_written_to_in_their_language(post_office, system):
    somebody = Somebody("carla@example.com", language="pt-br", values={"name": "Carla"})
    [message] = make.written(somebody)
    send_due()
    letter = post_office.letters[0]
    assert letter["To"] == "carla@example.com"
    assert fresh(message).language == "pt-br"
    assert message.person is None


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ({"subject": "Hi", "text": "Hello {nme} {link}"}, "wrong_placeholders"),
        ({"subject": "Hi", "text": "Hello {name}"}, "wrong_placeholders"),
        ({"subject": "", "text": "Hello {link}"}, "no_text"),
        ({"channel": "gateway"}, "gateway_off"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_nothing_is_written(system, own, code):
    ana = make.reader()
    with pytest.raises(Refusal) as refused:
        make.written(ana, **own)
    assert refused.value.code == code
    assert not Batch.objects.exists()


def test_a_subject_is_one_line_whatever_somebody_is_called(post_office):
    ana = make.reader("Ana")
    ana.given_names = "Ana\r\nBcc: all@example.org"
    ana.save()
    make.written(ana)
    send_due()
    letter = post_office.letters[0]
    assert letter["Bcc"] is None
    assert letter["Subject"] == "News for Ana Bcc: all@example.org"


def test_a_year_later_texts_and_addresses_are_gone_and_nothing_empty_goes_out(post_office, system):
    ana = make.reader("Ana")
    [sent] = make.written(ana)
    assert send_due() == 1
    [waiting] = make.written(ana, not_before=NOON + timedelta(days=900))
    year_and_day = NOON - timedelta(days=366)
    Batch.objects.filter(messages=sent).update(written_at=year_and_day)
    Message.objects.filter(pk=sent.pk).update(not_before=year_and_day)
    assert forget_old_texts() == 1
    assert (fresh(sent).text, sent.address, sent.subject, sent.person) == ("", "", "News for Ana", ana)
    assert "no longer kept" in shown(sent)
    assert fresh(waiting).text
    assert forget_old_texts() == 0

    Message.objects.filter(pk=sent.pk).update(state=State.FAILED)
    with pytest.raises(Refusal) as refused:
        send_again(fresh(sent), actor=system)
    assert refused.value.code == "not_again"
