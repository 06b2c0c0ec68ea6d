"""The attendance sheet on a phone with a bad connection; how much the pages of gatherings weigh."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tejido.communities.tests.factories import Cast, MembershipFactory
from tejido.directory.models import Person
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.models import DoneAct, JournalEntry
from tejido.gatherings import services
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.tests.factories import GatheringFactory, was_at
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]


@pytest.fixture
def gathering(cast: Cast) -> Gathering:
    for name in ("Beto", "Carla", "Dora"):
        person = PersonFactory(given_names=name, family_names="Paz", search_name=f"{name.lower()} paz")
        MembershipFactory(community=cast.node, person=person)
    return GatheringFactory(community=cast.node)


@pytest.fixture
def phone(browse: Browse, cast: Cast, gathering: Gathering) -> Visit:
    """Inês with the sheet open on her phone."""
    visit = browse(360, language="en")
    sign_in(visit, cast.ines.email)
    assert visit.open(f"/g/{gathering.pk}/attendance/") == 200
    visit.mounted()
    return visit


def tap(page: Page, name: str, status: str = "On site") -> None:
    page.get_by_role("button", name=f"{name}: {status}", exact=True).click()


def pressed(page: Page, name: str) -> list[str]:
    row = page.locator("li", has_text=name)
    return row.locator('button[aria-pressed="true"]').all_inner_texts()


def status(page: Page) -> Any:
    return expect(page.locator("[data-queue-status]"))


def marks() -> dict[str, str]:
    return dict(Attendance.objects.values_list("person__given_names", "status"))


def saved(page: Page, expected: dict[str, str]) -> None:
    """What the server has is soon `expected`, and the page says that everything is saved."""
    for _moment in range(75):
        if marks() == expected:
            break
        page.wait_for_timeout(200)
    assert marks() == expected
    status(page).to_have_text("Everything is saved", timeout=15_000)


def test_the_sheet_troubles_nobody(phone: Visit) -> None:
    phone.check()
    box = phone.page.get_by_role("button", name="Ana Rojas: On site").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44, "big enough for a thumb"


def test_each_tap_is_saved_at_once(phone: Visit, gathering: Gathering) -> None:
    tap(phone.page, "Ana Rojas")
    tap(phone.page, "Beto Paz", "Excused")
    saved(phone.page, {"Ana": "on_site", "Beto": "excused"})
    expect(phone.page.locator('[data-count-of="on_site"]')).to_have_text("1")
    phone.page.get_by_role("button", name="Ana Rojas: take the mark back").click()
    expect(phone.page.locator('[data-count-of="on_site"]')).to_have_text("0")
    saved(phone.page, {"Beto": "excused"})


def test_taps_without_a_connection_wait_on_the_phone_and_are_sent_once(phone: Visit) -> None:
    phone.context.set_offline(True)
    for name in ("Ana Rojas", "Beto Paz", "Carla Paz"):
        tap(phone.page, name)
    tap(phone.page, "Carla Paz", "Online")
    status(phone.page).to_have_text("4 marks are waiting for the connection")
    expect(phone.page.locator("li", has_text="Beto Paz").locator("[data-says]")).to_have_text("waiting")
    assert pressed(phone.page, "Carla Paz") == ["Online"]
    assert marks() == {}
    phone.context.set_offline(False)
    saved(phone.page, {"Ana": "on_site", "Beto": "on_site", "Carla": "online"})
    assert DoneAct.objects.count() == 4


def test_what_waits_survives_a_closed_page(phone: Visit, gathering: Gathering) -> None:
    phone.context.set_offline(True)
    tap(phone.page, "Dora Paz", "Absent")
    status(phone.page).to_have_text("1 mark is waiting for the connection")
    phone.page.close()
    phone.context.set_offline(False)
    again = phone.context.new_page()
    again.goto(f"{phone.site.url}/g/{gathering.pk}/attendance/")
    saved(again, {"Dora": "absent"})


def test_an_answer_that_is_lost_on_the_way_does_not_double_the_mark(phone: Visit) -> None:
    lost: list[int] = []

    def drop_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)  # the server has done it; its answer never arrives
        route.abort()

    phone.page.route("**/attendance/mark/", drop_the_first)
    tap(phone.page, "Ana Rojas")
    saved(phone.page, {"Ana": "on_site"})
    assert lost == [200]
    assert DoneAct.objects.count() == 1
    assert JournalEntry.objects.filter(fact="gatherings.attendance_recorded").count() == 1


def test_another_helpers_mark_stands_until_somebody_has_seen_it(
    phone: Visit, cast: Cast, gathering: Gathering
) -> None:
    ana = Person.objects.get(given_names="Ana")
    services.tap(gathering, ana.pk, "excused", actor=cast.rosa)
    tap(phone.page, "Ana Rojas", "Absent")
    says = phone.page.locator("li", has_text="Ana Rojas").locator("[data-says]")
    expect(says).to_contain_text("Somebody else has marked this meanwhile: Excused")
    assert pressed(phone.page, "Ana Rojas") == ["Excused"]
    tap(phone.page, "Ana Rojas")
    saved(phone.page, {"Ana": "on_site"})
    expect(says).to_have_text("")


def test_closed_meanwhile_the_row_says_what_to_do(phone: Visit, cast: Cast, gathering: Gathering) -> None:
    services.close_attendance(gathering, actor=cast.rosa)
    tap(phone.page, "Ana Rojas")
    says = phone.page.locator("li", has_text="Ana Rojas").locator("[data-says]")
    expect(says).to_contain_text("Open it again to correct it.")
    status(phone.page).to_have_text("1 mark could not be saved yet")
    assert marks() == {}


def test_signed_out_meanwhile_nothing_is_lost(phone: Visit, cast: Cast) -> None:
    phone.context.clear_cookies(name="sessionid")
    tap(phone.page, "Ana Rojas")
    status(phone.page).to_have_text("Sign in again to send 1 mark")
    assert marks() == {}
    sign_in(phone, cast.ines.email)
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(phone.page, {"Ana": "on_site"})


def test_without_script_each_tap_is_a_form_with_its_undo(
    browse: Browse, cast: Cast, gathering: Gathering
) -> None:
    visit = browse(360, language="en", script=False)
    sign_in(visit, cast.ines.email)
    visit.open(f"/g/{gathering.pk}/attendance/")
    tap(visit.page, "Ana Rojas")
    expect(visit.page.get_by_text("Ana Rojas: On site.")).to_be_visible()
    assert marks() == {"Ana": "on_site"}
    visit.page.get_by_role("button", name="Undo", exact=True).click()
    assert marks() == {}


def test_the_search_leaves_only_who_fits(phone: Visit) -> None:
    phone.page.get_by_label("Find a person").fill("paz be")
    expect(phone.page.locator("li.sheet-row:visible")).to_have_count(1)
    expect(phone.page.locator("[data-found]")).to_have_text("1 person found")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_place_is_found_while_writing(browse: Browse, cast: Cast, width: int) -> None:
    from tejido.directory.tests.factories import SchoolFactory

    SchoolFactory(name="Escuela Ñandú")
    visit = browse(width, language="en")
    sign_in(visit, cast.rosa.email)
    visit.open(f"/c/{cast.node.pk}/gatherings/new/")
    visit.page.get_by_label("School or organisation").press_sequentially("nandu")
    visit.page.get_by_label("Escuela Ñandú").check()
    visit.check()
    visit.page.get_by_label("What it is called").fill("Círculo")
    visit.page.get_by_label("From").fill("15:00")
    visit.page.get_by_label("Until").fill("17:00")
    visit.page.get_by_role("button", name="Plan it").click()
    expect(visit.page.get_by_role("heading", name="Círculo")).to_be_visible()
    assert Gathering.objects.get().school is not None


@pytest.mark.parametrize("page", ["list", "gathering", "sheet"])
def test_a_first_visit_is_light(browse: Browse, cast: Cast, page: str) -> None:
    people = [MembershipFactory(community=cast.node).person for _n in range(40)]
    for number in range(180):
        starts = datetime(2024, 1, 1, 14, tzinfo=UTC) + timedelta(days=number)
        GatheringFactory(community=cast.node, title=f"Encuentro {number}", starts_at=starts)
    gathering = Gathering.objects.latest("pk")
    was_at(gathering, *people)
    path = {
        "list": f"/c/{cast.network.pk}/gatherings/",
        "gathering": f"/g/{gathering.pk}/",
        "sheet": f"/g/{gathering.pk}/attendance/",
    }[page]
    visit = browse(360)
    sign_in(visit, cast.rosa.email)
    weight = measure_weight(visit, path)
    assert weight.kilobytes <= 90, weight.each
    assert weight.requests <= 8, weight.each
    visit.check()
