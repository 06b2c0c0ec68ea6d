"""What every answer carries."""

from __future__ import annotations

import pytest
from django.test import Client

from tejido.accounts.services import open_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client: Client) -> Client:
    client.force_login(open_account("ana@example.org"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_what_a_member_sees_is_kept_by_no_proxy(ana: Client):
    assert ana.get("/accounts/")["Cache-Control"] == "private, no-cache"


def test_a_public_answer_stays_as_its_view_made_it(client: Client):
    assert "Cache-Control" not in client.get("/ping")


def test_the_policy_on_content_lets_in_nothing_inline_and_nothing_from_outside(ana: Client):
    policy = dict(
        part.strip().split(" ", 1)
        for part in ana.get("/accounts/")["Content-Security-Policy"].split(";")
        if part.strip()
    )
    assert policy["script-src"] == policy["style-src"] == policy["default-src"] == "'self'"
    assert "unsafe" not in str(policy) and "http" not in str(policy)


def test_the_answer_says_its_language_and_depends_on_who_asks(client: Client):
    answer = client.get("/accounts/login/", headers={"accept-language": "pt-br,en;q=0.5"})
    assert answer["Content-Language"] == "pt-br"
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


def test_somebody_who_asks_for_no_language_of_ours_gets_the_installation_s(client: Client, settings):
    answer = client.get("/accounts/login/", headers={"accept-language": "qu, ay"})
    assert answer["Content-Language"] == settings.LANGUAGE_CODE
