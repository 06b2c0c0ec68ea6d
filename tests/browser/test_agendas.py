"""An agenda on a phone: written, kept tap by tap, a term planned; silent for axe in three languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tejido.agenda import services
from tejido.agenda.tests import factories as make
from tejido.communities.tests.factories import Cast
from tejido.gatherings.services import make_series
from tests.browser.visiting import Visit, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
TERM = "?way=weeks&first=2026-12-01&until=2027-03-31&weeks=2&days=&skip=&starts=15:00&ends=17:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_trouble_nobody(browse: Browse, cast: Cast, system, language: str):
    services.seed_activities(actor=system)
    gathering, empty = make.begun(cast.node), make.begun(cast.node)
    part = make.agenda(gathering)[0]
    services.begin_segment(part, actor=cast.rosa)
    series = make_series(cast.node, "Círculos", actor=cast.rosa)
    visit = browse(360, language=language)
    sign_in(visit, cast.rosa.email)
    there, node = f"/g/{gathering.pk}", f"/c/{cast.node.pk}"
    for path in (
        f"{there}/", f"{there}/agenda/", f"{there}/agenda/new/", f"{there}/agenda/{part.pk}/", f"{there}/agenda/run/",
        f"/g/{empty.pk}/agenda/", f"{node}/activities/?for={gathering.pk}", f"{node}/activities/new/",
        f"{there}/repeat/", f"{there}/repeat/{TERM}", f"{node}/series/", f"/series/{series.pk}/",
    ):  # fmt: skip
        visit.open(path)
        visit.check()


def test_the_clock_goes_on_by_itself_and_each_tap_counts_once(browse: Browse, cast: Cast):
    gathering = make.begun(cast.node)
    make.agenda(gathering)
    visit = browse(360, language="en")
    sign_in(visit, cast.rosa.email)
    visit.open(f"/g/{gathering.pk}/agenda/run/")
    page = visit.page
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("#clock h2")).to_have_text("Welcome")
    services.begin_segment(gathering.segments.get(position=2), actor=cast.ines)  # another helper, elsewhere
    expect(page.locator("#clock h2")).to_have_text("With the kit", timeout=30_000)
    page.get_by_role("button", name="Take back the last tap").click()
    expect(page.locator("#clock h2")).to_have_text("Welcome")
    visit.check()
