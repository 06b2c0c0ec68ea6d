"""What I can share, and my buddy, on a phone: without an account, light, silent for axe in three languages, whole without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tejido.accounts.services import system_account
from tejido.buddies.tests import factories as make
from tejido.buddies.tokens import buddy_token, skills_token
from tejido.communities.tests.factories import Cast
from tejido.directory.services import seed_reference
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
MOST_KB, MOST_REQUESTS = 30, 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_participants_trouble_nobody_and_are_light(browse: Browse, cast: Cast, language: str):
    seed_reference(actor=system_account())
    eva = make.member(cast.node, "Eva", "coding", "drama")
    make.told(cast.ana.person, "drama", "coding")
    make.sent(cast.node)
    place = make.partner(eva)
    pages = [f"/s/{skills_token(eva.pk, 1)}/", f"/b/{buddy_token(place.pair_id, eva.pk)}/"]
    visit = browse(360, language=language)
    for path in pages:
        visit.open(path)
        visit.check()
        weight = measure_weight(browse(360, language=language), path)
        assert weight.kilobytes <= MOST_KB, weight
        assert weight.requests <= MOST_REQUESTS, weight
    make.says(eva)
    make.says(cast.ana.person, shares=True)
    visit.open(pages[1])
    visit.check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_whoever_runs_it_trouble_nobody(browse: Browse, cast: Cast, language: str):
    for name in ("Eva", "Leo", "Paz", "Rui"):
        make.member(cast.network, name, "coding", "drama")
    found = make.opened(cast.network)
    visit = browse(360, language=language)
    sign_in(visit, cast.rosa.email)
    for path in ("skills/", "skills/help/?q=coding", "skills/suggestions/", "buddies/"):
        visit.open(f"/c/{cast.network.pk}/{path}")
        visit.check()
    visit.open(f"/buddies/{found.pk}/")
    visit.check()
