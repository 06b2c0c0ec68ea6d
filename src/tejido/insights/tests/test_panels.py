"""What insight adds to other pages: to a community, a gathering, a person, a school."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.directory.models import Post, Purpose
from tejido.directory.tests.factories import SchoolFactory, consents
from tejido.insights.selectors import depth_of, faces_of, people_tied_to, pulse_of
from tejido.insights.tests.factories import insight, met, teacher, teachers

pytestmark = pytest.mark.django_db


def test_a_community_shows_three_numbers_of_its_last_twelve_months(cast, client):
    people = teachers(cast.node, 6)
    met(cast.node, people, ago=10)
    insight(cast.node)
    assert [card.definition.id for card in pulse_of(cast.node).cards] == [
        "active_members",
        "retention",
        "isolates_share",
    ]
    client.force_login(cast.ana)
    said = client.get(reverse("communities:overview", args=[cast.node.pk])).content.decode()
    assert "from 6 attendances" in said
    assert "Nobody was active in the period before" in said


def test_a_community_without_attendance_says_what_will_stand_here(cast, client):
    client.force_login(cast.rosa)
    said = client.get(reverse("communities:overview", args=[cast.node.pk])).content.decode()
    assert "As soon as attendance is recorded" in said


def test_a_gathering_says_who_had_been_before_and_who_is_new(cast, django_assert_max_num_queries):
    people = teachers(cast.node, 6)
    met(cast.node, people[:4], ago=30)
    met(cast.sister, people[4:], ago=25)  # elsewhere: does not make them known here
    last = met(cast.node, people[1:], ago=10)
    met(cast.node, people[5:], ago=2)  # later: does not either
    with django_assert_max_num_queries(3):
        faces = faces_of(last, cast.rosa)
    assert (faces.here, faces.before, faces.new, faces.share) == (5, 3, 2, 0.6)
    assert set(faces.new_people) == set(people[4:])
    assert faces_of(last, cast.ana).new_people == []


def test_new_faces_without_consent_are_counted_and_not_named(cast):
    people = teachers(cast.node, 5)
    met(cast.node, people[:3], ago=30)
    shy = teacher(cast.node, consent=False)
    last = met(cast.node, [*people, shy], ago=10)
    faces = faces_of(last, cast.rosa)
    assert faces.new == 3
    assert shy not in faces.new_people


def test_a_small_gathering_is_told_to_the_team_only(cast):
    people = teachers(cast.node, 4)
    met(cast.node, people[:2], ago=30)
    last = met(cast.node, people, ago=10)
    assert faces_of(last, cast.rosa).share == 0.5
    assert faces_of(last, cast.ana).hidden
    assert faces_of(last, cast.sole).hidden


def test_a_gathering_without_attendance_has_no_faces(cast):
    assert faces_of(met(cast.node, [], ago=3), cast.rosa) is None


@pytest.fixture
def tied(cast):
    consents(cast.ana.person, Purpose.ANALYTICS)
    cast.beto = teacher(cast.node, "Beto Paz")
    cast.far = teacher(cast.sister, "Fara Lejos")
    met(cast.node, [cast.ana.person, cast.beto], ago=30)
    met(cast.network, [cast.ana.person, cast.beto, cast.far], ago=10)
    insight(cast.node)
    insight(cast.network)
    return cast


WHO_SEES_ANAS_PEOPLE = [("ana", True), ("rosa", True), ("ines", True), ("sole", False), ("ze", False)]


@pytest.mark.parametrize(("who", "sees"), WHO_SEES_ANAS_PEOPLE)
def test_a_persons_ties_are_for_herself_and_the_team(tied, who, sees):
    assert bool(people_tied_to(tied.ana.person, getattr(tied, who))) is sees


def test_a_fellow_member_does_not_see_whom_she_is_tied_to(tied):
    from tejido.accounts.tests.factories import UserFactory

    tied.beto.user = UserFactory()
    tied.beto.save()
    assert people_tied_to(tied.ana.person, tied.beto.user) is None


def test_she_reads_the_names_of_those_she_may_see_and_only_counts_the_others(
    tied, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):
        found = people_tied_to(tied.ana.person, tied.ana)
    (one,) = [group for group in found if group.community == tied.network]
    assert {tie.person for tie in one.ties} == {tied.beto, None}
    (rosas,) = [g for g in people_tied_to(tied.ana.person, tied.rosa) if g.community == tied.network]
    assert {tie.person for tie in rosas.ties} == {tied.beto, tied.far}
    assert rosas.ties[0].times == 2


def test_who_withdraws_consent_leaves_the_lists_of_others_and_has_none(tied):
    consents(tied.beto, Purpose.ANALYTICS, given=False)
    (group,) = [g for g in people_tied_to(tied.ana.person, tied.ana) if g.community == tied.network]
    assert [tie.person for tie in group.ties] == [None]
    consents(tied.ana.person, Purpose.ANALYTICS, given=False)
    assert people_tied_to(tied.ana.person, tied.ana) is None


def test_her_page_shows_her_people(tied, client):
    client.force_login(tied.ana)
    said = client.get(reverse("directory:person", args=[tied.ana.person.pk])).content.decode()
    assert "People met" in said
    assert "a member of another group" in said
    assert "Fara Lejos" not in said


def test_a_school_shows_the_team_through_whom_it_takes_part(cast, client, django_assert_max_num_queries):
    school = SchoolFactory()
    one = teacher(cast.node, "Uma Uno", school=school)
    quiet = teacher(cast.node, "Quieto Dos", school=school, consent=False)
    leader = teacher(cast.node, "Lia Tres", school=school, function=Post.Function.SENIOR_LEADER)
    met(cast.node, [one, quiet], ago=20)
    met(cast.node, [leader], ago=500)
    with django_assert_max_num_queries(2):
        depth = depth_of(school, cast.rosa)
    assert (depth.active, depth.people, depth.leader) == (2, [one], False)
    met(cast.node, [leader], ago=5)
    assert depth_of(school, cast.rosa).leader
    for who in ("ana", "sole", "ze"):
        assert depth_of(school, getattr(cast, who)) is None
    client.force_login(cast.rosa)
    assert b"Uma Uno" in client.get(reverse("directory:school", args=[school.pk])).content
