"""Tables on a phone and on a desk: silent for axe in three languages, changed by keyboard and without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tejido.communities.tests.factories import Cast
from tejido.invitations.tests.factories import link
from tejido.seating import selectors, services
from tejido.seating.tests import factories as make
from tejido.seating.tokens import table_path
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
MOST_KB, MOST_REQUESTS = 30, 4


def proposed(cast: Cast, many: int = 12, **more: Any):
    """A gathering of the node whose tables stand as a proposal: the plan, and those who are seated."""
    gathering = make.coming(cast.node)
    people = make.members(cast.node, many)
    plan = make.planned(gathering, people, **more)
    services.propose(plan, actor=cast.rosa)
    return plan, people


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_the_team_trouble_nobody(browse: Browse, cast: Cast, language: str):
    plan, people = proposed(cast)
    services.add_pair(plan, people[0], people[1], together=False, actor=cast.rosa)
    services.keep_table(plan, people[2], 1, actor=cast.rosa)
    services.note_talks(plan, 1, {0: ("¿Qué intentaron?", ""), 2: ("", "Un laboratorio.")}, actor=cast.rosa)
    plan.gathering.invitations.filter(person=people[3]).delete()  # so that the board offers to seat again
    empty = make.coming(cast.node)
    visit = browse(360, language=language)
    sign_in(visit, cast.rosa.email)
    for page in ("", "?round=2", "settings/", "rules/", "1/talks/", f"1/{people[0].pk}/"):
        visit.open(f"/g/{plan.gathering_id}/seating/{page}")
        visit.check()
    visit.open(f"/g/{empty.pk}/seating/")
    visit.check()
    services.set_up(empty, actor=cast.rosa)
    visit.open(f"/g/{empty.pk}/seating/")
    visit.check()


def test_from_nothing_to_confirmed_tables_without_script(browse: Browse, cast: Cast):
    gathering = make.coming(cast.node)
    make.members(cast.node, 12)
    visit = browse(360, language="en", script=False)
    sign_in(visit, cast.rosa.email)
    visit.open(f"/g/{gathering.pk}/seating/")
    visit.page.get_by_role("link", name="Plan the tables").click()
    visit.page.locator("select[name=who]").select_option("invited")
    visit.page.locator("input[name=rounds]").fill("2")
    visit.page.get_by_role("button", name="Save").click()
    visit.page.get_by_role("button", name="Propose the tables").click()
    expect(visit.page.locator("article.card")).to_have_count(3)
    visit.page.get_by_role("link", name="P000").click()
    visit.page.get_by_role("button", name="Swap with").first.click()
    expect(visit.page.locator("body")).to_contain_text("Changed.")
    visit.page.get_by_role("button", name="Confirm the tables").click()
    plan = selectors.plan_of(gathering)
    assert plan is not None
    assert plan.confirmed_at is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_writes_on_a_phone_what_came_out(browse: Browse, cast: Cast, language: str):
    plan, people = proposed(cast)
    services.note_talks(plan, 1, {0: ("¿Qué intentaron este trimestre?", "")}, actor=cast.rosa)
    path = table_path(plan.gathering_id, 1)
    visit = browse(360, language=language, script=False)
    visit.open(path)
    visit.page.locator("textarea").first.fill("Un laboratorio entre dos escuelas.")
    visit.page.locator("form.form button").click()
    expect(visit.page.locator("p.note[role=status]")).to_be_visible()
    visit = browse(360, language=language)
    for address in (path, f"/t/{plan.gathering_id}/1/nothing/"):
        visit.open(address)
        if visit.errors:  # the browser writes the 404 on its console
            visit.errors.clear()
        visit.check()
    services.confirm(plan, actor=cast.rosa)
    mine = link(plan.gathering, people[0])
    visit.open(mine)
    expect(visit.page.locator("#my-tables")).to_be_visible()
    visit.check()
    for light in (path, mine):
        weight = measure_weight(browse(360), light)
        assert weight.kilobytes <= MOST_KB, (light, weight)
        assert weight.requests <= MOST_REQUESTS, (light, weight)
    sign_in(visit, cast.rosa.email)
    for page in ("seating/harvest/", "seating/rooms/", ""):
        visit.open(f"/g/{plan.gathering_id}/{page}")
        visit.check()


def test_the_board_is_changed_by_keyboard_and_by_dragging_and_says_before_what_it_means(
    browse: Browse, cast: Cast
):
    plan, people = proposed(cast)
    before = selectors.places_of(plan)[1]
    visit = browse(1280, language="en")
    sign_in(visit, cast.rosa.email)
    visit.open(f"/g/{plan.gathering_id}/seating/")
    page, says = visit.page, visit.page.locator("[data-says]")
    expect(page.locator("[data-island][data-mounted]")).to_have_count(1)
    grip = page.get_by_role("button", name="Move P000")
    grip.press("Enter")
    expect(says).to_contain_text("Where to?")
    visit.check()
    page.keyboard.press("ArrowDown")
    expect(says).to_contain_text("Move to table")
    page.keyboard.press("Escape")
    expect(says).to_be_hidden()
    assert selectors.places_of(plan)[1] == before, "nothing is done before it is said and sent"
    grip.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(says).to_contain_text("Swap with")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Changed.")
    swapped = selectors.places_of(plan)[1]
    assert sum(swapped[one] != table for one, table in before.items()) == 2
    own = swapped[people[1].pk]
    other = next(table for table in sorted(set(swapped.values())) if table != own)
    line = page.locator(f"[data-person='{people[1].pk}']")
    line.drag_to(page.locator(f"#table-{other}"))
    expect(page.locator(f"[data-table='{other}'] [data-person='{people[1].pk}']")).to_have_count(1)
    assert selectors.places_of(plan)[1] == {**swapped, people[1].pk: other}
    page.get_by_role("button", name="Move P002").click()  # a finger: the handle, a table, and the answer
    last = page.locator("[data-table]").last
    if last.locator(f"[data-person='{people[2].pk}']").count():
        last = page.locator("[data-table]").first
    last.locator("h3").click()
    expect(says).to_contain_text("Move to table")
    page.get_by_role("button", name="Leave it as it is").click()
    expect(says).to_be_hidden()
