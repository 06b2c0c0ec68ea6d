"""At the door without a connection: the list is on the phone, taps wait there, and nothing is lost or done twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tejido.communities.tests.factories import Cast, MembershipFactory
from tejido.directory.models import Person
from tejido.foundation.models import DoneAct
from tejido.gatherings import services
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.tests.factories import GatheringFactory
from tests.browser.door import Phone
from tests.browser.visiting import Site, Visit, sign_in

AT_THE_DOOR = 60
TAKEN = re.compile("queued|sent")


@pytest.fixture
def gathering(cast: Cast) -> Gathering:
    return GatheringFactory(community=cast.node, starts_at=timezone.now() - timedelta(minutes=10))


@pytest.fixture
def people(cast: Cast, gathering: Gathering) -> list[Person]:
    """Sixty members who come, named by number."""
    return [
        MembershipFactory(
            community=cast.node, person__given_names=f"Guest{n:02}", person__family_names="Paz"
        ).person
        for n in range(AT_THE_DOOR)
    ]


@pytest.fixture
def phone(chromium: Any, site: Site, cast: Cast, tmp_path: Path) -> Iterator[Phone]:
    """Inês' phone."""
    held = Phone(chromium, site, tmp_path / "phone")
    held.sign_in(cast.ines)
    held.open("/me/")
    held.context.close()  # that was at home, the evening before
    held.switch_on()
    yield held
    held.put_away()


def sheet(gathering: Gathering) -> str:
    return f"/g/{gathering.pk}/attendance/"


def open_sheet(phone: Phone, gathering: Gathering) -> None:
    """Open the list while there is a connection, until the page says that it is on the device."""
    phone.open(sheet(gathering))
    expect(phone.page.get_by_text("This list is on this device")).to_be_visible()


def tap(page: Any, person: Person, status: str = "on_site") -> None:
    row(page, person).locator(f'button[value="{status}"]').click()
    expect(row(page, person)).to_have_attribute("data-state", TAKEN)


def row(page: Any, person: Person) -> Any:
    return page.locator(f'form[data-queue="person-{person.pk}"]')


def says(page: Any, words: str) -> None:
    expect(page.locator("[data-queue-status]")).to_have_text(words, timeout=20_000)


def lists_kept(page: Any) -> int:
    return int(
        page.evaluate(
            "caches.keys().then((all) => all.filter((one) => one.startsWith('tejido-sheet:')).length)"
        )
    )


KEPT_AT = (
    "caches.keys().then((all) => caches.open(all[0])).then((one) => one.match(location.pathname))"
    ".then((copy) => Number(copy.headers.get('X-Kept-At')))"
)


def kept_at(page: Any) -> int:
    return int(page.evaluate(KEPT_AT))


def soon(page: Any, so: Callable[[], bool], what: str) -> None:
    for _moment in range(100):
        if so():
            return
        page.wait_for_timeout(100)
    pytest.fail(f"not soon: {what}")


def no_list_is_kept(page: Any) -> None:
    soon(page, lambda: lists_kept(page) == 0, "no names on the device")


def test_forty_taps_without_a_connection_survive_a_dead_phone_and_agree_with_another(
    phone: Phone, browse: Callable[..., Visit], cast: Cast, gathering: Gathering, people: list[Person]
) -> None:
    open_sheet(phone, gathering)
    phone.lose_connection()
    for person in people[:40]:
        tap(phone.page, person)
    says(phone.page, "40 marks are waiting for the connection")
    phone.die()
    assert not Attendance.objects.exists()

    other = browse(360, language="en")
    sign_in(other, cast.rosa.email)
    other.open(sheet(gathering))
    other.mounted()
    for person in people[40:60] + people[:3]:
        tap(other.page, person)
    tap(other.page, people[3], "excused")  # Rosa has a message of theirs; Inês has seen them
    tap(other.page, people[4], "online")
    says(other.page, "Everything is saved")
    assert Attendance.objects.count() == 25

    phone.switch_on()
    phone.open(sheet(gathering))  # still without a connection
    says(phone.page, "40 marks are waiting for the connection")
    expect(row(phone.page, people[39]).locator('button[aria-pressed="true"]')).to_have_text("On site")
    expect(row(phone.page, people[39]).locator("[data-says]")).to_have_text("waiting")
    phone.find_connection()
    says(phone.page, "Everything is saved")

    rows = Attendance.objects.filter(gathering=gathering)
    assert {one.person_id for one in rows} == {one.pk for one in people}, "nobody is lost"
    assert rows.count() == AT_THE_DOOR, "nobody is there twice"
    assert Counter(one.status for one in rows) == {"on_site": AT_THE_DOOR}, "who was seen was there"
    assert DoneAct.objects.filter(kind="gatherings.mark").count() == 65, "each tap was done once"
    assert dict(gathering.other_marks.values_list("person_id", "status")) == {
        people[3].pk: "excused",
        people[4].pk: "online",
    }
    expect(row(phone.page, people[3]).locator("[data-says]")).to_contain_text("On site stands.")
    other.page.reload()
    note = other.page.locator(".note", has_text="Two of the team have marked somebody differently")
    expect(note).to_contain_text(f"{people[3].name}: On site stands, Excused was said too")
    other.check()
    tap(other.page, people[3], "excused")  # Rosa sees both, and decides
    expect(row(other.page, people[3])).to_have_attribute("data-state", "sent")
    assert rows.get(person=people[3]).status == "excused"
    assert gathering.other_marks.count() == 1


