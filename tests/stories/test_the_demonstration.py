"""The demonstration, crawled as each of the cast: nothing breaks, nothing costs too much, nothing shows what it must not."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.stories.crawling import MOST_QUERIES, Seen, signed_in

from tejido.accounts.cast import CAST
from tejido.directory.models import ContactPoint
from tejido.directory.selectors import who_consented

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KEYS = [role.key for role in CAST]
PUBLIC = re.compile(r"^(home:home|accounts:|account_|mfa_|web:)")


def told(pages: list[Seen]) -> str:
    return "\n".join(
        f"{seen.response.status_code} {seen.queries} queries {seen.name} {seen.url}" for seen in pages
    )


@pytest.mark.parametrize("key", KEYS)
def test_every_link_leads_somewhere_within_twelve_queries(walk, key):
    pages = walk(key)
    assert len(pages) >= 3
    broken = [seen for seen in pages if seen.response.status_code not in {200, 302}]
    assert not broken, told(broken)
    dear = [seen for seen in pages if seen.is_page and seen.queries > MOST_QUERIES]
    assert not dear, told(dear)


def test_a_coordinator_reaches_the_rooms_of_her_network(walk):
    names = {seen.name for seen in walk("rosa")}
    assert names >= {
        "home:home",
        "communities:overview",
        "communities:people",
        "communities:history",
        "communities:settings",
        "gatherings:list",
        "gatherings:month",
        "gatherings:gathering",
        "gatherings:attendance",
        "insights:insight",
        "reports:reports",
        "imports:lists",
        "directory:person",
        "directory:school",
    }


@pytest.mark.parametrize("key", ["ze", ""])
def test_what_a_coordinator_sees_is_hidden_from_an_outsider(walk, key):
    pages = [seen for seen in walk("rosa") if not PUBLIC.match(seen.name)]
    outsider = signed_in(key) if key else Client()
    secret = [seen.url for seen in pages if re.search(r"/\d+/", seen.url)]
    assert len(secret) > 20
    open_doors = [url for url in secret if outsider.get(url).status_code == 200]
    assert not open_doors


def test_contact_data_reaches_only_those_who_may_have_it(walk):
    for key in ("sole", "ze"):
        others = ContactPoint.objects.exclude(person__user__email=f"{key}@demo.tejido.invalid")
        values = set(others.values_list("value", flat=True))
        leaks = [seen.url for seen in walk(key) if any(value in seen.html for value in values)]
        assert len(values) > 50
        assert not leaks, key


def test_who_said_no_to_the_network_is_in_no_tie_list(world, walk):
    refused = [
        membership.person
        for membership in world.memberships.select_related("person")
        if membership.person_id not in who_consented("analytics")
    ]
    assert len(refused) >= 2
    insight = [seen for seen in walk("sole") if seen.name.startswith("insights:")]
    assert insight
    for seen in insight:
        for person in refused:
            assert person.name not in seen.html, seen.url
