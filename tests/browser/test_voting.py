"""A ballot on a phone: without an account, light, and silent for axe in three languages, from the ballot to the count."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tejido.communities.tests.factories import Cast
from tejido.consultations.models import Consultation
from tejido.consultations.tests import factories as make
from tejido.consultations.tokens import voter_token
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
MOST_KB, MOST_REQUESTS = 30, 4
GOALS = ("Agua limpia", "Educación de calidad", "Energía", "Acción por el clima")


def path_of(consultation: Consultation, cast: Cast) -> str:
    voter = consultation.voters.get(person=cast.ana.person)
    return f"/v/{voter_token(consultation.pk, voter.person_id, voter.turn)}/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_state_of_a_ballot_troubles_nobody_on_a_phone(browse: Browse, cast: Cast, language: str):
    vote = make.opened(cast.node, *GOALS, method="instant-runoff", secret=True)
    visit = browse(360, language=language)
    visit.open(path_of(vote, cast))
    visit.check()
    visit.page.locator("form.form button").click()  # nothing is chosen
    expect(visit.page.locator("#errors li")).to_have_count(1)
    visit.errors.clear()  # the browser writes the 422 on its console
    visit.check()
    visit.page.locator("select").nth(2).select_option("1")
    visit.page.locator("form.form button").click()
    expect(visit.page.locator("form.form")).to_have_count(0)
    visit.check()
    make.closed(vote)
    visit.open(path_of(vote, cast))
    expect(visit.page.locator("h2").first).to_contain_text("Energía")
    visit.check()


@pytest.mark.parametrize("method", ["plurality", "approval", "points", "schulze"])
def test_every_ballot_is_light_and_troubles_nobody(browse: Browse, cast: Cast, method: str):
    vote = make.opened(cast.node, *GOALS, method=method)
    visit = browse(360, language="es")
    visit.open(path_of(vote, cast))
    visit.check()
    weight = measure_weight(browse(360), path_of(vote, cast))
    assert weight.kilobytes <= MOST_KB, weight
    assert weight.requests <= MOST_REQUESTS, weight


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_whoever_runs_it_trouble_nobody(browse: Browse, cast: Cast, language: str):
    vote = make.opened(cast.network, *GOALS, method="schulze")
    make.all_vote(vote, [(GOALS[1], GOALS[0]), (GOALS[0],), (GOALS[1],)])
    visit = browse(360, language=language)
    sign_in(visit, cast.rosa.email)
    for page in ("", "voters/", "paper/", "extend/"):
        visit.open(f"/consultations/{vote.pk}/{page}")
        visit.check()
    make.closed(vote)
    asked = make.asked(cast.network, *GOALS)
    for path in (
        f"/consultations/{vote.pk}/",
        f"/consultations/{asked.pk}/",
        f"/consultations/{asked.pk}/wall/",
        f"/consultations/{asked.pk}/open/",
        f"/consultations/{asked.pk}/change/",
        f"/c/{cast.network.pk}/consultations/",
        f"/c/{cast.network.pk}/consultations/ask/",
    ):
        visit.open(path)
        visit.check()
