"""One click signs in as one of the cast: in the demonstration, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tejido.accounts.cast import CAST
from tejido.accounts.services import open_account

pytestmark = pytest.mark.django_db
PAGES = [("get", "accounts:parts", {}), ("post", "accounts:parts_mark", {"person": "1", "mark": "on_site"})]


def door(key: str) -> str:
    return reverse("accounts:demonstration_sign_in", args=[key])


@pytest.fixture
def demonstration(settings: Any) -> None:
    settings.TEJIDO_DEMONSTRATION = True


@pytest.mark.parametrize("role", CAST, ids=lambda role: role.key)
def test_one_click_signs_in_as_each_of_the_cast(client: Client, demonstration: None, role: Any):
    account = open_account(role.email)
    assert client.post(door(role.key)).status_code == 302
    assert client.session["_auth_user_id"] == str(account.pk)


@pytest.mark.parametrize("role", CAST, ids=lambda role: role.key)
def test_the_door_does_not_exist_where_the_setting_is_off(client: Client, settings: Any, role: Any):
    settings.TEJIDO_DEMONSTRATION = False
    open_account(role.email)
    assert client.post(door(role.key)).status_code == 404
    assert "_auth_user_id" not in client.session
    assert role.name not in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize(("method", "name", "data"), PAGES)
def test_nor_do_the_pages_of_the_demonstration(
    client: Client, settings: Any, method: str, name: str, data: Any
):
    settings.TEJIDO_DEMONSTRATION = False
    assert getattr(client, method)(reverse(name), data).status_code == 404


def test_the_sign_in_page_of_the_demonstration_offers_the_cast(client: Client, demonstration: None):
    page = client.get(reverse("account_login")).content.decode()
    assert [role.name for role in CAST if f'action="{door(role.key)}"' not in page] == []


def test_a_link_followed_by_chance_does_not_sign_in(client: Client, demonstration: None):
    open_account(CAST[0].email)
    assert client.get(door(CAST[0].key)).status_code == 405


def test_nobody_else_comes_in_through_it(client: Client, demonstration: None):
    open_account("somebody@example.org")
    assert client.post(door("somebody")).status_code == 404


def test_it_leads_on_only_to_pages_of_this_house(client: Client, demonstration: None):
    open_account(CAST[0].email)
    assert client.post(door(CAST[0].key), {"next": "/accounts/"}).url == "/accounts/"
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert client.post(door(CAST[0].key), {"next": elsewhere}).url == "/"


def test_before_the_planting_it_says_what_to_do(client: Client, demonstration: None):
    answer = client.post(door("rosa"), follow=True)
    assert "tejido demo" in answer.content.decode()
    assert "_auth_user_id" not in client.session
