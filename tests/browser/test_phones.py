"""Somebody gets the code for her phone in a browser: three languages, a phone's width and a desk's, axe silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tejido.communities.tests.factories import Cast
from tejido.instruments.models import Phone
from tejido.instruments.tokens import phone_token
from tests.browser.visiting import Visit, sign_in


@pytest.mark.parametrize(("language", "width"), [("es", 360), ("en", 1280), ("pt-BR", 360)])
def test_a_coordinator_gets_a_code_and_takes_it_back(
    browse: Callable[..., Visit], cast: Cast, language: str, width: int
) -> None:
    visit = browse(width, language=language)
    sign_in(visit, "rosa@example.org")
    visit.open(f"/c/{cast.node.pk}/phones/")
    visit.check()

    visit.page.fill("[name=name]", "el azul")
    visit.page.locator("main form.form button[type=submit]").first.click()

    expect(visit.page.locator(".qr svg")).to_be_visible()
    visit.page.locator("main details summary").first.click()
    phone = Phone.objects.get()
    assert (
        visit.page.locator("#collect-address").input_value().endswith(f"/collect/{phone_token(phone.salt)}")
    )
    visit.check()

    visit.page.locator("main form button").last.click()
    visit.page.wait_for_load_state()
    visit.check()
    phone.refresh_from_db()
    assert phone.revoked_at is not None
