"""What a head sees of her teachers, and whom she sends in her place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.directory.models import Person, Post, Purpose
from tejido.directory.tests.factories import consents
from tejido.foundation.errors import Refusal
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.invitations.policies import is_expected
from tejido.invitations.selectors import Place
from tejido.school_leaders import selectors, services
from tejido.school_leaders.models import Substitution
from tejido.school_leaders.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def led(cast):
    return make.led_school(cast.node, teachers=2)


@pytest.fixture
def coming(cast):
    starts = timezone.now() + timedelta(days=7)
    return GatheringFactory(
        community=cast.node,
        title="Encuentro de directivos",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
    )


def held(community, *people, hours=2):
    starts = timezone.now() - timedelta(days=20)
    gathering = GatheringFactory(
        community=community,
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours),
        state=Gathering.State.HELD,
    )
    from tejido.accounts.services import system_account

    for person in people:
        Attendance.objects.create(
            gathering=gathering,
            person=person,
            status=Attendance.Status.ON_SITE,
            minutes=hours * 60,
            recorded_by=system_account(),
        )
    return gathering


def test_she_sees_hours_of_those_who_agreed_and_numbers_of_the_others(client, cast, led):
    consents(led.teachers[0], Purpose.SCHOOL)
    held(cast.node, *led.teachers)
    commitment = make.given(cast.network, led)
    view = selectors.school_view(commitment)
    assert [(one.name, one.hours, one.times) for one in view.teachers] == [(led.teachers[0].name, 2, 1)]
    assert (view.others, view.other_hours, view.people) == (1, None, 2)
    page = client.get(make.link(commitment) + "school/").content.decode()
    assert led.teachers[0].name in page
    assert led.teachers[1].name not in page


def test_another_consent_is_not_this_one(cast, led):
    consents(led.teachers[0], Purpose.PUBLICATION, Purpose.ANALYTICS, Purpose.CONTACT)
    assert selectors.school_view(make.given(cast.network, led)).teachers == []


def test_who_takes_the_agreement_back_is_a_number_again(cast, led):
    consents(led.teachers[0], Purpose.SCHOOL)
    consents(led.teachers[0], Purpose.SCHOOL, given=False)
    assert selectors.school_view(make.given(cast.network, led)).teachers == []


@pytest.mark.parametrize(("others", "together"), [(4, None), (5, 10)])
def test_what_the_others_did_together_is_said_of_five_or_more(cast, others, together):
    led = make.led_school(cast.node, "Colegio Grande", teachers=others)
    held(cast.node, *led.teachers)
    assert selectors.school_view(make.given(cast.network, led)).other_hours == together


def test_gatherings_of_other_networks_do_not_count(cast, led):
    consents(led.teachers[0], Purpose.SCHOOL)
    held(cast.elsewhere, led.teachers[0])
    assert selectors.school_view(make.given(cast.network, led)).teachers[0].hours == 0


def test_she_takes_the_next_gatherings_into_her_calendar(client, cast, led, coming):
    GatheringFactory(
        community=cast.sister, title="Of others", starts_at=coming.starts_at, ends_at=coming.ends_at
    )
    answer = client.get(make.link(make.given(cast.network, led)) + "gatherings.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"Encuentro de directivos" in answer.content
    assert b"Of others" not in answer.content


def test_she_sends_somebody_of_her_school_by_name(client, cast, led, coming):
    commitment = make.given(cast.network, led)
    path = f"{make.link(commitment)}substitute/{coming.pk}/"
    assert client.post(path, {"name": ""}).status_code == 422
    client.post(path, {"name": led.teachers[1].name})
    assert Substitution.objects.get().substitute == led.teachers[1]
    client.post(path, {"name": "Luz Mora"})  # changed her mind: somebody who is in no list yet
    named = Substitution.objects.get().substitute
    assert (named.name, named.posts.get().school) == ("Luz Mora", led.school)
    assert client.post(path + "take-back/").status_code == 302
    assert not Substitution.objects.exists()


def test_she_chooses_by_name_only_among_those_who_agreed(client, cast, led, coming):
    consents(led.teachers[0], Purpose.SCHOOL)
    path = f"{make.link(make.given(cast.network, led))}substitute/{coming.pk}/"
    page = client.get(path).content.decode()
    assert led.teachers[0].name in page
    assert led.teachers[1].name not in page
    client.post(path, {"person": str(led.teachers[0].pk)})
    assert Substitution.objects.get().substitute == led.teachers[0]


def test_a_stranger_cannot_be_sent_by_a_forged_choice(client, cast, led, coming, system):
    commitment = make.given(cast.network, led)
    path = f"{make.link(commitment)}substitute/{coming.pk}/"
    assert client.post(path, {"person": str(cast.ze.person.pk)}).status_code == 422
    with pytest.raises(Refusal, match="no post at your school"):
        services.send_substitute(commitment, coming, cast.ze.person, actor=system)
    assert not Substitution.objects.exists()


def test_the_attendance_of_a_substitute_is_her_own(client, cast, led, coming, system):
    services.send_substitute(make.given(cast.network, led), coming, led.teachers[0], actor=system)
    assert not Attendance.objects.exists()  # naming somebody marks nobody
    client.force_login(cast.rosa)
    page = client.get(reverse("gatherings:gathering", args=[coming.pk])).content.decode()
    assert "instead of Head of Colegio Norte" in page
    client.force_login(cast.ana)
    assert "instead of" not in client.get(reverse("gatherings:gathering", args=[coming.pk])).content.decode()


def test_who_is_sent_by_a_head_stands_on_the_sheet_is_marked_there_and_expected_at_the_door(
    client, cast, led, coming, system
):
    services.send_substitute(make.given(cast.network, led), coming, "Luz Mora", actor=system)
    luz = Substitution.objects.get().substitute
    assert is_expected(Place(coming, luz))  # a code for the door opens for whoever is
    client.force_login(cast.ines)  # a helper of the team, who runs nothing
    sheet = client.get(reverse("gatherings:attendance", args=[coming.pk])).text
    assert "Luz Mora" in sheet
    assert "comes instead of somebody" in sheet
    begun = timezone.now() - timedelta(days=1)
    Gathering.objects.filter(pk=coming.pk).update(day=begun.date(), starts_at=begun)
    client.post(
        reverse("gatherings:mark", args=[coming.pk]), {"person": luz.pk, "status": "on_site", "seen": ""}
    )
    assert Attendance.objects.get().person == luz
    Attendance.objects.all().delete()
    Substitution.objects.all().delete()  # the head comes herself
    assert not is_expected(Place(coming, luz))
    assert f"person-{luz.pk}" not in client.get(reverse("gatherings:attendance", args=[coming.pk])).text


def test_a_gathering_that_is_over_takes_no_substitute(cast, led, system):
    with pytest.raises(Refusal, match="over"):
        services.send_substitute(make.given(cast.network, led), held(cast.node), "Luz", actor=system)


def test_a_head_with_an_account_is_told_at_home_and_at_her_school(client, cast, led):
    led.head.user = cast.ze
    Person.objects.filter(user=cast.ze).update(user=None)
    led.head.save()
    make.asked(cast.network, led)
    client.force_login(cast.ze)
    assert "Your school is asked for its support" in client.get(reverse("home:home")).content.decode()
    page = client.get(reverse("school_leaders:leading", args=[led.school.pk])).content.decode()
    assert "See what is asked" in page


def test_a_post_that_ended_yesterday_is_no_member_of_the_school(cast, led):
    gone = Post.objects.filter(person=led.teachers[0])
    gone.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert selectors.school_view(make.given(cast.network, led)).people == 1
