"""A head is asked, answers, promises; what was promised is kept honest."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.directory.models import Person, Post
from tejido.foundation.errors import Refusal
from tejido.messages.models import Message
from tejido.school_leaders import selectors, services
from tejido.school_leaders.models import SchoolCommitment, TermNote
from tejido.school_leaders.selectors import engagement_of
from tejido.school_leaders.tests import factories as make
from tejido.school_leaders.values import NamedHead, Noted

pytestmark = pytest.mark.django_db
State = SchoolCommitment.State
DAY = dt.timedelta(days=1)


@pytest.fixture
def led(cast):
    return make.led_school(cast.node, mail="head@example.org")


def line(community, led):
    found = selectors.line_of(community, led.school)
    assert found is not None
    return found


def test_a_head_is_asked_by_letter_with_a_link_of_her_own(client, cast, led):
    commitment = services.invite_head(cast.network, led.school, led.head, actor=cast.rosa)
    letter = Message.objects.get(person=led.head)
    assert "Colegio Norte" in letter.subject
    assert "{link}" in letter.text  # made when it leaves; no table holds it
    page = client.get(make.link(commitment)).content.decode()
    assert "2 people of your school take part." in page
    assert "What is asked of you" in page


def test_asking_again_while_it_stands_asks_nobody(cast, led):
    first = services.invite_head(cast.network, led.school, led.head, actor=cast.rosa)
    assert services.invite_head(cast.network, led.school, led.head, actor=cast.rosa) == first
    assert services.invite_all(cast.network, actor=cast.rosa) == 0
    assert Message.objects.count() == 1


def test_all_who_were_not_asked_are_asked_in_one_deed(cast, led):
    make.led_school(cast.sister, "Colegio Sur", mail="sur@example.org")
    make.led_school(cast.elsewhere, "Colegio Ajeno", mail="ajeno@example.org")
    assert services.invite_all(cast.network, actor=cast.rosa) == 2
    assert services.invite_all(cast.network, actor=cast.rosa) == 0
    assert Message.objects.count() == 2
    assert not SchoolCommitment.objects.filter(school__name="Colegio Ajeno").exists()


def test_somebody_who_said_no_is_not_asked_again_by_the_crowd(cast, led, system):
    services.answer_later(make.asked(cast.network, led), "Two teachers are ill", actor=system)
    assert services.invite_all(cast.network, actor=cast.rosa) == 0


def test_she_promises_through_her_page_and_each_change_is_a_new_row(client, cast, led):
    commitment = make.asked(cast.network, led)
    path = make.link(commitment)
    said = {"answer": "commit", "amount": "4", "unit": "hours_a_month", "substitute": "Marta", "room": "on"}
    assert client.post(path, said).status_code == 302
    assert client.post(path, said).status_code == 302  # a second tap
    current = SchoolCommitment.objects.get(is_current=True)
    assert (current.state, current.amount, current.room, current.starts_on) == (
        State.GIVEN,
        4,
        True,
        timezone.localdate(),
    )
    assert SchoolCommitment.objects.count() == 2
    assert "4 hours a month" in client.get(path).content.decode()
    client.post(path, {**said, "amount": "6"})
    assert [one.state for one in SchoolCommitment.objects.order_by("pk")] == [
        State.ASKED,
        State.GIVEN,
        State.GIVEN,
    ]


def test_she_asks_for_a_talk_and_says_not_now_with_a_reason(client, cast, led):
    path = make.link(make.asked(cast.network, led))
    client.post(path, {"answer": "talk"})
    assert line(cast.network, led).state == "talk"
    client.post(path, {"answer": "not_now", "reason": "No substitutes this year"})
    assert line(cast.network, led).commitment.reason == "No substitutes this year"
    assert line(cast.network, led).state == State.DECLINED


def test_a_promise_of_nothing_and_one_that_ends_before_it_starts_are_said_so(client, cast, led):
    path = make.link(make.asked(cast.network, led))
    answer = client.post(path, {"answer": "commit"})
    assert answer.status_code == 422
    assert "Say what the school gives" in answer.content.decode()
    wrong = {"answer": "commit", "room": "on", "starts_on": "2026-05-02", "ends_on": "2026-05-01"}
    assert client.post(path, wrong).status_code == 422
    assert not SchoolCommitment.objects.filter(state=State.GIVEN).exists()


def test_an_answer_to_an_older_row_overrules_nothing(cast, led, system):
    first = make.asked(cast.network, led)
    services.give_commitment(first, make.promise(), actor=system)
    with pytest.raises(Refusal, match="Meanwhile"):
        services.want_to_talk(first, actor=system)


def test_a_typed_head_is_found_in_the_directory_before_she_is_entered(cast, led):
    typed = NamedHead("head of", "COLEGIO norte Pérez Núñez", "")
    assert services.enter_head(cast.network, led.school, typed, actor=cast.rosa) == led.head
    by_mail = NamedHead("H.", "", "Head@Example.org")
    assert services.enter_head(cast.network, led.school, by_mail, actor=cast.rosa) == led.head
    new = services.enter_head(
        cast.network, led.school, NamedHead("Luz", "Mora", "luz@x.org"), actor=cast.rosa
    )
    assert new.posts.get().function == Post.Function.SENIOR_LEADER
    assert new.contacts.get().value == "luz@x.org"


def test_the_page_enters_and_invites_somebody_typed(client, cast, led):
    client.force_login(cast.rosa)
    address = reverse("school_leaders:invite", args=[cast.network.pk, led.school.pk])
    assert client.post(address, {"head": "", "given_names": ""}).status_code == 422
    client.post(address, {"head": "", "given_names": "Luz", "family_names": "Mora", "email": "luz@x.org"})
    assert SchoolCommitment.objects.get(is_current=True).head == Person.objects.get(given_names="Luz")


def test_only_heads_of_schools_that_take_part_are_asked(cast, led):
    strange = make.led_school(cast.elsewhere, "Colegio Ajeno")
    with pytest.raises(Refusal, match="Nobody of this school"):
        services.invite_head(cast.network, strange.school, strange.head, actor=cast.rosa)
    with pytest.raises(Refusal, match="does not lead"):
        services.invite_head(cast.network, led.school, led.teachers[0], actor=cast.rosa)


def test_when_the_head_changes_the_commitment_needs_renewing_and_her_link_stops(client, cast, led):
    commitment = make.given(cast.network, led)
    path = make.link(commitment)
    assert line(cast.network, led).is_committed
    make.leaves(led, timezone.localdate() - DAY)
    assert line(cast.network, led).state == "renew"
    for below in ("", "school/", "gatherings.ics"):
        assert client.get(path + below).status_code == 404
    assert client.post(path, {"answer": "talk"}).status_code == 404


def test_who_is_asked_after_her_takes_over_and_the_old_link_stops(client, cast, led):
    old = make.link(make.given(cast.network, led))
    new = services.enter_head(cast.network, led.school, NamedHead("Luz", "Mora"), actor=cast.rosa)
    services.invite_head(cast.network, led.school, new, actor=cast.rosa)
    assert client.get(old).status_code == 404
    assert line(cast.network, led).state == State.ASKED


def test_it_is_over_after_its_last_day_and_she_is_reminded_once_before(cast, led):
    today = timezone.localdate()
    commitment = make.given(cast.network, led, ends_on=today + 10 * DAY)
    Message.objects.all().delete()
    assert (services.remind_before_the_end(), services.remind_before_the_end()) == (1, 0)
    assert Message.objects.get().person == led.head
    assert services.end_what_is_over() == 0
    SchoolCommitment.objects.filter(pk=commitment.pk).update(starts_on=today - 9 * DAY, ends_on=today - DAY)
    assert (services.end_what_is_over(), services.end_what_is_over()) == (1, 0)
    over = SchoolCommitment.objects.get(is_current=True)
    assert (over.state, over.amount) == (State.OVER, 4)


def test_a_reminder_is_not_sent_where_it_was_prolonged_meanwhile(cast, led):
    soon = timezone.localdate() + 10 * DAY
    commitment = make.given(cast.network, led, ends_on=soon)
    services.remind_before_the_end()
    letter = Message.objects.select_related("batch").get(batch__kind="school_leaders.ends")
    from tejido.messages.services import kind_of

    kind = kind_of("school_leaders.ends")
    assert not kind.unwanted(letter)
    services.give_commitment(commitment, make.promise(ends_on=None), actor=cast.rosa)
    assert kind.unwanted(letter)


def test_each_term_is_noted_once_and_noting_again_corrects_it(cast, led):
    commitment = make.given(cast.network, led)
    services.note_term(commitment, Noted("Term 1", "kept"), actor=cast.rosa)
    services.note_term(commitment, Noted("Term 1", "partly", "Two months without"), actor=cast.rosa)
    assert TermNote.objects.get().note == "Two months without"


def test_withdrawn_it_stays_in_the_history(cast, led):
    services.withdraw_commitment(make.given(cast.network, led), "New timetable", actor=cast.rosa)
    history = list(selectors.history_of(cast.network, led.school))
    assert [one.state for one in history] == [State.WITHDRAWN, State.GIVEN, State.ASKED]


def test_a_node_sees_what_its_school_promised_to_the_network(cast, led):
    make.given(cast.network, led)
    assert line(cast.node, led).is_committed
    assert services.invite_all(cast.node, actor=cast.rosa) == 0


def test_engagement_is_the_share_of_schools_with_a_committed_head(cast, led):
    make.given(cast.network, led)
    make.led_school(cast.node, "Colegio Sur", teachers=1)
    lines = selectors.school_lines(cast.network)
    measure = engagement_of(lines, frozenset())
    assert (measure.value, measure.n) == (0.5, 2)
    assert measure.detail["without"] == [
        str(line.school.pk) for line in lines if line.school.name == "Colegio Sur"
    ]
    assert engagement_of([]).value is None


def test_own_words_replace_those_of_the_house_in_their_language(client, cast, led):
    path = make.link(make.asked(cast.network, led))
    services.word_offer(cast.network, "en", "Two afternoons a term", "", actor=cast.rosa)
    page = client.get(path, headers={"accept-language": "en"}).content.decode()
    assert "Two afternoons a term" in page
    assert "Colleagues of other schools" in page  # the other half is still the house's
    assert "Two afternoons a term" not in client.get(path, headers={"accept-language": "es"}).content.decode()
