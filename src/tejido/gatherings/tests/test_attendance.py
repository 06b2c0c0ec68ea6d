"""Attendance: marking, closing, correcting late, newcomers."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from uuid import uuid4

import pytest
from django.utils import timezone

from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person
from tejido.directory.policies import people_visible_to
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.acts import once
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.models import JournalEntry
from tejido.gatherings import services
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.selectors import sheet, turnout_among, turnout_of, with_turnout
from tejido.gatherings.services import NewFace, Presence
from tejido.gatherings.tests.factories import GatheringFactory, was_at

pytestmark = pytest.mark.django_db
HERE, AWAY = Attendance.Status.ON_SITE, Attendance.Status.ABSENT


@pytest.fixture
def gathering(cast):
    return GatheringFactory(community=cast.node)


def status_of(gathering, person):
    return gathering.attendances.filter(person=person).values_list("status", flat=True).first()


def also_said(gathering):
    return dict(gathering.other_marks.values_list("person_id", "status"))


def test_recording_again_replaces_and_none_forgets(cast, gathering):
    ana = cast.ana.person
    services.record_attendance(gathering, {ana.pk: Presence(HERE, 90)}, actor=cast.rosa)
    services.record_attendance(gathering, {ana.pk: Presence("online")}, actor=cast.ines)
    line = gathering.attendances.get()
    assert (line.status, line.minutes, line.recorded_by) == ("online", None, cast.ines)
    gathering.refresh_from_db()
    assert gathering.state == Gathering.State.HELD
    services.record_attendance(gathering, {ana.pk: None}, actor=cast.rosa)
    gathering.refresh_from_db()
    assert not gathering.attendances.exists()
    assert gathering.state == Gathering.State.PLANNED, "a mark by mistake leaves no trace in the state"


@pytest.mark.parametrize(
    ("presence", "code"),
    [
        (Presence("late"), "unknown_status"),
        (Presence("absent", 30), "minutes_of_the_absent"),
        (Presence("online", 0), "minutes_in_a_day"),
        (Presence("online", 1441), "minutes_in_a_day"),
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_written(cast, gathering, presence, code):
    beto = MembershipFactory(community=cast.node).person
    with pytest.raises(Refusal) as refusal:
        services.record_attendance(
            gathering, {beto.pk: Presence(HERE), cast.ana.person.pk: presence}, actor=cast.rosa
        )
    assert refusal.value.code == code
    assert not Attendance.objects.exists()


def test_nobody_is_marked_whom_the_actor_does_not_know(cast, gathering):
    stranger = PersonFactory()
    with pytest.raises(Refusal) as refusal:
        services.record_attendance(gathering, {stranger.pk: Presence(HERE)}, actor=cast.rosa)
    assert refusal.value.code == "unknown_person"
    assert not Attendance.objects.exists()


def test_nobody_was_at_what_is_still_to_come_but_excuses_can_be_noted(cast):
    ahead = GatheringFactory(community=cast.node, starts_at=timezone.now() + timedelta(days=3))
    ana = cast.ana.person
    with pytest.raises(Refusal) as refusal:
        services.tap(ahead, ana.pk, HERE, actor=cast.rosa)
    assert refusal.value.code == "not_yet"
    services.tap(ahead, ana.pk, "excused", actor=cast.rosa)
    assert status_of(ahead, ana) == "excused"


def test_a_cancelled_gathering_cannot_be_attended(cast, gathering):
    services.cancel_gathering(gathering, actor=cast.rosa)
    with pytest.raises(NotAllowed) as refusal:
        services.tap(gathering, cast.ana.person.pk, HERE, actor=cast.rosa)
    assert "Plan it again" in refusal.value.message
    assert not Attendance.objects.exists()


def test_the_same_act_twice_is_one_mark(cast, gathering):
    ana, key = cast.ana.person, uuid4()

    def deed():
        return services.tap(gathering, ana.pk, HERE, actor=cast.rosa)

    assert once(key, "gatherings.mark", deed, actor=cast.rosa) == ("recorded", True)
    services.tap(gathering, ana.pk, AWAY, actor=cast.rosa)
    assert once(key, "gatherings.mark", deed, actor=cast.rosa) == ("recorded", False)
    assert status_of(gathering, ana) == AWAY, "the first act, arriving again, does not undo the second"


def test_the_same_tap_again_changes_nothing_and_is_no_news(cast, gathering):
    assert services.tap(gathering, cast.ana.person.pk, HERE, actor=cast.rosa) == "recorded"
    assert services.tap(gathering, cast.ana.person.pk, HERE, actor=cast.ines) == "unchanged"
    assert JournalEntry.objects.filter(fact="gatherings.attendance_recorded").count() == 1


def test_two_helpers_at_once_agree(cast, gathering):
    """Both looked at an unmarked sheet. Rosa excuses Ana; Inês, who has not seen it, marks her absent."""
    ana = cast.ana.person
    assert services.tap(gathering, ana.pk, "excused", seen="", actor=cast.rosa) == "recorded"
    assert services.tap(gathering, ana.pk, AWAY, seen="", actor=cast.ines) == "kept"
    assert status_of(gathering, ana) == "excused"
    assert also_said(gathering) == {ana.pk: "absent"}
    assert services.tap(gathering, ana.pk, AWAY, seen="excused", actor=cast.ines) == "recorded"
    assert also_said(gathering) == {}, "who sees both decides"
    assert services.tap(gathering, ana.pk, "excused", seen="", actor=cast.ines) == "recorded", "her own mark"


@pytest.mark.parametrize(("one", "other"), permutations(Attendance.TELLS_MORE, 2))
def test_of_two_marks_that_did_not_know_of_each_other_the_same_stands_whichever_comes_first(
    cast, gathering, one, other
):
    ana = cast.ana.person
    services.tap(gathering, ana.pk, one, seen="", actor=cast.rosa)
    services.tap(gathering, ana.pk, other, seen="", actor=cast.ines)
    more, less = sorted((one, other), key=["on_site", "online", "excused", "absent"].index)
    assert (status_of(gathering, ana), also_said(gathering)) == (more, {ana.pk: less})


def test_who_takes_back_a_mark_that_outweighed_leaves_what_the_other_had_said(cast, gathering):
    """Inês, without a connection, taps the wrong name and takes it back; Rosa has excused Ana meanwhile."""
    ana = cast.ana.person
    services.tap(gathering, ana.pk, "excused", seen="", actor=cast.rosa)
    assert services.tap(gathering, ana.pk, HERE, seen="", actor=cast.ines) == "outweighed"
    services.tap(gathering, ana.pk, "", seen="", actor=cast.ines)
    assert (status_of(gathering, ana), also_said(gathering)) == ("excused", {})


def test_who_takes_back_a_mark_that_was_kept_beside_leaves_nothing_of_it(cast, gathering):
    ana = cast.ana.person
    services.tap(gathering, ana.pk, HERE, seen="", actor=cast.rosa)
    services.tap(gathering, ana.pk, AWAY, seen="", actor=cast.ines)
    assert services.tap(gathering, ana.pk, "", seen="", actor=cast.ines) == "kept"
    assert (status_of(gathering, ana), also_said(gathering)) == (HERE, {})


def test_tapping_what_stands_settles_what_two_said_differently(cast, gathering):
    ana = cast.ana.person
    services.tap(gathering, ana.pk, HERE, seen="", actor=cast.rosa)
    services.tap(gathering, ana.pk, AWAY, seen="", actor=cast.ines)
    assert services.tap(gathering, ana.pk, HERE, seen="", actor=cast.tomas) == "unchanged"
    assert also_said(gathering) == {ana.pk: AWAY}, "who has not seen both settles nothing"
    assert services.tap(gathering, ana.pk, HERE, seen=HERE, actor=cast.tomas) == "unchanged"
    assert also_said(gathering) == {}


def test_closed_attendance_says_what_to_do(cast, gathering):
    services.close_attendance(gathering, actor=cast.rosa)
    with pytest.raises(NotAllowed) as refusal:
        services.tap(gathering, cast.ana.person.pk, HERE, actor=cast.rosa)
    assert "Open it again" in refusal.value.message


def test_late_corrections_stand_in_the_journal(cast, gathering):
    services.tap(gathering, cast.ana.person.pk, HERE, actor=cast.rosa)
    services.close_attendance(gathering, actor=cast.rosa)
    services.reopen_attendance(gathering, actor=cast.rosa)
    services.tap(gathering, cast.ana.person.pk, AWAY, actor=cast.ines)
    told = list(
        JournalEntry.objects.filter(community_id=cast.node.pk).order_by("id").values_list("fact", "payload")
    )
    assert [fact for fact, _p in told][-4:] == [
        "gatherings.attendance_recorded",
        "gatherings.attendance_closed",
        "gatherings.attendance_reopened",
        "gatherings.attendance_recorded",
    ]
    assert [p["late"] for fact, p in told if fact == "gatherings.attendance_recorded"] == [False, True]


def test_how_many_were_invited_stands_once_attendance_is_closed(cast, gathering):
    services.close_attendance(gathering, actor=cast.rosa)
    MembershipFactory(community=cast.node)
    gathering.refresh_from_db()
    counted = with_turnout(Gathering.objects.filter(pk=gathering.pk)).get()
    assert (turnout_of(gathering).invited, counted.invited) == (1, 1)
    services.reopen_attendance(gathering, actor=cast.rosa)
    gathering.refresh_from_db()
    counted = with_turnout(Gathering.objects.filter(pk=gathering.pk)).get()
    assert (turnout_of(gathering).invited, counted.invited) == (2, 2)


def test_everybody_else_is_marked_in_one_go(cast, gathering):
    beto, carla = (MembershipFactory(community=cast.node).person for _n in range(2))
    services.tap(gathering, beto.pk, HERE, actor=cast.rosa)
    assert set(services.mark_rest(gathering, AWAY, actor=cast.rosa)) == {cast.ana.person.pk, carla.pk}
    assert services.mark_rest(gathering, AWAY, actor=cast.rosa) == []
    assert status_of(gathering, beto) == HERE


def test_guests_are_counted_apart_and_all_ways_of_counting_agree(cast):
    gathering = GatheringFactory(community=cast.node)
    beto = MembershipFactory(community=cast.node).person
    guest = MembershipFactory(community=cast.sister).person
    was_at(gathering, cast.ana.person, guest)
    was_at(gathering, beto, status=AWAY)
    for counted in (turnout_of(gathering), turnout_among(sheet(gathering), gathering)):
        assert (counted.attended, counted.invited, counted.guests) == (2, 2, 1)
        assert (counted.invited_attended, counted.absent, counted.unmarked) == (1, 1, 0)
    listed = with_turnout(Gathering.objects.all()).get()
    assert (listed.attended, listed.invited) == (2, 2)


def test_somebody_with_two_roles_is_one_person_in_the_count(cast):
    MembershipFactory(community=cast.node, person=cast.rosa.person)
    gathering = GatheringFactory(community=cast.network)
    invited = with_turnout(Gathering.objects.all()).get().invited
    assert invited == turnout_of(gathering).invited == 5


def test_a_new_face_is_added_marked_and_seen_from_then_on(cast, gathering):
    new = services.welcome(gathering, NewFace(" Luz ", "Marina Paz"), HERE, actor=cast.rosa)
    assert (new.name, status_of(gathering, new)) == ("Luz Marina Paz", HERE)
    assert not new.memberships.exists()
    assert Person.objects.filter(people_visible_to(cast.rosa), pk=new.pk).exists(), (
        "she is not lost to the team"
    )
    assert not Person.objects.filter(people_visible_to(cast.ana), pk=new.pk).exists()
    assert not Person.objects.filter(people_visible_to(cast.ze), pk=new.pk).exists()


def test_a_new_face_may_join_in_the_same_step(cast, gathering):
    new = services.welcome(gathering, NewFace("Luz", joins=True), "online", actor=cast.rosa)
    assert new.memberships.get().starts_on == gathering.day


def test_a_known_name_is_not_added_twice_by_mistake(cast, gathering):
    with pytest.raises(Refusal) as refusal:
        services.welcome(gathering, NewFace("ANA", "rojas"), HERE, actor=cast.rosa)
    assert refusal.value.code == "same_name_known"
    assert Person.objects.filter(search_name="ana rojas").count() == 1
    services.welcome(gathering, NewFace("Ana", "Rojas", is_another=True), HERE, actor=cast.rosa)
    assert Person.objects.filter(search_name="ana rojas").count() == 2


def test_making_members_is_for_those_who_coordinate_and_nothing_is_half_done(cast, gathering):
    people = Person.objects.count()
    with pytest.raises(NotAllowed):
        services.welcome(gathering, NewFace("Luz", joins=True), HERE, actor=cast.ines)
    services.close_attendance(gathering, actor=cast.rosa)
    with pytest.raises(NotAllowed):
        services.welcome(gathering, NewFace("Luz"), HERE, actor=cast.rosa)
    assert Person.objects.count() == people
