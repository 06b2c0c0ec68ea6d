"""A room with two phones and a projector: light, without script, silent for axe in three languages; the wall follows by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tejido.communities.tests.factories import Cast
from tejido.during import services, tokens
from tejido.during.models import Poll, Question, Voice
from tejido.during.values import Asked, Said
from tejido.gatherings.models import Gathering
from tejido.gatherings.tests.factories import GatheringFactory
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
MOST_KB, MOST_REQUESTS = 30, 4
SOON = 12_000  # ms: two turns of the wall


def going_on(cast: Cast) -> tuple[Gathering, str, str]:
    """A gathering that began, the path of its room, the path of its wall."""
    gathering = GatheringFactory(community=cast.node, starts_at=timezone.now() - timedelta(minutes=5))
    services.set_room(gathering, hears=True, actor=cast.rosa)
    room = services.open_wall(gathering, actor=cast.rosa)
    return gathering, f"/q/{room.code}/", f"/wall/{tokens.wall_token(room.grain)}/"


def test_two_phones_and_a_projector(browse: Browse, cast: Cast):
    gathering, room, wall = going_on(cast)
    services.ask(gathering, Asked("choice", "How is the pace?", ("Slow", "Right")), actor=cast.rosa)
    projector, desk = browse(1280, language="en"), browse(1280, language="en")
    projector.open(wall)
    sign_in(desk, cast.rosa.email)
    desk.open(f"/g/{gathering.pk}/during/")
    for script in (True, False):
        phone = browse(360, language="en", script=script)
        phone.open(room)
        phone.page.get_by_label("Right").check()
        phone.page.get_by_role("button", name="Answer", exact=True).click()
        expect(phone.page.get_by_text("Your answer is in.")).to_be_visible()
    expect(projector.page.get_by_text("2 answers")).to_be_visible(timeout=SOON)
    assert Voice.objects.count() == 2

    services.show(gathering, "questions", actor=cast.rosa)
    for text in ("Something rude", "Where are the slides?"):
        phone.page.get_by_label("Your question").fill(text)
        phone.page.get_by_role("button", name="Ask", exact=True).click()
        expect(phone.page.get_by_text(text)).to_be_visible()
    expect(desk.page.get_by_text("2 questions from the room wait for you.")).to_be_visible(timeout=SOON)
    desk.page.get_by_role("link", name="Look at what waits").click()
    card = desk.page.locator("article", has_text="Where are the slides?")
    card.get_by_role("button", name="Let it through").click()
    expect(projector.page.get_by_text("Where are the slides?")).to_be_visible(timeout=SOON)
    expect(projector.page.get_by_text("rude")).to_have_count(0)
    services.close_wall(gathering, actor=cast.rosa)
    expect(projector.page.get_by_text("not shown any more")).to_be_visible(timeout=SOON)
    assert not projector.errors, projector.errors
    assert Question.objects.get(text="Something rude").state == "waiting"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_phone_of_a_participant_is_light_and_troubled_by_nothing(
    browse: Browse, cast: Cast, language: str
):
    gathering, room, _wall = going_on(cast)
    for number in range(12):
        one = services.ask_from_room(gathering, f"Question {number}?", "Luz", f"p{number}", actor=cast.rosa)
        services.settle_question(one, "open", actor=cast.rosa)
    for asked in (
        Asked("scale", "How clear is this so far?", low="Not clear", high="Very clear"),
        Asked("words", "In one word?"),
        Asked("choice", "Which two?", ("One", "Two", "Three"), most=2),
    ):
        services.ask(gathering, asked, actor=cast.rosa)
        visit = browse(360, language=language)
        visit.open(room)
        visit.check()
        visit.page.get_by_role("main").locator("form button").first.click()  # nothing is chosen
        expect(visit.page.locator("#errors li")).to_have_count(1)
        visit.errors.clear()  # the browser writes the 422 on its console
        visit.check()
    weight = measure_weight(browse(360, language=language), room)
    assert weight.kilobytes <= MOST_KB, weight
    assert weight.requests <= MOST_REQUESTS, weight


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wall_and_the_desk_trouble_nobody(browse: Browse, cast: Cast, language: str):
    gathering, _room, wall = going_on(cast)
    words = services.ask(gathering, Asked("words", "In one word?"), actor=cast.rosa)
    for number, text in enumerate(("calma", "luz", "luz")):
        services.answer_poll(words, Said(text=text), f"p{number}", actor=cast.rosa)
    services.see_word(words, "luz", shown=True, actor=cast.rosa)
    for number in range(3):
        one = services.ask_from_room(gathering, f"Question {number}?", "", f"p{number}", actor=cast.rosa)
        if number:
            services.settle_question(one, "open", actor=cast.rosa)
    for width in (360, 1280):
        team = browse(width, language=language)
        sign_in(team, cast.rosa.email)
        team.open(f"/g/{gathering.pk}/during/")
        for summary in team.page.locator("details.more > summary").all():
            summary.click()
        team.check()
        team.open(f"/g/{gathering.pk}/during/ticket/")
        team.check()
        projector = browse(width, language=language)
        for shows in ("poll", "questions", "ticket", "welcome"):
            services.show(gathering, shows, words.pk, actor=cast.rosa)
            projector.open(wall)
            projector.check()
    assert Poll.objects.count() == 1
