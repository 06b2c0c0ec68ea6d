"""A head on a phone: without an account, light, and silent for axe in three languages, from the invitation to the substitute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tejido.communities.tests.factories import Cast
from tejido.directory.models import Purpose
from tejido.directory.tests.factories import consents
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.school_leaders.tests import factories as make
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
MOST_KB, MOST_REQUESTS = 30, 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_head_answers_and_sends_somebody_in_her_place(browse: Browse, cast: Cast, language: str):
    led = make.led_school(cast.node)
    consents(led.teachers[0], Purpose.SCHOOL)
    starts = timezone.now() + timedelta(days=9)
    GatheringFactory(community=cast.node, starts_at=starts, ends_at=starts + timedelta(hours=2))
    path = make.link(make.asked(cast.network, led))
    visit = browse(360, language=language)
    visit.open(path)
    visit.check()
    visit.page.locator("input[name=answer][value=commit]").check()
    visit.page.locator("form.form button").click()  # a yes to nothing
    expect(visit.page.locator("#errors li")).to_have_count(1)
    visit.errors.clear()  # the browser writes the 422 on its console
    visit.check()
    visit.page.locator("input[name=amount]").fill("4")
    visit.page.locator("form.form button").click()
    expect(visit.page.locator("form.form")).to_have_count(0)
    visit.check()
    visit.page.locator("main a.button").first.click()
    expect(visit.page.locator("main")).to_contain_text(led.teachers[0].name)
    visit.check()
    visit.page.locator("main a[href*=substitute]").first.click()
    visit.check()
    visit.page.locator("input[name=name]").fill("Luz Mora")
    visit.page.locator("form.form button").click()
    expect(visit.page.locator("main")).to_contain_text("Luz Mora")
    visit.check()


def test_her_pages_are_light(browse: Browse, cast: Cast):
    led = make.led_school(cast.node, teachers=6)
    commitment = make.given(cast.network, led)
    starts = timezone.now() + timedelta(days=9)
    gathering = GatheringFactory(community=cast.node, starts_at=starts, ends_at=starts + timedelta(hours=2))
    for below in ("", "?change", "school/", f"substitute/{gathering.pk}/"):
        weight = measure_weight(browse(360), make.link(commitment) + below)
        assert weight.kilobytes <= MOST_KB, weight
        assert weight.requests <= MOST_REQUESTS, weight


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_whoever_runs_it_trouble_nobody(browse: Browse, cast: Cast, language: str):
    led, other = make.led_school(cast.node), make.led_school(cast.sister, "Colegio Sur", teachers=1)
    make.given(cast.network, led, ends_on=timezone.localdate() + timedelta(days=9))
    visit = browse(360, language=language)
    sign_in(visit, cast.rosa.email)
    here = f"/c/{cast.network.pk}/school-leaders/"
    for below in ("", "words/", f"{led.school.pk}/", f"{other.school.pk}/", f"{led.school.pk}/answer/"):
        visit.open(here + below)
        visit.check()