ROWS = """(() => { const top = document.querySelector(".attendance").getBoundingClientRect().top;
    return [...document.querySelectorAll(".sheet-row")].map((row) => row.getBoundingClientRect().top - top); })()"""


def test_no_row_moves_under_the_thumb(phone: Phone, gathering: Gathering, people: list[Person]) -> None:
    phone.page.route("**/worker.js", lambda route: route.abort())
    phone.open(sheet(gathering))
    expect(phone.page.locator("[data-island]").first).to_have_attribute("data-mounted", "")
    before = phone.page.evaluate(ROWS)
    tap(phone.page, people[0])
    says(phone.page, "Everything is saved")
    phone.page.evaluate("document.querySelector('[data-kept]').hidden = false")  # as once the list is there
    assert phone.page.evaluate(ROWS) == before
    phone.lose_connection()
    tap(phone.page, people[1])
    says(phone.page, "1 mark is waiting for the connection")
    expect(row(phone.page, people[1]).locator("[data-says]")).to_have_text("waiting")
    assert phone.page.evaluate(ROWS) == before


def test_who_is_signed_out_meanwhile_loses_nothing(
    phone: Phone, gathering: Gathering, people: list[Person], cast: Cast
) -> None:
    open_sheet(phone, gathering)
    phone.lose_connection()
    for person in people[:3]:
        tap(phone.page, person)
    says(phone.page, "3 marks are waiting for the connection")
    phone.context.clear_cookies()  # the session and the token: the server turns every mark away, with a page of its own
    phone.find_connection()
    says(phone.page, "Sign in again to send 3 marks")
    assert not Attendance.objects.exists()
    phone.sign_in(cast.ines)
    phone.page.reload()
    says(phone.page, "Everything is saved")
    assert Attendance.objects.count() == 3


def test_the_list_opens_without_a_connection_as_it_was_after_the_last_mark_that_arrived(
    phone: Phone, gathering: Gathering, people: list[Person]
) -> None:
    open_sheet(phone, gathering)
    first = kept_at(phone.page)
    tap(phone.page, people[0])
    says(phone.page, "Everything is saved")
    soon(phone.page, lambda: kept_at(phone.page) > first, "the copy is made anew")
    phone.lose_connection()
    phone.open(sheet(gathering))
    expect(row(phone.page, people[0]).locator('button[aria-pressed="true"]')).to_have_text("On site")
    expect(phone.page.locator("#offline")).to_be_visible()
    assert phone.page.evaluate("getComputedStyle(document.querySelector('.sheet-head')).position") == "sticky"


def test_names_leave_the_device_when_its_owner_signs_out(
    phone: Phone, gathering: Gathering, people: list[Person]
) -> None:
    open_sheet(phone, gathering)
    assert lists_kept(phone.page) == 1
    phone.page.locator("details.menu summary", has_text="Your account").click()
    phone.page.get_by_role("button", name="Sign out").click()
    phone.page.wait_for_url(lambda url: "attendance" not in url)
    no_list_is_kept(phone.page)
    phone.lose_connection()
    with pytest.raises(Exception, match="ERR_"):
        phone.open(sheet(gathering))


def test_names_leave_the_device_when_attendance_is_closed(
    phone: Phone, gathering: Gathering, people: list[Person], cast: Cast
) -> None:
    open_sheet(phone, gathering)
    services.close_attendance(gathering, actor=cast.rosa)
    phone.page.reload()
    no_list_is_kept(phone.page)


def test_marks_that_come_after_closing_wait_until_somebody_decides(
    phone: Phone, gathering: Gathering, people: list[Person], cast: Cast
) -> None:
    open_sheet(phone, gathering)
    phone.lose_connection()
    tap(phone.page, people[0])
    tap(phone.page, people[1])
    says(phone.page, "2 marks are waiting for the connection")
    services.close_attendance(gathering, actor=cast.rosa)
    phone.find_connection()
    says(phone.page, "2 marks could not be saved yet")
    expect(phone.page.locator("[data-held-why]")).to_contain_text("Open it again")
    assert not Attendance.objects.exists()
    services.reopen_attendance(gathering, actor=cast.rosa)
    phone.page.reload()
    says(phone.page, "Everything is saved")
    assert Attendance.objects.count() == 2
    phone.lose_connection()
    tap(phone.page, people[2])
    services.close_attendance(gathering, actor=cast.rosa)
    phone.find_connection()
    says(phone.page, "1 mark could not be saved yet")
    phone.page.get_by_role("button", name="Throw these marks away").click()
    expect(phone.page.locator("[data-queue-status]")).to_have_text("")
    assert Attendance.objects.count() == 2
