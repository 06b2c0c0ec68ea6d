"""Coming in through the door with a phone: light, without script, and silent for axe in three languages; the team's pages too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tejido.checkin import codes, services
from tejido.communities.tests.factories import Cast, MembershipFactory
from tejido.gatherings.models import Attendance
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.invitations.tests import factories as make
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
MOST_KB, MOST_REQUESTS = 30, 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_comes_in_with_their_own_code_without_an_account_and_without_script(
    browse: Browse, cast: Cast, language: str
):
    gathering = GatheringFactory(community=cast.node, starts_at=timezone.now() - timedelta(minutes=5))
    luz = MembershipFactory(community=cast.node, person__given_names="Luz").person
    door = services.open_door(gathering, actor=cast.rosa)
    own = codes.personal_path(gathering.pk, luz.pk)
    for script in (True, False):
        visit = browse(360, language=language, script=script)
        visit.open(own)
        if script:
            visit.check()
        visit.page.locator("input[name=digits]").fill("12")
        visit.page.locator("form.form button").click()
        expect(visit.page.locator("#errors li")).to_have_count(1)
        visit.errors.clear()  # the browser writes the 422 on its console
    visit.open(f"/here/{gathering.pk}/{codes.wall_code(door.secret, timezone.now().timestamp())}/")
    visit.page.locator("main form button").click()  # known by the code that was opened before
    expect(visit.page.locator(".note.good")).to_contain_text("✓")
    assert Attendance.objects.get().person == luz
    weight = measure_weight(browse(360), own)
    assert weight.kilobytes <= MOST_KB, weight
    assert weight.requests <= MOST_REQUESTS, weight


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_comes_has_the_code_on_the_page_of_the_answer(browse: Browse, cast: Cast, language: str):
    gathering = make.coming(cast.node)
    luz = make.member(cast.node, "Luz")
    path = make.link(gathering, luz)
    make.says(gathering, luz)
    visit = browse(360, language=language)
    visit.open(path)
    expect(visit.page.locator(".qr svg")).to_be_visible()
    visit.check()
    weight = measure_weight(browse(360), path)
    assert weight.kilobytes <= MOST_KB, weight


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_the_team_trouble_nobody(browse: Browse, cast: Cast, language: str):
    gathering = GatheringFactory(community=cast.node, starts_at=timezone.now() - timedelta(minutes=5))
    luz = MembershipFactory(community=cast.node, person__given_names="Luz").person
    services.open_door(gathering, actor=cast.rosa)
    services.number_sheet(gathering, actor=cast.rosa)
    for width in (360, 1280):
        visit = browse(width, language=language)
        sign_in(visit, cast.rosa.email)
        for page in ("door/", "door/wall/", "paper/"):
            visit.open(f"/g/{gathering.pk}/{page}")
            visit.check()
        visit.open(codes.personal_path(gathering.pk, luz.pk))
        visit.check()
    visit.open(f"/g/{gathering.pk}/paper/")
    visit.page.locator("textarea[name=who]").fill("luz")
    visit.page.locator("form.form button").click()
    expect(visit.page.locator("tr", has_text="Luz").locator("td").last).not_to_be_empty()
    visit.check()
    assert Attendance.objects.get().person == luz
