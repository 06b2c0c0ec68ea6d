"""The page of a gathering, planning it, inviting: as people meet them in the browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.communities.tests.factories import CommunityFactory, MembershipFactory
from tejido.directory.tests.factories import OrganisationFactory, SchoolFactory
from tejido.gatherings import services
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import invited_to
from tejido.gatherings.tests.factories import GatheringFactory, was_at

pytestmark = pytest.mark.django_db
SAID = {
    "title": "Encuentro de abril",
    "kind": "workshop",
    "modality": "on_site",
    "day": "2025-04-05",
    "starts": "20:00",
    "ends": "22:00",
    "place": "",
}


def address(name, *args):
    return reverse(f"gatherings:{name}", args=args)


@pytest.fixture
def rosa(client, cast):
    client.force_login(cast.rosa)
    return client


def test_the_page_says_when_in_whose_time_and_where_with_a_map(rosa, cast):
    school = SchoolFactory(name="Escuela El Alba", address="Calle 5", latitude=4.6, longitude=-74.08)
    gathering = GatheringFactory(
        community=cast.node, school=school, starts_at=datetime(2025, 3, 2, 1, tzinfo=UTC)
    )
    text = rosa.get(address("gathering", gathering.pk)).text
    assert "Saturday, 1 March 2025" in text
    assert "20:00–22:00" in text
    assert "Colombia Time, UTC−5" in text
    assert "Escuela El Alba" in text
    assert "mlat=4.600000&amp;mlon=-74.080000" in text
    assert 'href="geo:4.600000,-74.080000?q=4.600000,-74.080000"' in text


@pytest.mark.parametrize(("month", "words"), [(1, "Chile Time, UTC−3"), (7, "Chile Time, UTC−4")])
def test_the_difference_is_that_of_the_gatherings_own_season(client, cast, month, words):
    community = CommunityFactory(time_zone="America/Santiago")
    MembershipFactory(community=community, person=cast.ana.person)
    gathering = GatheringFactory(community=community, starts_at=datetime(2025, month, 10, 15, tzinfo=UTC))
    client.force_login(cast.ana)
    assert words in client.get(address("gathering", gathering.pk)).text


def test_members_see_how_many_came_and_the_team_sees_who(client, cast):
    gathering = GatheringFactory(community=cast.node)
    beto = MembershipFactory(community=cast.node).person
    was_at(gathering, beto)
    was_at(gathering, cast.ana.person, status="excused")
    client.force_login(cast.ana)
    text = client.get(address("gathering", gathering.pk)).text
    assert "1 of 2</strong> invited people came." in text
    assert beto.name not in text
    assert client.get(address("attendance", gathering.pk)).status_code == 403
    assert client.get(address("tables", gathering.pk)).status_code == 403
    client.force_login(cast.ines)
    assert beto.name in client.get(address("gathering", gathering.pk)).text
    client.force_login(cast.ze)
    for page in ("gathering", "attendance", "tables", "change", "invited", "calendar_file"):
        assert client.get(address(page, gathering.pk)).status_code == 404, page


def test_a_gathering_with_forty_people_takes_few_queries(rosa, cast, django_assert_max_num_queries):
    gathering = GatheringFactory(community=cast.node)
    people = [MembershipFactory(community=cast.node).person for _n in range(40)]
    was_at(gathering, *people)
    for number in (1, 2, 3):
        ids = [person.pk for person in people]
        services.record_tables(gathering, number, [ids[n::8] for n in range(8)], actor=cast.rosa)
    with django_assert_max_num_queries(7):
        answer = rosa.get(address("gathering", gathering.pk))
    assert all(person.name in answer.text for person in people)


def test_a_gathering_is_planned_in_the_time_of_the_community(rosa, cast):
    answer = rosa.post(address("plan", cast.node.pk), SAID, follow=True)
    gathering = Gathering.objects.get()
    assert answer.redirect_chain == [(address("gathering", gathering.pk), 302)]
    assert gathering.starts_at == datetime(2025, 4, 6, 1, tzinfo=UTC)
    assert f"{gathering.day}" == "2025-04-05"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ends": "20:00"}, "A gathering ends after it starts"),
        ({"title": ""}, "required"),
        ({"latitude": "4.6"}, "Coordinates come in pairs"),
        ({"day": "yesterday"}, "valid date"),
        ({"online_link": "javascript:alert(1)"}, "valid URL"),
        ({"place": "school:999999"}, "valid choice"),
    ],
)
def test_what_cannot_be_comes_back_with_a_word(rosa, cast, wrong, words):
    answer = rosa.post(address("plan", cast.node.pk), {**SAID, **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="workshop" selected' in answer.text, "what was typed is not lost"
    assert not Gathering.objects.exists()


def test_an_hour_that_the_clocks_skip_is_said(client, cast):
    community = CommunityFactory(time_zone="America/Santiago")
    MembershipFactory(community=community, person=cast.rosa.person, role="coordinator")
    client.force_login(cast.rosa)
    night = {**SAID, "day": "2025-09-07", "starts": "00:30", "ends": "02:00"}
    answer = client.post(address("plan", community.pk), night)
    assert answer.status_code == 422
    assert "Clocks are put forward that night" in answer.text


def test_the_place_is_found_by_name_and_chosen_without_script(rosa, cast):
    school = SchoolFactory(name="Escuela Ñandú")
    OrganisationFactory(name="Museo del Agua")
    searched = rosa.post(address("plan", cast.node.pk), {**SAID, "search": "nandu", "find": "1"})
    assert searched.status_code == 200
    assert f'value="school:{school.pk}"' in searched.text
    assert not Gathering.objects.exists(), "searching does not save"
    unsure = rosa.post(
        address("plan", cast.node.pk), {**{k: v for k, v in SAID.items() if k != "place"}, "search": "nandu"}
    )
    assert "Choose the place below" in unsure.text
    rosa.post(address("plan", cast.node.pk), {**SAID, "search": "nandu", "place": f"school:{school.pk}"})
    assert Gathering.objects.get().school == school
    by_htmx = rosa.get(address("places", cast.node.pk), {"search": "museo"}, headers={"hx-request": "true"})
    assert "Museo del Agua" in by_htmx.text
    assert "<html" not in by_htmx.text


def test_changing_starts_from_what_is_and_keeps_what_is_not_touched(rosa, cast):
    school = SchoolFactory(name="Escuela El Alba")
    gathering = GatheringFactory(community=cast.node, school=school, description="Bring a book")
    form = rosa.get(address("change", gathering.pk)).context["form"]
    said = {key: value if value is not None else "" for key, value in form.initial.items()}
    assert (str(said["starts"]), said["place"]) == ("09:00:00", f"school:{school.pk}")
    rosa.post(address("change", gathering.pk), {**said, "title": "Círculo"})
    gathering.refresh_from_db()
    assert (gathering.title, gathering.school, gathering.sequence) == ("Círculo", school, 1)
    assert gathering.starts_at == datetime(2025, 3, 1, 14, tzinfo=UTC)


def test_one_more_like_it_asks_for_the_day_and_keeps_the_list_of_the_invited(rosa, cast):
    gathering = GatheringFactory(community=cast.node, title="Círculo", modality="hybrid")
    services.invite(gathering, [cast.ana.person], actor=cast.rosa)
    MembershipFactory(community=cast.node)
    shown = rosa.get(address("plan", cast.node.pk), {"like": gathering.pk})
    assert shown.context["form"].initial["modality"] == "hybrid"
    assert shown.context["form"].initial["day"] is None
    rosa.post(address("plan", cast.node.pk), {**SAID, "like": gathering.pk})
    made = Gathering.objects.exclude(pk=gathering.pk).get()
    assert list(invited_to(made)) == [cast.ana.person]


def test_the_message_after_calling_off_carries_its_undo(rosa, cast):
    gathering = GatheringFactory(community=cast.node, starts_at=timezone.now() + timedelta(days=1))
    answer = rosa.post(address("cancel", gathering.pk), follow=True)
    assert "is cancelled." in answer.text
    assert f'action="{address("plan_again", gathering.pk)}"' in answer.text
    rosa.post(address("plan_again", gathering.pk))
    gathering.refresh_from_db()
    assert gathering.state == Gathering.State.PLANNED


def test_a_refusal_is_said_on_the_page(rosa, cast):
    gathering = GatheringFactory(community=cast.node)
    was_at(gathering, cast.ana.person)
    answer = rosa.post(address("cancel", gathering.pk), follow=True)
    assert "so it took place" in answer.text


def test_a_list_of_ones_own_is_made_name_by_name(rosa, cast, django_assert_max_num_queries):
    gathering = GatheringFactory(community=cast.node)
    guest = MembershipFactory(community=cast.sister).person
    page = address("invited", gathering.pk)
    with django_assert_max_num_queries(12):
        assert guest.name in rosa.get(page, {"q": guest.given_names}).text
    rosa.post(page, {"deed": "list"})
    rosa.post(page, {"deed": "add", "person": guest.pk})
    gathering.refresh_from_db()
    assert set(invited_to(gathering)) == {cast.ana.person, guest}
    rosa.post(page, {"deed": "remove", "person": cast.ana.person.pk})
    rosa.post(page, {"deed": "add", "person": "'; drop"})
    assert set(invited_to(gathering)) == {guest}
    rosa.post(page, {"deed": "everyone"})
    gathering.refresh_from_db()
    assert gathering.everyone_invited


def test_nobody_is_invited_whom_the_coordinator_does_not_know(rosa, cast):
    gathering = GatheringFactory(community=cast.node)
    rosa.post(address("invited", gathering.pk), {"deed": "add", "person": cast.ze.person.pk})
    assert not gathering.invitations.exists()


def test_before_it_takes_place_the_page_is_about_who_is_expected(rosa, cast):
    ahead = GatheringFactory(community=cast.node, starts_at=timezone.now() + timedelta(days=20))
    text = rosa.get(address("gathering", ahead.pk)).text
    assert "Who is expected" in text
    assert "1 person is invited." in text
    soon = GatheringFactory(community=cast.node, starts_at=timezone.now() + timedelta(hours=2))
    head = (
        rosa.get(address("gathering", soon.pk)).text.split('class="page-head"')[1].split('class="beside"')[0]
    )
    assert address("attendance", soon.pk) in head, "at the door the sheet is one tap away"


def test_minutes_stand_only_beside_those_who_came_late_or_left_early(rosa, cast):
    gathering = GatheringFactory(community=cast.node)
    beto = MembershipFactory(community=cast.node).person
    presences = {
        cast.ana.person.pk: services.Presence("on_site", 120),
        beto.pk: services.Presence("on_site", 75),
    }
    services.record_attendance(gathering, presences, actor=cast.rosa)
    text = rosa.get(address("gathering", gathering.pk)).text
    assert "75 minutes" in text
    assert "120 minutes" not in text
