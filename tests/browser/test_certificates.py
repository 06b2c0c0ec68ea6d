"""A certificate on a phone: whoever has its address reads it without an account and without a script, light, silent for axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from tejido.certificates import services
from tejido.certificates.addresses import path_of
from tejido.certificates.models import Certificate
from tejido.certificates.tests import factories as make
from tejido.communities.tests.factories import Cast, MembershipFactory
from tejido.gatherings.models import Gathering
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
HOLDS = {"es": "sigue vigente", "en": "given here and holds", "pt-BR": "continua válido"}
MOST_KB, MOST_REQUESTS = 30, 4
LONG = "Taller de indagación científica y educación ambiental para equipos directivos de jardines infantiles rurales"


@pytest.fixture
def given(cast: Cast) -> Certificate:
    """Ana's, of three workshops with a long name; somebody else stands at 70 %, a third person's is revoked."""
    cache.clear()
    days = make.series_of(cast.node, name=LONG[:120])
    more = make.asked(
        signer_function="Coordinadora de la Red Latinoamericana de Educación en Contextos Rurales"
    )
    services.set_rule(days[0], more, actor=cast.rosa)
    short, gone = (MembershipFactory(community=cast.node).person for _ in range(2))
    for gathering, minutes in zip(days, (None, None, 24), strict=True):
        make.there(gathering, cast.ana.person)
        make.there(gathering, gone)
        make.there(gathering, short, minutes)
    both = {one.person_id: one for one in make.given(days[0])}
    services.revoke(both[gone.pk], "El nombre está mal escrito", actor=cast.rosa)
    return both[cast.ana.person.pk]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_has_the_address_reads_whether_it_holds(browse: Browse, given: Certificate, language: str):
    visit = browse(360, language=language)
    visit.open(path_of(given.key))
    expect(visit.page.locator("main")).to_contain_text(HOLDS[language])
    visit.page.locator("details summary").click()
    visit.check()
    revoked = Certificate.objects.exclude(revoked_at=None).get()
    visit.open(path_of(revoked.key))
    expect(visit.page.locator("main")).not_to_contain_text(HOLDS[language])
    expect(visit.page.locator("main")).not_to_contain_text("mal escrito")  # the reason is not for everybody
    expect(visit.page.locator("main details, main a.button")).to_have_count(
        0
    )  # nothing to print or to hand on
    visit.check()
    assert visit.open("/verify/nothing/") == 404
    visit.errors.clear()  # the browser writes the 404 on its console
    visit.check()


def test_it_is_light_and_says_everything_without_a_script(browse: Browse, given: Certificate):
    plain = browse(360, language="es", script=False)
    plain.open(path_of(given.key))
    for words in (HOLDS["es"], given.name, LONG[:40], "12 h"):
        expect(plain.page.locator("main")).to_contain_text(words)
    plain.page.locator("details summary").click()
    expect(plain.page.locator("a[href$='credential.json']")).to_be_visible()
    weight = measure_weight(browse(360), path_of(given.key))
    assert weight.kilobytes <= MOST_KB, weight
    assert weight.requests <= MOST_REQUESTS, weight


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_the_team_trouble_nobody(
    browse: Browse, cast: Cast, given: Certificate, language: str, width: int
):
    gathering = Gathering.objects.filter(series=given.rule.series).first()
    empty = make.held(cast.node)
    visit = browse(width, language=language)
    sign_in(visit, cast.rosa.email)
    for path in (
        f"/g/{gathering.pk}/certificates/", f"/g/{gathering.pk}/certificates/rule/", f"/g/{empty.pk}/certificates/",
        f"/certificates/{given.pk}/", f"/g/{gathering.pk}/",
    ):  # fmt: skip
        visit.open(path)
        visit.check()


def test_whose_it_is_finds_it_on_the_page_of_the_gathering(browse: Browse, cast: Cast, given: Certificate):
    visit = browse(360, language="es")
    sign_in(visit, cast.ana.email)
    visit.open(f"/g/{Gathering.objects.filter(series=given.rule.series).first().pk}/")
    expect(visit.page.locator("a[href$='/certificates/']")).to_have_count(0)  # who gets one is for the team
    visit.page.locator("#my-certificate ~ p a").click()
    expect(visit.page.locator("main")).to_contain_text(HOLDS["es"])
    visit.check()
