"""A sheet of paper goes round, everybody signs, and somebody types it in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.checkin import selectors, services
from tejido.checkin.models import Arrival, PaperLine
from tejido.checkin.reading import people_in
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person
from tejido.foundation.errors import NotAllowed
from tejido.foundation.models import JournalEntry
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.services import close_attendance, reopen_attendance, tap
from tejido.gatherings.tests.factories import GatheringFactory

pytestmark = pytest.mark.django_db
TEAM = ("rosa", "tomas", "ines")
NAMES = ("Abel", "Berta", "Carla", "Dora", "Elsa")


@pytest.fixture
def scene(cast, client):
    """A gathering of the node that has begun, with five more members; Inês is signed in and has printed the sheet."""
    for name in NAMES:
        MembershipFactory(community=cast.node, person__given_names=name, person__family_names="Paz")
    cast.gathering = GatheringFactory(community=cast.node, starts_at=timezone.now() - timedelta(days=1))
    client.force_login(cast.ines)
    services.number_sheet(cast.gathering, actor=cast.ines)
    return cast


def number_of(scene, name: str) -> int:
    return PaperLine.objects.get(gathering=scene.gathering, person__given_names=name).number


def marks(scene) -> dict[str, str]:
    rows = Attendance.objects.filter(gathering=scene.gathering)
    return dict(rows.values_list("person__given_names", "status"))


def path(scene, name: str = "paper") -> str:
    return reverse(f"checkin:{name}", args=[scene.gathering.pk])


def types(client, scene, who: str, way: str = "there"):
    return client.post(path(scene), {"who": who, "way": way})


def test_the_sheet_is_a_pdf_with_a_number_for_everybody_who_is_expected(client, scene):
    answer = client.post(path(scene, "paper_sheet"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    rows = selectors.paper_rows(scene.gathering)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert {"Abel Paz", "Elsa Paz"} <= {row.name for row in rows}


def test_a_number_on_paper_never_changes_and_who_is_new_comes_last(client, scene):
    before = {row.name: row.number for row in selectors.paper_rows(scene.gathering)}
    new = MembershipFactory(community=scene.node, person__given_names="Aaron").person
    assert new.name not in client.get(path(scene)).text  # not on any paper yet
    client.post(path(scene, "paper_sheet"))
    after = {row.name: row.number for row in selectors.paper_rows(scene.gathering)}
    assert after == before | {new.name: max(before.values()) + 1}


def test_numbers_and_names_are_typed_and_stand_on_the_sheet(client, scene):
    first, last = number_of(scene, "Berta"), number_of(scene, "Dora")
    answer = client.post(path(scene), {"who": f"{first}-{last}\nelsa p", "way": "there"}, follow=True)
    assert "4 people were marked as there." in answer.text
    assert marks(scene) == dict.fromkeys(["Berta", "Carla", "Dora", "Elsa"], "on_site")
    assert set(Arrival.objects.values_list("way", flat=True)) == {"paper"}
    assert "signed on paper" in client.get(path(scene, "door")).text


def test_everybody_but_those_who_did_not_sign(client, scene):
    tap(scene.gathering, Person.objects.get(given_names="Berta").pk, "excused", actor=scene.rosa)
    everybody = len(selectors.paper_rows(scene.gathering))
    types(client, scene, f"{number_of(scene, 'Abel')}, berta", "but")
    found = marks(scene)
    assert (found["Abel"], found["Berta"]) == ("absent", "excused")  # an excuse is not made an absence
    assert list(found.values()).count("on_site") == everybody - 2


def test_who_signed_was_there_and_who_is_marked_as_there_stays_as_marked(client, scene):
    tap(scene.gathering, Person.objects.get(given_names="Abel").pk, "online", actor=scene.rosa)
    tap(scene.gathering, Person.objects.get(given_names="Berta").pk, "absent", actor=scene.rosa)
    types(client, scene, "abel, berta")
    assert marks(scene) == {"Abel": "online", "Berta": "on_site"}
    assert Arrival.objects.get().stood == "absent"
    types(client, scene, "abel, berta")  # a second time nothing is left to mark
    assert Arrival.objects.count() == 1


@pytest.mark.parametrize("who", ["999", "abel, nadie", "paz", "5-1", "1-999", "0", ""])
def test_what_is_not_clear_is_said_and_nothing_is_marked(client, scene, who):
    answer = types(client, scene, who)
    assert answer.status_code == 422
    assert ("Nothing was marked" in answer.text) is (who != "")
    assert marks(scene) == {}


def test_after_closing_paper_is_typed_only_when_attendance_was_opened_again_and_is_late(client, scene):
    close_attendance(scene.gathering, actor=scene.rosa)
    types(client, scene, "abel")
    assert marks(scene) == {}
    reopen_attendance(scene.gathering, actor=scene.rosa)
    types(client, scene, "abel")
    assert marks(scene) == {"Abel": "on_site"}
    entry = JournalEntry.objects.filter(fact="gatherings.attendance_recorded").latest("pk")
    assert entry.payload["late"] is True


@pytest.mark.parametrize("who", ["ana", "rosa", "tomas", "ines", "sole", "ze"])
def test_paper_is_for_the_team(client, scene, who):
    client.force_login(getattr(scene, who))
    there = who in TEAM
    assert client.get(path(scene)).status_code == (200 if there else 404)
    assert client.post(path(scene, "paper_sheet")).status_code == (200 if there else 404)
    assert types(client, scene, "abel").status_code == (302 if there else 404)
    if not there:
        with pytest.raises(NotAllowed):
            services.type_paper(scene.gathering, [], everybody_but=True, actor=getattr(scene, who))
        with pytest.raises(NotAllowed):
            services.number_sheet(scene.gathering, actor=getattr(scene, who))
    assert (marks(scene) == {}) is not there


def test_the_page_asks_as_little_for_many_people_as_for_few(client, scene, django_assert_max_num_queries):
    for _n in range(30):
        MembershipFactory(community=scene.node)
    services.number_sheet(scene.gathering, actor=scene.rosa)
    with django_assert_max_num_queries(12):
        client.get(path(scene))


def test_of_two_numbers_of_one_person_the_lower_stays(scene):
    one, two = PaperLine.objects.filter(gathering=Gathering.objects.get(pk=scene.gathering.pk))[:2]
    assert one.outweighs(two)
    assert str(one) == f"{one.number} at {scene.gathering.pk}"


def test_ranges_spaces_and_beginnings_of_names_are_understood():
    by_number, names = {1: 11, 2: 12, 3: 13}, {11: "ana rojas", 12: "ana ruiz", 13: "jose mora"}
    assert people_in("1 – 2; Mora", by_number, names).people == {11, 12, 13}
    assert people_in("ana", by_number, names).unclear == ["ana"]
    assert people_in("Ana Roj\nJosé", by_number, names).people == {11, 13}
