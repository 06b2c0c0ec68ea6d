"""Quiet hours, so many a week, the digest, and stopping: by each reader's own clock and choice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tejido.directory.models import ContactPoint
from tejido.directory.services import merge_people
from tejido.foundation.models import JournalEntry
from tejido.messages.models import EVERYBODY, Message, Preferences, Stop
from tejido.messages.services import gather_digests, send_again, send_due, stop_by_link
from tejido.messages.tests import factories as make
from tejido.messages.tests.conftest import NOON
from tejido.messages.tokens import read_token, reader_of, stop_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
State = Message.State
MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


def fresh(message):
    message.refresh_from_db()
    return message


def at(moment):
    return lambda: moment


def subjects(post_office):
    return [letter["Subject"] for letter in post_office.letters]


def test_at_night_nothing_comes_and_in_the_morning_it_does_by_her_own_clock(post_office):
    night = datetime(2026, 3, 5, 3, 0, tzinfo=UTC)  # 22:00 in Bogotá, 3:00 in London
    ana, beto = make.reader("Ana"), make.reader("Beto")
    Preferences.objects.create(person=beto, time_zone="Asia/Tokyo")  # noon there
    late, early = make.written(ana, beto, time_zone="America/Bogota")
    assert send_due(clock=at(night)) == 1
    assert fresh(early).state == State.SENT
    assert (fresh(late).state, late.not_before) == (State.SCHEDULED, datetime(2026, 3, 5, 12, 0, tzinfo=UTC))
    assert send_due(clock=at(late.not_before)) == 1


def test_the_answer_to_what_she_did_herself_comes_at_any_hour_however_much_she_got(post_office):
    night = datetime(2026, 3, 5, 3, 0, tzinfo=UTC)
    ana = make.reader()
    Preferences.objects.create(person=ana, per_week=0)
    Stop.objects.create(person=ana, channel="email", community_id=EVERYBODY)
    make.written(ana, kind="tests.code")
    assert send_due(clock=at(night)) == 1
    assert post_office.letters[0]["List-Unsubscribe"] is None
    assert "/m/" not in post_office.letters[0].get_body(("plain",)).get_content()


def test_what_is_more_than_her_limit_comes_on_monday_in_one_letter(post_office):
    ana = make.reader()
    Preferences.objects.create(person=ana, per_week=2)
    messages = [make.written(ana, subject=f"News {n}", text=f"Text {n} {{link}}")[0] for n in range(5)]
    assert send_due() == 2
    held = [one for one in messages if fresh(one).state == State.HELD]
    assert len(held) == 3
    assert {one.not_before for one in held} == {MONDAY}
    assert gather_digests(clock=at(MONDAY - timedelta(hours=1))) == 0
    assert gather_digests(clock=at(MONDAY)) == 1
    assert gather_digests(clock=at(MONDAY)) == 0
    assert send_due(clock=at(MONDAY)) == 1
    letter = post_office.letters[-1]
    text = letter.get_body(("plain",)).get_content()
    assert letter["Subject"] == "What came together this week"
    for one in held:
        assert one.subject in text
    assert text.count(f"https://example.org/for/{ana.pk}") == 3
    assert {fresh(one).state for one in messages} == {State.SENT}
    assert send_due(clock=at(MONDAY + timedelta(days=1))) == 0


def test_the_digest_itself_and_answers_to_her_deeds_do_not_count(post_office):
    ana = make.reader()
    Preferences.objects.create(person=ana, per_week=1)
    for _ in range(2):
        make.written(ana)
    make.written(ana, kind="tests.code")
    send_due()
    gather_digests(clock=at(MONDAY))
    send_due(clock=at(MONDAY))
    wednesday = NOON + timedelta(days=7, minutes=1)
    [after_a_week] = make.written(ana)
    send_due(clock=at(wednesday))
    assert fresh(after_a_week).state == State.SENT


def test_what_is_not_needed_any_more_is_not_in_the_digest_and_an_empty_digest_does_not_come(post_office):
    ana = make.reader()
    Preferences.objects.create(person=ana, per_week=0)
    [message] = make.written(ana, kind="tests.passing")
    send_due()
    gather_digests(clock=at(MONDAY))
    make.no_longer.add(ana.pk)
    assert send_due(clock=at(MONDAY)) == 0
    make.no_longer.clear()
    assert post_office.letters == []
    assert (fresh(message).state, message.trouble) == (State.CANCELLED, "not_wanted")
    assert set(Message.objects.values_list("state", flat=True)) == {State.CANCELLED}


def test_a_digest_that_the_server_refuses_leaves_each_message_to_be_sent_again(post_office, system):
    ana = make.reader()
    wishes = Preferences.objects.create(person=ana, per_week=0)
    [message] = make.written(ana)
    send_due()
    gather_digests(clock=at(MONDAY))
    post_office.data_answer = "554 too big"
    send_due(clock=at(MONDAY))
    assert (fresh(message).state, message.trouble) == (State.FAILED, "letter_refused")
    post_office.data_answer = "250 taken"
    wishes.per_week = 5
    wishes.save()
    send_again(message, actor=system)
    send_due()
    assert fresh(message).state == State.SENT


def test_stopping_one_sender_stops_that_one_and_stopping_all_stops_all(post_office):
    ana = make.reader()
    of_seven, of_eight = (make.written(ana, community_id=pk)[0] for pk in (7, 8))
    stop_by_link(reader_of(of_seven))
    send_due()
    assert (fresh(of_seven).state, of_seven.trouble) == (State.CANCELLED, "stopped")
    assert fresh(of_eight).state == State.SENT
    stop_by_link(reader_of(of_seven), everything=True)
    [again] = make.written(ana, community_id=8)
    send_due()
    assert fresh(again).trouble == "stopped"
    entries = JournalEntry.objects.filter(fact="messages.preferences_changed")
    assert [entry.payload for entry in entries] == [{"person_id": ana.pk}] * 2


def test_somebody_without_an_entry_stops_by_address_however_it_is_written(post_office):
    from tejido.messages.services import Somebody

    [first] = make.written(Somebody("Carla@Example.com", values={"name": "Carla"}), community_id=7)
    stop_by_link(reader_of(first))
    [second] = make.written(Somebody("carla@example.com", values={"name": "Carla"}), community_id=7)
    send_due()
    assert fresh(second).trouble == "stopped"


def test_the_link_works_when_the_message_is_gone_and_for_the_one_she_was_merged_into(post_office, system):
    ana, twin = make.reader("Ana"), make.reader("Anita")
    [message] = make.written(twin, community_id=7)
    token = stop_token(message)
    message.delete()
    merge_people(ana, twin, {}, actor=system)
    stop_by_link(read_token(token))
    assert Stop.objects.get().person == ana


def test_merging_two_entries_keeps_the_choice_that_asks_for_less(system):
    ana, twin = make.reader("Ana"), make.reader("Anita")
    Preferences.objects.create(person=ana, per_week=5)
    Preferences.objects.create(person=twin, per_week=1)
    make.written(ana, twin)
    merge_people(ana, twin, {}, actor=system)
    assert Preferences.objects.get().per_week == 1
    assert Message.objects.filter(person=ana).count() == 1  # one of the two letters of one deed


def test_a_link_that_was_tampered_with_names_nobody():
    [message] = make.written(make.reader())
    token = stop_token(message)
    assert read_token(token) == reader_of(message)
    assert read_token(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert read_token("1") is None


def test_the_address_written_down_first_counts_then_the_one_of_the_account(cast):
    from tejido.messages.selectors import addresses

    ana, rosa = cast.ana.person, cast.rosa.person
    for value in ("one@example.org", "two@example.org"):
        ContactPoint.objects.create(person=rosa, kind="email", value=value)
    assert addresses([ana.pk, rosa.pk], "email") == {ana.pk: "ana@example.org", rosa.pk: "one@example.org"}
    assert addresses([ana.pk, rosa.pk], "gateway") == {}
