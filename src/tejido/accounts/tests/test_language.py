"""The language is chosen once: kept in the account, and in a cookie for whoever has none."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tejido.accounts.services import open_account

pytestmark = pytest.mark.django_db


def page_language(client: Client, asked: str) -> str:
    html = client.get(reverse("account_login"), headers={"accept-language": asked}).content.decode()
    return html.split('<html lang="')[1].split('"')[0]


def test_a_visitor_s_choice_outlives_what_the_browser_asks_for(client: Client):
    assert page_language(client, "en") == "en"
    answer = client.post(
        reverse("accounts:language"), {"language": "pt-br", "next": "/accounts/login/?next=/x"}
    )
    assert answer.url == "/accounts/login/?next=/x"
    assert page_language(client, "en") == "pt-br"


def test_an_account_s_choice_goes_with_its_owner_to_another_phone(client: Client):
    ana = open_account("ana@example.org")
    client.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("accounts:language"), {"language": "pt-br"})
    other = Client()
    other.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")
    html = other.get(reverse("accounts:settings"), headers={"accept-language": "en"}).content.decode()
    assert '<html lang="pt-br"' in html


@pytest.mark.parametrize("unknown", ["", "de", "es-cl; drop", "../en"])
def test_a_language_that_is_not_spoken_here_changes_nothing(client: Client, unknown: str):
    assert client.post(reverse("accounts:language"), {"language": unknown}).status_code == 302
    assert page_language(client, "es") == "es"


def test_it_never_leads_out_of_the_house(client: Client):
    answer = client.post(reverse("accounts:language"), {"language": "es", "next": "https://evil.example/"})
    assert answer.url == "/"


def test_a_link_followed_by_chance_changes_nothing(client: Client):
    assert client.get(reverse("accounts:language")).status_code == 405
