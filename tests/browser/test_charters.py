"""The charter by one's own link, and for everybody, on a phone: light, silent for axe in three languages, whole without a script."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tejido.accounts.services import system_account
from tejido.charters.services import keep_public_page, links_to_accept
from tejido.charters.tests import factories as make
from tejido.communities.tests.factories import Cast
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
MOST_KB, MOST_REQUESTS = 30, 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_for_members_and_for_everybody_trouble_nobody_and_are_light(
    browse: Browse, cast: Cast, language: str
):
    version = make.in_force(cast.network)
    links = links_to_accept(version, actor=system_account())
    public = keep_public_page(cast.network, is_open=True, actor=system_account())
    visit = browse(360, language=language)
    for path in (urlsplit(links[cast.ana.person.pk]).path, f"/charters/{public.slug}/"):
        visit.open(path)
        visit.check()
        weight = measure_weight(browse(360, language=language), path)
        assert weight.kilobytes <= MOST_KB, weight
        assert weight.requests <= MOST_REQUESTS, weight


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_whoever_writes_it_trouble_nobody(browse: Browse, cast: Cast, language: str):
    make.in_force(cast.network)
    draft = make.draft(cast.network, "We weave clean rivers together.")
    visit = browse(360, language=language)
    sign_in(visit, cast.rosa.email)
    article = make.article(draft).pk
    for path in (
        f"/c/{cast.network.pk}/governance/",
        f"/c/{cast.network.pk}/charter/",
        f"/c/{cast.network.pk}/charter/public/",
        f"/c/{cast.network.pk}/roles/",
        f"/c/{cast.network.pk}/steering/",
        f"/c/{cast.network.pk}/agreements/",
        f"/c/{cast.network.pk}/organisations/",
        f"/charter-versions/{draft.pk}/",
        f"/charter-versions/{draft.pk}/compare/",
        f"/charter-versions/{draft.pk}/adopt/",
        f"/charter-articles/{article}/",
        f"/charter-articles/{article}/suggest/",
    ):
        visit.open(path)
        visit.check()
