"""Stopping messages and choosing them on a phone: light, without script, silent for axe in three languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tejido.communities.services import Note, write_to_members
from tejido.communities.tests.factories import Cast
from tejido.messages.models import Preferences, Stop
from tejido.messages.tokens import stop_token
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
MOST_KB, MOST_REQUESTS = 30, 4


@pytest.fixture
def link(cast: Cast) -> str:
    """The link at the end of Ana's letter."""
    written = write_to_members(cast.network, Note("1", "Sábado", "Hola {name}"), actor=cast.rosa)
    message = written.batch.messages.get(person__user=cast.ana)
    return reverse("messages:stop", args=[stop_token(message)])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
def test_each_state_of_stopping_troubles_nobody(browse: Browse, link: str, language: str, dark: bool):
    visit = browse(360, language=language, dark=dark, script=False)
    visit.open(link)
    for button in ("sender", "everything", "resume"):
        visit.page.locator(f"button[value={button}]").click()
        expect(visit.page.locator("p[role=status]")).to_be_visible()
    light = browse(360, language=language, dark=dark)
    light.open(link)
    light.check()
    light.page.locator("button[value=sender]").click()
    light.check()
    light.page.locator("button[value=everything]").click()
    light.check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_choosing_troubles_nobody(browse: Browse, cast: Cast, language: str):
    Stop.objects.create(person=cast.ana.person, channel="email", community_id=7, sender="Otra red")
    cast.ana.language = "pt-br" if language == "pt-BR" else language
    cast.ana.save()
    visit = browse(360, language=language)
    sign_in(visit, cast.ana.email)
    visit.open(reverse("messages:preferences"))
    visit.check()


def test_both_pages_are_light(browse: Browse, cast: Cast, link: str):
    signed_in = browse(360)
    sign_in(signed_in, cast.ana.email)
    for visit, path in ((browse(360), link), (signed_in, reverse("messages:preferences"))):
        weight = measure_weight(visit, path)
        assert weight.kilobytes <= MOST_KB, weight
        assert weight.requests <= MOST_REQUESTS, weight


def test_she_chooses_without_script(browse: Browse, cast: Cast):
    visit = browse(360, language="es", script=False)
    sign_in(visit, cast.ana.email)
    visit.open(reverse("messages:preferences"))
    visit.page.locator("[name=per_week]").select_option("1")
    visit.page.locator("form.form button").click()
    visit.page.wait_for_load_state()
    assert Preferences.objects.get(person=cast.ana.person).per_week == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_writing_and_the_log_trouble_nobody(browse: Browse, cast: Cast, link: str, language: str):
    cast.rosa.language = "pt-br" if language == "pt-BR" else language
    cast.rosa.save()
    visit = browse(360, language=language)
    sign_in(visit, cast.rosa.email)
    visit.open(reverse("communities:messages", args=[cast.network.pk]))
    visit.check()
    visit.page.locator("tbody a").first.click()
    visit.page.wait_for_load_state("networkidle")
    visit.check()
    visit.open(reverse("communities:write", args=[cast.network.pk]))
    visit.check()
    visit.page.locator("button[name=look]").click()
    visit.page.locator("#look").wait_for()
    visit.check()
    visit.open(reverse("communities:message_words", args=[cast.network.pk]))
    visit.check()
    visit.page.locator("main .card a").first.click()
    visit.page.wait_for_load_state("networkidle")
    visit.check()
