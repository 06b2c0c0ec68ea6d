"""Every kind of page of the demonstration on a phone: what a first visit costs, and whether anything troubles the reader.

How long the first paint takes on a slow network is measured by tests/benchmarks/pages_bench.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from tejido.accounts.services import system_account
from tejido.demo import avanzando_juntas
from tejido.demo.links import links
from tejido.foundation.journal import pay_all
from tejido.insights.services import recompute_owed
from tests.browser.visiting import Site, Visit, measure_weight, sign_in

pytestmark = pytest.mark.slow

ROSA, ANA = "rosa@demo.tejido.invalid", "ana@demo.tejido.invalid"
COMMON, DRAWN, DOOR = (90, 8), (350, 12), (30, 4)  # KB compressed and requests at a first visit
OF_ROSA = [
    "home", "community", "people", "history", "gatherings", "calendar", "gathering", "attendance", "tables", "insight",
    "attention", "report", "imports", "person", "school", "me",
]  # fmt: skip
OF_ANA = ["home", "community", "gatherings", "calendar", "gathering", "person", "school", "me"]
AT_THE_DOOR = ["/", "/accounts/login/"]


@pytest.fixture
def paths(site: Site) -> dict[str, str]:
    """The demonstration planted and computed, its pages by name."""
    call_command("seed-reference", verbosity=0)
    call_command("seed-activities", verbosity=0)
    avanzando_juntas.plant(lambda step: None)
    pay_all()
    recompute_owed(actor=system_account())
    named = {name: urlsplit(url).path for name, url in links(site.url).items()}
    return named | {"me": "/me/"}


def troubles(visit: Visit, path: str, most: tuple[int, int]) -> list[str]:
    """What is wrong with a first visit to this page, one line each."""
    weight = measure_weight(visit, path)
    found = []
    if urlsplit(visit.page.url).path != path or not any(url.partition("?")[0] == path for url in weight.each):
        found.append(f"leads to {visit.page.url}: {sorted(weight.each)}")
    kilobytes, requests = most
    if weight.kilobytes > kilobytes or weight.requests > requests:
        found.append(f"{weight.kilobytes:.1f} KB in {weight.requests} requests: {weight.each}")
    try:
        visit.check()
    except AssertionError as trouble:
        found.append(str(trouble))
    return [f"{visit.language} {path}: {line}" for line in found]


@contextmanager
def visiting(browse: Callable[..., Visit], language: str, email: str = "") -> Iterator[Visit]:
    """Somebody with a phone on which nothing is cached; closed at once, so that a long round stays small."""
    visit = browse(360, language=language)
    if email:
        sign_in(visit, email)
    yield visit
    visit.page.close()


def language_of(email: str, language: str) -> None:
    from tejido.accounts.models import User

    User.objects.filter(email=email).update(language=language)


def test_every_page_is_light_and_troubles_nobody_on_a_phone(
    browse: Callable[..., Visit], paths: dict[str, str]
):
    found: list[str] = []
    for language in ("es", "en"):
        for path in AT_THE_DOOR:
            with visiting(browse, language) as visit:
                found += troubles(visit, path, DOOR)
        for email, names in ((ROSA, OF_ROSA), (ANA, OF_ANA)):
            language_of(email, language)
            for name in names:
                with visiting(browse, language, email) as visit:
                    found += troubles(visit, paths[name], DRAWN if name == "insight" else COMMON)
                    spoken: Any = visit.page.locator("html").get_attribute("lang")
                    if spoken != language:
                        found.append(f"{name} as {email}: in {spoken} instead of {language}")
    assert not found, "\n".join(found)
