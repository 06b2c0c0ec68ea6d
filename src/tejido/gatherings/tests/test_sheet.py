"""The attendance sheet in the browser, with and without the page's queue."""

from __future__ import annotations

import gzip
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person
from tejido.directory.tests.factories import PersonFactory, PostFactory
from tejido.foundation.models import DoneAct
from tejido.gatherings import services
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.tests.factories import GatheringFactory, was_at
from tejido.gatherings.views import attendance

pytestmark = pytest.mark.django_db
FROM_QUEUE = {"accept": "application/json"}


def address(name, *args):
    return reverse(f"gatherings:{name}", args=args)


@pytest.fixture
def gathering(cast):
    return GatheringFactory(community=cast.node)


@pytest.fixture
def ines(client, cast):
    client.force_login(cast.ines)
    return client


def tap(client, gathering, person, status, **more):
    sent = {"person": person.pk, "status": status, "seen": "", **more}
    return client.post(address("mark", gathering.pk), sent, headers=FROM_QUEUE)


def test_a_tap_arriving_twice_is_one_mark(ines, cast, gathering):
    act = str(uuid4())
    answers = [tap(ines, gathering, cast.ana.person, "on_site", act=act) for _time in range(2)]
    assert [a.json() for a in answers] == [{"outcome": "recorded", "message": "", "pressed": "on_site"}] * 2
    assert Attendance.objects.count() == DoneAct.objects.count() == 1


def test_a_tap_that_was_on_its_way_twice_does_not_undo_a_later_one(ines, cast, gathering):
    late = str(uuid4())
    tap(ines, gathering, cast.ana.person, "on_site", act=late)
    tap(ines, gathering, cast.ana.person, "absent", act=str(uuid4()))
    answer = tap(ines, gathering, cast.ana.person, "on_site", act=late)
    assert answer.json()["pressed"] == "absent", "it says what stands"
    assert Attendance.objects.get().status == "absent"


def test_the_mark_of_another_helper_stands_and_is_said(ines, cast, gathering):
    services.tap(gathering, cast.ana.person.pk, "excused", actor=cast.rosa)
    answer = tap(ines, gathering, cast.ana.person, "absent")
    assert (answer.status_code, answer.json()["outcome"], answer.json()["pressed"]) == (
        200,
        "kept",
        "excused",
    )
    assert "Somebody else has marked this meanwhile: Excused" in answer.json()["message"]


def test_who_was_seen_outweighs_what_somebody_else_noted_and_both_are_shown(ines, cast, gathering):
    services.tap(gathering, cast.ana.person.pk, "absent", actor=cast.rosa)
    answer = tap(ines, gathering, cast.ana.person, "on_site").json()
    assert (answer["outcome"], answer["pressed"]) == ("outweighed", "on_site")
    assert "On site stands" in answer["message"]
    page = ines.get(address("attendance", gathering.pk)).text
    assert "Two of the team have marked somebody differently" in page
    assert "On site stands, Absent was said too" in page
    tap(ines, gathering, cast.ana.person, "on_site", seen="on_site")
    assert "was said too" not in ines.get(address("attendance", gathering.pk)).text


def test_a_tap_that_comes_after_closing_waits_on_the_phone_until_somebody_decides(ines, cast, gathering):
    services.close_attendance(gathering, actor=cast.rosa)
    act = str(uuid4())
    answer = tap(ines, gathering, cast.ana.person, "on_site", act=act)
    assert (answer.status_code, answer.json()["outcome"]) == (423, "held")
    assert "Open it again" in answer.json()["message"]
    assert not DoneAct.objects.exists()
    services.reopen_attendance(gathering, actor=cast.rosa)
    assert tap(ines, gathering, cast.ana.person, "on_site", act=act).json()["outcome"] == "recorded"


