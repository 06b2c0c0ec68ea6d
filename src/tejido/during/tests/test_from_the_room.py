"""Questions from the room: looked at, supported, answered, kept with the gathering."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.during import selectors, services
from tejido.during.models import Question, Support
from tejido.during.tests import factories as make
from tejido.foundation.errors import Refusal
from tejido.foundation.models import JournalEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    cast.gathering = make.going_on(cast.node)
    cast.room = make.room(cast.gathering)
    services.show(cast.gathering, "questions", actor=cast.rosa)
    return cast


def wall(client, scene):
    client.force_login(scene.rosa)
    return client.get(reverse("during:wall", args=[scene.gathering.pk])).text


def test_a_question_stands_on_the_wall_only_once_the_team_let_it_through(client, scene):
    one, other = make.phone(scene.room), make.phone(scene.room)
    said = one.post(
        make.path(scene.room), {"deed": "ask", "text": "Why on Fridays?", "name": ""}, follow=True
    )
    assert "Your question is with the team" in said.text
    question = Question.objects.get()
    assert "Fridays" in one.get(make.path(scene.room)).text  # whoever asked sees that it waits
    assert "Fridays" not in other.get(make.path(scene.room)).text
    assert "Fridays" not in wall(client, scene)
    waits = client.get(reverse("during:waiting", args=[scene.gathering.pk])).text
    assert "1 question from the room waits" in waits
    address = reverse("during:question", args=[scene.gathering.pk, question.pk])
    client.post(address, {"deed": "open"})
    assert "Fridays" in wall(client, scene)
    assert "Fridays" in other.get(make.path(scene.room)).text
    asked = JournalEntry.objects.get(fact="during.question_asked")
    assert asked.actor.is_system
    assert "Fridays" not in str(asked.payload)


def test_without_moderation_it_stands_there_at_once_and_what_waited_still_waits(client, scene):
    make.question(scene.gathering, "First?")
    make.room(scene.gathering, moderated=False)
    make.question(scene.gathering, "Second?")
    shown = wall(client, scene)
    assert "Second?" in shown
    assert "First?" not in shown


def test_support_counts_once_for_each_and_orders_the_wall(scene):
    first = services.settle_question(make.question(scene.gathering, "First?"), "open", actor=scene.rosa)
    second = services.settle_question(
        make.question(scene.gathering, "Second?", of="luz"), "open", actor=scene.rosa
    )
    phone = make.phone(scene.room)
    for _twice in range(2):
        phone.post(make.path(scene.room), {"deed": "back", "question": second.pk})
    services.back(second, "ana", backed=True, actor=scene.ana)
    assert [(one.text, one.n) for one in selectors.questions_of(scene.gathering)] == [
        ("Second?", 3),
        ("First?", 1),
    ]
    phone.post(make.path(scene.room), {"deed": "unback", "question": second.pk})
    services.back(first, "ana", backed=False, actor=scene.ana)  # one's own stays
    assert Support.objects.filter(question=first).count() == 1
    assert Support.objects.filter(question=second).count() == 2


def test_two_that_ask_the_same_are_put_together_and_nobody_counts_twice(scene):
    first = services.settle_question(make.question(scene.gathering, "Fridays?"), "open", actor=scene.rosa)
    second = services.settle_question(
        make.question(scene.gathering, "On Friday?", of="luz"), "open", actor=scene.rosa
    )
    services.back(second, "ana", backed=True, actor=scene.ana)
    services.back(second, "sol", backed=True, actor=scene.ana)
    services.merge_questions(second, first, actor=scene.rosa)
    assert [(one.text, one.supports) for one in selectors.kept_questions(scene.gathering)] == [
        ("Fridays?", 3)
    ]
    with pytest.raises(Refusal) as refused:
        services.merge_questions(first, second, actor=scene.rosa)  # it is part of the first already
    assert refused.value.code == "not_together"


def test_what_is_not_shown_has_a_reason_that_only_the_team_reads(client, scene):
    phone = make.phone(scene.room)
    phone.post(make.path(scene.room), {"deed": "ask", "text": "Something rude", "name": ""})
    question = Question.objects.get()
    with pytest.raises(Refusal) as refused:
        services.settle_question(question, "hidden", actor=scene.rosa)
    assert refused.value.code == "no_reason"
    services.settle_question(question, "hidden", "Names a colleague", actor=scene.rosa)
    own = phone.get(make.path(scene.room)).text
    assert "Not shown" in own
    assert "Names a colleague" not in own
    assert "rude" not in wall(client, scene)
    assert "Names a colleague" in client.get(reverse("during:desk", args=[scene.gathering.pk])).text
    assert not selectors.kept_questions(scene.gathering)
    with pytest.raises(Refusal) as refused:
        services.back(question, "luz", backed=True, actor=scene.ana)
    assert refused.value.code == "gone"


def test_an_answer_in_writing_is_read_with_the_gathering_and_never_written_over_unread(client, scene):
    question = make.question(scene.gathering, "Where are the slides?", name="Luz")
    services.settle_question(question, "later", actor=scene.rosa)
    address = reverse("during:question", args=[scene.gathering.pk, question.pk])
    client.force_login(scene.rosa)
    client.post(address, {"deed": "answer", "answer": "In the folder.", "seen": 0})
    with pytest.raises(Refusal, match=r"«In the folder\.».*«By mail\.»"):
        services.write_answer(question, "By mail.", seen=0, actor=scene.ines)
    client.force_login(scene.ana)
    way = reverse("during:questions", args=[scene.gathering.pk])
    assert way in client.get(reverse("gatherings:gathering", args=[scene.gathering.pk])).text
    page = client.get(way).text
    assert "Where are the slides?" in page
    assert "In the folder." in page
    (kept,) = selectors.kept_questions(scene.gathering)
    assert (kept.name, kept.answer, kept.state) == ("Luz", "In the folder.", "answered")


def test_where_questions_are_signed_one_without_a_name_is_refused_and_stays_typed(scene):
    make.room(scene.gathering, nameless=False)
    phone = make.phone(scene.room)
    refused = phone.post(make.path(scene.room), {"deed": "ask", "text": "Why on Fridays?", "name": " "})
    assert refused.status_code == 422
    assert "Write your name" in refused.text
    assert "Why on Fridays?" in refused.text
    assert not Question.objects.exists()


def test_questions_are_not_taken_before_the_team_says_so(client, scene):
    phone = make.phone(scene.room)
    make.room(scene.gathering, hears=False)
    refused = phone.post(make.path(scene.room), {"deed": "ask", "text": "Why?", "name": ""})
    assert "Questions are not taken at the moment" in refused.text
    assert not Question.objects.exists()


def test_one_phone_asks_ten_at_most_and_the_same_words_are_one_question(scene):
    for number in range(10):
        make.question(scene.gathering, f"Number {number}?")
    make.question(scene.gathering, "Number 3?")
    with pytest.raises(Refusal) as refused:
        make.question(scene.gathering, "Number 11?")
    assert refused.value.code == "too_many"
    assert Question.objects.count() == 10


def test_the_wall_is_drawn_again_only_when_something_changed(client, scene):
    client.force_login(scene.rosa)
    address = reverse("during:wall", args=[scene.gathering.pk])
    first = client.get(address, headers={"HX-Request": "true"}).text
    seen = first.partition("seen=")[2].partition('"')[0]
    assert client.get(f"{address}?seen={seen}", headers={"HX-Request": "true"}).status_code == 204
    question = make.question(scene.gathering, "Why on Fridays?")
    assert client.get(f"{address}?seen={seen}", headers={"HX-Request": "true"}).status_code == 204
    services.settle_question(question, "open", actor=scene.rosa)
    assert "Fridays" in client.get(f"{address}?seen={seen}", headers={"HX-Request": "true"}).text


def test_what_waits_stands_first_at_the_desk(client, scene):
    first = services.settle_question(make.question(scene.gathering, "First?"), "open", actor=scene.rosa)
    services.back(first, "luz", backed=True, actor=scene.ana)
    make.question(scene.gathering, "Second?")
    client.force_login(scene.rosa)
    desk = client.get(reverse("during:desk", args=[scene.gathering.pk])).text
    assert desk.index("Second?") < desk.index("First?")
