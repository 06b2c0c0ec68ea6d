"""Taps on the attendance sheet survive a lost connection, and each is done once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import Visit, sign_in

ROSA = "rosa@demo.tejido.invalid"


def acts() -> int:
    from tejido.foundation.models import DoneAct

    return DoneAct.objects.filter(kind="web.parts_mark").count()


def button(page: Page, person: int, value: str) -> Any:
    return page.locator(f'form[data-queue="person-{person}"] button[value="{value}"]')


def status(page: Page) -> Any:
    return page.locator("[data-queue-status]")


@pytest.fixture
def sheet(browse: Callable[..., Visit]) -> Visit:
    visit = browse(360, language="en")
    sign_in(visit, ROSA)
    assert visit.open("/_parts/") == 200
    visit.mounted()
    return visit


def test_a_tap_is_saved_at_once_and_stays_after_loading_again(sheet: Visit):
    page = sheet.page
    button(page, 1, "on_site").click()
    expect(button(page, 1, "on_site")).to_have_attribute("aria-pressed", "true")
    expect(page.locator('form[data-queue="person-1"]')).to_have_attribute("data-state", "sent")
    expect(page.locator("[data-count-of=on_site]")).to_have_text("1")
    button(page, 1, "absent").click()
    expect(page.locator("[data-count-of=on_site]")).to_have_text("0")
    expect(status(page)).to_have_text("Everything is saved")
    page.reload()
    expect(button(page, 1, "absent")).to_have_attribute("aria-pressed", "true")
    button(page, 1, "").click()
    expect(button(page, 1, "absent")).to_have_attribute("aria-pressed", "false")
    expect(page.locator('form[data-queue="person-1"]')).to_have_attribute("data-state", "sent")
    assert acts() == 3
    sheet.check()


def test_taps_without_a_connection_wait_are_counted_and_are_sent_once(sheet: Visit):
    page = sheet.page
    sheet.context.set_offline(True)
    for person in (1, 2, 3):
        button(page, person, "on_site").click()
    expect(status(page)).to_have_text("3 marks are waiting for the connection")
    expect(button(page, 2, "on_site")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#offline")).to_be_visible()
    assert acts() == 0
    lost: list[int] = []

    def lose_the_first_answer(route: Any) -> None:
        if not lost:
            lost.append(route.fetch().status)  # the server has done it; the phone does not hear
            route.abort()
        else:
            route.continue_()

    page.route("**/_parts/mark", lose_the_first_answer)
    sheet.context.set_offline(False)
    expect(status(page)).to_have_text("Everything is saved", timeout=15_000)
    expect(page.locator("#offline")).to_be_hidden()
    assert lost == [200] and acts() == 3, "the one whose answer was lost was sent again and done once"
    page.reload()
    expect(page.locator("[data-count-of=on_site]")).to_have_text("3")


def test_what_waits_outlives_the_page(sheet: Visit):
    page = sheet.page
    page.route("**/_parts/mark", lambda route: route.abort())
    button(page, 4, "on_site").click()
    expect(status(page)).to_have_text("1 mark is waiting for the connection")
    page.close()
    again = sheet.context.new_page()
    again.goto(sheet.site.url + "/_parts/")
    expect(status(again)).to_have_text("Everything is saved")
    expect(button(again, 4, "on_site")).to_have_attribute("aria-pressed", "true")
    assert acts() == 1


def test_a_session_that_ended_keeps_the_taps_and_asks_to_sign_in(sheet: Visit):
    page = sheet.page
    sheet.context.clear_cookies(name="sessionid")
    button(page, 1, "on_site").click()
    expect(status(page)).to_have_text("Sign in again to send 1 mark")
    expect(page.locator("[data-sign-in]")).to_be_visible()
    assert acts() == 0
    sign_in(sheet, ROSA)
    button(page, 2, "on_site").click()
    expect(status(page)).to_have_text("Everything is saved")
    expect(page.locator("[data-sign-in]")).to_be_hidden()
    assert acts() == 2


def test_another_account_on_the_same_phone_does_not_send_them_as_its_own(sheet: Visit):
    page = sheet.page
    page.route("**/_parts/mark", lambda route: route.abort())
    button(page, 1, "on_site").click()
    expect(status(page)).to_have_text("1 mark is waiting for the connection")
    page.close()  # with no connection to the last: it tries again every few seconds, still as Rosa's
    sign_in(sheet, "ana@demo.tejido.invalid")
    other = sheet.context.new_page()
    other.goto(sheet.site.url + "/_parts/")
    expect(status(other)).to_have_text("1 mark of another account waits on this device")
    expect(button(other, 1, "on_site")).to_have_attribute("aria-pressed", "false")
    assert acts() == 0


def test_two_tabs_do_not_send_the_same_tap_twice(sheet: Visit):
    sent: list[str] = []
    sheet.context.on("request", lambda r: sent.append(r.post_data) if r.url.endswith("/mark") else None)
    page, other = sheet.page, sheet.context.new_page()
    other.goto(sheet.site.url + "/_parts/")
    sheet.context.set_offline(True)
    for person in range(6):
        button(page, person, "on_site").click()
    expect(status(page)).to_have_text("6 marks are waiting for the connection")
    sent.clear()
    sheet.context.set_offline(False)  # both tabs hear of it at once
    expect(status(page)).to_have_text("Everything is saved", timeout=15_000)
    keys = [re.search(r"act=([0-9a-f-]{36})", body).group(1) for body in sent]  # type: ignore[union-attr]
    assert sorted(keys) == sorted(set(keys)) and len(keys) == 6 and acts() == 6


def test_a_refusal_leaves_the_queue_and_its_row_says_why(sheet: Visit):
    page = sheet.page
    page.locator('form[data-queue="person-1"] input[name=person]').evaluate("field => field.value = '999'")
    button(page, 1, "on_site").click()
    row = page.locator('form[data-queue="person-1"]')
    expect(row).to_have_attribute("data-state", "refused")
    expect(row.locator("[data-says]")).to_contain_text("There is nobody of that number here.")
    expect(button(page, 1, "on_site")).to_have_attribute("aria-pressed", "false")
    button(page, 2, "on_site").click()
    expect(status(page)).to_have_text("Everything is saved")


def test_the_search_finds_names_without_accents_and_capitals(sheet: Visit):
    page = sheet.page
    page.fill("[data-search]", "hua ros")
    expect(page.locator("[data-row]:visible")).to_have_count(1)
    expect(page.locator("[data-found]")).to_have_text("1 person found")
    page.fill("[data-search]", "JOAO")
    expect(page.locator("[data-row]:visible")).to_contain_text("João Prado")
    page.fill("[data-search]", "")
    expect(page.locator("[data-row]:visible")).to_have_count(14)


def test_without_script_the_same_forms_do_the_same(browse: Callable[..., Visit]):
    visit = browse(360, language="en", script=False)
    sign_in(visit, ROSA)
    visit.open("/_parts/")
    button(visit.page, 1, "on_site").click()
    assert visit.page.url.endswith("/_parts/")
    assert button(visit.page, 1, "on_site").get_attribute("aria-pressed") == "true"
    assert acts() == 1