@pytest.mark.parametrize(("days", "stays"), [(-3, False), (-1, True), (0, True), (1, True), (3, False)])
def test_a_sheet_stays_on_the_device_around_its_day_while_it_is_open(ines, cast, days, stays):
    around = GatheringFactory(community=cast.node, starts_at=timezone.now() + timedelta(days=days))
    worker = address("sheet_worker", around.pk)
    assert (worker in ines.get(address("attendance", around.pk)).text) is stays
    Gathering.objects.update(closed_at=timezone.now())
    assert worker not in ines.get(address("attendance", around.pk)).text


def test_the_worker_of_a_sheet_is_for_who_sees_the_sheet(client, cast, gathering, monkeypatch, tmp_path):
    monkeypatch.setattr(attendance, "WORKER", tmp_path / "sheet-worker.js")
    attendance.WORKER.write_text("// the worker")
    allowed = {"rosa": 200, "tomas": 200, "ines": 200, "ana": 403, "sole": 403, "ze": 404}
    for who, status in allowed.items():
        client.force_login(getattr(cast, who))
        answer = client.get(address("sheet_worker", gathering.pk))
        assert answer.status_code == status, who
    client.force_login(cast.rosa)
    assert (
        client.get(address("sheet_worker", gathering.pk))
        .headers["Content-Type"]
        .startswith("text/javascript")
    )


@pytest.mark.parametrize("why", ["cancelled", "nonsense"])
def test_a_refused_tap_says_why_and_what_stands(ines, cast, gathering, why):
    services.tap(gathering, cast.ana.person.pk, "absent", actor=cast.rosa)
    status = "on_site"
    if why == "cancelled":
        services.cancel_gathering(gathering, actor=cast.rosa)
    if why == "nonsense":
        status = "levitating"
    answer = tap(ines, gathering, cast.ana.person, status, seen="absent")
    assert (answer.status_code, answer.json()["outcome"], answer.json()["pressed"]) == (
        422,
        "refused",
        "absent",
    )
    assert answer.json()["message"]
    assert Attendance.objects.get().status == "absent"
    assert not DoneAct.objects.exists()


def test_who_may_not_is_told_so_and_who_does_not_see_it_finds_nothing(client, cast, gathering):
    client.force_login(cast.ana)
    answer = tap(client, gathering, cast.ana.person, "on_site")
    assert answer.json()["outcome"] == "refused"
    assert "team" in answer.json()["message"]
    client.force_login(cast.ze)
    assert tap(client, gathering, cast.ana.person, "on_site").status_code == 404
    client.logout()
    assert tap(client, gathering, cast.ana.person, "on_site").status_code == 302
    assert not Attendance.objects.exists()


def test_nobody_learns_names_by_trying_numbers(ines, cast, gathering):
    stranger = PersonFactory()
    answer = tap(ines, gathering, stranger, "on_site")
    assert answer.json()["outcome"] == "refused"
    assert stranger.name not in answer.text
    assert ines.get(address("line", gathering.pk, stranger.pk)).status_code == 404


def test_without_script_a_tap_comes_back_to_the_same_name_with_its_undo(ines, cast, gathering):
    ana = cast.ana.person
    sent = {"person": ana.pk, "status": "on_site", "seen": ""}
    answer = ines.post(address("mark", gathering.pk), sent)
    assert answer.headers["Location"] == f"{address('attendance', gathering.pk)}#person-{ana.pk}"
    page = ines.get(address("attendance", gathering.pk)).text
    undo = address("unmark", gathering.pk, ana.pk, "unmarked")
    assert "Ana Rojas: On site." in page
    assert f'action="{undo}"' in page
    ines.post(undo)
    assert not Attendance.objects.exists()
    assert "Taken back." in ines.get(address("attendance", gathering.pk)).text


def test_undo_goes_back_to_what_stood_before(ines, cast, gathering):
    services.tap(gathering, cast.ana.person.pk, "excused", actor=cast.ines)
    ines.post(
        address("mark", gathering.pk), {"person": cast.ana.person.pk, "status": "absent", "seen": "excused"}
    )
    ines.post(address("unmark", gathering.pk, cast.ana.person.pk, "excused"))
    assert Attendance.objects.get().status == "excused"


