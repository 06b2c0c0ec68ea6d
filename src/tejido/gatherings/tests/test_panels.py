"""What gatherings add to the pages of communities, people and schools."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.tests.factories import PostFactory, SchoolFactory
from tejido.gatherings import services
from tejido.gatherings.panels import attended_by_person, hosted_by_school, next_gatherings
from tejido.gatherings.tests.factories import GatheringFactory, was_at

pytestmark = pytest.mark.django_db


def asked_by(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_the_overview_names_what_is_coming_and_what_waits_for_attendance(cast, django_assert_num_queries):
    now = timezone.now()
    for title, days in (("Tomorrow", 1), ("In a week", 7), ("Yesterday", -1), ("Long ago", -300)):
        GatheringFactory(community=cast.node, title=title, starts_at=now + timedelta(days=days))
    called_off = GatheringFactory(community=cast.node, title="Called off", starts_at=now + timedelta(days=2))
    services.cancel_gathering(called_off, actor=cast.rosa)
    with django_assert_num_queries(2):
        team = next_gatherings(asked_by(cast.rosa), cast.network)
    assert team.index("Tomorrow") < team.index("In a week") < team.index("Yesterday")
    assert "Long ago" not in team
    assert "Called off" not in team
    member = next_gatherings(asked_by(cast.ana), cast.network)
    assert "Tomorrow" in member
    assert "Yesterday" not in member


def test_where_somebody_was_is_for_the_team_and_for_the_person(cast, django_assert_num_queries):
    ana = cast.ana.person
    fellow = MembershipFactory(community=cast.node, person=cast.ze.person).person.user
    was_at(GatheringFactory(community=cast.node, title="Here"), ana)
    was_at(GatheringFactory(community=cast.elsewhere, title="Elsewhere"), ana)
    was_at(GatheringFactory(community=cast.node, title="Missed"), ana, status="absent")
    with django_assert_num_queries(1):
        team = attended_by_person(asked_by(cast.rosa), ana)
    assert "Here" in team
    assert "Elsewhere" not in team
    assert "Missed" not in team
    own = attended_by_person(asked_by(cast.ana), ana)
    assert "Here" in own
    assert "Elsewhere" in own
    assert attended_by_person(asked_by(fellow), ana) == ""
    assert attended_by_person(asked_by(cast.sole), ana) == ""


def test_a_school_tells_what_it_hosted_and_where_its_people_went(cast, django_assert_num_queries):
    school = SchoolFactory()
    moment = datetime(2025, 3, 1, 14, tzinfo=UTC)
    PostFactory(person=cast.ana.person, school=school, starts_on=date(2024, 1, 1))
    PostFactory(person=cast.ines.person, school=school, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    hosted = GatheringFactory(community=cast.network, title="At the school", school=school, starts_at=moment)
    was_at(hosted, cast.ana.person, cast.ines.person)
    was_at(GatheringFactory(community=cast.node), cast.ana.person)
    was_at(GatheringFactory(community=cast.sister), cast.ines.person)
    with django_assert_num_queries(2):
        shown = hosted_by_school(asked_by(cast.rosa), school)
    assert "At the school" in shown
    assert "1 gathering took or takes place here." in shown
    assert "People of this school came to 2 gatherings." in shown
    assert hosted_by_school(asked_by(cast.rosa), SchoolFactory()) == ""
