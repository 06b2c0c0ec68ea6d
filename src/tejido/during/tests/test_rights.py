"""Who keeps a room and who takes part: the cast against every page and deed, and what the pages cost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.during import policies, selectors, services, tokens
from tejido.during.models import Option, Poll, Question, Room, SeenWord, Voice
from tejido.during.tests import factories as make
from tejido.during.values import Asked, Said
from tejido.foundation.errors import NotAllowed
from tejido.foundation.policies import can
from tejido.gatherings.models import Gathering

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze")
TEAM = ("rosa", "tomas", "ines")
RUN = ("rosa", "tomas")
MEMBERS = ("ana", *TEAM, "sole")
DEEDS = ["settings", "renew", "wall_link", "show", "ask", "ask_ready", "poll", "word", "question"]


@pytest.fixture
def scene(cast):
    cast.gathering = make.going_on(cast.node)
    cast.room = make.room(cast.gathering)
    cast.poll = services.ask(cast.gathering, make.PACE, actor=cast.rosa)
    cast.question = make.question(cast.gathering, "Why not on Fridays?")
    return cast


def address(scene, name):
    row = {"poll": [scene.poll.pk], "word": [scene.poll.pk], "question": [scene.question.pk]}
    return reverse(f"during:{name}", args=[scene.gathering.pk, *row.get(name, [])])


@pytest.mark.parametrize(
    ("verb", "listed"),
    [
        ("during.look_after", policies.looked_after_by),
        ("during.take_part", policies.taken_part_by),
        ("during.show_ticket", policies.ticket_shown_by),
    ],
)
def test_lists_and_questions_agree_for_everybody(scene, system, verb, listed):
    make.going_on(scene.elsewhere)
    make.going_on(scene.network)
    for actor in [*(getattr(scene, who) for who in WHO), system]:
        said = {one.pk for one in Gathering.objects.all() if can(actor, verb, one)}
        assert set(Gathering.objects.filter(listed(actor)).values_list("pk", flat=True)) == said, actor


@pytest.mark.parametrize(
    ("name", "may"),
    [("desk", TEAM), ("wall", TEAM), ("waiting", TEAM), ("ticket", RUN), ("questions", MEMBERS)],
)
def test_the_pages_of_the_team_are_not_there_for_others(client, scene, name, may):
    assert client.get(address(scene, name)).status_code == 302  # a visitor signs in first
    for who in WHO:
        client.force_login(getattr(scene, who))
        page = client.get(address(scene, name))
        assert page.status_code == (200 if who in may else 404), who
        if name == "desk" and who in may:  # no link leads where the reader may not go
            assert (address(scene, "ticket") in page.text) == (who in RUN), who


@pytest.mark.parametrize("name", DEEDS)
def test_who_is_not_in_the_team_can_post_nothing(client, scene, name):
    def stands():
        kept = Room.objects.values(
            "code", "wall_hash", "shows", "poll", "hears", "moderated", "nameless"
        ).get()
        return (
            kept,
            list(Poll.objects.values("pk", "closed_at")),
            list(Question.objects.values("pk", "state")),
        )

    before = stands()
    sent = {"deed": "open" if name == "wall_link" else "hidden", "because": "Rude", "shows": "welcome"}
    sent |= {"text": "Hm?", "kind": "words", "ready": "clear", "word": "hm", "shown": "yes"}
    client.logout()
    assert client.post(address(scene, name), sent).status_code == 302
    for who in ("ana", "sole", "ze"):
        client.force_login(getattr(scene, who))
        assert client.post(address(scene, name), sent).status_code == 404, who
    assert stands() == before
    assert not SeenWord.objects.exists()


def test_everybody_takes_part_by_the_address_on_the_wall_and_members_by_their_account(client, scene, system):
    option = Option.objects.filter(poll=scene.poll).first()
    for who in (None, *WHO):  # a visitor, and the cast: whoever has the address is in the room
        client.logout()
        if who:
            client.force_login(getattr(scene, who))
        assert client.get(make.path(scene.room)).status_code == 200
        sent = {"deed": "answer", "poll": scene.poll.pk, "answer": option.pk}
        assert client.post(make.path(scene.room), sent).status_code == 302, who
    assert Voice.objects.count() == 1 + len(WHO)
    said = Said(options=[option.pk])
    with pytest.raises(NotAllowed):
        services.answer_poll(scene.poll, said, "ze", actor=scene.ze)  # without the address
    services.answer_poll(scene.poll, said, "ana", actor=scene.ana)


def test_a_link_of_ones_own_is_one_person_whatever_the_phone(client, scene):
    person = scene.ana.person
    own = tokens.own_path(scene.room.code, scene.gathering.pk, person.pk)
    first, second = Option.objects.filter(poll=scene.poll)[:2]
    client.post(own, {"deed": "answer", "poll": scene.poll.pk, "answer": first.pk})
    client.force_login(scene.ana)
    client.post(make.path(scene.room), {"deed": "answer", "poll": scene.poll.pk, "answer": second.pk})
    assert [one.option for one in Voice.objects.get().choices.all()] == [second]
    foreign = own.replace(f"/{person.pk}/", f"/{scene.rosa.person.pk}/")
    assert client.get(foreign).status_code == 404


def test_the_link_of_the_wall_opens_until_it_is_taken_back_and_until_the_gathering_is_closed(client, scene):
    room = services.open_wall(scene.gathering, actor=scene.ines)
    path = reverse("during:wall_by_link", args=[tokens.wall_token(room.grain)])
    assert "How is the pace?" in client.get(path).text
    again = services.open_wall(scene.gathering, actor=scene.rosa)
    assert client.get(path).status_code == 404
    path = reverse("during:wall_by_link", args=[tokens.wall_token(again.grain)])
    assert client.get(path)["X-Robots-Tag"] == "noindex"
    Gathering.objects.filter(pk=scene.gathering.pk).update(
        sealed_at="2026-01-01T00:00Z", closed_at="2026-01-01T00:00Z"
    )
    assert client.get(path).status_code == 404
    Gathering.objects.update(sealed_at=None)
    services.close_wall(scene.gathering, actor=scene.rosa)
    assert client.get(path).status_code == 404
    assert (
        client.get(path, headers={"HX-Request": "true"}).status_code == 200
    )  # a wall that asks again is told so


def test_pages_cost_the_same_with_a_full_room(client, scene, django_assert_max_num_queries):
    options = list(Option.objects.filter(poll=scene.poll).values_list("pk", flat=True))
    for number in range(3):
        poll = services.ask(scene.gathering, Asked("words", f"Word {number}?"), actor=scene.rosa)
        make.voices(poll, *[Said(text=f"w{n}") for n in range(12)])
    services.open_poll(scene.poll, actor=scene.rosa)
    make.voices(scene.poll, *[Said(options=[options[n % 3]]) for n in range(40)])
    for number in range(20):
        one = make.question(scene.gathering, f"Question {number}?", of=f"p{number}")
        services.settle_question(one, "open", actor=scene.rosa)
    with django_assert_max_num_queries(8):
        client.get(make.path(scene.room))
    room = services.open_wall(scene.gathering, actor=scene.rosa)
    with django_assert_max_num_queries(6):
        client.get(reverse("during:wall_by_link", args=[tokens.wall_token(room.grain)]))
    client.force_login(scene.rosa)
    with django_assert_max_num_queries(12):
        assert client.get(address(scene, "desk")).status_code == 200
    with django_assert_max_num_queries(12):
        page = client.get(reverse("gatherings:gathering", args=[scene.gathering.pk])).text
    assert "Something is asked now" in page
    assert len(selectors.kept_questions(scene.gathering)) == 20
