"""Planning, changing, calling off, inviting."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tejido.communities.services import change_community
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.tests.factories import OrganisationFactory, PersonFactory, SchoolFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.journal import pay_all
from tejido.foundation.models import JournalEntry
from tejido.foundation.policies import can
from tejido.gatherings import services
from tejido.gatherings.models import Gathering
from tejido.gatherings.policies import asked_by, attendance_seen_by
from tejido.gatherings.selectors import invited_to
from tejido.gatherings.tests.factories import GatheringFactory, was_at

pytestmark = pytest.mark.django_db
EVENING = datetime(2025, 3, 2, 1, tzinfo=UTC)  # eight in the evening of 1 March in Bogotá


def plan(community, actor, **more):
    fields = {"title": "Circle", "starts_at": EVENING, "ends_at": EVENING + timedelta(hours=2), **more}
    return services.plan_gathering(community, fields, actor=actor)


def facts(gathering):
    return [
        e.fact for e in JournalEntry.objects.order_by("id") if e.payload.get("gathering_id") == gathering.pk
    ]


RIGHTS = [  # who, sees it, plans and changes, sees who came, records, asks for a calendar address
    ("ana", True, False, False, False, True),
    ("rosa", True, True, True, True, True),
    ("tomas", True, True, True, True, True),
    ("ines", True, True, True, True, True),
    ("sole", True, False, False, False, True),
    ("ze", False, False, False, False, False),
]


@pytest.mark.parametrize(("who", "sees", "plans", "sees_who", "records", "reads"), RIGHTS)
def test_who_may_what(cast, who, sees, plans, sees_who, records, reads):
    actor, gathering = getattr(cast, who), GatheringFactory(community=cast.node)
    assert bool(can(actor, "gatherings.see", gathering)) is sees
    assert bool(can(actor, "gatherings.change", gathering)) is plans
    assert bool(can(actor, "gatherings.see_attendance", gathering)) is sees_who
    assert Gathering.objects.filter(attendance_seen_by(actor)).exists() is sees_who
    assert Gathering.objects.filter(asked_by(actor)).exists() is bool(can(actor, "gatherings.ask", gathering))
    assert bool(can(actor, "gatherings.record_attendance", gathering)) is records
    assert bool(can(actor, "gatherings.close_attendance", gathering)) is records
    assert bool(can(actor, "gatherings.record_tables", gathering)) is records
    assert bool(can(actor, "gatherings.open_feed", cast.node)) is reads
    assert can(actor, "gatherings.open_feed", None)


def test_the_team_of_a_sister_node_sees_nothing(cast):
    leader = MembershipFactory(community=cast.sister, person=cast.ze.person, role="node_leader").person.user
    gathering = GatheringFactory(community=cast.node)
    assert not can(leader, "gatherings.see", gathering)
    assert not can(leader, "gatherings.record_attendance", gathering)
    assert can(leader, "gatherings.plan", cast.sister)


def test_a_gathering_belongs_to_the_day_that_its_community_has(cast):
    gathering = plan(cast.node, cast.rosa)
    assert gathering.day == date(2025, 3, 1)
    assert facts(gathering) == ["gatherings.planned"]


def test_with_another_time_zone_evenings_move_to_another_day(cast):
    gathering = plan(cast.node, cast.rosa)
    change_community(cast.node, {"time_zone": "Europe/Madrid"}, actor=cast.rosa)
    pay_all()
    gathering.refresh_from_db()
    assert gathering.day == date(2025, 3, 2)


def test_a_member_who_is_not_in_the_team_plans_nothing(cast):
    with pytest.raises(NotAllowed) as refusal:
        plan(cast.node, cast.ana)
    assert "team" in refusal.value.message
    assert not Gathering.objects.exists()


def test_a_gathering_cannot_end_before_it_starts(cast):
    with pytest.raises(Refusal) as refusal:
        plan(cast.node, cast.rosa, ends_at=EVENING)
    assert refusal.value.code == "ends_before_it_starts"
    assert not Gathering.objects.exists()


def test_a_gathering_is_hosted_in_one_place_only(cast):
    with pytest.raises(ValidationError):
        plan(cast.node, cast.rosa, school=SchoolFactory(), organisation=OrganisationFactory())


def test_calendars_hear_of_a_new_time_but_not_of_a_corrected_description(cast):
    gathering = plan(cast.node, cast.rosa)
    services.change_gathering(gathering, {"description": "Bring a book"}, actor=cast.rosa)
    moved = services.change_gathering(
        gathering,
        {"starts_at": EVENING + timedelta(days=1), "ends_at": EVENING + timedelta(days=1, hours=1)},
        actor=cast.rosa,
    )
    assert (moved.sequence, moved.day) == (1, date(2025, 3, 2))
    again = services.change_gathering(moved, {"title": "Circle"}, actor=cast.rosa)
    assert facts(again) == ["gatherings.planned", "gatherings.changed", "gatherings.changed"]


def test_calling_off_can_be_taken_back(cast):
    gathering = plan(cast.node, cast.rosa)
    cancelled = services.cancel_gathering(gathering, actor=cast.rosa)
    assert (cancelled.state, cancelled.sequence) == (Gathering.State.CANCELLED, 1)
    services.cancel_gathering(gathering, actor=cast.rosa)
    back = services.plan_again(gathering, actor=cast.rosa)
    assert (back.state, back.sequence) == (Gathering.State.PLANNED, 2)
    assert facts(back) == ["gatherings.planned", "gatherings.cancelled", "gatherings.planned_again"]


def test_what_took_place_cannot_be_called_off(cast):
    gathering = GatheringFactory(community=cast.node)
    was_at(gathering, cast.ana.person)
    with pytest.raises(Refusal) as refusal:
        services.cancel_gathering(gathering, actor=cast.rosa)
    assert refusal.value.code == "already_attended"


def test_all_members_of_that_day_are_invited_also_those_of_communities_below(cast):
    gathering = GatheringFactory(community=cast.network, starts_at=EVENING)
    left = MembershipFactory(
        community=cast.sister, starts_on=date(2020, 1, 1), ends_on=date(2025, 2, 28)
    ).person
    last_day = MembershipFactory(community=cast.sister, ends_on=date(2025, 3, 1)).person
    later = MembershipFactory(community=cast.node, starts_on=date(2025, 3, 2)).person
    invited = set(invited_to(gathering))
    assert {cast.ana.person, cast.rosa.person, last_day} <= invited
    assert not {left, later, cast.ze.person} & invited


def test_a_list_of_ones_own_says_who_is_invited(cast):
    gathering = plan(cast.node, cast.rosa)
    ana, beto = cast.ana.person, MembershipFactory(community=cast.node).person
    services.invite_also(gathering, [ana, beto], actor=cast.rosa)
    services.invite_also(gathering, [ana], actor=cast.rosa)
    gathering.refresh_from_db()
    assert set(invited_to(gathering)) == {ana, beto}
    services.uninvite(gathering, ana, actor=cast.rosa)
    services.uninvite(gathering, beto, actor=cast.rosa)
    assert not invited_to(gathering).exists(), "an empty list is not the same as everybody"
    services.invite(gathering, [], actor=cast.rosa)
    assert set(invited_to(gathering)) == {ana, beto}


def test_inviting_is_for_the_team(cast):
    gathering = GatheringFactory(community=cast.node)
    with pytest.raises(NotAllowed):
        services.invite_also(gathering, [PersonFactory()], actor=cast.ana)
    assert not gathering.invitations.exists()


def test_nobody_closes_what_has_not_begun(cast):
    soon = timezone.now() + timedelta(hours=3)
    gathering = GatheringFactory(community=cast.node, starts_at=soon)
    with pytest.raises(Refusal) as refusal:
        services.close_attendance(gathering, actor=cast.rosa)
    assert refusal.value.code == "not_yet"
