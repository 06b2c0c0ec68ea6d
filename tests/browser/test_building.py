"""The quick builder in a browser: keyboard, telephone beside it, silent for axe in three languages, with and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tejido.communities.tests.factories import Cast
from tejido.instruments.models import Collection, Instrument
from tests.browser.visiting import Visit, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_builder_and_templates_trouble_nobody(browse: Browse, cast: Cast, language: str, width: int):
    visit = browse(width, language=language)
    sign_in(visit, cast.rosa.email)
    for path in (
        "templates/",
        "templates/exit_ticket/",
        "templates/inquiry_record/",
        "build/",
        "build/?from=application",
    ):
        visit.open(f"/c/{cast.node.pk}/forms/{path}")
        visit.check()


def test_a_form_is_drawn_by_keyboard_and_the_telephone_follows(browse: Browse, cast: Cast):
    visit = browse(1280, language="en")
    sign_in(visit, cast.rosa.email)
    visit.open(f"/c/{cast.node.pk}/forms/build/")
    page = visit.page
    page.get_by_label("Title").fill("Ticket")
    page.get_by_role("button", name="Choose one").press("Enter")
    expect(page.locator("#k1-label")).to_be_focused(timeout=20_000)  # what was added waits for words
    page.keyboard.type("What for?")
    page.locator("#k1-options").fill("Class\nHome")
    page.keyboard.press("Tab")
    telephone = page.locator(".phone")
    expect(telephone.get_by_text("What for?")).to_be_visible()
    expect(telephone.get_by_label("Home")).to_be_visible()
    page.get_by_role("button", name="Note, without an answer").press("Enter")
    page.locator("#k2-label").fill("Thank you")
    page.locator("#k2-up").press("Enter")
    expect(page.locator(".line").first).to_have_id("k2")
    expect(page.locator("#k2-down")).to_be_visible()
    page.get_by_role("button", name="Remove question 1").press("Enter")
    expect(page.locator("#k2")).to_have_count(0)
    page.get_by_role("button", name="Bring it back").press("Enter")
    expect(page.locator("#k2-label")).to_have_value("Thank you")
    visit.check()
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ticket")
    assert Instrument.objects.get().versions.count() == 1


def test_what_is_missing_is_told_and_leads_to_its_place(browse: Browse, cast: Cast):
    visit = browse(360, language="es")
    sign_in(visit, cast.rosa.email)
    visit.open(f"/c/{cast.node.pk}/forms/build/")
    visit.page.get_by_role("button", name="Elegir varias").click()
    expect(visit.page.locator("#k1-label")).to_be_focused()
    visit.page.get_by_role("button", name="Guardar", exact=True).click()
    expect(visit.page.get_by_role("alert")).to_contain_text("al menos dos opciones")
    visit.page.wait_for_load_state("networkidle")
    visit.errors.clear()  # the browser writes the 422 on its console
    visit.check()
    visit.page.get_by_role("link", name="al menos dos opciones").click()
    assert visit.page.url.endswith("#k1-options")


def test_without_script_an_exit_ticket_is_four_taps_away(browse: Browse, cast: Cast):
    visit = browse(360, language="es", script=False)
    sign_in(visit, cast.rosa.email)
    visit.open(f"/c/{cast.node.pk}/")
    for number, name in enumerate(("Formularios", "Boleto de salida"), 1):
        visit.page.get_by_role("link", name=name, exact=True).first.click()
        assert number < 4
    visit.page.get_by_role("button", name="Abrir para recibir respuestas").click()
    expect(visit.page.get_by_text(f"/a/{Collection.objects.get().public_token}/").first).to_be_visible()
