"""People come through the door: with the code on the wall, with six digits, with their own code seen by the team."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.checkin import codes, selectors, services
from tejido.checkin.models import Arrival, Door, WrongCode
from tejido.checkin.policies import doors_kept_by
from tejido.communities.tests.factories import MembershipFactory
from tejido.foundation.errors import Refusal
from tejido.foundation.models import JournalEntry
from tejido.foundation.policies import can
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.services import close_attendance, tap
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.invitations.selectors import Place
from tejido.invitations.tests import factories as make

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze")
TEAM = ("rosa", "tomas", "ines")


@pytest.fixture
def scene(cast):
    """A gathering of the node today, its door open; Luz is a member without an account."""
    cast.gathering = GatheringFactory(community=cast.node, starts_at=timezone.now() - timedelta(minutes=5))
    cast.luz = MembershipFactory(community=cast.node, person__given_names="Luz").person
    cast.door = services.open_door(cast.gathering, actor=cast.rosa)
    return cast


def marks(scene, person) -> list[str]:
    return list(
        Attendance.objects.filter(gathering=scene.gathering, person=person).values_list("status", flat=True)
    )


def wall_path(scene, back: float = 0) -> str:
    code = codes.wall_code(scene.door.secret, timezone.now().timestamp() - back)
    return reverse("checkin:here", args=[scene.gathering.pk, code])


def own_path(scene, person) -> str:
    return codes.personal_path(scene.gathering.pk, person.pk)


def typed(scene) -> str:
    return codes.digits(scene.door.secret, timezone.now().timestamp())


def wrong(scene) -> str:
    now = timezone.now().timestamp()
    right = {codes.digits(scene.door.secret, now + step * 120) for step in (-1, 0, 1)}
    return next(one for one in ("000000", "111111", "222222", "333333") if one not in right)


def test_a_code_on_the_wall_opens_for_fifteen_seconds_at_least_and_thirty_at_most():
    code = codes.wall_code("s", 1_000_005)
    assert codes.is_on_the_wall("s", code, 1_000_005 + 15)
    assert not codes.is_on_the_wall("s", code, 1_000_005 + 30)
    assert not codes.is_on_the_wall("another", code, 1_000_005)


def test_who_is_signed_in_scans_the_wall_and_is_on_the_sheet_once(client, scene):
    client.force_login(scene.ana)
    page = client.get(wall_path(scene))
    held = page.context["pass"]
    assert marks(scene, scene.ana.person) == []  # opening a page marks nobody
    for _twice in range(2):
        assert "✓" in client.post(wall_path(scene), {"pass": held}).text
    assert marks(scene, scene.ana.person) == ["on_site"]
    assert Arrival.objects.get().way == "scanned"


def test_a_forwarded_code_fails_after_its_time_and_says_so(client, scene):
    client.force_login(scene.ana)
    late = client.get(wall_path(scene, back=31))
    assert late.status_code == 422
    assert "not on the wall any more" in late.text
    assert client.post(wall_path(scene), {"pass": "made-up"}).status_code == 422
    assert marks(scene, scene.ana.person) == []


def test_a_pass_lets_in_nobody_else(client, scene):
    client.get(own_path(scene, scene.luz))
    held = client.get(wall_path(scene)).context["pass"]
    client.cookies.clear()
    client.force_login(scene.ana)
    assert client.post(wall_path(scene), {"pass": held}).status_code == 422
    assert not Arrival.objects.exists()


def test_who_has_no_account_is_known_by_the_own_code_opened_on_the_phone(client, scene):
    assert "do not know yet" in client.get(wall_path(scene)).text
    assert client.get(own_path(scene, scene.luz)).status_code == 200
    held = client.get(wall_path(scene)).context["pass"]
    client.post(wall_path(scene), {"pass": held})
    assert marks(scene, scene.luz) == ["on_site"]


def test_six_digits_are_typed_beside_the_own_code(client, scene):
    six = typed(scene)
    assert "✓" in client.post(own_path(scene, scene.luz), {"digits": f"{six[:3]} {six[3:]}"}).text
    assert marks(scene, scene.luz) == ["on_site"]
    assert Arrival.objects.get().way == "typed"


def test_guessing_is_stopped_for_one_person_and_then_for_the_whole_gathering(client, scene, monkeypatch):
    for _n in range(services.WRONG_OF_ONE):
        assert client.post(own_path(scene, scene.luz), {"digits": wrong(scene)}).status_code == 422
    assert "Too many wrong codes" in client.post(own_path(scene, scene.luz), {"digits": typed(scene)}).text
    assert marks(scene, scene.luz) == []
    client.post(own_path(scene, scene.ana.person), {"digits": typed(scene)})
    assert marks(scene, scene.ana.person) == ["on_site"]  # others are not held up
    monkeypatch.setattr(services, "WRONG_OF_ALL", services.WRONG_OF_ONE)
    other = MembershipFactory(community=scene.node).person
    with pytest.raises(Refusal, match="Too many"):
        services.are_right(Place(scene.gathering, other), typed(scene))
    WrongCode.objects.update(at=timezone.now() - services.COUNTS_FOR)
    assert services.are_right(Place(scene.gathering, scene.luz), typed(scene))


def test_what_the_team_marked_stands_and_is_shown_at_the_door(client, scene):
    tap(scene.gathering, scene.luz.pk, "excused", actor=scene.rosa)
    said = client.post(own_path(scene, scene.luz), {"digits": typed(scene)}).text
    assert "please tell them" in said
    assert marks(scene, scene.luz) == ["excused"]
    assert [one.person for one in selectors.kept_instead(scene.gathering)] == [scene.luz]
    client.force_login(scene.tomas)
    assert scene.luz.name in client.get(reverse("checkin:door", args=[scene.gathering.pk])).text
    assert "✓" in client.post(own_path(scene, scene.luz), {"seen": "1"}).text  # the team has looked
    assert marks(scene, scene.luz) == ["on_site"]
    assert selectors.kept_instead(scene.gathering) == []


def test_only_the_team_marks_a_person_whose_code_it_sees(client, scene):
    for who in ("ana", "sole", "ze"):
        client.force_login(getattr(scene, who))
        client.post(own_path(scene, scene.luz), {"seen": "1"})
        assert marks(scene, scene.luz) == [], who
    client.force_login(scene.ines)
    client.post(own_path(scene, scene.luz), {"seen": "1"})
    assert Arrival.objects.get().way == "shown"


def test_a_made_up_code_or_that_of_somebody_not_invited_opens_nothing(client, scene):
    made_up = reverse("checkin:personal", args=[scene.gathering.pk, scene.luz.pk, "made-up"])
    assert client.get(made_up).status_code == 404
    assert client.get(own_path(scene, scene.ze.person)).status_code == 404
    other = codes.personal_token(scene.gathering.pk + 1, scene.luz.pk)
    assert client.get(made_up.replace("made-up", other)).status_code == 404


def test_a_door_that_is_closed_lets_nobody_in_and_its_codes_are_worth_nothing_afterwards(client, scene):
    old = typed(scene)
    services.close_door(scene.gathering, actor=scene.rosa)
    assert "door is closed" in client.post(own_path(scene, scene.luz), {"digits": old}).text
    assert services.open_door(scene.gathering, actor=scene.rosa).secret != scene.door.secret
    close_attendance(scene.gathering, actor=scene.rosa)
    with pytest.raises(Refusal):
        services.arrive(
            Place(Gathering.objects.get(), scene.luz),
            "typed",
            actor=scene.rosa.__class__.objects.get(is_system=True),
        )
    assert not Arrival.objects.exists()


def test_a_door_opens_on_the_day_and_is_in_the_history(scene):
    ahead = GatheringFactory(community=scene.node, starts_at=timezone.now() + timedelta(days=3))
    with pytest.raises(Refusal, match="day of the gathering"):
        services.open_door(ahead, actor=scene.rosa)
    services.open_door(scene.gathering, actor=scene.rosa)  # again: nothing happens
    services.close_door(scene.gathering, actor=scene.rosa)
    services.close_door(scene.gathering, actor=scene.rosa)
    facts = JournalEntry.objects.filter(fact__startswith="checkin.").order_by("pk")
    assert [one.fact for one in facts] == ["checkin.door_opened", "checkin.door_closed"]


def test_the_wall_asks_for_the_next_code_by_itself(client, scene):
    client.force_login(scene.rosa)
    page = client.get(reverse("checkin:wall", args=[scene.gathering.pk]))
    assert 1 <= int(page.headers["Refresh"]) <= codes.NEW_EVERY
    assert typed(scene)[:3] in page.text


@pytest.mark.parametrize("who", WHO)
def test_the_door_is_kept_by_the_team(client, scene, who):
    actor = getattr(scene, who)
    client.force_login(actor)
    for name in ("door", "wall"):
        address = reverse(f"checkin:{name}", args=[scene.gathering.pk])
        assert client.get(address).status_code == (200 if who in TEAM else 404)
    for name in ("close", "open"):
        address = reverse(f"checkin:{name}", args=[scene.gathering.pk])
        assert client.post(address).status_code == (302 if who in TEAM else 404)
    assert bool(can(actor, "checkin.keep_door", scene.gathering)) is (who in TEAM)
    assert Gathering.objects.filter(doors_kept_by(actor), pk=scene.gathering.pk).exists() is (who in TEAM)


def test_people_arrive_for_themselves_only(scene):
    assert can(scene.ana, "checkin.arrive", Place(scene.gathering, scene.ana.person))
    assert not can(scene.ana, "checkin.arrive", Place(scene.gathering, scene.luz))
    assert not can(scene.ze, "checkin.arrive", Place(scene.gathering, scene.ze.person))


def test_who_is_invited_gets_to_the_own_code_and_nobody_else(client, scene):
    address = reverse("checkin:my_code", args=[scene.gathering.pk])
    assert client.get(address).status_code == 302
    client.force_login(scene.ana)
    assert client.get(address).url == own_path(scene, scene.ana.person)
    client.force_login(scene.ze)
    assert client.get(address).status_code == 404


def test_who_said_that_they_come_has_their_code_on_the_page_of_their_answer(client, cast):
    gathering = make.coming(cast.node, days=1)
    luz = make.member(cast.node, "Luz")
    page = make.link(gathering, luz)
    own = codes.personal_path(gathering.pk, luz.pk)
    assert own not in client.get(page).text  # nothing was answered
    make.says(gathering, luz)
    answered = client.get(page)
    assert own in answered.text
    assert "<svg" in answered.text
    assert len(answered.content) < 30_000
    make.says(gathering, luz, "no")
    assert own not in client.get(page).text


def test_pages_at_the_door_are_light_and_ask_little(client, scene, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert len(client.get(own_path(scene, scene.luz)).content) < 30_000
    with django_assert_max_num_queries(12):
        client.get(wall_path(scene))
    client.force_login(scene.rosa)
    with django_assert_max_num_queries(12):
        client.get(reverse("checkin:door", args=[scene.gathering.pk]))


def test_who_came_first_is_kept_of_two_rows_of_one_person(scene):
    first = Arrival(at=timezone.now(), person=scene.luz)
    assert first.outweighs(Arrival(at=first.at + timedelta(minutes=1), person=scene.luz))
    assert str(Door.objects.get()) == f"door of {scene.gathering.pk}"
