"""The drawn network: pick a person to see her ties, by pointer, by keyboard, or from the list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visiting import Visit


@pytest.fixture
def drawn(browse: Callable[..., Visit]) -> Visit:
    visit = browse(1280, language="en")
    visit.open("/_parts/")
    expect(visit.page.locator("[data-controls]")).to_be_visible()
    return visit


def test_a_click_shows_her_ties_beside_the_drawing(drawn: Visit):
    page = drawn.page
    page.locator('[data-node="2"] .fill').click()
    expect(page.locator("[data-ties-title]")).to_have_text("Bruno Díaz")
    ties = page.locator('.tie[data-a="2"], .tie[data-b="2"]')
    expect(page.locator("[data-ties-says]")).to_have_text(f"Bruno Díaz has {ties.count()} ties")
    expect(page.locator(".tie.near")).to_have_count(ties.count())
    expect(page.locator("[data-ties-list] li")).to_have_count(ties.count())
    strengths = [int(text) for text in page.locator("[data-ties-list] .figures").all_inner_texts()]
    assert strengths == sorted(strengths, reverse=True)
    page.locator("[data-ties-list] button").first.click()
    expect(page.locator("[data-ties-title]")).not_to_have_text("Bruno Díaz")
    drawn.check()


def test_the_list_and_the_keyboard_do_the_same(drawn: Visit):
    page = drawn.page
    page.get_by_label("Pick a person").select_option(label="Rosa Huamán")
    expect(page.locator('[data-node="1"]')).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Pick a person").select_option("")
    expect(page.locator(".network.picking")).to_have_count(0)
    assert page.locator("[data-node][tabindex='0']").count() == 1, "one stop for Tab, however many people"
    page.locator('[data-node="0"]').focus()
    page.keyboard.press("ArrowLeft")
    there = page.evaluate("document.activeElement.dataset.node")
    assert there not in {None, "0"}
    page.keyboard.press("Enter")
    expect(page.locator(f'[data-node="{there}"]')).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.locator("[data-node][aria-pressed=true]")).to_have_count(0)


def test_weak_ties_step_back_when_only_strong_ones_are_asked_for(drawn: Visit):
    page = drawn.page
    page.get_by_label("Weakest tie shown").fill("4")
    shown = page.locator(".tie:not(.weak)")
    assert shown.count() > 0
    assert {int(line.get_attribute("data-strength") or 0) >= 4 for line in shown.all()} == {True}
    assert page.locator(".tie.weak").count() > 0
    expect(page.locator("[data-strength-says]")).to_have_text("4")


def test_without_script_the_drawing_and_the_table_say_it(browse: Callable[..., Visit]):
    visit = browse(360, language="en", script=False)
    visit.open("/_parts/")
    drawing = visit.page.locator(".network figure > svg")
    assert drawing.get_attribute("role") == "img" and "14 people" in drawing.inner_html()
    assert visit.page.locator("[data-controls]").is_hidden()
    visit.page.locator(".network details summary").click()
    assert visit.page.locator(".network table tbody tr").count() == 14
