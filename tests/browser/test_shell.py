"""The shell: what a first visit costs, what works without script, toasts, dialogs, menus, filters, sign-in."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visiting import Visit, measure_weight, sign_in

ROSA = "rosa@demo.tejido.invalid"


def test_a_participant_s_page_is_light(browse: Callable[..., Visit]):
    weight = measure_weight(browse(360), "/accounts/login/")
    assert weight.kilobytes <= 30 and weight.requests <= 4, weight
    assert not [url for url in weight.each if "tejido." in url and url.endswith(".js")], (
        "no htmx on the light shell"
    )


def test_a_coordinator_s_page_stays_within_its_budget(browse: Callable[..., Visit]):
    visit = browse(360)
    sign_in(visit, ROSA)
    weight = measure_weight(visit, "/accounts/")
    assert weight.kilobytes <= 45 and weight.requests <= 5, (
        weight
    )  # leaves half of the 90 KB to the page itself


def test_the_whole_look_is_small(built_static) -> None:
    import gzip

    sheet = (built_static / "dist" / "tejido.css").read_bytes()
    assert len(gzip.compress(sheet)) <= 12 * 1024


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["es", "en", "pt-BR"])
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_nothing_troubles_whoever_stands_at_the_door(
    browse: Callable[..., Visit], path: str, language: str, width: int
):
    visit = browse(width, language=language)
    assert visit.open(path) == 200
    visit.check()


@pytest.mark.parametrize(
    "path", ["/accounts/", "/accounts/email/", "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/"]
)
def test_nothing_troubles_whoever_looks_at_their_account(browse: Callable[..., Visit], path: str):
    visit = browse(360, language="es", dark=True)
    sign_in(visit, ROSA)
    assert visit.open(path) == 200
    visit.check()


def test_a_page_that_is_not_there_troubles_nobody_either(browse: Callable[..., Visit]):
    visit = browse(360)
    assert visit.open("/nowhere/") == 404
    visit.errors.clear()  # the browser's own note of the 404
    visit.check()


@pytest.mark.parametrize("width", [360, 1280])
def test_inside_a_community_its_places_are_at_hand_and_the_current_one_is_in_sight(
    browse: Callable[..., Visit], cast, width: int
):
    visit = browse(width, language="es")
    sign_in(visit, cast.rosa.email)
    assert visit.open(f"/c/{cast.network.pk}/gatherings/") == 200
    current = visit.page.locator(".within [aria-current=page]")
    expect(current).to_have_text("Encuentros")
    expect(current).to_be_in_viewport(ratio=1)
    visit.check()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_the_language_is_a_button_away(browse: Callable[..., Visit], script: bool):
    visit = browse(360, language="es", script=script)
    visit.open("/accounts/login/")
    visit.page.get_by_role("button", name="Português").click()
    assert visit.page.get_attribute("html", "lang") == "pt-br"
    visit.open("/accounts/signup/")
    assert visit.page.get_attribute("html", "lang") == "pt-br"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_one_click_enters_the_demonstration_and_one_more_leaves_it(
    browse: Callable[..., Visit], script: bool
):
    from tejido.accounts.services import open_account

    open_account(ROSA, language="es")
    visit = browse(360, language="es", script=script)
    visit.open("/accounts/login/?next=/accounts/")
    visit.page.get_by_role("button", name="Entrar: Rosa").click()
    visit.page.wait_for_url("**/accounts/")
    visit.page.locator("details.menu summary").click()
    visit.page.locator("details.menu").get_by_role("button", name="Cerrar la sesión").click()
    visit.open("/accounts/")
    assert "/login/" in visit.page.url


def test_the_first_tab_skips_to_the_content(browse: Callable[..., Visit]):
    page = browse(1280, language="en")
    page.open("/accounts/login/")
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.page.keyboard.press("Enter")
    assert page.page.evaluate("document.activeElement.id") == "main"


def test_a_message_becomes_a_toast_that_can_be_closed(browse: Callable[..., Visit]):
    visit = browse(360, language="en")
    visit.open("/accounts/login/")
    visit.page.get_by_role("button", name="Enter: Ana").click()
    toast = visit.page.locator("#toasts .toast.error")
    expect(toast).to_contain_text("tejido demo")
    visit.check()
    toast.get_by_role("button", name="Close this message").click()
    expect(toast).to_have_count(0)


def test_a_dialog_holds_the_keyboard_and_gives_it_back(browse: Callable[..., Visit]):
    visit = browse(1280, language="en")
    visit.open("/_parts/")
    opener = visit.page.get_by_role("link", name="Leave the network")
    opener.click()
    dialog = visit.page.get_by_role("dialog", name="Leave the network?")
    expect(dialog).to_be_visible()
    assert visit.axe() == []
    visit.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert opener.evaluate("element => element === document.activeElement")


def test_a_dialog_opens_without_script_too(browse: Callable[..., Visit]):
    visit = browse(360, language="en", script=False)
    visit.open("/_parts/")
    visit.page.get_by_role("link", name="Leave the network").click()
    expect(visit.page.locator("dialog#leave")).to_be_visible()
    visit.page.locator("dialog#leave").get_by_role("link", name="Stay").click()
    expect(visit.page.locator("dialog#leave")).to_be_hidden()


def test_a_word_is_explained_where_it_stands(browse: Callable[..., Visit]):
    visit = browse(360, language="en")
    visit.open("/_parts/")
    visit.page.get_by_role("button", name="What does “Returning people” mean?").click()
    expect(visit.page.locator("#returning")).to_be_visible()
    expect(visit.page.locator("#returning")).to_contain_text("had been to an earlier one")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_filters_stand_in_the_address_and_the_files_hold_what_is_shown(
    browse: Callable[..., Visit], script: bool
):
    visit = browse(1280, language="en", script=script)
    visit.open("/_parts/")
    page = visit.page
    page.locator("#teachers").get_by_label("Municipality").select_option("Osorno")
    if not script:
        page.get_by_role("button", name="Show").click()
    expect(page.locator("#teachers-rows")).to_contain_text("1 to 10 of 40")
    assert "place=Osorno" in page.url
    page.locator("#teachers-rows").get_by_role("link", name="Gatherings").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Gatherings")
    assert "place=Osorno" in page.url and "sort=gatherings" in page.url
    with page.expect_download() as download:
        page.locator("#teachers-rows").get_by_role("link", name="CSV").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 41 and all(",Osorno," in line for line in lines[1:])


def test_the_table_follows_while_one_types_and_back_leads_back(browse: Callable[..., Visit]):
    visit = browse(1280, language="en")
    visit.open("/_parts/")
    page = visit.page
    page.locator("#teachers").get_by_label("Name").press_sequentially("bruno")
    expect(page.locator("#teachers-rows")).to_contain_text("1 to 9 of 9")
    assert page.evaluate("document.activeElement.name") == "q", "the writer is not interrupted"
    assert "q=bruno" in page.url
    page.go_back()
    expect(page.locator("#teachers-rows")).to_contain_text("1 to 10 of 120")
    kept = page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    assert "Bruno" not in kept, "no page with names stays in the browser's storage"


def test_a_table_is_cards_on_a_phone_and_keeps_its_meaning(browse: Callable[..., Visit]):
    visit = browse(360, language="en")
    visit.open("/_parts/")
    cell = visit.page.locator("#teachers-rows td").first
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"School"'
    assert cell.evaluate("e => getComputedStyle(e).display") == "flex"
    assert visit.page.locator("#teachers-rows").get_by_role("table").count() == 1
    assert visit.page.locator("#teachers-rows").get_by_role("row").count() == 11


def test_a_passkey_made_once_signs_in_by_itself(browse: Callable[..., Visit]):
    visit = browse(1280, language="en")
    sign_in(visit, "ana@example.org")
    session = visit.context.new_cdp_session(visit.page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options = {**device, "isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    visit.open("/accounts/2fa/webauthn/add/")
    visit.page.get_by_label("Name of this passkey").fill("My phone")
    visit.page.get_by_role("button", name="Make it on this device").click()
    expect(visit.page.get_by_text("The passkey is ready.")).to_be_visible()
    expect(visit.page.get_by_text("My phone")).to_be_visible()
    visit.check()
    visit.context.clear_cookies()
    visit.open("/accounts/login/?next=/accounts/")
    visit.page.get_by_role("button", name="Sign in with a passkey").click()
    visit.page.wait_for_url(re.compile(r"/accounts/$"))
    expect(visit.page.get_by_text("1 passkey")).to_be_visible()
