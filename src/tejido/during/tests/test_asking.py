"""Quick questions: asked in one tap, answered once by each, shown as they may be shown."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.during import flood, selectors, services
from tejido.during.models import Option, Poll, Room, Voice
from tejido.during.tests import factories as make
from tejido.during.values import Asked, Said
from tejido.foundation.errors import Refusal
from tejido.foundation.models import JournalEntry
from tejido.gatherings.models import Gathering

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    cast.gathering = make.going_on(cast.node)
    cast.room = make.room(cast.gathering)
    return cast


def wall(client, scene):
    client.force_login(scene.rosa)
    return client.get(reverse("during:wall", args=[scene.gathering.pk])).text


def options(poll):
    return list(Option.objects.filter(poll=poll).values_list("pk", flat=True))


def test_one_tap_asks_everybody_in_the_language_of_the_community(client, scene):
    scene.node.language = "es"
    scene.node.save()
    client.force_login(scene.rosa)
    client.post(reverse("during:ask_ready", args=[scene.gathering.pk]), {"ready": "clear"})
    poll = Poll.objects.get()
    assert (poll.kind, poll.closed_at) == ("scale", None)
    room = Room.objects.get()
    assert (room.shows, room.poll) == ("poll", poll)
    assert poll.text in client.get(make.path(scene.room)).text
    assert poll.text in wall(client, scene)


def test_two_phones_answer_and_the_wall_shows_what_came_without_saying_who(client, scene):
    poll = services.ask(scene.gathering, make.PACE, actor=scene.rosa)
    slow, right, _fast = options(poll)
    one, other = make.phone(scene.room), make.phone(scene.room)
    for phone, answer in ((one, slow), (other, right), (one, right)):  # one of them thinks again
        sent = {"deed": "answer", "poll": poll.pk, "answer": answer}
        said = phone.post(make.path(scene.room), sent, follow=True)
        assert "Your answer is in." in said.text
    assert Voice.objects.count() == 2
    (result,) = selectors.results_of([poll], moderated=True)
    assert [(bar.label, bar.count, bar.share) for bar in result.bars] == [
        ("Slow", 0, 0),
        ("Right", 2, 100),
        ("Fast", 0, 0),
    ]
    assert "2 answers" in wall(client, scene)
    assert not JournalEntry.objects.filter(fact__startswith="during.", payload__icontains="Right").exists()
    assert {entry.fact for entry in JournalEntry.objects.filter(fact__startswith="during.")} == {
        "during.room_set",
        "during.poll_asked",
    }


def test_a_phone_that_keeps_nothing_yet_is_asked_to_send_again_and_loses_nothing(client, scene):
    poll = services.ask(scene.gathering, Asked("words", "One word?"), actor=scene.rosa)
    sent = {"deed": "answer", "poll": poll.pk, "answer": "paciencia"}
    first = client.post(make.path(scene.room), sent)
    assert first.status_code == 422
    assert "Send it once more" in first.text
    assert "paciencia" in first.text
    assert not Voice.objects.exists()
    assert client.post(make.path(scene.room), sent).status_code == 302
    assert Voice.objects.get().word == "paciencia"


def test_asking_another_closes_the_one_before_and_an_answer_that_is_late_is_told_kindly(scene):
    poll = services.ask(scene.gathering, make.PACE, actor=scene.rosa)
    phone = make.phone(scene.room)
    services.ask(scene.gathering, Asked("scale", "How clear?"), actor=scene.rosa)
    late = phone.post(make.path(scene.room), {"deed": "answer", "poll": poll.pk, "answer": options(poll)[0]})
    assert late.status_code == 422
    assert "closed already" in late.text
    assert Poll.objects.filter(closed_at=None).count() == 1
    assert not Voice.objects.exists()


def test_what_is_hidden_shows_only_how_many_until_it_is_closed(client, scene):
    hidden = Asked("scale", "How clear?", low="No", high="Yes", hidden=True)
    poll = services.ask(scene.gathering, hidden, actor=scene.rosa)
    make.voices(poll, Said(step=4), Said(step=5))
    shown = wall(client, scene)
    assert "2 answers" in shown
    assert "4.5" not in shown
    services.close_poll(poll, actor=scene.rosa)
    assert "on average 4.5 of 5" in wall(client, scene)


def test_words_stand_on_the_wall_once_the_team_has_let_them_through(client, scene):
    poll = services.ask(scene.gathering, Asked("words", "One word?"), actor=scene.rosa)
    make.voices(poll, *[Said(text=text) for text in ("Calma", "calma!", "Tonto", "luz", "mar", "sol")])
    assert "alma" not in wall(client, scene)
    services.see_word(poll, "calma", shown=True, actor=scene.rosa)
    shown = wall(client, scene)
    assert "alma" in shown
    assert "Tonto" not in shown


def test_without_moderation_words_are_counted_by_themselves_from_five_on_and_can_be_taken_down(client, scene):
    make.room(scene.gathering, moderated=False)
    poll = services.ask(scene.gathering, Asked("words", "One word?"), actor=scene.rosa)
    make.voices(poll, *[Said(text=text) for text in ("calma", "calma", "tonto", "luz")])
    assert "calma" not in wall(client, scene)
    services.answer_poll(poll, Said(text="mar"), "fifth", actor=scene.rosa)
    services.see_word(poll, "tonto", shown=False, actor=scene.rosa)
    shown = wall(client, scene)
    assert "calma" in shown
    assert "mar" in shown
    assert "tonto" not in shown


@pytest.mark.parametrize(
    ("asked", "said", "code"),
    [
        (make.PACE, Said(), "nothing_said"),
        (make.PACE, Said(options=[999_999]), "nothing_said"),
        (Asked("scale", "Clear?"), Said(step=6), "nothing_said"),
        (Asked("scale", "Clear?"), Said(), "nothing_said"),
        (Asked("words", "A word?"), Said(text=" ?! "), "nothing_said"),
    ],
)
def test_an_answer_that_is_none_is_refused_and_nothing_is_written(scene, asked, said, code):
    poll = services.ask(scene.gathering, asked, actor=scene.rosa)
    with pytest.raises(Refusal) as refused:
        services.answer_poll(poll, said, "one", actor=scene.ana)
    assert refused.value.code == code
    assert not Voice.objects.exists()


def test_several_votes_up_to_the_number_that_was_said(scene):
    asked = Asked("choice", "Which two?", ("A", "B", "C"), most=2)
    poll = services.ask(scene.gathering, asked, actor=scene.rosa)
    with pytest.raises(Refusal, match="Choose 2 at most; you chose 3"):
        services.answer_poll(poll, Said(options=options(poll)), "one", actor=scene.ana)
    services.answer_poll(poll, Said(options=options(poll)[:2]), "one", actor=scene.ana)
    assert [bar.count for bar in selectors.result_of(poll, moderated=True).bars] == [1, 1, 0]


@pytest.mark.parametrize("lines", ["Only one", "A\nA", "\n".join("ABCDEFG")])
def test_own_words_ask_too_and_a_choice_needs_two_to_six_answers(client, scene, lines):
    client.force_login(scene.rosa)
    sent = {"text": "Which way?", "kind": "choice", "options": lines, "most": 1}
    refused = client.post(reverse("during:ask", args=[scene.gathering.pk]), sent)
    assert refused.status_code == 422
    assert "from two to six" in refused.text
    assert "Which way?" in refused.text
    assert not Poll.objects.exists()
    client.post(reverse("during:ask", args=[scene.gathering.pk]), {**sent, "options": "Left\nRight"})
    assert [one.text for one in Poll.objects.get().options.all()] == ["Left", "Right"]


@pytest.mark.parametrize(
    "change", [{"state": "cancelled"}, {"sealed_at": "2026-01-01T00:00Z", "closed_at": "2026-01-01T00:00Z"}]
)
def test_what_is_over_takes_nothing_and_stays_readable(client, scene, change):
    poll = services.ask(scene.gathering, make.PACE, actor=scene.rosa)
    question = make.question(scene.gathering, "Why?")
    services.settle_question(question, "open", actor=scene.rosa)
    phone = make.phone(scene.room)
    Gathering.objects.filter(pk=scene.gathering.pk).update(**change)
    scene.gathering.refresh_from_db()
    for deed in (
        lambda: services.ask(scene.gathering, make.PACE, actor=scene.rosa),
        lambda: services.close_poll(poll, actor=scene.rosa),
        lambda: services.answer_poll(poll, Said(options=options(poll)[:1]), "one", actor=scene.ana),
        lambda: services.set_room(scene.gathering, hears=False, actor=scene.rosa),
        lambda: services.open_wall(scene.gathering, actor=scene.rosa),
        lambda: services.settle_question(question, "answered", actor=scene.rosa),
        lambda: services.back(question, "one", backed=True, actor=scene.ana),
        lambda: make.question(scene.gathering, "And now?"),
    ):
        with pytest.raises(Refusal) as refused:
            deed()
        assert refused.value.code in {"sealed", "cancelled"}
    late = phone.post(make.path(scene.room), {"deed": "answer", "poll": poll.pk, "answer": options(poll)[0]})
    assert late.status_code == 422
    assert not Voice.objects.exists()
    client.force_login(scene.rosa)
    desk = client.get(reverse("during:desk", args=[scene.gathering.pk]))
    assert "How is the pace?" in desk.text
    assert "Ask it now" not in desk.text


def test_a_phone_that_floods_waits_a_minute_and_the_others_do_not(scene):
    poll = services.ask(scene.gathering, make.PACE, actor=scene.rosa)
    one, other = make.phone(scene.room), make.phone(scene.room)
    sent = {"deed": "answer", "poll": poll.pk, "answer": options(poll)[0]}
    for _time in range(flood.OF_A_PHONE):
        assert one.post(make.path(scene.room), sent).status_code == 302
    assert "a little too quick" in one.post(make.path(scene.room), sent).text
    assert other.post(make.path(scene.room), sent).status_code == 302


def test_wrong_codes_lead_nowhere_and_guessing_finds_nothing(client, scene):
    assert client.get(f"/q/{scene.room.code.upper()}/").status_code == 200  # a phone begins with a capital
    for _time in range(flood.WRONG_CODES):
        assert client.get("/q/zzzzzz/").status_code == 404
    assert client.get(make.path(scene.room)).status_code == 404
