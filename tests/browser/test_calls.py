"""Pages of an open call on a phone: without an account, light, and silent for axe in three languages; and those of whoever reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tejido.calls import services
from tejido.calls.models import Application
from tejido.calls.tests import factories as make
from tejido.calls.tokens import application_token
from tejido.communities.tests.factories import Cast
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
MOST_KB, MOST_REQUESTS = 30, 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_reading_applying_and_looking_after_it_trouble_nobody_on_a_phone(
    browse: Browse, cast: Cast, language: str
):
    call = make.with_form(cast.network, places=3)
    visit = browse(360, language=language)
    visit.open(f"/calls/{call.token}/")
    visit.check()
    visit.page.locator("main a.button").click()
    visit.check()
    visit.page.locator("form.form button[type=submit]").last.click()  # nothing is filled in
    expect(visit.page.locator("#errors").first).to_be_visible()
    visit.errors.clear()  # the browser writes the 422 on its console
    visit.check()
    visit.page.fill("[name=given_names]", "Marta")
    visit.page.fill("[name=email]", "marta@example.net")
    visit.page.fill("[name=motivation]", "Quiero aprender.")
    visit.page.fill("[name='q/done']", "Una huerta")
    visit.page.locator("[name='q/time']").first.check()
    visit.page.locator("[name=agree]").check()
    visit.page.locator("form.form button[type=submit]").last.click()
    expect(visit.page.locator("main strong").first).to_be_visible()
    made = Application.objects.get()
    services.keep_file(made, "video", make.film())
    visit.open(f"/applications/{application_token(made.key)}/")
    visit.check()
    visit.open(f"/applications/{application_token(made.key)}/change/")
    visit.check()
    make.closed(call)
    visit.open(f"/calls/{call.token}/apply/")
    visit.check()


def test_pages_of_applicants_are_light(browse: Browse, cast: Cast):
    call = make.with_form(cast.network)
    made = make.applied(call)
    for path in (
        f"/calls/{call.token}/",
        f"/calls/{call.token}/apply/",
        f"/applications/{application_token(made.key)}/",
    ):
        weight = measure_weight(browse(360), path)
        assert weight.kilobytes <= MOST_KB, (path, weight)
        assert weight.requests <= MOST_REQUESTS, (path, weight)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_whoever_reads_and_chooses_trouble_nobody(browse: Browse, cast: Cast, language: str):
    call = make.criteria(make.published(cast.network, places=1))
    services.name_reviewers(call, [cast.ines, cast.rosa], actor=cast.rosa)
    first, second = make.applied(call, "Marta Ruiz"), make.applied(call, "Julio Paz")
    services.keep_file(first, "video", make.film())
    keys = list(call.criteria.values_list("pk", flat=True))
    services.score(first, dict.fromkeys(keys, 4), actor=cast.ines)
    visit = browse(360, language=language)
    sign_in(visit, cast.rosa.email)
    for page in ("", "change/", "criteria/", "extend/", "share/", "reviewers/", "applications/"):
        visit.open(f"/open-calls/{call.pk}/{page}")
        visit.check()
    visit.open(f"/open-calls/{make.drafted(cast.network).pk}/requirements/")
    visit.check()
    make.closed(call)
    make.chosen(call, {first: "accepted", second: "waiting"})
    for path in (
        f"/open-calls/{call.pk}/choose/",
        f"/open-calls/{call.pk}/welcome/",
        f"/open-calls/applications/{first.pk}/",
        f"/c/{cast.network.pk}/calls/",
        f"/c/{cast.network.pk}/calls/make/",
    ):
        visit.open(path)
        visit.check()