def test_three_hundred_people_on_one_light_sheet(ines, cast, gathering, django_assert_max_num_queries):
    people = [MembershipFactory(community=cast.node).person for _n in range(299)]
    for person in people[:150]:
        PostFactory(person=person)
    was_at(gathering, *people[:40])
    with django_assert_max_num_queries(10):
        answer = ines.get(address("attendance", gathering.pk))
    assert answer.text.count("data-queue=") == 300
    assert len(gzip.compress(answer.content, 6)) < 30_000
    assert len(answer.content) < 500_000


def test_one_tap_takes_few_queries(ines, cast, gathering, django_assert_max_num_queries):
    for _n in range(50):
        MembershipFactory(community=cast.node)
    with django_assert_max_num_queries(21):
        tap(ines, gathering, cast.ana.person, "on_site", act=str(uuid4()))


def test_the_sheet_is_searched_without_script_and_without_accents(ines, cast, gathering):
    MembershipFactory(community=cast.node, person=PersonFactory(given_names="Íñigo", family_names="Núñez"))
    found = ines.get(address("attendance", gathering.pk), {"q": "nunez inigo"}).context["lines"]
    assert [line.person.given_names for line in found] == ["Íñigo"]
    services.tap(gathering, cast.ana.person.pk, "on_site", actor=cast.ines)
    left = ines.get(address("attendance", gathering.pk), {"show": "unmarked"}).context["lines"]
    assert [line.person.given_names for line in left] == ["Íñigo"]
    assert "Nobody fits." in ines.get(address("attendance", gathering.pk), {"q": "zzz"}).text


def test_the_rest_is_marked_closed_and_opened_again(client, cast, gathering):
    client.force_login(cast.rosa)
    answer = client.post(address("mark_rest", gathering.pk), {"status": "absent"}, follow=True)
    assert "1 person was marked." in answer.text
    answer = client.post(address("close", gathering.pk), follow=True)
    assert "Open it again to correct it." in answer.text
    assert f'action="{address("reopen", gathering.pk)}"' in answer.text
    assert "data-queue=" not in answer.text
    answer = client.post(address("reopen", gathering.pk), follow=True)
    assert "late correction" in answer.text
    assert client.post(address("mark_rest", gathering.pk), {"status": "?"}, follow=True).status_code == 200


def test_minutes_are_noted_on_the_line_of_one_person(ines, cast, gathering):
    page = address("line", gathering.pk, cast.ana.person.pk)
    assert ines.post(page, {"status": "absent", "minutes": "30"}).status_code == 422
    ines.post(page, {"status": "online", "minutes": "45"})
    assert Attendance.objects.get().minutes == 45
    assert "45 minutes" in ines.get(address("gathering", gathering.pk)).text
    ines.post(page, {"status": "", "minutes": ""})
    assert not Attendance.objects.exists()


def test_a_guest_is_found_by_name_and_a_new_face_is_written_down(client, cast, gathering):
    guest = MembershipFactory(community=cast.sister).person
    client.force_login(cast.rosa)
    page = address("add_somebody", gathering.pk)
    assert guest.name in client.get(page, {"q": guest.given_names}).text
    assert "Ana Rojas" not in client.get(page, {"q": "Ana"}).text.split("<main")[1], (
        "she is on the sheet already"
    )
    answer = client.post(
        page, {"given_names": "Luz", "family_names": "Paz", "status": "on_site"}, follow=True
    )
    new = Person.objects.get(search_name="luz paz")
    assert "Luz Paz was added." in answer.text
    assert f'id="person-{new.pk}"' in answer.text
    assert "not on the list" in answer.text
    again = client.post(page, {"given_names": "Luz", "family_names": "Paz", "status": "on_site"})
    assert again.status_code == 422
    assert "This is another person of the same name" in again.text


def test_an_empty_sheet_says_what_to_do(ines, cast):
    gathering = GatheringFactory(community=cast.sister)
    assert "Nobody is invited yet" in ines.get(address("attendance", gathering.pk)).text
