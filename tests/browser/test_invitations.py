"""An invitation on a phone: without an account, light, and silent for axe in three languages; the team's pages too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tejido.communities.tests.factories import Cast
from tejido.directory.tests.factories import SchoolFactory
from tejido.invitations import services
from tejido.invitations.tests import factories as make
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
MOST_KB, MOST_REQUESTS = 30, 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_answers_and_sends_a_colleague(browse: Browse, cast: Cast, language: str):
    school = SchoolFactory(latitude=4.6, longitude=-74.08)
    gathering = make.coming(cast.node, modality="hybrid", school=school)
    path = make.link(gathering, make.member(cast.node, "Luz", school=school))
    visit = browse(360, language=language)
    visit.open(path)
    visit.check()
    visit.page.locator("input[name=answer][value=yes]").check()
    visit.page.locator("form.form button").click()  # on site or online is not said
    expect(visit.page.locator("#errors li")).to_have_count(1)
    visit.errors.clear()  # the browser writes the 422 on its console
    visit.check()
    visit.page.locator("input[name=modality][value=on_site]").check()
    visit.page.locator("form.form button").click()
    expect(visit.page.locator("form.form")).to_have_count(0)
    visit.check()
    visit.open(path + "substitute/")
    visit.check()
    visit.page.locator("input[name=name]").fill("Flor Mora")
    visit.page.locator("form.form button").click()
    expect(visit.page.locator("main")).to_contain_text("Flor Mora")
    visit.check()
    for below in ("", "?change", "substitute/"):
        weight = measure_weight(browse(360), path + below)
        assert weight.kilobytes <= MOST_KB, (below, weight)
        assert weight.requests <= MOST_REQUESTS, (below, weight)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_the_team_trouble_nobody(browse: Browse, cast: Cast, language: str):
    near, far = (SchoolFactory(latitude=at, longitude=-74.08) for at in (4.6, 5.4))
    gathering = make.coming(cast.node, school=near)
    people = [make.member(cast.node, name, school=far) for name in ("Luz", "Paz", "Sol")]
    services.set_asking(gathering, places=1, remind_days=3, actor=cast.rosa)
    services.ask_for_answers(gathering, actor=cast.rosa)
    for person, answer in zip(people, ("yes", "yes", "no"), strict=True):
        make.says(gathering, person, answer)
    visit = browse(360, language=language)
    sign_in(visit, cast.rosa.email)
    pages = ("", "whom/", "settings/", f"venues/?v={far.pk}&q=a", f"{people[0].pk}/")
    for path in (f"/g/{gathering.pk}/", *(f"/g/{gathering.pk}/answers/{page}" for page in pages)):
        visit.open(path)
        visit.check()
    visit = browse(1280, language=language)
    sign_in(visit, cast.ana.email)
    for path in (f"/g/{gathering.pk}/", f"/g/{gathering.pk}/answer/"):
        visit.open(path)
        visit.check()
